"""The parser of blocks.

CommonMark 0.31 (sections 4 and 5) with GitHub's tables and footnotes and Obsidian's callouts,
comments and math, and with the leniencies that note-format.md, section 4, asks for: a child of a
list item may be indented by 2 to 4 whatever the width of the marker, a list may follow a
paragraph line at any indentation, and an ordered list that was interrupted goes on.

One pass over the lines. Each leaf keeps, for each of its lines, the offset of its text in the
source, so that everything found in it has a place. What a line may begin stands in `container_rules`
and `leaf_rules`.
"""

from __future__ import annotations

from .block_ids import take_block_ids
from .blocks import DEEPEST, Container, Document, Kind, Leaf
from .container_rules import container_rules
from .definitions import Definitions
from .leaf_rules import continue_raw, leaf_rules
from .lines import Line, from_column, taken_by, untabbed

__all__ = ["DEEPEST", "BlockParser", "parse_blocks"]

RAW = frozenset({Kind.FENCE, Kind.MATH, Kind.COMMENT, Kind.PRE})
"""The leaves whose lines begin nothing."""


def parse_blocks(text: str, start: int = 0) -> Document:
    """Parse the Markdown of `text` from offset `start` on into its blocks."""
    return BlockParser(text, start).parse()


class BlockParser:
    """The state of a parse: the open containers and the open leaf, and the line that is read.

    `closing` is what ends an open raw leaf, `fence_indent` the indentation of an open fence; `in_tags` holds
    after a line of raw tags until a blank one; `next_end` is in which line each end that was looked for comes next.
    """

    def __init__(self, text: str, start: int) -> None:
        self.lines = text[start:].removesuffix("\n").split("\n")
        self.offset = start
        self.index = self.end = 0
        self.line = ""
        self.root = Container("document")
        self.stack = [self.root]
        self.leaf: Leaf | None = None
        self.closing = ""
        self.fence_indent = 0
        self.blank = False
        self.in_tags = False
        self.headed: Container | None = None
        self.next_end: dict[str, int] = {}
        self.footnotes: dict[str, Container] = {}
        self.definitions = Definitions(text, start)
        self.may_define: list[tuple[Container, Leaf]] = []

    def parse(self) -> Document:
        """Read all lines."""
        for index, line in enumerate(self.lines):
            self.index, self.line = index, line
            self.end = self.offset + len(line)
            self._read_line()
            self.offset = self.end + 1
        self._take_definitions()
        may_have_ids = any("^" in line for line in self.lines)
        if may_have_ids:
            take_block_ids(self.root)
        return Document(self.root, self.footnotes, self.definitions.found, may_have_ids)

    def placed(self, rest: str) -> tuple[int, str]:
        """Return `rest` with its offset. Only the beginning of a line is ever changed: its end is the anchor."""
        return max(self.end - len(rest), self.offset), rest

    def as_written(self, rest: str, indent: int) -> tuple[int, str]:
        """Return `rest` without up to `indent` spaces, with its offset, its tabs as they are in the source."""
        rest = rest[min(len(rest) - len(rest.lstrip(" ")), indent) :]
        if "\t" in self.line:
            rest = from_column(self.line, len(untabbed(self.line)) - len(rest))
        return self.placed(rest)

    def _read_line(self) -> None:
        rest = untabbed(self.line)
        depth = 1
        for container in self.stack[1:]:
            taken = taken_by(container, rest)
            if taken is None:
                break
            rest = taken
            depth += 1
        if self.leaf and self.leaf.kind in RAW:
            if depth == len(self.stack):
                behind = continue_raw(self, self.leaf, rest)
                if behind is None:
                    return
                rest = behind
            elif self.leaf.kind is Kind.COMMENT and self.closing == "%%":
                self.leaf.kind = Kind.PARAGRAPH  # its container ends before it does: nothing is lost
            self.leaf = None
            if depth == len(self.stack) and not rest.strip():
                return
        if not rest.strip():
            self._blank(depth, rest)
            return
        self._open(depth, rest)
        self.blank = False

    def _blank(self, depth: int, rest: str) -> None:
        self.headed = None
        if depth < len(self.stack) and self.stack[depth].kind == "quote":
            del self.stack[depth:]
        if self.leaf and self.leaf.kind is Kind.CODE and depth == len(self.stack):
            self.leaf.lines.append(self.as_written(rest, 4))
        else:
            self.leaf = None
        self.blank = self.stack[min(depth, len(self.stack)) - 1].kind != "quote"
        self.in_tags = False

    def _open(self, depth: int, rest: str) -> None:
        """Open what begins on this line, below the `depth` containers that it continues."""
        while rest.strip():
            text = rest.lstrip(" ")
            paragraph = self.leaf if self.leaf and self.leaf.kind is Kind.PARAGRAPH else None
            line = Line(depth, len(rest) - len(text), text, paragraph, depth == len(self.stack))
            opened = None
            for begin in container_rules(line):
                opened = begin(self, line)
                if opened:
                    break
            if not opened:
                self._read_leaf(line)
                return
            depth, rest = opened

    def _read_leaf(self, line: Line) -> None:
        for begin in leaf_rules(line):
            if begin(self, line):
                return
        self._paragraph(line)

    def _paragraph(self, line: Line) -> None:
        """Add a line of text: to its paragraph, also a lazy one, or as the beginning of a paragraph."""
        if line.paragraph:
            line.paragraph.lines.append(self.placed(line.text))
        elif self.headed and self.headed in self.stack:  # a lazy line below the head of a callout
            self.add(len(self.stack), Leaf(Kind.PARAGRAPH, [self.placed(line.text)]))
        else:
            self.add(line.depth, Leaf(Kind.PARAGRAPH, [self.placed(line.text)]))

    def add(self, depth: int, leaf: Leaf) -> Leaf:
        """Put `leaf` below the innermost of `depth` containers, and keep it open."""
        self.append(depth, leaf)
        if leaf.kind is Kind.PARAGRAPH and leaf.lines[0][1].startswith("["):
            self.may_define.append((self.stack[-1], leaf))
        self.leaf = leaf
        return leaf

    def append(self, depth: int, child: Container | Leaf) -> int:
        """Put `child` below the innermost of `depth` containers; return how many stay open."""
        if self.stack[depth - 1].kind == "list" and not (isinstance(child, Container) and child.kind == "item"):
            depth -= 1
        del self.stack[depth:]
        self.leaf = self.headed = None
        parent = self.stack[-1]
        if self.blank and parent.children:
            owner = parent if parent.kind == "list" else self.stack[-2] if len(self.stack) > 1 else parent
            if owner.kind == "list":
                owner.loose = True
        parent.children.append(child)
        if isinstance(child, Container):
            self.stack.append(child)
            depth += 1
        return depth

    def closes_later(self, closing: str, *, within_block: bool) -> bool:
        """Return whether a line below holds `closing`; with `within_block`, before the next blank one."""
        number = 0 if within_block else self.next_end.get(closing, 0)
        if number > self.index:
            return number < len(self.lines)
        for number in range(self.index + 1, len(self.lines)):
            line = self.lines[number]
            if closing in line.lower():
                break
            if within_block and not line.strip():
                return False
        else:
            number = len(self.lines)
        if not within_block:
            self.next_end[closing] = number
        return number < len(self.lines)

    def _take_definitions(self) -> None:
        emptied: dict[int, Container] = {}
        for parent, leaf in self.may_define:
            if leaf.kind is Kind.PARAGRAPH:
                self.definitions.take(leaf)
                if not leaf.lines:
                    emptied[id(parent)] = parent
        for parent in emptied.values():
            parent.children[:] = [child for child in parent.children if isinstance(child, Container) or child.lines]
