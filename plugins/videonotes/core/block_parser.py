"""The parser of blocks.

CommonMark 0.31 (sections 4 and 5) with GitHub's tables and footnotes and Obsidian's callouts,
comments and math, and with the leniencies that NOTE_FORMAT.md, section 4, asks for: a child of a
list item may be indented by 2 to 4 whatever the width of the marker, a list may follow a
paragraph line at any indentation, and an ordered list that was interrupted goes on.

One pass over the lines. Each leaf keeps, for each of its lines, the offset of its text in the
source, so that everything found in it has a place.
"""

from __future__ import annotations

import re

from .blocks import BLOCK_TAGS, Callout, Container, Document, Kind, Leaf
from .definitions import Definitions
from .lines import MARKER, is_delimiter_row, taken_by, untabbed

DEEPEST = 32
"""Containers inside each other; what is nested deeper is read as text."""

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_HEADING_END = re.compile(r"(?:\A|[ \t])#+\Z")
_FENCE = re.compile(r"(?:(`{3,})([^`]*)|(~{3,})(.*))\Z")
_ONLY_STAMPS = re.compile(r"(?:\s*<(a|span)\b[^<>]*yt-timestamp[^<>]*>[^<>]*</\1>[.,;]?)+\s*\Z", re.IGNORECASE)
_SETEXT = re.compile(r"(=+|-+)[ \t]*\Z")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,64})\]:[ \t]*(.*)\Z")
_CALLOUT = re.compile(r"[ \t]*\[!([^\]|\n]{1,60})(?:\|([^\]\n]{0,200}))?\]([+-]?)[ \t]*(.*)\Z")
_TAG_LINE = re.compile(
    rf"(?:</?(?:{'|'.join(sorted(BLOCK_TAGS))})(?=[\s/>])(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+>[ \t]*)+\Z",
    re.IGNORECASE,
)
_BREAK_AT_END = re.compile(r"<br\s*/?>\s*\Z", re.IGNORECASE)
_RAW = frozenset({Kind.FENCE, Kind.MATH, Kind.COMMENT})


def parse_blocks(text: str, start: int = 0) -> Document:
    """Parse the Markdown of `text` from offset `start` on into its blocks."""
    parser = _Parser(text, start)
    return parser.parse()


