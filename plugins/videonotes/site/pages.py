"""The generated pages: the home where there is none, a stub for each name that is wanted."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ..core.collection import Collection
from ..core.graph import Wanted
from .context import Channel, Channels, Counts, Url, count

THEME = Path(__file__).parent.parent / "theme"
STYLESHEET = "assets/stylesheets/videonotes.css"
HOME = "index.md"
MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""Material's default, which a browser would fetch from a third party."""


class Generated:
    """The pages without a source. `pages` are by the path that stands for each."""

    def __init__(self, collection: Collection, folder: str) -> None:
        self.folder = folder.strip("/")
        self.pages: dict[str, Wanted | str] = {
            f"{self.folder}/{wanted.slug}.md": wanted for wanted in collection.graph.wanted.values() if wanted.has_stub
        }

    def stub_path(self, wanted: Wanted) -> str | None:
        """Return the path that stands for the page of a wanted name; `None`: it has none."""
        return f"{self.folder}/{wanted.slug}.md" if wanted.has_stub else None

    def files(self, config: MkDocsConfig, files: Files) -> Iterator[File]:
        """Yield the files of the pages. A home is among them where `docs_dir` has none."""
        if files.get_file_from_path(HOME) is None and files.get_file_from_path("README.md") is None:
            self.pages[HOME] = "home"
        for path in self.pages:
            inclusion = InclusionLevel.INCLUDED if path == HOME else InclusionLevel.NOT_IN_NAV
            yield File.generated(config, path, content="\n", inclusion=inclusion)

    def meta(self, path: str) -> dict[str, Any]:
        """Return the metadata of a generated page."""
        page = self.pages[path]
        if isinstance(page, Wanted):
            title = page.title[:1].upper() + page.title[1:]
            return {"title": html.escape(title), "template": "videonotes/stub.html"}
        return {"title": "Home", "template": "videonotes/home.html"}


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What the home shows: how much there is, and every channel with the URL of its hub."""

    counts: Counts
    channels: tuple[tuple[Channel, str], ...]


def home_context(collection: Collection, channels: Channels, url: Url) -> HomeContext:
    """Return the context of the home."""
    listed = tuple((channel, url(channel.hub) if channel.hub else "") for channel in channels.values())
    return HomeContext(count(collection, channels), listed)


def set_theme(config: MkDocsConfig) -> None:
    """Lay the templates and styles of videonotes over Material, beneath what the user set.

    Fonts come from the system and both colour schemes are offered, unless `theme` says otherwise.
    """
    theme = config.theme
    folder = str(THEME)
    if folder not in theme.dirs:
        theme.dirs.insert(1 if theme.custom_dir else 0, folder)
    if STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, STYLESHEET)
    if theme.get("font") == MATERIAL_FONT:
        theme["font"] = False
    if not theme.get("palette"):
        theme["palette"] = [
            _scheme("light", "default", "Switch to the dark scheme", "material/brightness-7"),
            _scheme("dark", "slate", "Switch to the light scheme", "material/brightness-4"),
        ]


def _scheme(preference: str, scheme: str, toggle: str, icon: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {preference})",
        "scheme": scheme,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": icon, "name": toggle},
    }
