"""The records of a note: frozen, slotted, picklable. Lines and columns count from 1, in the normalised file.

Those of which a note has many are named tuples, which are read from a cache many times faster than dataclasses.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, NamedTuple, overload

from .findings import Finding, FindingCode
from .timestamps import Clock

MARK_OPEN, MARK_CLOSE = "\x02", "\x03"
"""They enclose the labels of wikilinks in the sentences of a note."""

CODE_OPEN, CODE_CLOSE = "\x04", "\x05"
"""They enclose the code in the sentences of a note. None of the four may stand in a source."""


class Sentences(Sequence[str]):
    """The sentences of a note, as one block of bytes: of a collection, millions of strings took most of its memory."""

    __slots__ = ("_data", "_ends")

    def __init__(self, data: bytes, ends: bytes) -> None:
        self._data = data  # UTF-8, a line each
        self._ends = memoryview(ends).cast("I")  # where each ends in `data`

    @classmethod
    def of(cls, sentences: Iterable[str]) -> Sentences:
        """Return sentences as one block."""
        lines = [sentence.encode("utf-8", "surrogatepass") for sentence in sentences]
        ends = array("I", accumulate(len(line) + 1 for line in lines))
        return cls(b"".join(line + b"\n" for line in lines), ends.tobytes())

    @property
    def text(self) -> str:
        """All sentences, a line each."""
        return self._data.decode("utf-8", "surrogatepass")

    def isascii(self) -> bool:
        """Return whether all sentences are ASCII."""
        return self._data.isascii()

    def size(self, number: int) -> int:
        """Return the bytes of sentence `number`, from 0."""
        return self._ends[number] - (self._ends[number - 1] if number else 0) - 1

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        ends = self._ends
        end = ends[number]
        start = ends[number - 1] if number not in (0, -len(ends)) else 0
        return self._data[start : end - 1].decode("utf-8", "surrogatepass")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentences) and self._data == other._data and self._ends == other._ends

    def __hash__(self) -> int:
        return hash(self._data)

    def __reduce__(self) -> tuple[type[Sentences], tuple[bytes, bytes]]:
        return Sentences, (self._data, self._ends.tobytes())


class Wikilink(NamedTuple):
    """A wikilink as written, at its place, where it takes `length` characters.

    It is the `ordinal`-th marked label of sentence `sentence`, under heading `heading` (-1: none);
    `moment` is the index of the nearest timestamp of the note (-1: none). A `mended` one lost brackets,
    and wants no note.
    """

    line: int
    column: int
    length: int
    target: str
    fragment: str
    label: str
    embed: bool
    sentence: int
    ordinal: int
    heading: int
    moment: int
    mended: bool = False


class Timestamp(NamedTuple):
    """A timestamp as written, at its place, `length` characters: what its attribute and its label say.

    `video` is empty for the note's own video; `bare` says that it is no element, only a time in
    brackets. `sentence` and `heading` are indices (-1: none). A `usual` one is written as it should be.
    """

    line: int
    column: int
    length: int
    data: Clock | None
    label: Clock | None
    video: str
    written: str
    bare: bool
    sentence: int
    heading: int
    usual: bool = False


class Reference(NamedTuple):
    """A relative Markdown link, or with `image` a picture, to a file beside the note."""

    line: int
    column: int
    href: str
    image: bool


class Heading(NamedTuple):
    """A heading: its level, its text without timestamps, its id. `video` is the one it links to.

    The id is empty where the heading is not shown because it repeats the title.
    """

    line: int
    column: int
    level: int
    text: str
    id: str
    video: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note. `path` is that of its file below the folder of notes; `channel` is its folder.

    `summary` is its first sentence, without marks; `date` a day (ISO 8601), or empty. `sentences` are those of the
    texts with links or timestamps alone: they are shown elsewhere. `tags` are those of the frontmatter, then those of
    the text (`#tag`), without `#`; `ignored` are the findings that it does not want to hear of; `meta` holds the keys
    of the frontmatter that mean nothing here, with every scalar as a string. `private` says that it is not to be
    published; `generated` is the model that wrote it (`"true"`: no one says which; empty: a person did), `reviewed` the
    day on which a person read it. `names_video` says that its frontmatter names a video, or that there is none.
    """

    path: str
    channel: str
    name: str
    title: str
    summary: str
    video: str
    aliases: tuple[str, ...]
    description: str
    date: str
    lang: str
    draft: bool
    unlisted: bool
    is_hub: bool
    links: tuple[Wikilink, ...]
    stamps: tuple[Timestamp, ...]
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    blocks: frozenset[str]
    sentences: Sentences
    findings: tuple[Finding, ...]
    tags: tuple[str, ...] = ()
    ignored: frozenset[FindingCode] = frozenset()
    meta: Mapping[str, Any] = field(default_factory=dict)
    private: bool = False
    generated: str = ""
    reviewed: str = ""
    names_video: bool = False


def unmarked(sentence: str) -> str:
    """Return a sentence of a note without the marks of its wikilinks."""
    return sentence.replace(MARK_OPEN, "").replace(MARK_CLOSE, "")


def spoken(sentence: str) -> str:
    """Return a sentence of a note without any marks."""
    return unmarked(sentence).replace(CODE_OPEN, "").replace(CODE_CLOSE, "")


def around(sentence: str, ordinal: int) -> tuple[str, str, str]:
    """Split a sentence at its `ordinal`-th wikilink: what is before it, its label, what is after it."""
    start = -1
    for _ in range(ordinal + 1):
        start = sentence.find(MARK_OPEN, start + 1)
        if start < 0:
            return unmarked(sentence), "", ""
    end = sentence.find(MARK_CLOSE, start)
    return unmarked(sentence[:start]), sentence[start + 1 : end], unmarked(sentence[end:])
