"""The options of the plugin."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as c

from ..core.findings import Code

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


class VideonotesConfig(base.Config):
    """Options of the plugin, all of them optional."""

    notes = c.ListOfItems(c.Type(str), default=["*/**.md"])
    """Globs, from `docs_dir`, of the files that are notes. Default: every Markdown file in a folder."""

    pages = c.ListOfItems(c.Type(str), default=[])
    """Globs of ordinary pages. They win over `notes`, and stand in no list of notes."""

    timestamps = c.SubConfig(LabelOptions)
    """How timestamps are shown."""

    player = c.SubConfig(PlayerOptions)
    """How videos play in the page."""

    findings = Levels()
    """At which level each kind of finding is told: `ignore`, `info` (default) or `warning`."""

    folders = c.SubConfig(FolderOptions)
    """Where generated pages are, below the root of the site."""

    feed_items = c.Type(int, default=50)
    """How many notes each feed holds, newest first."""

    mermaid = c.Type(bool, default=False)
    """Whether Mermaid diagrams are drawn. Material loads Mermaid from a third party unless
    `extra_javascript` names a copy of your own, so that the default shows their source."""
