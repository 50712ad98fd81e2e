"""The text of a source as the rules read it: a note that stands whole in a fence, without the fence."""

from __future__ import annotations

import re
from pathlib import Path

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_OPENING = re.compile(r"\s*(`{3,}|~{3,})[ \t]*(?:markdown|md|mdx|obsidian)\s*", re.IGNORECASE)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*?)\s*")
_PASSED = re.compile(r"\s*(?:(?:From:\s*)?\[\[[^\[\]]*\]\]\s*(?:<br\s*/?>)?\s*|#{1,6}\s.*)?", re.IGNORECASE)
_COMMENT_START = re.compile(r"<!--|%%")
_COMMENT_ENDS = {"<!--": "-->", "%%": "%%"}
_OF_A_NOTE = re.compile(r"\[\[[^\[\]\n]+\]\]|yt-timestamp")


def read_text(path: Path) -> str:
    """Return the text of a Markdown file; what is not UTF-8 is replaced."""
    return unfenced(path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n"))


def unfenced(text: str) -> str:
    """Return a note without the fence around all of it, in which language models answer."""
    lines = text.split("\n")
    first = _first_line(text, lines)
    opening = _OPENING.fullmatch(lines[first]) if first < len(lines) else None
    if not opening:
        return text
    found = ((at, _FENCE.fullmatch(lines[at])) for at in range(first + 1, len(lines)))
    fences = [(at, match) for at, match in found if match and match[1][0] == opening[1][0]]
    end = len(lines)
    if fences:
        at, match = fences[-1]
        if not match[2] and len(match[1]) >= len(opening[1]) and not "".join(lines[at + 1 :]).strip():
            end = fences.pop()[0]
    inner = [(at, match[2]) for at, match in fences if len(match[1]) <= len(opening[1])]
    if not _OF_A_NOTE.search("\n".join(lines[first + 1 : end])) or not _are_code(lines, inner):
        return text
    return "\n".join([*lines[:first], "", *lines[first + 1 : end]])


def _first_line(text: str, lines: list[str]) -> int:
    """Return the number of the line at which a fence around all of a note may open."""
    if _OPENING.fullmatch(lines[0]):
        return 0
    front = _FRONT.match(text)
    first = text.count("\n", 0, front.end()) if front else 0
    while first < len(lines) and _PASSED.fullmatch(lines[first]):
        first += 1
    return first


def _are_code(lines: list[str], fences: list[tuple[int, str]]) -> bool:
    """Return whether fences, each its line and its language, pair up around code."""
    start: tuple[int, str] | None = None
    for at, language in fences:
        if start is None:
            start = at, language
        elif not language:
            if not start[1] and _OF_A_NOTE.search("\n".join(lines[start[0] + 1 : at])):
                return False
            start = None
    return start is None


def without_comments(text: str) -> str:
    """Return the text with a space for each comment. An end that is nowhere is looked for once."""
    kept: list[str] = []
    position = start = 0
    absent: set[str] = set()
    while begin := _COMMENT_START.search(text, start):
        closing = _COMMENT_ENDS[begin[0]]
        end = -1 if closing in absent else text.find(closing, begin.end())
        if end < 0:
            absent.add(closing)
            start = begin.end()
            continue
        kept.append(text[position : begin.start()])
        position = start = end + len(closing)
    return " ".join([*kept, text[position:]])
