"""What the tests share: real files, real builds."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

Files = Mapping[str, str]


@dataclass(frozen=True)
class Site:
    """A built site: `read` returns a page's text, `page` its tree, `messages` what the build said."""

    folder: Path
    docs: Path
    messages: list[str]

    def read(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self.read(path), "lxml")

    def text(self, path: str) -> Tag:
        found = self.page(path).select_one(".vn-text")
        assert found is not None
        return found

    def pages(self) -> list[str]:
        return sorted(file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*.html"))

    def said(self, part: str) -> list[str]:
        return [message for message in self.messages if part in message]


Build = Callable[..., Site]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Return a function that builds a site from a mapping of paths to texts, with plain MkDocs.

    Every Markdown file in a folder is a note unless the options say otherwise; `notes: []` lets files tell themselves.
    """
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    def make(files: Files, options: Mapping[str, Any] | None = None, **config: Any) -> Site:
        docs = tmp_path / "docs"
        for path, text in files.items():
            file = docs / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        settings = {
            "site_name": "Test",
            "theme": "material",
            "plugins": [{"videonotes": {"notes": ["*/**.md"], **(options or {})}}],
            "docs_dir": str(docs),
            "site_dir": str(tmp_path / "site"),
            **config,
        }
        (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", encoding="utf-8")
        records: list[str] = []
        handler = logging.Handler()
        handler.emit = lambda record: records.append(record.getMessage())  # type: ignore[method-assign]
        logger = logging.getLogger("mkdocs")
        level = logger.level
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
        try:
            loaded = load_config(str(tmp_path / "mkdocs.yml"), **settings)
            loaded.plugins.on_startup(command="build", dirty=False)  # as the command does
            mkdocs_build(loaded)
        finally:
            logger.removeHandler(handler)
            logger.setLevel(level)
        return Site(tmp_path / "site", docs, records)

    return make


def stamp(time: str, label: str | None = None) -> str:
    """Return a timestamp as notes have it."""
    return f'<a class="yt-timestamp" data-t="{time}">[{label or time}]</a>'


def note(body: str, video: str = "qNPPoj1qUG0", title: str = "T") -> str:
    """Return the text of a note."""
    return f"---\ntitle: {title}\nvideoId: {video}\n---\n{body}"
