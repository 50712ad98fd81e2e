"""The inline tokens of a leaf: wikilinks, timestamps, code, math, links, raw tags.

`tokenize` finds everything in a text that is more than characters and emphasis, in one pass from
left to right and in time linear in its length. What it does not know it leaves alone: that is
text. Forms: note-format.md, sections 2 to 5; code spans, escapes, links: CommonMark 0.31, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from . import wikilinks
from .blocks import Definition
from .brackets import INSIDE_WIKILINK, Brackets, LinkSpan
from .code_spans import CodeSpans
from .escapes import decode
from .formulas import dollar_formula, parenthesis_formula
from .raw_tags import read_tag
from .stamp_reading import are_times, bare_times, read_times, stamp_element, stamp_in_parentheses
from .timestamps import Clock, read_clock
from .tokens import Break, Code, FootnoteMark, Link, Malformed, Stamp, Tag, Text, Token, WikilinkToken
from .youtube import read_video_url


@dataclass(frozen=True, slots=True)
class Context:
    """What of the whole note the reading of a leaf depends on."""

    has_video: bool = True
    footnotes: frozenset[str] = frozenset()
    definitions: Mapping[str, Definition] | None = None


_INTERESTING = re.compile(  # begins with a set of rare signs: it is looked for fast; what follows tells what was found
    r"[\\`%<!\[\]($:^\n](?:(?<=[<\[$])|(?<=\\)[!-/:-@\[-`{-~\n]|(?<=`)`*|(?<=!)\[|(?<=\^)\[|(?<=\])\]|(?<=\()(?=\d)"
    r"|(?<=%)%|(?:(?<=http:)|(?<=https:))//|(?<=[ \t][ \t]\n))"
)
_WIKILINK = re.compile(rf"(!?)\[\[({INSIDE_WIKILINK})(\]\]|\](?=\s|[.,;:)]|\Z))")
_AFTER_BARE = re.compile(r"\(\s*#t=[\d:hms]*\s*\)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,64})\]")
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(?:-?>)?")
_URL = re.compile(r"https?://[^\s<>\[\]\"`|\\^{}]+")
_SHORTEST_URL = 10
_NO_END_OF_URL = "?!.,:*_~'\""


def tokenize(text: str, context: Context) -> list[Token]:
    """Return the tokens of `text`, a leaf's lines joined, in order and without overlap."""
    return list(_Scanner(text, context).run())


def preformatted(text: str, context: Context) -> list[Token]:
    """Return the tokens of a raw `<pre>`: its tags, timestamps and wikilinks. All else is text as it is written."""
    return [token for token in tokenize(text, context) if isinstance(token, Tag | Stamp | WikilinkToken)]


class _Scanner:
    """A text that is read. A rule for a sign returns the tokens that begin with it, or none: then it is text."""

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.position = 0  # what stands before it has been read
        self.absent: set[str] = set()  # what was looked for to the end, in vain

    @cached_property
    def code(self) -> CodeSpans:
        """The code spans of the text."""
        return CodeSpans(self.text)

    @cached_property
    def brackets(self) -> Brackets:
        """The brackets of the text, matched when one of them is first in question."""
        return Brackets(self.text, self.code, self.context.definitions)

    def run(self) -> Iterator[Token]:
        """Yield the tokens."""
        text, position = self.text, 0
        while match := _INTERESTING.search(text, position):
            found = match[0]
            self.position = position
            tokens = _RULES[found[0]](self, match.start(), found)
            if tokens and tokens[0].start < position:
                tokens = [token for token in tokens if token.start >= position]
            yield from tokens
            position = tokens[-1].end if tokens else match.end()

    def find(self, closing: str, start: int) -> int:
        """Return where `closing` begins from `start` on, or -1. What is absent is looked for once."""
        if closing in self.absent:
            return -1
        found = self.text.find(closing, start)
        if found < 0:
            self.absent.add(closing)
        return found