class _Parser:
    def __init__(self, text: str, start: int) -> None:
        self.lines = text[start:].split("\n")
        self.offset = start
        self.index = 0
        self.root = Container("document")
        self.stack = [self.root]
        self.leaf: Leaf | None = None
        self.closing = ""  # what ends the open raw leaf
        self.indent = self.fence_indent = 0
        self.blank = False
        self.in_tags = False  # after a line of tags, until a blank one, nothing is indented code
        self.absent: set[str] = set()  # what was looked for to the end, in vain
        self.footnotes: dict[str, Container] = {}
        self.definitions = Definitions(text, start)
        self.may_define: list[tuple[Container, Leaf]] = []  # paragraphs that may begin with definitions

    def parse(self) -> Document:
        for index, line in enumerate(self.lines):
            self.index = index
            self.end = self.offset + len(line)
            self._line(untabbed(line))
            self.offset = self.end + 1
        self._take_definitions()
        return Document(self.root, self.footnotes, self.definitions.found)

    def _take_definitions(self) -> None:
        emptied: dict[int, Container] = {}
        for parent, leaf in self.may_define:
            if leaf.kind is Kind.PARAGRAPH:
                self.definitions.take(leaf)
                if not leaf.lines:
                    emptied[id(parent)] = parent
        for parent in emptied.values():
            parent.children[:] = [child for child in parent.children if isinstance(child, Container) or child.lines]

    # Where text stands: only the beginning of a line is ever changed, so its end is the anchor.
    def _placed(self, rest: str) -> tuple[int, str]:
        return max(self.end - len(rest), self.offset), rest

    def _line(self, rest: str) -> None:
        depth = 1
        for container in self.stack[1:]:
            taken = taken_by(container, rest)
            if taken is None:
                break
            rest = taken
            depth += 1
        matched = depth == len(self.stack)
        if self.leaf and self.leaf.kind in _RAW:
            if matched:
                self._raw(rest)
                return
            self.leaf = None
        if not rest.strip():
            self._blank(depth)
            return
        self._open(depth, rest)
        self.blank = False

    def _blank(self, depth: int) -> None:
        if depth < len(self.stack) and self.stack[depth].kind == "quote":
            del self.stack[depth:]
        if self.leaf and self.leaf.kind is Kind.CODE and depth == len(self.stack):
            self.leaf.lines.append((self.end, ""))
        else:
            self.leaf = None
        self.blank = True
        self.in_tags = False

    def _raw(self, rest: str) -> None:
        """Add a line to a fence, a formula or a comment, or end it."""
        leaf = self.leaf
        assert leaf is not None
        stripped = rest.strip()
        if leaf.kind is Kind.FENCE:
            if stripped.startswith(self.closing):
                after = stripped.lstrip(self.closing[0])
                if not after or _ONLY_STAMPS.match(after):
                    self.leaf = None
                    if after:  # a timestamp of what the code shows, behind its end
                        self._add(len(self.stack), Leaf(Kind.PARAGRAPH, [self._placed(after)]))
                    return
            indent = min(len(rest) - len(rest.lstrip(" ")), self.fence_indent)
            leaf.lines.append(self._placed(rest[indent:]))
            return
        leaf.lines.append(self._placed(rest))
        if self.closing in rest:
            self.leaf = None

    def _open(self, depth: int, rest: str) -> None:
        """Open what begins on this line, below the `depth` containers that it continues."""
        while True:
            indent = self.indent = len(rest) - len(rest.lstrip(" "))
            text = rest[indent:]
            paragraph = self.leaf if self.leaf and self.leaf.kind is Kind.PARAGRAPH else None
            marker = MARKER.match(text) if text[0] in "-+*0123456789" else None
            if indent >= 4 and not (marker and self._may_be_deep(depth)) and not self.in_tags:
                if paragraph:
                    paragraph.lines.append(self._placed(text))
                else:
                    self._code(depth, rest)
                return
            if marker and not _RULE.match(text) and self._may_start(marker, depth):
                depth, rest = self._item(depth, marker, indent)
                if not rest:
                    return
                continue
            if text[0] == ">" and len(self.stack[:depth]) < DEEPEST:
                depth, rest = self._quote(depth, text)
                if not rest.strip():
                    return
                continue
            if text[0] == "[" and (note := _FOOTNOTE.match(text)) and len(self.stack[:depth]) < DEEPEST:
                depth, rest = self._footnote(depth, note)
                if not rest.strip():
                    return
                continue
            self._leaf(depth, text, paragraph)
            return

    def _leaf(self, depth: int, text: str, paragraph: Leaf | None) -> None:
        matched = depth == len(self.stack)
        first = text[0]
        if first == "#" and (match := _HEADING.match(text)):
            leaf = self._add(depth, Leaf(Kind.HEADING, level=len(match[1])))
            title = text[match.end() :].rstrip()
            start = self.end - len(text) + match.end()
            leaf.lines.append((start, _HEADING_END.sub("", title).rstrip()))
            self.leaf = None
        elif first in "`~" and (match := _FENCE.match(text)) and not _ONLY_STAMPS.match(match[2] or match[4] or ""):
            self.closing = match[1] or match[3]
            self.fence_indent = self.indent
            self._add(depth, Leaf(Kind.FENCE, info=(match[2] or match[4] or "").strip()))
        elif paragraph and matched and (self._table(depth, paragraph, text) or self._setext(paragraph, text)):
            pass
        elif first in "-*_" and _RULE.match(text):
            self._add(depth, Leaf(Kind.RULE, [self._placed(text)]))
            self.leaf = None
        elif first == "<" and _TAG_LINE.match(text):
            self._add(depth, Leaf(Kind.TAGS, [self._placed(text)]))
            self.leaf = None
            self.in_tags = True
        elif text.startswith("$$") and (closing := self._closes("$$", text)) is not None:
            self._multiline(depth, Kind.MATH, "$$", text, closing)
        elif text.startswith("<!--") and (closing := self._closes("-->", text)) is not None:
            self._multiline(depth, Kind.COMMENT, "-->", text, closing)
        elif text.startswith("%%") and (closing := self._closes("%%", text)) is not None:
            self._multiline(depth, Kind.COMMENT, "%%", text, closing)
        elif self.leaf and self.leaf.kind is Kind.TABLE and matched and "|" in text:
            self.leaf.lines.append(self._placed(text))
        elif paragraph:  # its own next line, or a lazy one
            paragraph.lines.append(self._placed(text))
        else:
            self._add(depth, Leaf(Kind.PARAGRAPH, [self._placed(text)]))

    def _setext(self, paragraph: Leaf, text: str) -> bool:
        match = _SETEXT.match(text) if text[0] in "=-" else None
        if not match or _BREAK_AT_END.search(paragraph.lines[-1][1]):
            return False
        if paragraph.lines[0][1].startswith("["):
            self.definitions.take(paragraph)
            if not paragraph.lines:  # the line of signs is text
                return False
        paragraph.kind = Kind.HEADING
        paragraph.level = 1 if text[0] == "=" else 2
        self.leaf = None
        return True

    def _closes(self, closing: str, text: str) -> bool | None:
        """Whether the block ends on this line; `None` where it never does or text follows it."""
        opening = 4 if closing == "-->" else 2
        found = text.find(closing, opening)
        if found >= 0:
            return True if not text[found + len(closing) :].strip() else None
        if text.startswith("%%") and text.strip() != "%%":
            return None
        if closing in self.absent:
            return None
        for number in range(self.index + 1, len(self.lines)):
            line = self.lines[number]
            if closing in line:
                return False
            if closing == "$$" and not line.strip():
                return None
        if closing != "$$":
            self.absent.add(closing)
        return None

    def _multiline(self, depth: int, kind: Kind, closing: str, text: str, done: bool) -> None:
        self._add(depth, Leaf(kind, [self._placed(text)]))
        self.closing = closing
        if done:
            self.leaf = None

    def _table(self, depth: int, paragraph: Leaf, text: str) -> bool:
        """Make a table of the last line of a paragraph and the delimiter row below it (GFM, section 4.10)."""
        if text[0] not in "|:-" or "|" not in paragraph.lines[-1][1] or not is_delimiter_row(text):
            return False
        rows = [paragraph.lines.pop(), self._placed(text)]
        if paragraph.lines:
            self._add(depth, Leaf(Kind.TABLE, rows))
        else:
            paragraph.kind, paragraph.lines = Kind.TABLE, rows
        return True

    def _code(self, depth: int, rest: str) -> None:
        if self.leaf and self.leaf.kind is Kind.CODE and depth == len(self.stack):
            self.leaf.lines.append(self._placed(rest[4:]))
        else:
            self._add(depth, Leaf(Kind.CODE, [self._placed(rest[4:])]))

    def _add(self, depth: int, leaf: Leaf) -> Leaf:
        self._append(depth, leaf)
        if leaf.kind is Kind.PARAGRAPH and leaf.lines[0][1].startswith("["):
            self.may_define.append((self.stack[-1], leaf))
        self.leaf = leaf
        return leaf

    def _append(self, depth: int, child: Container | Leaf) -> int:
        """Put `child` below the innermost of `depth` containers; return how many stay open."""
        if self.stack[depth - 1].kind == "list" and not (isinstance(child, Container) and child.kind == "item"):
            depth -= 1
        del self.stack[depth:]
        self.leaf = None
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

    def _may_be_deep(self, depth: int) -> bool:
        """Whether a list marker behind 4 or more spaces is one: after text, or inside a list."""
        if self.leaf and self.leaf.kind is Kind.CODE:
            return False
        in_list = any(container.kind == "item" for container in self.stack[:depth])
        return in_list or bool(self.leaf and self.leaf.kind is Kind.PARAGRAPH)

    def _may_start(self, marker: re.Match[str], depth: int) -> bool:
        parent = self.stack[depth - 1]
        if len(self.stack[:depth]) >= DEEPEST:
            return False
        if parent.kind == "list" and (parent.number is None) == (marker[2] is None):
            return True
        if not (self.leaf and self.leaf.kind is Kind.PARAGRAPH):
            return True
        # It would interrupt a paragraph (CommonMark, section 5.3): not by an empty item, and by a
        # number only with 1, or with the one that the last list before it would go on with.
        if marker[4] is None:
            return False
        return marker[2] is None or int(marker[2]) in {1, self._next_number(depth)}

    def _next_number(self, depth: int) -> int | None:
        for container in reversed(self.stack[:depth]):
            for child in reversed(container.children):
                if isinstance(child, Container) and child.kind == "list" and child.number is not None:
                    last = child.children[-1]
                    return last.number + 1 if isinstance(last, Container) and last.number is not None else None
                if isinstance(child, Leaf) and child.kind is Kind.HEADING:
                    return None
        return None

    def _item(self, depth: int, marker: re.Match[str], indent: int) -> tuple[int, str]:
        number = int(marker[2]) if marker[2] else None
        parent = self.stack[depth - 1]
        if parent.kind == "list" and (parent.number is None) != (number is None):
            depth -= 1
            parent = self.stack[depth - 1]
        if parent.kind != "list":
            depth = self._append(depth, Container("list", number=number))
        spaces = min(len(marker[3] or " "), 4)
        content = indent + len(marker[1]) + spaces
        text = marker[4] or ""
        item = Container("item", number=number, needed=min(indent + 2, content), content=content)
        if task := _TASK.match(text):
            item.checked = task[1] != " "
            text = text[task.end() :]
        return self._append(depth, item), text

    def _quote(self, depth: int, text: str) -> tuple[int, str]:
        quote = Container("quote")
        rest = text[2:] if text[1:2] == " " else text[1:]
        depth = self._append(depth, quote)
        if head := _CALLOUT.match(rest):
            start = self.end - len(head[4])
            title = Leaf(Kind.PARAGRAPH, [(start, head[4].strip())])
            quote.callout = Callout(head[1].strip(), (head[2] or "").strip(), head[3], title)
            rest = ""
        return depth, rest

    def _footnote(self, depth: int, match: re.Match[str]) -> tuple[int, str]:
        note = Container("footnote", label=match[1], needed=2, content=4)
        self.footnotes.setdefault(match[1], note)
        return self._append(depth, note), match[2]
