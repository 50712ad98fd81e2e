"""A whole note in a fence, as language models answer: found, and read as if the fence was not there."""

from __future__ import annotations

import re
from typing import NamedTuple

from .frontmatter import body_offset

_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)[ \t]*+([^`\n]*+)$", re.MULTILINE)
_OPENING = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(?:markdown|md|mdx|obsidian)[ \t]*(?=\n)", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:[ \t]*+(?:(?:From:[ \t]*+)?\[\[[^\[\]\n]*\]\][ \t]*+(?:<br[ \t]*+/?>[ \t]*+)?|\#{1,6}[ \t][^\n]*)?\n)*+",
    re.IGNORECASE,
)
"""What may stand between the frontmatter and the fence: nothing, `From: [[channel]]`, a heading."""
_OF_A_NOTE = re.compile(r"\[\[[^\[\]\n]+\]\]|yt-timestamp")


class FencedNote(NamedTuple):
    """Where the two lines of the fence stand, as offsets; the closing one may be missing (`None`)."""

    opening: tuple[int, int]
    closing: tuple[int, int] | None


def find_fenced_note(text: str) -> FencedNote | None:
    """Return the fence around the whole of a note in the file `text`, or `None`.

    A fence that is only a part of a note, or that holds neither a timestamp nor a wikilink, is code.
    """
    opening = _OPENING.match(text) or _OPENING.match(text, _before(text))
    if not opening:
        return None
    mark = opening[1]
    fences = [fence for fence in _FENCE.finditer(text, opening.end()) if fence[1][0] == mark[0]]
    last = fences[-1] if fences else None
    closing = None
    if last and not last[2] and len(last[1]) >= len(mark) and not text[last.end() :].strip():
        closing = fences.pop().span()
    inside = text[opening.end() : closing[0] if closing else len(text)]
    if not _OF_A_NOTE.search(inside) or not _are_blocks_of_code(
        text, [fence for fence in fences if len(fence[1]) <= len(mark)]
    ):
        return None
    return FencedNote(opening.span(), closing)


def _before(text: str) -> int:
    match = _BEFORE.match(text, body_offset(text))
    assert match is not None
    return match.end()


def _are_blocks_of_code(text: str, fences: list[re.Match[str]]) -> bool:
    """Return whether the fences inside pair up, each pair around code and not around a part of the note."""
    opened: re.Match[str] | None = None
    for fence in fences:
        if opened is None:
            opened = fence
        elif not fence[2]:
            if not opened[2] and _OF_A_NOTE.search(text, opened.end(), fence.start()):
                return False
            opened = None
    return opened is None


def without_fence(text: str, fence: FencedNote) -> str:
    """Return `text` with spaces for the two lines of `fence`, so that all else keeps its place."""
    for start, end in filter(None, fence):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