def _backslash(scanner: _Scanner, start: int, found: str) -> list[Token]:
    if found[1] == "\n":
        return [Break(start, start + 2)]
    if found[1] in "([" and (formula := parenthesis_formula(scanner.text, start, scanner.find)):
        return [formula]
    return [Text(start, start + 2, found[1])]


def _line_end(scanner: _Scanner, start: int, _: str) -> list[Token]:
    text = scanner.text
    begin = len(text[max(0, start - 1000) : start].rstrip(" \t")) + max(0, start - 1000)
    return [Break(begin, start + 1)]


def _backticks(scanner: _Scanner, start: int, found: str) -> list[Token]:
    end = start + len(found)
    closing = scanner.code.closing(start, end)
    if closing < 0:
        return [Text(start, end, found)]
    return [Code(start, closing + len(found), scanner.code.value(start, end, closing))]


def _percent(scanner: _Scanner, start: int, _: str) -> list[Token]:
    end = scanner.find("%%", start + 2)
    return [Text(start, end + 2, "")] if end >= 0 else []


def _dollar(scanner: _Scanner, start: int, _: str) -> list[Token]:
    formula = dollar_formula(scanner.text, start)
    return [formula] if formula else []


def _colon(scanner: _Scanner, start: int, _: str) -> list[Token]:
    """An address in running text, without the punctuation behind it (GFM, extended autolinks)."""
    text = scanner.text
    start -= 5 if text[start - 1] == "s" else 4
    if start and text[start - 1].isalnum():
        return []
    match = _URL.match(text, start)
    url = _without_punctuation(match[0]) if match else ""
    if len(url) < _SHORTEST_URL:
        return []
    return [Link(start, start + len(url), decode(url), url, start, verbatim=True)]


def _without_punctuation(url: str) -> str:
    """Return an address without the signs at its end that belong to the text, closing brackets too many among them."""
    end, surplus = len(url), url.count(")") - url.count("(")
    while end:
        if url[end - 1] == ")" and surplus > 0:
            surplus -= 1
        elif url[end - 1] not in _NO_END_OF_URL:
            break
        end -= 1
    return url[:end]


def _angle(scanner: _Scanner, start: int, _: str) -> list[Token]:
    text = scanner.text
    if stamps := stamp_element(text, start):
        return stamps
    if comment := _COMMENT.match(text, start):
        end = comment.end() if comment[0] != "<!--" else scanner.find("-->", comment.end()) + 3
        return [Text(start, end, "")] if end > start + 3 else []
    if link := _AUTOLINK.match(text, start):
        href = link[1] if ":" in link[1] else f"mailto:{link[1]}"
        return [Link(start, link.end(), href, link[1], start + 1, verbatim=True)]
    tag = read_tag(text, start)
    return [tag] if tag else []


def _parenthesis(scanner: _Scanner, start: int, _: str) -> list[Token]:
    if scanner.context.has_video and (times := bare_times(scanner.text, start)):
        return read_times(start, times.end(), times.start(2), times[2], bare=True)
    return []


def _caret(scanner: _Scanner, start: int, _: str) -> list[Token]:
    """A footnote in the line: `^[text]`."""
    closing = scanner.brackets.pairs.get(start + 1, -1)
    note = scanner.text[start + 2 : closing] if closing >= 0 else ""
    return [FootnoteMark(start, closing + 1, "", note, start + 2)] if note.strip() else []


def _bracket(scanner: _Scanner, start: int, found: str) -> list[Token]:
    text = scanner.text
    if text.startswith("[[", start + len(found) - 1):
        return _wikilink(scanner, start, found)
    if found == "[" and scanner.context.has_video and (times := bare_times(text, start)):
        return _bare_in_brackets(scanner, times)
    opening = start + len(found) - 1
    if (note := _FOOTNOTE.match(text, opening)) and note[1] in scanner.context.footnotes:
        mark = FootnoteMark(opening, note.end(), note[1])
        return [mark] if found == "[" else [Text(start, opening, "!"), mark]
    if link := scanner.brackets.links.get(opening):
        return [_link(scanner, start, link)]
    if found == "[":
        half_open = wikilinks.half_open(text, start, scanner.brackets)
        return [half_open] if half_open else []
    return []


