"""The blocks of a note: records of which lines are a list, a quote, a table, code.

They are made by `block_parser`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

DEEPEST = 32
"""Containers inside each other; what is nested deeper is read as text."""


class Kind(Enum):
    """What a leaf is."""

    PARAGRAPH = auto()
    HEADING = auto()
    FENCE = auto()
    CODE = auto()
    RULE = auto()
    TABLE = auto()
    MATH = auto()
    TAGS = auto()
    COMMENT = auto()
    PRE = auto()


@dataclass(slots=True)
class Leaf:
    """A block without children.

    `lines` are `(offset, text)` without the marks of the containers. `level` is that of a
    heading, `info` the info string of a fence. A `bare` paragraph stands on the line of the raw tags around it,
    `identifier` is that of a block marked `^identifier`, `row_ids` those of the rows of a table.
    """

    kind: Kind
    lines: list[tuple[int, str]] = field(default_factory=list)
    level: int = 0
    info: str = ""
    bare: bool = False
    identifier: str = ""
    row_ids: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The lines, joined by line ends."""
        return "\n".join(text for _, text in self.lines)

    def offsets(self) -> Callable[[int], int]:
        """Return a function from a position in `text` to where that character stands in the source."""
        if len(self.lines) == 1:
            return self.lines[0][0].__add__
        starts = list(accumulate((len(text) + 1 for _, text in self.lines), initial=0))

        def offset(position: int) -> int:
            line = min(bisect_right(starts, position), len(self.lines)) - 1
            return self.lines[line][0] + position - starts[line]

        return offset


@dataclass(frozen=True, slots=True)
class Callout:
    """The head of a callout: `> [!type|detail]- title`. `fold` is `+`, `-` or empty."""

    type: str
    detail: str
    fold: str
    title: Leaf


@dataclass(slots=True)
class Container:
    """A block with children: the document, a quote, a list, an item or a footnote.

    `number` is that of an ordered item (of a list: its first), `sign` the one that ends the markers of a list,
    `loose` says that the items of a list hold paragraphs, `task` is the character in the brackets of a task,
    `label` that of a footnote, `identifier` that of a block marked `^identifier`.
    """

    kind: str
    children: list[Container | Leaf] = field(default_factory=list)
    number: int | None = None
    loose: bool = False
    task: str = ""
    sign: str = ""
    identifier: str = ""
    label: str = ""
    callout: Callout | None = None
    needed: int = 0
    content: int = 0

    def leaves(self) -> Iterator[Leaf]:
        """Yield every leaf below this container that holds a reader's text, in order."""
        if self.callout:
            yield self.callout.title
        for child in self.children:
            if isinstance(child, Container):
                yield from child.leaves()
            else:
                yield child


class Definition(NamedTuple):
    """What a link definition says: `[label]: href "title"`, escapes and character references read."""

    href: str
    title: str = ""


def fold_label(label: str) -> str:
    """Return the form of a link's label under which case and white space do not matter (CommonMark, section 4.7)."""
    return " ".join(label.casefold().split())


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text: its tree, its footnotes by label, its link definitions by folded label.

    `may_have_ids` says that it has the sign with which block ids begin: most have not.
    """

    root: Container
    footnotes: dict[str, Container]
    definitions: dict[str, Definition]
    may_have_ids: bool


BLOCK_TAGS = frozenset(
    "blockquote caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre"
    " summary table tbody td th thead tr ul".split()
)
"""Allowed HTML elements that are blocks (HTML, section 3.2.5.2: flow, not phrasing, content)."""
