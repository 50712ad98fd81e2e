"""The options of the plugin."""

from __future__ import annotations

from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c

from ..core.findings import FindingCode, find_code
from .incremental.workers import count_workers

LEVELS = ("ignore", "info", "warning")


class Levels(base.BaseConfigOption[dict[str, str]]):
    """Levels for codes of findings: `ignore`, `info` (that of all others), or `warning`, at which `--strict` fails."""

    def __init__(self) -> None:
        super().__init__()
        self.default: dict[str, str] = {}

    def run_validation(self, value: object) -> dict[str, str]:
        """Return the levels by the names of codes. Raises `ValidationError` for one that does not exist."""
        if not isinstance(value, dict):
            raise base.ValidationError("Expected a mapping of codes to levels.")
        levels = {}
        for written, level in value.items():
            code = find_code(str(written))
            if code is None:
                codes = ", ".join(f"{code.number} {code}" for code in FindingCode)
                raise base.ValidationError(f"There is no finding '{written}'. The codes: {codes}.")
            if level not in LEVELS:
                raise base.ValidationError(f"'{level}' is no level. The levels: {', '.join(LEVELS)}.")
            levels[str(code)] = level
        return levels


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


class Options(base.Config):
    """Options of which all wrong ones are told at once, where MkDocs stops at the first."""

    @classmethod
    def names(cls) -> list[str]:
        """Return the names of the options, in their order."""
        return [name for name, option in vars(cls).items() if isinstance(option, base.BaseConfigOption)]

    def validate(self) -> tuple[base.ConfigErrors, base.ConfigWarnings]:
        """Return what is wrong, and what may be."""
        failed, warnings = super().validate()
        if failed:
            names = self.names()
            for name in names[names.index(failed[0][0]) + 1 :]:
                try:
                    vars(type(self))[name].validate(self.get(name))
                except base.ValidationError as error:
                    failed.append((name, error))
        return failed, warnings


class Number(base.BaseConfigOption[int]):
    """A whole number, `least` or more."""

    def __init__(self, least: int, default: int) -> None:
        super().__init__()
        self.least = least
        self.default = default

    def run_validation(self, value: object) -> int:
        """Return the number. Raises `ValidationError`."""
        if not isinstance(value, int) or isinstance(value, bool) or value < self.least:
            raise base.ValidationError(f"Expected a whole number of {self.least} or more, not {value!r}.")
        return value


class OptionSection(c.SubConfig[Any]):
    """A mapping of options, of which all wrong ones are told at once.

    `switch` is the option that `true` and `false` in place of the mapping mean.
    """

    def __init__(self, options: type[Options], switch: str = "") -> None:
        super().__init__()
        self.config_class = self.options = options
        self.switch = switch

    def run_validation(self, value: object) -> Any:
        """Return the options. Raises `ValidationError`, which names every wrong one."""
        if isinstance(value, bool) and self.switch:
            value = {self.switch: value}
        if not isinstance(value, dict):
            names = ", ".join(f"`{name}`" for name in self.options.names())
            switches = f", or `false` for `{self.switch}: false`" if self.switch else ""
            raise base.ValidationError(f"Expected a mapping of options ({names}){switches}.")
        options = self.options(config_file_path=self._config_file_path)
        options.load_dict(value)
        failed, warnings = options.validate()
        self.warnings.extend(f"Sub-option '{key}': {message}" for key, message in warnings)
        if failed:
            raise base.ValidationError(" ".join(f"Sub-option '{key}': {error}" for key, error in failed))
        return options


class LabelOptions(Options):
    """Options below `timestamps`."""

    label = c.Choice(("youtube", "source"), default="youtube")
    """What a timestamp shows: `youtube` (`19:35`), or `source`, the label as the note has it."""


class FolderOptions(Options):
    """Options below `folders`: rename one where a channel has its name."""

    videos = c.Type(str, default="videos")
    """The folder of the pages of videos."""

    concepts = c.Type(str, default="concepts")
    """The folder of the index of concepts, and of the pages for wanted notes below it."""

    search = c.Type(str, default="search")
    """The folder of the search page."""


class PlayerOptions(Options):
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


class SearchOptions(Options):
    """Options below `search`."""

    full_text = c.Type(bool, default=True)
    """Whether the texts of the notes are searched; otherwise only names are."""

    bundle_pages = Number(1, default=8000)
    """Pages that one index of the full text holds at most: more take more memory while it is built."""


class VideonotesConfig(Options):
    """Options of the plugin, all of them optional."""

    notes = c.ListOfItems(c.Type(str), default=[])
    """Globs, from `docs_dir`, of the files that are notes. Without them, files tell themselves (`kinds`)."""

    pages = c.ListOfItems(c.Type(str), default=[])
    """Globs of ordinary pages. They win over `notes`, and stand in no list of notes."""

    private = c.ListOfItems(c.Type(str), default=[])
    """Globs of notes and pages that are not published, as are those with `publish: false`."""

    generated = c.ListOfItems(c.Type(str), default=[])
    """Globs of notes that a model wrote, where their frontmatter says nothing of it."""

    titles = c.Choice(("source", "labels"), default="source")
    """The titles of notes: `source`, as each note has it, or `labels`, as most links to it write the same words."""

    images = c.Choice(("link", "lazy", "load"), default="link")
    """What becomes of a picture that is on another site: a `link` to it, or a picture that every reader's browser asks
    that site for, when it comes near (`lazy`) or at once (`load`)."""

    timestamps = OptionSection(LabelOptions)
    """How timestamps are shown."""

    player = OptionSection(PlayerOptions, switch="enabled")
    """How videos play in the page."""

    search = OptionSection(SearchOptions, switch="full_text")
    """What search finds, and how it is indexed."""

    findings = Levels()
    """At which level each kind of finding is told: `ignore`, `info` (default) or `warning`."""

    folders = OptionSection(FolderOptions)
    """Where generated pages are, below the root of the site."""

    workers = Workers()
    """How many processes render notes: `auto`, one for each core, or a number; with 0 or 1 the build is sequential."""

    safe_plugins = c.ListOfItems(c.Type(str), default=[])
    """Plugins and hooks whose page events may run in workers, besides those that are known to be safe."""

    feed_items = Number(0, default=50)
    """How many notes each feed holds, newest first."""

    report = c.Type(bool, default=False)
    """Whether there is a page on the health of the notes, and the end of a build tells how large the site is."""

    mermaid = c.Type(bool, default=False)
    """Whether Mermaid diagrams are drawn. Material loads Mermaid from a third party unless
    `extra_javascript` names a copy of your own, so that the default shows their source."""