def _link(scanner: _Scanner, start: int, link: LinkSpan) -> Token:
    """A link or an image; a link into a video at a time is a timestamp, and no video is a picture."""
    image = scanner.text[start] == "!"
    label_start = start + 1 + image
    label = scanner.text[label_start : link.label_end]
    if link.wikilink:
        token = wikilinks.read_wikilink(start, link.end, link.wikilink, label_start, embed=image)
        return replace(token, label=label.strip() or token.label, label_start=label_start)
    video = read_video_url(link.href)
    if video and video.start is not None:
        words = label.strip()
        time = read_clock(words)
        at = Clock(video.start // 3600, video.start // 60 % 60, video.start % 60, shiftable=False)
        return Stamp(start, link.end, at, time, None, video.id, "" if time else words, words)
    return Link(start, link.end, link.href, label, label_start, image and not video, link.title)


def _wikilink(scanner: _Scanner, start: int, found: str) -> list[Token]:
    text = scanner.text
    match = _WIKILINK.match(text, start)
    if not match:
        link = scanner.brackets.links.get(start + len(found) - 1)
        return [_link(scanner, start, link) if link else wikilinks.opened(text, start, scanner.brackets)]
    if match[3] != "]]" and (link := scanner.brackets.links.get(start + len(match[1]))):
        return [_link(scanner, start, link)]  # "[[PT] title](address)": brackets in the label of a link
    return _closed_wikilink(scanner, start, match)


def _closed_wikilink(scanner: _Scanner, start: int, match: re.Match[str]) -> list[Token]:
    text = scanner.text
    if not match[2].strip():
        return [Malformed(start, match.end(), "")]
    inner, begin = match[2], match.start(2)
    parts = wikilinks.separated(inner)
    target = parts[0].strip()
    if scanner.context.has_video and not match[1] and len(parts) == 1 and are_times(target):
        if match[3] != "]]":  # "[[00:55:10], [00:56:01]]": brackets around stamps in brackets
            return []
        end = match.end()
        return stamp_in_parentheses(text, start, end) or read_times(start, end, begin, inner, bare=True)
    wikilink = wikilinks.read_wikilink(start, match.end(), inner, begin, embed=bool(match[1]))
    if re.match(r"https?://", target):
        label = wikilink.label
        return [Link(start, match.end(), target, label or target, wikilink.label_start, verbatim=not label)]
    return [wikilink]


def _closing_brackets(scanner: _Scanner, start: int, _: str) -> list[Token]:
    token = wikilinks.closed(scanner.text, start, scanner.position, scanner.brackets)
    return [token] if token else []


def _bare_in_brackets(scanner: _Scanner, match: re.Match[str]) -> list[Token]:
    """A time in brackets: `[00:12:34]`, `[00:36:26](#t=00:36:26)`, `[00:06:05](<a class="yt-timestamp" …>)`."""
    text, start, end = scanner.text, match.start(), match.end()
    if stamps := stamp_in_parentheses(text, start, end):
        return stamps
    if link := _AFTER_BARE.match(text, end):
        end = link.end()
    elif text.startswith("(", end) and (span := scanner.brackets.links.get(start)):
        if span.wikilink or read_video_url(span.href) or "youtu" not in span.href:
            return [_link(scanner, start, span)]
        end = span.end  # "[00:01:17](https://youtube.com/watch?v=VIDEO)": the time is what counts
    return read_times(start, end, match.start(1), match[1], bare=True)


_Rule = Callable[[_Scanner, int, str], list[Token]]

_RULES: dict[str, _Rule] = {
    "\\": _backslash,
    "\n": _line_end,
    "`": _backticks,
    "%": _percent,
    "$": _dollar,
    ":": _colon,
    "<": _angle,
    "(": _parenthesis,
    "^": _caret,
    "[": _bracket,
    "!": _bracket,
    "]": _closing_brackets,
}
"""What each sign may begin."""
