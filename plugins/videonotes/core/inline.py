"""The inline tokens of a leaf: wikilinks, timestamps, code, math, links, raw tags.

`tokenize` finds everything in a text that is more than characters and emphasis, in one pass from
left to right and in time linear in its length. What it does not know it leaves alone: that is
text. Forms: NOTE_FORMAT.md, sections 2 to 5; code spans, escapes, links: CommonMark 0.31, section 6.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .blocks import Definition, fold_label
from .escapes import decode, unescaped
from .timestamps import TIME, Clock, read_clock
from .tokens import (
    Break,
    Code,
    FootnoteMark,
    Link,
    Malformed,
    Math,
    Stamp,
    Tag,
    Text,
    Token,
    Wikilink,
)
from .youtube import is_video_id, read_video_url


@dataclass(frozen=True, slots=True)
class Context:
    """What of the whole note the reading of a leaf depends on."""

    has_video: bool = True
    footnotes: frozenset[str] = frozenset()
    definitions: Mapping[str, Definition] | None = None


VOID_TAGS = frozenset({"br", "hr", "img"})
ALLOWED_TAGS = frozenset(
    "a br p div span sup sub b i em strong u s mark small kbd hr ul ol li dl dt dd table thead tbody tr th td"
    " caption blockquote details summary cite q abbr figure figcaption img h1 h2 h3 h4 h5 h6 code pre".split()
)
ALLOWED_ATTRIBUTES = frozenset("href src alt title class id width height colspan rowspan start open lang dir".split())

_BRACKETED = r"(?:[^\[\]\n\\]|\\[^\n]|\[(?:[^\[\]\n\\]|\\[^\n])*+\])*+"
_INTERESTING = re.compile(  # begins with a set of rare signs: it is looked for fast; what follows tells what was found
    r"[\\`%<!\[($:\n](?:(?<=[<\[$])|(?<=\\)[!-/:-@\[-`{-~\n]|(?<=`)`*|(?<=!)\[|(?<=\()(?=\d)|(?<=%)%"
    r"|(?:(?<=http:)|(?<=https:))//|(?<=[ \t][ \t]\n))"
)
_WIKILINK = re.compile(rf"(!?)\[\[({_BRACKETED})(\]\]|\](?=\s|[.,;:)]|\Z))")
_OPEN_WIKILINK = re.compile(r"!?\[\[+")
_SEPARATOR = re.compile(r"\\?\|")
_IS_STAMP = r"(?=[^<]{0,300}?(?:yt\W{0,3}timestamp|data-t\s*=))"
_STAMP_TAG = re.compile(
    rf"<(a|span|p|div)\b{_IS_STAMP}(?:((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>|([^<>]*)>)", re.IGNORECASE
)
_CUT_STAMP = re.compile(
    r"<(?:a|span)\s[^<>\n]{0,40}yt-timestamp[\"']?\s+data-t\s*=\s*[\"']?([\d:.]+)[\]\"']*(?:</(?:a|span)>)?"
)
_USUAL_STAMP = re.compile(r'<a class="yt-timestamp" data-t="(\d\d:\d\d:\d\d)">(\[\1\])</a>')
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>`]+))?")
_SEVERAL = r"\s*(?:,|;|&|/|and)\s*"
_RANGE = re.compile(r"\s*(?:-|–|—|to|until)\s*\Z")
_TIMES = rf"\s*+(?:t=)?{TIME.pattern}(?:\s*+(?:[-–—,;&/]|to|and)\s*+{TIME.pattern})*+\s*+"
_BARE = re.compile(rf"\[({_TIMES})\]|\(({TIME.pattern}(?:\s*+[-–—,]\s*+{TIME.pattern})*+)\)")
_UNCLOSED_LABEL = re.compile(rf"\s*\[{_TIMES}\]")
_SHORT_IN_PARENS = re.compile(r"\(\d{1,3}:\d\d(?!:)")
_AFTER_BARE = re.compile(r"\(\s*#t=[\d:hms]*\s*\)")
_BEFORE_STAMP = re.compile(r"\((?=<(?:a|span)\b[^<>]*yt-timestamp)", re.IGNORECASE)
_LINK = re.compile(
    rf"(!?)\[((?:\[\[{_BRACKETED}\]\]|{_BRACKETED[3:-3]})*+)\]"
    r"\(\s*(?:<([^<>\n]*)>|((?:[^\s()<>\\]|\\.|\([^\s()<>]*\))*+))"
    r"(?:\s+(\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?\s*\)"
)
_REFERENCE = re.compile(rf"(!?)\[({_BRACKETED})\](?:\[([^\[\]\n]*)\])?")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,64})\]")
_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9-]*)"
    r"((?:\s+[^\s=\"'<>/`]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*+)\s*/?>"
)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\[\]\"`|\\^{}]+")
_MATH = re.compile(r"\$\$((?:[^$\\]|\\.){1,5000}?)\$\$|\$(?![\s$])((?:[^$\\\n]|\\.){1,500}?)(?<!\s)\$(?![$\w])")
_MONEY = re.compile(r"\d[^\\^_=]*\s[^\W\d_]{3,}")


def tokenize(text: str, context: Context) -> list[Token]:
    """Return the tokens of `text`, a leaf's lines joined, in order and without overlap."""
    return list(_Scanner(text, context).run())


