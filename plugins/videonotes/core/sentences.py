"""Plain text: the words of inline Markdown without its markup, and the sentences that they make."""

from __future__ import annotations

import re

from .blocks import BLOCK_TAGS
from .escapes import decode
from .inline import Context, tokenize
from .names import words
from .note import CODE_CLOSE, CODE_OPEN, MARK_CLOSE, MARK_OPEN, spoken
from .tokens import Break, Code, FootnoteMark, Link, Math, Stamp, Tag, Text, Token, WikilinkToken
from .youtube import read_video_url

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|\?|\Z")
_EMBEDDED_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")
_EMPHASIS = re.compile(r"\*+|~~|==|(?<![^\W_])_+|_+(?![^\W_])")
_EMPHASIS_SIGNS = re.compile(r"[*_~=]")
_SPACES = re.compile(r"\s(?:\s+|(?<! ))")  # all that are not one space
_MARKUP = re.compile(r"[^\w ,.;?'’–—-]|http|__|\b_|_\b|  ")
"""What may be markup: all but letters, digits and a few signs."""
_BEFORE_POINT = re.compile(r" (?=[.,;:!?)\]…](?:\s|\x03|\Z))")
_EMPTY_BRACKETS = re.compile(r"\s*[(\[](?:[,;&\s]|and)*[)\]]")
_STOP = "\x1e"  # a line break: a sentence ends there in any case
_SENTENCE_END = re.compile(  # begins with a set: it is looked for fast
    r"[.!?…。！？\x1e](?:(?<=[.!?…])[\"'”’»)\]\x03]*\s+(?=[\x02\"'“‘«(\[]*[^\s\x02\"'“‘«(\[.,;:!?)\]])"
    r"|(?<=[。！？])[。！？]*|(?<=\x1e)\s*)"
)
_LONGEST_SENTENCE = 600
_DASH = re.compile(r"[-–—:]\s+(?=\S)")
_DASH_AFTER_STAMP = re.compile(r" {0,3}([-–—:])\s+(?=\S)")


def embeds_file(target: str) -> bool:
    """Return whether `![[target]]` embeds a file (picture, video, audio) and not a note."""
    return "." in target and bool(_EMBEDDED_FILE.search(target)) and not target.lower().endswith(".md")


def is_relative(href: str) -> bool:
    """Return whether an address leads to a file of the collection: no scheme, no host, some path."""
    return not _ABSOLUTE.match(href)


def plain(text: str, context: Context, tokens: list[Token] | None = None) -> str:
    """Return the words of inline Markdown, whose `tokens` may be known, without markup and timestamps."""
    if not _MARKUP.search(text):
        return clean(text)
    return clean(spoken(PlainText(text, tokenize(text, context) if tokens is None else tokens, context).text))


def clean(text: str) -> str:
    """Return plain text without what taking the timestamps out has left: brackets, spaces."""
    text = " ".join(text.split())  # a stop is a space, too
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub("", text)
    return _BEFORE_POINT.sub("", text).strip()


def shorten(text: str, most: int) -> str:
    """Return `text`, cut at a space where it has more than `most` characters, with `…` for the rest."""
    return text if len(text) <= most else (text[:most].rpartition(" ")[0] or text[:most]).rstrip(" ,;:") + "…"


