"""The options of the plugin."""

from __future__ import annotations

from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c

from ..core.findings import Code
from .workers import count_workers

LEVELS = ("ignore", "info", "warning")


class Levels(base.BaseConfigOption[dict[str, str]]):
    """A level for each code of finding: `ignore`, `info`, or `warning`, at which `--strict` fails."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, str] = {}

    def run_validation(self, value: object) -> dict[str, str]:
        """Return a level for every code. Raises `ValidationError` for one that does not exist."""
        if not isinstance(value, dict):
            raise base.ValidationError("Expected a mapping of codes to levels.")
        codes = [str(code) for code in Code]
        for code, level in value.items():
            if code not in codes:
                raise base.ValidationError(f"There is no finding '{code}'. The codes: {', '.join(codes)}.")
            if level not in LEVELS:
                raise base.ValidationError(f"'{level}' is no level. The levels: {', '.join(LEVELS)}.")
        return {code: value.get(code, "info") for code in codes}


class Workers(base.BaseConfigOption[int]):
    """A number of processes. `auto`: one for each core; 1 where forking is not safe, whatever is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.default: Any = "auto"

    def run_validation(self, value: object) -> int:
        """Return the number of processes. Raises `ValidationError`."""
        if value == "auto":
            return count_workers(None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise base.ValidationError("Expected `auto` or a number.")
        return count_workers(value)


class LabelOptions(base.Config):
    """Options below `timestamps`."""

    label = c.Choice(("youtube", "source"), default="youtube")
    """What a timestamp shows: `youtube` (`19:35`), or `source`, the label as the note has it."""


class FolderOptions(base.Config):
    """Options below `folders`: rename one where a channel has its name."""

    videos = c.Type(str, default="videos")
    """The folder of the pages of videos."""

    concepts = c.Type(str, default="concepts")
    """The folder of the index of concepts, and of the pages for wanted notes below it."""

    search = c.Type(str, default="search")
    """The folder of the search page."""


class PlayerOptions(base.Config):
    """Options below `player`."""

    enabled = c.Type(bool, default=True)
    """Whether timestamps play in the page; otherwise they are links to YouTube."""

    shortcuts = c.Type(bool, default=True)
    """Whether the player has keys of its own."""

    progress = c.Type(bool, default=True)
    """Whether what was heard is kept, in the reader's browser alone."""

    thumbnails = c.Type(bool, default=False)
    """Whether the player's place shows the video's picture, which every reader's browser asks `i.ytimg.com` for."""

    follow = c.Type(bool, default=False)
    """Whether the page scrolls with the video, until the reader scrolls."""


class SearchOptions(base.Config):
    """Options below `search`."""

    full_text = c.Type(bool, default=True)
    """Whether the texts of the notes are searched; otherwise only names are."""

    bundle_pages = c.Type(int, default=8000)
    """Pages that one index of the full text holds at most: more take more memory while it is built."""


class VideonotesConfig(base.Config):
    """Options of the plugin, all of them optional."""

    notes = c.ListOfItems(c.Type(str), default=["*/**.md"])
    """Globs, from `docs_dir`, of the files that are notes. Default: every Markdown file in a folder."""

    pages = c.ListOfItems(c.Type(str), default=[])
    """Globs of ordinary pages. They win over `notes`, and stand in no list of notes."""

    titles = c.Choice(("source", "labels"), default="source")
    """The titles of notes: `source`, as each note has it, or `labels`, as most links to it write the same words."""

    timestamps = c.SubConfig(LabelOptions)
    """How timestamps are shown."""

    player = c.SubConfig(PlayerOptions)
    """How videos play in the page."""

    search = c.SubConfig(SearchOptions)
    """What search finds, and how it is indexed."""

    findings = Levels()
    """At which level each kind of finding is told: `ignore`, `info` (default) or `warning`."""

    folders = c.SubConfig(FolderOptions)
    """Where generated pages are, below the root of the site."""

    workers = Workers()
    """How many processes render notes: `auto`, one for each core, or a number; with 0 or 1 the build is sequential."""

    safe_plugins = c.ListOfItems(c.Type(str), default=[])
    """Plugins and hooks whose page events may run in workers, besides those that are known to be safe."""

    feed_items = c.Type(int, default=50)
    """How many notes each feed holds, newest first."""

    mermaid = c.Type(bool, default=False)
    """Whether Mermaid diagrams are drawn. Material loads Mermaid from a third party unless
    `extra_javascript` names a copy of your own, so that the default shows their source."""
