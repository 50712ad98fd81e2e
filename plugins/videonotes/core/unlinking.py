"""A text without its links to private notes: what stands in their place are their labels, as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .blocks import Kind
from .inline import Context, tokenize
from .private import PRIVATE, Edit, PrivateNotes
from .scan import Piece, Reading, pieces, read_body
from .sentences import PlainText
from .tokens import FootnoteMark, Link, Malformed, Stamp, Tag, Text, Token, WikilinkToken
from .wikilinks import split_target

_BLOCK = re.compile(r"(\d{1,9})[.)](?=\s|\Z)|(?:[-+*]|#{1,6})(?=\s|\Z)|>|(?:[-=*_][ \t]*)+\Z")
"""What would begin a block where a label comes to stand at the beginning of a line."""

_OVER_LINES = re.compile(r"!?\[\[([^\[\]|]{1,300})(?:\|\s*([^\[\]|]{1,300}?)\s*)?\]\]")
"""A wikilink over lines, which is none, and names a note all the same."""

Place = Callable[[int], int]


def without_private_links(
    text: str, start: int, note: tuple[str, bool], private: PrivateNotes, *, is_page: bool
) -> str:
    """Return the `text` of a note, the body of which begins at `start`, without links to private notes.

    `note` is its path and whether it has a video. Of an ordinary page (`is_page`), which is rendered by other rules,
    what seems indented code is read, too.
    """
    path, has_video = note
    reading = read_body(text, start, has_video)
    edits = [*private.loose_edits(path, text, 0, start)]
    code: list[tuple[int, int]] = []
    for leaf in reading.document.root.leaves():
        for offset, line in leaf.lines:
            end = offset + len(line)
            if leaf.kind in (Kind.COMMENT, Kind.TAGS) or (leaf.kind is Kind.CODE and is_page):
                edits += private.loose_edits(path, text, offset, end)
            elif leaf.kind in (Kind.FENCE, Kind.CODE, Kind.MATH, Kind.PRE):
                code.append((offset, end))
    edits += _Unlinking(text, path, private, reading).edits()
    edits += (
        edit
        for edit in private.definition_edits(path, text, start)
        if not any(first <= edit.start < last for first, last in code)
    )
    return _edited(text, edits)


def _edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with its edits done; of two that overlap, the second does what the first has left of it."""
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if end > position or start >= position:
            parts += [text[position:start], new if start >= position else ""]
            position = max(position, end)
    return "".join([*parts, text[position:]])


class _Unlinking:
    """The edits of the texts of one note."""

    def __init__(self, source: str, path: str, private: PrivateNotes, reading: Reading) -> None:
        self.source = source
        self.path = path
        self.private = private
        self.reading = reading

    def edits(self) -> Iterator[Edit]:
        """Yield the edits of all pieces."""
        for piece in pieces(self.reading):
            offset = piece.offsets()

            def place(position: int, offset: Place = offset) -> int:
                return offset(position)

            for start, end, new in self._inside(piece.text, piece.tokens, 0):
                first = place(start)
                last = place(end - 1) + 1 if end > start else first
                yield Edit(first, last, new)
                if not new and (sign := _begins_block(piece, start, end)) >= 0:
                    yield Edit(place(sign), place(sign), "\\")

    def _inside(self, text: str, tokens: list[Token], base: int) -> Iterator[Edit]:
        """Yield the edits of a text that begins at `base` of its piece, in positions of the piece."""
        for token in tokens:
            for start, end, new in self._token(text, token):
                yield Edit(start + base, end + base, new)

    def _token(self, text: str, token: Token) -> Iterator[Edit]:
        match token:
            case WikilinkToken():
                yield from self._link(text, token, is_private=self._is_wikilink(token))
            case Link() if not token.verbatim:
                yield from self._link(text, token, is_private=self.private.is_address(self.path, token.href))
            case FootnoteMark() if token.text:
                yield from self._inside(token.text, tokenize(token.text, self.context), token.text_start)
            case Tag() | Stamp():
                yield from self.private.loose_edits(self.path, text, token.start, token.end)
            case Malformed():
                yield from self._over_lines(text, token)
            case Text() if text.startswith(("<!--", "%%"), token.start):
                yield from self.private.loose_edits(self.path, text, token.start, token.end)

    @property
    def context(self) -> Context:
        return self.reading.context

    def _is_wikilink(self, token: WikilinkToken) -> bool:
        return self.private.is_meant(self.path, token.target, token.fragment, embed=token.embed)

    def _link(self, text: str, token: WikilinkToken | Link, *, is_private: bool) -> Iterator[Edit]:
        """Yield the edits of a link: those of its label, and if it `is_private`, those of what is around the label."""
        label, start = token.label, _label_start(text, token)
        tokens = tokenize(label, self.context) if start >= 0 else []
        shown = start >= 0 and self._is_shown(label, tokens)
        if is_private and not shown and not any(isinstance(inner, Stamp) for inner in tokens):
            yield Edit(token.start, token.end, PRIVATE)
            return
        if is_private:
            yield Edit(token.start, start, "" if shown else f"{PRIVATE} ")
            yield Edit(start + len(label), token.end)
        if start >= 0:
            yield from self._inside(label, tokens, start)

    def _over_lines(self, text: str, token: Malformed) -> Iterator[Edit]:
        match = _OVER_LINES.match(text, token.start)
        if match and self.private.is_meant(self.path, *split_target(" ".join(match[1].split())), embed=False):
            if match[2]:
                yield Edit(match.start(), match.start(2))
                yield Edit(match.end(2), match.end())
            else:
                yield Edit(match.start(), match.end(), PRIVATE)

    def _is_shown(self, label: str, tokens: list[Token]) -> bool:
        """Return whether a label has words or a picture; without, a link has a title."""
        if any(isinstance(token, Link) and token.image for token in tokens):
            return True
        return bool(PlainText(label, tokens, self.context).text.strip(" ()[]"))


def _label_start(text: str, token: WikilinkToken | Link) -> int:
    """Return where the label of a link begins, or -1: it has none but its name."""
    if not token.label or (
        isinstance(token, WikilinkToken) and token.mended and "|" not in text[token.start : token.end]
    ):
        return -1
    start = text.find(token.label, min(token.label_start, token.end), token.end)
    return start if start >= 0 else text.find(token.label, token.start, token.end)


def _begins_block(piece: Piece, start: int, end: int) -> int:
    """Return where the sign stands that makes a block of what is behind a part that is taken out, or -1."""
    if piece.leaf.kind is not Kind.PARAGRAPH or piece.text[:start].rpartition("\n")[2].strip():
        return -1
    block = _BLOCK.match(piece.text[end:].partition("\n")[0].rstrip("]"))
    return end + len(block[1] or "") if block else -1