def preformatted(text: str, context: Context) -> list[Token]:
    """Return the tokens of a raw `<pre>`: its tags, timestamps and wikilinks. All else is text as it is written."""
    return [token for token in tokenize(text, context) if isinstance(token, Tag | Stamp | Wikilink)]


class _Scanner:
    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.runs: dict[int, list[int]] | None = None  # starts of runs of backticks, by length
        self.absent: set[str] = set()  # what was looked for to the end, in vain

    def run(self) -> Iterator[Token]:
        text, position = self.text, 0
        while match := _INTERESTING.search(text, position):
            start, found = match.start(), match[0]
            first = found[0]
            tokens: list[Token] = []
            if first == "<":
                tokens = self.angle(start)
            elif first in "[!(":
                tokens = self.bracket(start)
            elif first == ":":
                tokens = self.address(start - (5 if text[start - 1] == "s" else 4))
            elif first == "\n":
                tokens = [Break(position + len(text[position:start].rstrip(" \t")), match.end())]
            elif first == "\\":
                tokens = [Break(start, start + 2) if found[1] == "\n" else Text(start, start + 2, found[1])]
            elif first == "`":
                tokens = [self.code(start, found)]
            elif first == "$":
                tokens = self.math(start)
            else:
                tokens = self.comment(start, "%%", "%%")
            yield from tokens
            position = tokens[-1].end if tokens else match.end()

    def code(self, start: int, run: str) -> Token:
        """A code span: a run of backticks up to the next run of the same length (CommonMark 6.1)."""
        if self.runs is None:
            self.runs = {}
            for match in re.finditer(r"`+", self.text):
                self.runs.setdefault(len(match[0]), []).append(match.start())
        starts = self.runs.get(len(run), [])
        following = bisect_left(starts, start + len(run))
        if following == len(starts):
            return Text(start, start + len(run), run)
        closing = starts[following]
        value = self.text[start + len(run) : closing].replace("\n", " ")
        if value.strip() and value[0] == value[-1] == " ":
            value = value[1:-1]
        return Code(start, closing + len(run), value)

    def comment(self, start: int, opening: str, closing: str) -> list[Token]:
        if closing in self.absent:
            return []
        end = self.text.find(closing, start + len(opening))
        if end < 0:
            self.absent.add(closing)
            return []
        return [Text(start, end + len(closing), "")]

    def bracket(self, start: int) -> list[Token]:
        text = self.text
        if text.startswith("[[", start) or text.startswith("![[", start):
            return self.wikilink(start)
        if text[start] in "[(" and self.context.has_video and (times := _BARE.match(text, start)):
            if text[start] == "(" and _SHORT_IN_PARENS.match(text, start):
                return []
            return self.bare(times)
        if text[start] == "(":
            return []
        if (note := _FOOTNOTE.match(text, start)) and note[1] in self.context.footnotes:
            return [FootnoteMark(start, note.end(), note[1])]
        if link := _LINK.match(text, start):
            return [self.linked(link, _address_of(link), unescaped((link[5] or "")[1:-1]))]
        definitions = self.context.definitions
        if definitions and (link := _REFERENCE.match(text, start)):
            found = definitions.get(fold_label(link[3] or link[2]))
            return [self.linked(link, found.href, found.title)] if found else []
        return []

    def linked(self, match: re.Match[str], href: str, title: str) -> Token:
        """A link or an image; a link into a video at a time is a timestamp."""
        if not match[1] and (video := read_video_url(href)) and video.start is not None:
            words = match[2].strip()
            label = read_clock(words)
            at = Clock(video.start // 3600, video.start // 60 % 60, video.start % 60, shiftable=False)
            return Stamp(match.start(), match.end(), at, label, None, video.id, "" if label else words, words)
        return Link(match.start(), match.end(), href, match[2], match.start(2), bool(match[1]), title)

    def wikilink(self, start: int) -> list[Token]:
        match = _WIKILINK.match(self.text, start)
        if not match or not match[2].strip():
            brackets = _OPEN_WIKILINK.match(self.text, start)
            assert brackets is not None
            if match:
                return [Malformed(start, match.end(), "")]
            return [Malformed(start, brackets.end(), "")]
        inner, begin = match[2], match.start(2)
        parts = _SEPARATOR.split(inner)
        target, label = parts[0].strip(), parts[-1].strip() if len(parts) > 1 else ""
        label_start = begin + inner.rfind(label) if label else begin
        if self.context.has_video and not match[1] and len(parts) == 1 and re.fullmatch(_TIMES, target):
            if match[3] != "]]":  # "[[00:55:10], [00:56:01]]": brackets around stamps in brackets
                return []
            return self.times(start, match.end(), begin, inner, None, "", bare=True)
        if re.match(r"https?://", target):
            return [Link(start, match.end(), target, label or target, label_start, verbatim=not label)]
        name, _, fragment = target.partition("#")
        return [Wikilink(start, match.end(), name.strip(), fragment.strip(), label, label_start, bool(match[1]))]

    def bare(self, match: re.Match[str]) -> list[Token]:
        """A time in brackets: `[00:12:34]`, `(00:12:34)`, `[00:36:26](#t=00:36:26)`."""
        group = 1 if match[1] is not None else 2
        end = match.end()
        if group == 1:
            if anchor := _BEFORE_STAMP.match(self.text, end):
                tokens = self.angle(anchor.end())
                if tokens and isinstance(tokens[-1], Stamp):
                    closing = tokens[-1].end + (self.text[tokens[-1].end :][:1] == ")")
                    first = replace(tokens[0], start=match.start())
                    tokens = [first, *tokens[1:]]
                    return [*tokens[:-1], replace(tokens[-1], end=closing)]
            if link := _AFTER_BARE.match(self.text, end):
                end = link.end()
            elif self.text.startswith("(", end) and (link := _LINK.match(self.text, match.start())):
                href = _address_of(link)
                if read_video_url(href) or "youtu" not in href:
                    return [self.linked(link, href, "")]
                end = link.end()  # "[00:01:17](https://youtube.com/watch?v=VIDEO)": the time is what counts
        return self.times(match.start(), end, match.start(group), match[group], None, "", bare=True)

    def angle(self, start: int) -> list[Token]:
        text = self.text
        if usual := _USUAL_STAMP.match(text, start):
            time = read_clock(usual[1])
            return [Stamp(start, usual.end(), time, time, written=usual[2])]
        if tag := _STAMP_TAG.match(text, start):
            return self.stamp(tag)
        if cut := _CUT_STAMP.match(text, start):  # its beginning has no end
            time = read_clock(cut[1])
            return [Stamp(start, cut.end(), time, None, written=cut[1])]
        if text.startswith("<!--", start):
            return self.comment(start, "<!--", "-->")
        if link := _AUTOLINK.match(text, start):
            href = link[1] if ":" in link[1] else f"mailto:{link[1]}"
            return [Link(start, link.end(), href, link[1], start + 1, verbatim=True)]
        tag = _TAG.match(text, start)
        if not tag or tag[2].lower() not in ALLOWED_TAGS:
            return []
        attributes = {
            name: _unquoted(value)
            for raw, value in _ATTRIBUTE.findall(tag[3])
            if (name := raw.lower()) in ALLOWED_ATTRIBUTES
        }
        return [Tag(start, tag.end(), tag[2].lower(), attributes, bool(tag[1]))]

    def stamp(self, tag: re.Match[str]) -> list[Token]:
        """A timestamp element, whatever is broken about it."""
        written = tag[2] if tag[2] is not None else tag[3]
        values = {name.lower(): _unquoted(value) for name, value in _ATTRIBUTE.findall(written)}
        video = values.get("data-v", "")
        data = read_clock(values.get("data-t", ""))
        label, end = self.stamp_label(tag)
        begin = tag.end()
        if "[[" in label and not TIME.search(label):
            label, end = "", begin  # its text is a wikilink, which stands for itself
        if data is None and not TIME.search(label):
            data = next(filter(None, map(read_clock, TIME.findall(written))), None)
        return self.times(tag.start(), end, begin, label, data, video if is_video_id(video) else "")

    def stamp_label(self, tag: re.Match[str]) -> tuple[str, int]:
        """Return the text of a timestamp element, and where the element ends."""
        text, begin = self.text, tag.end()
        closing = re.compile(rf"</?(?:{tag[1]}|a|span)\b[^<>]*>", re.IGNORECASE).search(text, begin, begin + 400)
        if closing and closing[0].startswith("</"):
            return text[begin : closing.start()], closing.end()
        if unclosed := _UNCLOSED_LABEL.match(text, begin):
            return text[begin : unclosed.end()], unclosed.end()
        return "", begin

    def times(
        self, start: int, end: int, begin: int, label: str, data: Clock | None, video: str, bare: bool = False
    ) -> list[Token]:
        """The stamps of one label: usually one, a range counts as its start, a list as each."""
        written = re.sub(r"\s+", " ", label).strip()
        found = list(TIME.finditer(label))
        groups: list[list[re.Match[str]]] = []
        for time in found:
            between = label[groups[-1][-1].end() : time.start()] if groups else ""
            if groups and len(groups[-1]) == 1 and _RANGE.match(between):
                groups[-1].append(time)
            else:
                groups.append([time])
        if len(groups) > 1 and len({read_clock(group[0][0]) for group in groups}) > 1:
            edges = [start, *(begin + group[0].start() for group in groups[1:])]
            ends = [*(begin + group[-1].end() for group in groups[:-1]), end]
            return [
                self.one(a, b, None, group, video, "", bare) for a, b, group in zip(edges, ends, groups, strict=True)
            ]
        rest = TIME.sub("", label)
        text = written if re.search(r"[^\W\d_]{2,}", rest.replace("and", "").replace("to", "")) else ""
        group = groups[0] if groups else []
        stamp = self.one(start, end, data, group, video, written, bare)
        if not group:
            stamp = replace(stamp, label=read_clock(written) if written else None)
        return [replace(stamp, text=text if stamp.label != read_clock(text) else "")]

    def one(
        self, start: int, end: int, data: Clock | None, group: list[re.Match[str]], video: str, written: str, bare: bool
    ) -> Stamp:
        label = read_clock(group[0][0]) if group else None
        until = read_clock(group[1][0]) if len(group) > 1 else None
        return Stamp(start, end, data, label, until, video, "", written or (group[0][0] if group else ""), bare)

    def math(self, start: int) -> list[Token]:
        text = self.text
        if start and (text[start - 1].isalnum() or text[start - 1] == "$"):
            return []
        match = _MATH.match(text, start)
        if not match:
            return []
        if match[1] is not None:
            return [Math(start, match.end(), match[1].strip(), display=True)] if match[1].strip() else []
        if _MONEY.match(match[2]) or "</" in match[2] or "[[" in match[2]:
            return []  # two signs of dollar with a timestamp or a link between them
        return [Math(start, match.end(), match[2], display=False)]

    def address(self, start: int) -> list[Token]:
        """An address in running text, without the punctuation behind it (GFM, extended autolinks)."""
        if start and (self.text[start - 1].isalnum()):
            return []
        match = _URL.match(self.text, start)
        if not match:
            return []
        url = match[0].rstrip("?!.,:*_~'\"")
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip("?!.,:*_~'\"")
        if len(url) < 10:
            return []
        return [Link(start, start + len(url), decode(url), url, start, verbatim=True)]


def _address_of(link: re.Match[str]) -> str:
    """Return the address of a link: in angle brackets or bare."""
    return unescaped(link[3] if link[3] is not None else link[4])


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return decode(value)
