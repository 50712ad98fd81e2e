"""Markup that a page shows as text, and what a source says is meant so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from .source import without_comments
from .words import CODE_SPAN, fences_apart


class Literal(NamedTuple):
    """Markup in the text of a page. `sign` tells which, `key` what stands in it or after it.

    `own`: it stands in the text of the page's own note; otherwise in what other notes say.
    """

    rule: str
    sign: str
    key: str
    own: bool
    shown: str


_Found = tuple[str, str, str, int]
"""A rule, its sign, its key, and where it is broken."""

_HIDDEN = frozenset({"code", "pre", "script", "style", "annotation"})
_BLOCKS = frozenset(
    "article blockquote body details dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li math ol p pre section"
    " summary table td th tr ul".split()
)
_MARKER = re.compile(r"(?:^|\n)[ \t]*(?:[*+-]  +|\d{1,3}\.  +)\S|\s\*   \S|\s\d{1,2}\.  \S")
_ALWAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not-a-number", re.compile(r"(?<!\S)NaN(?!\S)")),
    ("markup", re.compile(r"&(?:#\w{2,7}|amp|lt|gt|quot|nbsp);")),
    ("markup", re.compile(r"yt-?time|\bdata-[tv]\b ?=|\]\(#t=|\]\(< ?a\b", re.IGNORECASE)),
    ("list-marker", _MARKER),
)
"""Rules that know no exception, on any page."""

_UNLESS_MEANT: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("brackets", "[[", re.compile(r"\[\[\W*(\w*)")),
    ("comment", "%%", re.compile(r"%%\W*(\w*)")),
    ("footnote", "[^", re.compile(r"\[\^([^\]\s]{1,60})\]")),
)
"""Rules, signs and their patterns, for what a writer may mean as it stands."""

_BLOCK_ID = re.compile(r"(?:\A|\s)\^([A-Za-z0-9-]+)\s*\Z")
"""An id of a block, where it ends the text of one."""


def find_literals(article: Tag) -> Iterator[tuple[str, str] | Literal]:
    """Yield what is wrong in any case, as a rule and what is shown, and what is unless it is meant."""
    for text in article.find_all(string=True):
        value = str(text)
        if not value.strip() or not isinstance(text, NavigableString):
            continue
        found = [*_in_text(value), *_at_end(text, value)]
        if found and not any(parent.name in _HIDDEN for parent in text.parents):
            yield from _in_place(text, found)


def _in_place(text: NavigableString, found: list[_Found]) -> Iterator[tuple[str, str] | Literal]:
    """Yield what was found in a text, by the elements in which it stands."""
    classes = {name for parent in text.parents for name in parent.get("class") or ()}
    ours = any(name.startswith("vn-") for name in classes)
    own = "vn-text" in classes and "vn-embed" not in classes
    for rule, sign, key, at in found:
        shown = text[max(at - 20, 0) :][:100].strip()
        if not sign:
            yield rule, shown
        elif ours or sign == "[[":
            yield Literal(rule, sign, key, own, shown)


def _in_text(value: str) -> Iterator[_Found]:
    for rule, pattern in _ALWAYS:
        if match := pattern.search(value):
            yield rule, "", "", match.start()
    for rule, sign, pattern in _UNLESS_MEANT:
        if sign in value:
            yield from ((rule, sign, match[1].casefold(), match.start()) for match in pattern.finditer(value))


def _at_end(text: NavigableString, value: str) -> Iterator[_Found]:
    if "^" in value and (match := _BLOCK_ID.search(value)) and _ends_block(text):
        yield "block-id", "^", match[1].casefold(), match.start()


def _ends_block(text: NavigableString) -> bool:
    """Return whether no more text follows within the block."""
    element: PageElement = text
    while True:
        after = element.next_sibling
        while isinstance(after, NavigableString) and not after.strip():
            after = after.next_sibling
        if after is not None:
            return isinstance(after, Tag) and after.name in _BLOCKS
        if element.parent is None or element.parent.name in _BLOCKS:
            return True
        element = element.parent


_ESCAPED = re.compile(r"\\(\[\\?\[|%\\?%|\[\\?\^|\^)|(\[\\\[|%\\%|\[\\\^)")
_AFTER = re.compile(r"\W*(\w*)")
_UNCLOSED = re.compile(r"\[\[(?!(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]\])\W*(\w*)")
_MATH = re.compile(r"\$\$.*?\$\$|\$(?! )[^$\n]*(?<! )\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_DEFINED = re.compile(r"^[ \t>]*\[\^([^\]\s]+)\]:", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]{1,60})\]")
_ID = re.compile(r"[A-Za-z0-9-]*")


def meant_literals(source: str) -> frozenset[tuple[str, str]]:
    """Return the signs that `source` means as they stand, with their keys: escaped, never closed, undefined."""
    if not any(sign in source for sign in ("[[", "%%", "[^", "\\")):
        return frozenset()
    text = CODE_SPAN.sub(" ", fences_apart(source.replace("\r\n", "\n"), []))
    meant = {_escaped(text, match) for match in _ESCAPED.finditer(text)}
    plain = without_comments(text)
    meant.update(("%%", match[1].casefold()) for match in re.finditer(r"%%\W*(\w*)", plain))
    meant.update(("[[", match[1].casefold()) for match in _UNCLOSED.finditer(text))
    for formula in _MATH.finditer(text):
        meant.update(("[[", match[1].casefold()) for match in re.finditer(r"\[\[\W*(\w*)", formula[0]))
    defined = {match[1].casefold() for match in _DEFINED.finditer(text)}
    meant.update(("[^", key) for match in _MARK.finditer(text) if (key := match[1].casefold()) not in defined)
    return frozenset(meant)


def _escaped(text: str, match: re.Match[str]) -> tuple[str, str]:
    """Return a sign that is escaped in a text, and its key."""
    sign = (match[1] or match[2]).replace("\\", "")
    inner = _MARK.match("[^" + text[match.end() :]) if sign == "[^" else None
    after = _ID.match(text, match.end()) if sign == "^" else _AFTER.match(text, match.end())
    key = inner[1] if inner else after[1 if sign in ("[[", "%%") else 0] if after else ""
    return sign, key.casefold()
