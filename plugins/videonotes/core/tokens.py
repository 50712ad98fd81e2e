"""The inline tokens: what a text holds that is more than characters and emphasis.

`start` and `end` of a token count characters of the text that it was found in. Nothing changes a token; that they are
not frozen makes them in a third of the time.
"""

from __future__ import annotations

from dataclasses import dataclass

from .timestamps import Clock


@dataclass(slots=True)
class Token:
    """A part of a text, from `start` up to `end`."""

    start: int
    end: int


@dataclass(slots=True)
class Text(Token):
    """Characters that mean only themselves. Empty for a comment."""

    value: str


@dataclass(slots=True)
class Code(Token):
    """A code span."""

    value: str


@dataclass(slots=True)
class Break(Token):
    """A hard line break."""


@dataclass(slots=True)
class WikilinkToken(Token):
    """`[[target#fragment|label]]`, `![[…]]` where `embed`. `label` is Markdown, at `label_start`.

    Where it was `mended`, it lost brackets: if no note has its name, it is text.
    """

    target: str
    fragment: str
    label: str
    label_start: int
    embed: bool
    mended: bool = False


@dataclass(slots=True)
class Stamp(Token):
    """A timestamp as written.

    `data` is what its attribute says, `label` what its text says, `until` the end of a range;
    `None` where it says no time. `video` is empty for the note's own. `text` holds the label's
    words where it is more than a time, `written` all of the label, for the case that nothing fits.
    A `usual` one is written as nearly all are, and as it should be.
    """

    data: Clock | None
    label: Clock | None
    until: Clock | None = None
    video: str = ""
    text: str = ""
    written: str = ""
    bare: bool = False
    usual: bool = False


@dataclass(slots=True)
class Link(Token):
    """A link or an image of Markdown, or an address that stands by itself."""

    href: str
    label: str
    label_start: int
    image: bool = False
    title: str = ""
    verbatim: bool = False


@dataclass(slots=True)
class Tag(Token):
    """An allowed raw HTML tag. `attributes` hold the allowed ones, URLs not yet checked."""

    name: str
    attributes: dict[str, str]
    closing: bool


@dataclass(slots=True)
class Math(Token):
    """A formula in TeX; `display` for `$$…$$`."""

    tex: str
    display: bool


@dataclass(slots=True)
class FootnoteMark(Token):
    """`[^label]`, where that footnote is defined; or with `text`, which begins at `text_start`, `^[text]`."""

    label: str
    text: str = ""
    text_start: int = 0


@dataclass(slots=True)
class Malformed(Text):
    """Brackets that were meant as a wikilink and cannot be read as one."""