class PlainText:
    """The plain text of a piece, and where its links and stamps stand in it.

    The cells of the row of a table (`is_row`) are sentences.
    """

    def __init__(self, source: str, tokens: list[Token], context: Context, *, is_row: bool = False) -> None:
        self.links: list[tuple[int, int, WikilinkToken]] = []
        self.stamps: list[tuple[int, int, Stamp]] = []
        self.references: list[tuple[int, Link]] = []
        self.video = ""
        self.context = context
        self.is_row = is_row
        self.parts: list[str] = []
        self.length = 0
        self._read(source, tokens, 0)
        self.text = "".join(self.parts)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _read(self, source: str, tokens: list[Token], base: int) -> None:
        position = 0
        has_lines = "\n" in source
        for token in tokens:
            self._words(source[position : token.start])
            if has_lines and isinstance(token, Stamp) and _begins_line(source, token):
                self._put(_STOP)
            self._token(token, base)
            position = token.end
        self._words(source[position:])

    def _words(self, text: str) -> None:
        if text:
            text = decode(text)
            if not text.isascii() or "  " in text or "\n" in text or "\t" in text:
                text = _SPACES.sub(" ", text)
            if self.is_row:
                text = text.replace("|", _STOP)
            self._put(_EMPHASIS.sub("", text) if _EMPHASIS_SIGNS.search(text) else text)

    def _token(self, token: Token, base: int) -> None:
        match token:
            case Stamp():
                self.stamps.append((self.length, token.start + base, token))
                self._put(f" {token.text} " if token.text else " ")
            case WikilinkToken():
                self._wikilink(token, base)
            case Link():
                self._link(token, base)
            case FootnoteMark() if token.text:
                self._put(" (")
                self._inside(token.text, base + token.text_start)
                self._put(") ")
            case Code():
                self._put(f"{CODE_OPEN}{token.value}{CODE_CLOSE}")
            case Text():
                self._put(token.value)
            case Math():
                self._put(token.tex)
            case Break():
                self._put(_STOP)
            case Tag() if token.name == "br" or token.name in BLOCK_TAGS:
                self._put(_STOP)

    def _inside(self, text: str, base: int) -> None:
        """Read the Markdown that a token holds, which begins at `base`."""
        self._read(text, tokenize(text, self.context), base)

    def _wikilink(self, token: WikilinkToken, base: int) -> None:
        self.links.append((self.length, token.start + base, token))
        self._put(MARK_OPEN)
        before, length = len(self.parts), self.length
        if token.label and not (token.embed and embeds_file(token.target)):
            self._inside(token.label, base + token.label_start)
        if not "".join(self.parts[before:]).strip(" ()[]"):
            del self.parts[before:]
            self.length = length
            self._put(words(token.target.rpartition("/")[2]) or token.fragment.lstrip("^"))
        self._put(MARK_CLOSE)

    def _link(self, token: Link, base: int) -> None:
        if is_relative(token.href):
            self.references.append((token.start + base, token))
        if token.verbatim or token.image:
            self._put(token.label)
            return
        video = read_video_url(token.href)
        self.video = self.video or (video.id if video else "")
        self._inside(token.label, base + token.label_start)


def split_sentences(text: str) -> tuple[list[int], list[str]]:
    """Split the plain text of a piece into sentences: where each starts, and its clean text."""
    starts = [0]
    marks = _Marks(text)
    for match in _SENTENCE_END.finditer(text):
        end = match.end()
        if marks.closed_at(end):
            starts.append(end)
    if starts[-1] >= len(text) and len(starts) > 1:
        starts.pop()
    edges: list[int] = []
    marks = _Marks(text)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        edges.append(start)
        while end - start > _LONGEST_SENTENCE * 2:
            cut = text.find(" ", start + _LONGEST_SENTENCE, end)
            while cut >= 0 and not marks.closed_at(cut):
                cut = text.find(" ", cut + 1, end)
            if cut < 0:
                break
            start = cut + 1
            edges.append(start)
    return edges, [clean(text[a:b]) for a, b in zip(edges, [*edges[1:], len(text)], strict=True)]


def _begins_line(source: str, stamp: Stamp) -> bool:
    """Return whether a stamp with a dash behind it stands at the beginning of a line below another one."""
    if not _DASH_AFTER_STAMP.match(source, stamp.end):
        return False
    return source[max(stamp.start - 20, 0) : stamp.start].rstrip(" \t").endswith("\n")


def dash_after(text: str, position: int) -> int:
    """Return where the dash between a stamp at `position` that begins a line and its words stands, -1 for none."""
    before = text[max(position - 2, 0) : position]
    if position > 2 and _STOP not in before:
        return -1
    before = before.strip(" ")
    begins = before.endswith(_STOP) or (position <= 2 and not before)
    match = _DASH_AFTER_STAMP.match(text, position) if begins else None
    return match.start(1) if match else -1


def without_dash(sentence: str) -> str:
    """Return a sentence without the dash or colon that it begins with."""
    match = _DASH.match(sentence)
    return sentence[match.end() :] if match else sentence


class _Marks:
    """Tells of growing places of a text whether all marks before them are closed, each part of it read once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = self._links = self._code = 0
        self._has_any = MARK_OPEN in text or CODE_OPEN in text

    def closed_at(self, position: int) -> bool:
        """Return whether no link and no code that begins before `position` ends behind it."""
        if not self._has_any:
            return True
        text, start = self._text, self._position
        self._links += text.count(MARK_OPEN, start, position) - text.count(MARK_CLOSE, start, position)
        self._code += text.count(CODE_OPEN, start, position) - text.count(CODE_CLOSE, start, position)
        self._position = position
        return not self._links and not self._code
