"""The style sheet: a file for each component in the repository, one for the reader."""

from __future__ import annotations

from pathlib import Path

from mkdocs.structure.files import Files

from .theme import STYLESHEET, THEME

_FOLDER = "assets/stylesheets/videonotes"

COMPONENTS = (
    *("base", "stamps", "links", "lists", "strip", "sections", "pager", "channel", "video", "concepts"),
    *("search-page", "site", "player", "embeds", "home", "content", "search", "report"),
)
"""The components in the order in which their rules stand: of two that are alike, the later one holds."""


def take_components(files: Files) -> None:
    """Take the components out of the files that MkDocs copies into the site."""
    for name in COMPONENTS:
        file = files.get_file_from_path(f"{_FOLDER}/{name}.css")
        if file is not None and file.abs_src_path and Path(file.abs_src_path).is_relative_to(THEME):
            files.remove(file)


def style_sheet() -> tuple[str, str]:
    """Return the path of the style sheet in the site, and all components as its text."""
    texts = ((THEME / _FOLDER / f"{name}.css").read_text("utf-8") for name in COMPONENTS)
    return STYLESHEET, "\n".join(texts)
