"""A site in a folder of its own, and the command run in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from videonotes.commands import main

VIDEO = "aircAruvnKk"


def note(body: str, **front: str) -> str:
    """Return the source of a note on a video."""
    lines = [f"{key}: {value}" for key, value in {"title": "T", "videoId": VIDEO, **front}.items()]
    return "\n".join(["---", *lines, "---", body, ""])


@dataclass
class Project:
    """A folder with an mkdocs.yml. `out` and `err` are what the last command printed."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, text in files.items():
            file = self.folder / "docs" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def read(self, path: str) -> str:
        return (self.folder / "docs" / path).read_bytes().decode("utf-8")

    def run(self, *arguments: str) -> int:
        code = main(["check", *arguments])
        self.out, self.err = self.capture.readouterr()
        return code

    def found(self, *arguments: str) -> list[dict[str, Any]]:
        """Return the findings of a check."""
        self.run("--format", "json", *arguments)
        found: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return found

    def codes(self, *arguments: str) -> list[str]:
        """Return the codes of a check's findings, without those on notes as such."""
        quiet = ("orphan", "lone-video", "no-timestamp")
        return [one["name"] for one in self.found(*arguments) if one["name"] not in quiet]


Make = Callable[..., Project]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Make:
    """Return a function that makes a project and enters its folder."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")

    def make(files: Mapping[str, str | bytes], **options: Any) -> Project:
        config = {"site_name": "Test", "theme": "material", "plugins": [{"videonotes": options}]}
        (tmp_path / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
        monkeypatch.chdir(tmp_path)
        made = Project(tmp_path, capsys)
        made.write({"index.md": "# Home\n", **files})
        return made

    return make
