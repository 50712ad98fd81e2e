"""What a line may open that holds other blocks: list items, quotes and callouts, footnotes.

A rule takes the parser and the rest of a line. Where it opens something, it returns how many containers are open now,
and what is left of the line; else `None`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .blocks import DEEPEST, Callout, Container, Kind, Leaf
from .lines import MARKER, Line, after_quote_sign

if TYPE_CHECKING:
    from .block_parser import BlockParser

Opened = tuple[int, str] | None
Rule = Callable[["BlockParser", Line], Opened]

_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*\Z")
_TASK = re.compile(r"\[([^\[\]\n])\][ \t]+(?=\S)")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,64})\]:[ \t]*(.*)\Z")
_CALLOUT = re.compile(r"[ \t]*\[!([^\]|\n]{1,60})(?:\|([^\]\n]{0,200}))?\]([+-]?)[ \t]*(.*)\Z")
_NEAR = 64
"""Blocks between a list and the one that goes on with its number."""
_CODE_BEHIND_MARKER = 5
"""Spaces behind the marker of an item from which on they are one space and indented code (CommonMark, 5.2)."""


def is_rule(text: str) -> bool:
    """Return whether a line is a thematic break: `***`, `- - -`."""
    return _RULE.match(text) is not None


def container_rules(line: Line) -> tuple[Rule, ...]:
    """Return the rules that may open something on a line, in their order."""
    rules = _BY_SIGN.get(line.text[0], ())
    return (indented_code, *rules) if line.indent >= 4 else rules


def indented_code(parser: BlockParser, line: Line) -> Opened:
    """Code behind four spaces; behind less than a list has, or in a paragraph, they mean nothing."""
    if line.indent < 4 or parser.in_tags or (MARKER.match(line.text) and _may_be_deep(parser, line.depth)):
        return None
    if line.paragraph:
        line.paragraph.lines.append(parser.placed(line.text))
        return line.depth, ""
    code = parser.as_written(" " * line.indent + line.text, 4)
    if parser.leaf and parser.leaf.kind is Kind.CODE and line.matched:
        parser.leaf.lines.append(code)
    else:
        parser.add(line.depth, Leaf(Kind.CODE, [code]))
    return line.depth, ""


def _may_be_deep(parser: BlockParser, depth: int) -> bool:
    """Whether a list marker behind 4 or more spaces is one: after text, or inside a list."""
    if parser.leaf and parser.leaf.kind is Kind.CODE:
        return False
    in_list = any(container.kind == "item" for container in parser.stack[:depth])
    return in_list or bool(parser.leaf and parser.leaf.kind is Kind.PARAGRAPH)


def list_item(parser: BlockParser, line: Line) -> Opened:
    """An item, in the list before it or in a new one."""
    marker = MARKER.match(line.text)
    if not marker or is_rule(line.text) or not _may_start(parser, marker, line):
        return None
    depth, sign = line.depth, marker[1][-1]
    number = int(marker[2]) if marker[2] else None
    parent = parser.stack[depth - 1]
    if parent.kind == "list" and parent.sign != sign:
        depth -= 1
        parent = parser.stack[depth - 1]
    if parent.kind != "list":
        depth = parser.append(depth, Container("list", number=number, sign=sign))
    behind = line.text[marker.end() :]
    text = behind.lstrip(" \t")
    spaces = len(behind) - len(text)
    if not text or spaces >= _CODE_BEHIND_MARKER:
        spaces = 1
    content = line.indent + len(marker[1]) + spaces
    item = Container("item", number=number, needed=min(line.indent + 2, content), content=content)
    text = behind[spaces:]
    if task := _TASK.match(text):
        item.task = task[1]
        text = text[task.end() :]
    return parser.append(depth, item), text


def _may_start(parser: BlockParser, marker: re.Match[str], line: Line) -> bool:
    parent = parser.stack[line.depth - 1]
    if line.depth >= DEEPEST:
        return False
    if not line.paragraph or (parent.kind == "list" and (parent.number is None) == (marker[2] is None)):
        return True
    # It would interrupt a paragraph (CommonMark, section 5.3): not by an empty item, and by a
    # number only with 1, or with the one that the last list before it would go on with.
    if not line.text[marker.end() :].strip():
        return False
    return marker[2] is None or int(marker[2]) in {1, _next_number(parser, line.depth)}


def _next_number(parser: BlockParser, depth: int) -> int | None:
    for container in reversed(parser.stack[:depth]):
        for child in reversed(container.children[-_NEAR:]):
            if isinstance(child, Container) and child.kind == "list" and child.number is not None:
                last = child.children[-1]
                return last.number + 1 if isinstance(last, Container) and last.number is not None else None
            if isinstance(child, Leaf) and child.kind is Kind.HEADING:
                return None
    return None


def quote(parser: BlockParser, line: Line) -> Opened:
    """A quote, or a callout where its first line says so."""
    if line.depth >= DEEPEST:
        return None
    opened = Container("quote")
    rest = after_quote_sign(line.text)
    depth = parser.append(line.depth, opened)
    if head := _CALLOUT.match(rest):
        start = parser.end - len(head[4])
        title = Leaf(Kind.PARAGRAPH, [(start, head[4].strip())])
        opened.callout = Callout(head[1].strip(), (head[2] or "").strip(), head[3], title)
        parser.headed = opened
        rest = ""
    return depth, rest


def footnote(parser: BlockParser, line: Line) -> Opened:
    """The text of a footnote: `[^label]: text`."""
    match = _FOOTNOTE.match(line.text)
    if not match or line.depth >= DEEPEST:
        return None
    note = Container("footnote", label=match[1], needed=2, content=4)
    parser.footnotes.setdefault(match[1], note)
    return parser.append(line.depth, note), match[2]


_RULES: tuple[tuple[str, Rule], ...] = (("-+*0123456789", list_item), (">", quote), ("[", footnote))
"""The rules, each with the signs that its line begins with. Only indented code may begin with any."""

_BY_SIGN = {sign: (rule,) for signs, rule in _RULES for sign in signs}
