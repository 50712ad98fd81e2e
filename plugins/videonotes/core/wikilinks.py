"""Wikilinks: what stands between their brackets, and those that lost some of them (note-format.md, section 2)."""

from __future__ import annotations

import re
from dataclasses import replace

from .brackets import Brackets
from .tokens import Malformed, WikilinkToken

_SEPARATOR = re.compile(r"\\?\|")
_OPENING = re.compile(r"!?\[\[+")
_OVER_LINES = re.compile(r"!?\[\[[^\[\]]{1,300}\]\]")
_WORD = r"[^\W_]++(?:[_-][^\W_]++)*+"
_NAME = re.compile(r"[^\W_]+(?:_[^\W_]+)+(?:\s*\|.*)?\Z")
"""A name as tools write it, of words joined by `_`, with or without a label."""
_OPENED = re.compile(rf"\[\[[ \t]*+({_WORD})(?![ \t]*\||\[)")
_CLOSED = re.compile(rf"(?<![\w-])(?:[^\W_]++(?:_[^\W_]++)++[ \t]*\|[^\[\]|\n]*|{_WORD})\Z")
_LONGEST = 100
_PLAIN = re.compile(rf"(?=.*\S)[^\[\]<\n]{{1,{_LONGEST}}}\Z")


def separated(inner: str) -> list[str]:
    """Return the parts between the brackets of a wikilink: its target, its label."""
    return _SEPARATOR.split(inner)


def read_wikilink(start: int, end: int, inner: str, begin: int, *, embed: bool) -> WikilinkToken:
    """Return the wikilink with this text between its brackets, which begins at `begin`."""
    parts = separated(inner)
    target, label = parts[0].strip(), parts[-1].strip() if len(parts) > 1 else ""
    label_start = begin + inner.rfind(label) if label else begin
    name, fragment = split_target(target)
    return WikilinkToken(start, end, name, fragment, label, label_start, embed)


def split_target(target: str) -> tuple[str, str]:
    """Split a target at its `#`. One that ends a word (`C#`, `C# tips`) is taken for a part of the name."""
    name, _, fragment = target.partition("#")
    if name and (not fragment or fragment[0].isspace()):
        return target, ""
    return name.strip(), fragment.strip()


def opened(text: str, start: int, brackets: Brackets) -> WikilinkToken | Malformed:
    """`[[name`: a wikilink that is never closed. Over lines its brackets stay, since both are there."""
    signs = _OPENING.match(text, start)
    assert signs is not None
    if _OVER_LINES.match(text, start):
        return Malformed(start, signs.end(), signs[0])
    word = _OPENED.match(text, start)
    if not word or start + 1 in brackets.pairs or (start and text[start - 1].isalnum()):
        return Malformed(start, signs.end(), "")
    return _mended(start, word.end(), word[1], word.start(1))


def half_open(text: str, start: int, brackets: Brackets) -> WikilinkToken | None:
    """`[name]]`: a wikilink that lost its first bracket."""
    closing = brackets.pairs.get(start, -1)
    if start and text[start - 1] == "[":
        return None  # "\\[[name]]": meant as it stands
    if closing < 0 or not text.startswith("]", closing + 1) or closing + 1 in brackets.closing:
        return None
    inner = text[start + 1 : closing]
    if (
        not inner.strip()
        or len(inner) > _LONGEST
        or re.search(r"[\[\]<\n]", inner)
        or text.startswith("(", closing + 2)
    ):
        return None
    return _mended(start, closing + 2, inner, start + 1)


def closed(text: str, start: int, begin: int, brackets: Brackets) -> WikilinkToken | Malformed | None:
    """`name]]`: a wikilink that is never opened. What stands before `begin` has been read."""
    if start in brackets.closing or start + 1 in brackets.closing:
        return None
    if "\\[" in text[max(0, start - _LONGEST) : start]:
        return None  # "\\[\\[name]]" is meant as it stands
    before = max(begin, start - _LONGEST)
    word = _CLOSED.search(text[before:start]) if before < start else None
    if not word or (before and not word.start() and text[before - 1].isalnum()):
        return Malformed(start, start + 2, "")
    return _mended(before + word.start(), start + 2, word[0], before + word.start())


def _mended(start: int, end: int, inner: str, begin: int) -> WikilinkToken:
    """Return the wikilink that lost brackets: under the words that are written, but for a name as tools write it."""
    link = replace(read_wikilink(start, end, inner, begin, embed=False), mended=True)
    if link.label or _NAME.match(inner.strip()):
        return link
    return replace(link, label=inner.strip(), label_start=begin + len(inner) - len(inner.lstrip()))
