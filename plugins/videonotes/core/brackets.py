"""Which brackets of a text belong together, and which of them are links (CommonMark 0.31, section 6.3).

One pass over the text, as the specification's own algorithm: a closing bracket decides whether the one it closes
begins a link, and a link makes the brackets around it text. Code spans, raw tags and addresses in angle brackets are
stronger than brackets. Wikilinks are stepped over: they may stand in the label of a link. Time is linear in the text:
what stands behind a bracket is read up to a depth, and to the next sign that ends it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .blocks import Definition, fold_label
from .code_spans import CodeSpans
from .escapes import unescaped

DEEPEST = 32
"""Brackets inside each other, and parentheses in an address; what is nested deeper is text."""

INSIDE_WIKILINK = r"(?:[^\[\]\n\\]|\\[^\n]|\[(?:[^\[\]\n\\]|\\[^\n])*+\])*+"

_SIGN = re.compile(r"\\[\s\S]|`+|<|!?\[|\]")
_WIKILINK = re.compile(rf"!?\[\[({INSIDE_WIKILINK})\]\]")
_ANGLE = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|/?[A-Za-z][^\s<>/]*(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+)>"
)
_ADDRESS = re.compile(r"\([ \t]*\n?[ \t]*(?:<((?:[^<>\n\\]|\\.)*+)>|((?!<)(?:[^\s()\\]|\\.)*+))")
_PART_OF_ADDRESS = re.compile(r"(?:[^\s()\\]|\\.)*+")
_END = re.compile(
    r"(?:[ \t]*\n?[ \t]*(?<=\s)(\"(?:[^\"\\]|\\[\s\S])*+\"|'(?:[^'\\]|\\[\s\S])*+'|\((?:[^()\\]|\\[\s\S])*+\)))?"
    r"[ \t]*\n?[ \t]*\)"
)
_WIKILINK_AS_ADDRESS = re.compile(rf"\(\s*\[\[({INSIDE_WIKILINK})\]\]\s*\)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\[\s\S]){0,999}+)\]")


class LinkSpan(NamedTuple):
    """A link or an image: where its label and it end, what it leads to. `wikilink` is the inside of one as address."""

    label_end: int
    end: int
    href: str
    title: str = ""
    wikilink: str = ""


class Brackets:
    """The brackets of a text: `links` by the place of their opening bracket, `pairs` of those that match."""

    def __init__(self, text: str, code: CodeSpans, definitions: Mapping[str, Definition] | None) -> None:
        self.links: dict[int, LinkSpan] = {}
        self.pairs: dict[int, int] = {}
        self.closing: set[int] = set()
        self._text = text
        self._definitions = definitions or {}
        self._match(code)

    def _match(self, code: CodeSpans) -> None:
        text, position = self._text, 0
        stack: list[tuple[int, bool]] = []  # where a bracket opens, and whether it opens an image
        heights = [0]  # how deep the brackets inside each of them are nested, the text itself first
        links_below = 0  # so many of the stack are around a link: they open none themselves
        while sign := _SIGN.search(text, position):
            start, found = sign.start(), sign[0]
            position = sign.end()
            if found[0] == "\\":
                continue
            if found[0] == "`":
                position = code.end(start, position)
            elif found == "<":
                angle = _ANGLE.match(text, start)
                position = angle.end() if angle else position
            elif found.endswith("["):
                if wikilink := _WIKILINK.match(text, start):
                    position = wikilink.end()
                else:
                    stack.append((position - 1, found[0] == "!"))
                    heights.append(0)
            elif found == "]" and stack:
                opening, image = stack.pop()
                inactive = not image and len(stack) < links_below
                links_below = min(links_below, len(stack))
                self.closing.add(start)
                height = heights.pop() + 1
                heights[-1] = max(heights[-1], height)
                if height > DEEPEST:  # a label is read again: its depth is that of the recursion
                    continue
                self.pairs[opening] = start
                if not inactive and (link := self._link(opening, start)):
                    self.links[opening] = link
                    position = link.end
                    if not image:
                        links_below = len(stack)

    def _link(self, opening: int, closing: int) -> LinkSpan | None:
        """Return the link whose label stands between two brackets, if it is one."""
        text, after = self._text, closing + 1
        if text.startswith("(", after):
            if wikilink := _WIKILINK_AS_ADDRESS.match(text, after):
                return LinkSpan(closing, wikilink.end(), "", wikilink=wikilink[1])
            if link := self._inline(closing):
                return link
        if not self._definitions:
            return None
        label, end = text[opening + 1 : min(closing, opening + 1001)], after
        if (reference := _LABEL.match(text, after)) and not text.startswith("[[", after):
            label, end = reference[1].strip() or label, reference.end()
        found = self._definitions.get(fold_label(label)) if len(label) < 1000 else None
        return LinkSpan(closing, end, found.href, found.title) if found else None

    def _inline(self, closing: int) -> LinkSpan | None:
        """Read `(address "title")` behind the bracket at `closing`."""
        text = self._text
        match = _ADDRESS.match(text, closing + 1)
        if not match:
            return None
        end = match.end()
        if match[1] is None:
            start, depth = match.start(2), 0
            while end < len(text) and text[end] in "()" and (depth or text[end] == "("):
                depth += 1 if text[end] == "(" else -1
                if depth > DEEPEST:
                    return None
                part = _PART_OF_ADDRESS.match(text, end + 1)
                assert part is not None
                end = part.end()
            if depth:
                return None
            href = text[start:end]
        else:
            href = match[1]
        last = _END.match(text, end)
        if not last:
            return None
        return LinkSpan(closing, last.end(), unescaped(href), unescaped((last[1] or "")[1:-1]))
