"""Timestamps in a text: elements, whatever is broken about them, and bare times (note-format.md, section 3)."""

from __future__ import annotations

import re
from dataclasses import replace

from .raw_tags import attributes_of
from .timestamps import TIME, Clock, read_clock
from .tokens import Stamp, Text, Token
from .youtube import is_video_id

_IS_STAMP = r"(?=[^<]{0,300}?(?:yt\W{0,3}timestamp|data-t\s*=))"
_STAMP_TAG = re.compile(
    rf"<[ \t]{{0,3}}(a|span|p|div)\b{_IS_STAMP}(?:((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>|([^<>]*)>)", re.IGNORECASE
)
_CUT_STAMP = re.compile(
    r"<(?:a|span)\s[^<>\n]{0,40}yt-timestamp[\"']?\s+data-t\s*=\s*[\"']?([\d:.]+)[\]\"']*(?:</(?:a|span)>)?"
)
_USUAL_STAMP = re.compile(r'<a class="yt-timestamp" data-t="(\d\d:\d\d:\d\d)">(\[\1\])</a>')
_CLOSING = {
    name: re.compile(rf"<[ \t]?/?[ \t]?(?:{name}|a|span)\b[^<>]*>", re.IGNORECASE) for name in ("a", "span", "p", "div")
}
_BEFORE_STAMP = re.compile(r"\((?=<[ \t]{0,3}(?:a|span)\b[^<>]*yt-timestamp)", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|—|to|until)\s*\Z")
_ENDS_WITH_SECONDS = re.compile(r":(?:\d\d|0\d\d)(?:\.\d+)?\Z")
_TIMES = rf"\s*+(?:t=)?{TIME.pattern}(?:\s*+(?:[-–—,;&/]|to|and)\s*+{TIME.pattern})*+\s*+"
_BARE = re.compile(rf"\[({_TIMES})\]|\(({TIME.pattern}(?:\s*+[-–—,]\s*+{TIME.pattern})*+)\)")
_ONLY_TIMES = re.compile(rf"{_TIMES}\Z")
_UNCLOSED_LABEL = re.compile(rf"\s*\[{_TIMES}\]")
_SHORT_IN_PARENS = re.compile(r"\(\d{1,3}:\d\d(?!:)")
_WORDS = re.compile(r"[^\W\d_]{2,}")


def are_times(text: str) -> bool:
    """Return whether `text`, without its brackets, is nothing but times: `00:12:34`, `1:02 - 1:15`. `16:9` is none."""
    return bool(_ONLY_TIMES.match(text)) and all(_ENDS_WITH_SECONDS.search(time[0]) for time in TIME.finditer(text))


def bare_times(text: str, start: int) -> re.Match[str] | None:
    """Return the times in brackets at `start`: in square ones any, in round ones those with hours."""
    match = _BARE.match(text, start)
    if not match or (text[start] == "(" and _SHORT_IN_PARENS.match(text, start)):
        return None
    return match if are_times(match[1] or match[2]) else None


def stamp_element(text: str, start: int) -> list[Token]:
    """Return the stamps of the element at `start`, or nothing where it is no timestamp."""
    if usual := _USUAL_STAMP.match(text, start):
        time = read_clock(usual[1])
        return [Stamp(start, usual.end(), time, time, written=usual[2], usual=True)]
    if tag := _STAMP_TAG.match(text, start):
        stamps = _element(text, tag)
        if text[start + 1 : start + 2] not in " \t" or not start or text[start - 1].isspace():
            return stamps
        return [Text(start, start + 1, " "), replace(stamps[0], start=start + 1), *stamps[1:]]  # "word< a class=…"
    if cut := _CUT_STAMP.match(text, start):  # its beginning has no end
        time = read_clock(cut[1])
        return [Stamp(start, cut.end(), time, None, written=cut[1])]
    return []


def stamp_in_parentheses(text: str, start: int, end: int) -> list[Token]:
    """Return the stamps in the parentheses behind the time in brackets at `start:end`: they are that time again."""
    before = _BEFORE_STAMP.match(text, end)
    stamps = stamp_element(text, before.end()) if before else []
    if not stamps:
        return []
    first, last = replace(stamps[0], start=start), stamps[-1]
    last = replace(first if len(stamps) == 1 else last, end=last.end + text.startswith(")", last.end))
    return [*([first] if len(stamps) > 1 else []), *stamps[1:-1], last]


def _element(text: str, tag: re.Match[str]) -> list[Token]:
    written = tag[2] if tag[2] is not None else tag[3]
    values = attributes_of(written)
    video = values.get("data-v", "")
    data = read_clock(values.get("data-t", ""))
    label, end = _label(text, tag)
    begin = tag.end()
    if "[[" in label and not TIME.search(label):
        label, end = "", begin  # its text is a wikilink, which stands for itself
    if data is None and not TIME.search(label):
        data = next(filter(None, map(read_clock, TIME.findall(written))), None)
    return read_times(tag.start(), end, begin, label, data=data, video=video if is_video_id(video) else "")


def _label(text: str, tag: re.Match[str]) -> tuple[str, int]:
    """Return the text of a timestamp element, and where the element ends."""
    begin = tag.end()
    closing = _CLOSING[tag[1].lower()].search(text, begin, begin + 400)
    if closing and closing[0].lstrip("< \t").startswith("/"):
        return text[begin : closing.start()], closing.end()
    if unclosed := _UNCLOSED_LABEL.match(text, begin):
        return text[begin : unclosed.end()], unclosed.end()
    return "", begin + text.startswith(" )", begin)


def read_times(
    start: int, end: int, begin: int, label: str, *, data: Clock | None = None, video: str = "", bare: bool = False
) -> list[Token]:
    """Return the stamps of a label that begins at `begin`: usually one, a range counts as its start, a list as each."""
    written = re.sub(r"\s+", " ", label).strip()
    groups = _ranges(label)
    if len(groups) > 1 and len({read_clock(group[0][0]) for group in groups}) > 1:
        edges = [start, *(begin + group[0].start() for group in groups[1:])]
        ends = [*(begin + group[-1].end() for group in groups[:-1]), end]
        return [_stamp(a, b, group, video=video, bare=bare) for a, b, group in zip(edges, ends, groups, strict=True)]
    rest = TIME.sub("", label)
    text = written if _WORDS.search(rest.replace("and", "").replace("to", "")) else ""
    group = groups[0] if groups else []
    stamp = _stamp(start, end, group, data=data, video=video, written=written, bare=bare)
    if not group:
        stamp = replace(stamp, label=read_clock(written) if written else None)
    return [replace(stamp, text=text if stamp.label != read_clock(text) else "")]


def _ranges(label: str) -> list[list[re.Match[str]]]:
    """Return the times of a label: each by itself, or as the beginning and the end of a range."""
    groups: list[list[re.Match[str]]] = []
    for time in TIME.finditer(label):
        between = label[groups[-1][-1].end() : time.start()] if groups else ""
        if groups and len(groups[-1]) == 1 and _RANGE.match(between):
            groups[-1].append(time)
        else:
            groups.append([time])
    return groups


def _stamp(
    start: int,
    end: int,
    group: list[re.Match[str]],
    *,
    data: Clock | None = None,
    video: str = "",
    written: str = "",
    bare: bool = False,
) -> Stamp:
    label = read_clock(group[0][0]) if group else None
    until = read_clock(group[1][0]) if len(group) > 1 else None
    return Stamp(start, end, data, label, until, video, "", written or (group[0][0] if group else ""), bare)
