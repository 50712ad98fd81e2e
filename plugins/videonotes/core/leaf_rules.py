"""What a line may be that holds no other blocks: headings, fences, tables, rules, raw tags, formulas, comments.

A rule takes the parser and the rest of a line, and returns whether the line is what it looks for. What none of them
wants is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .blocks import BLOCK_TAGS, Kind, Leaf
from .container_rules import is_rule
from .lines import Line, is_delimiter_row

if TYPE_CHECKING:
    from .block_parser import BlockParser

Rule = Callable[["BlockParser", Line], bool]

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|\Z)")
_HEADING_END = re.compile(r"(?:\A|[ \t])#+\Z")
_FENCE = re.compile(r"(?:(`{3,})([^`]*)|(~{3,})(.*))\Z")
_ONLY_STAMPS = re.compile(r"(?:\s*<(a|span)\b(?=[^<>]*yt-timestamp)[^<>]*+>[^<>]*+</\1>[.,;]?)+\s*\Z", re.IGNORECASE)
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*\Z")
_BREAK_AT_END = re.compile(r"<br\s*/?>\s*\Z", re.IGNORECASE)
_NAME = rf"(?:{'|'.join(sorted(BLOCK_TAGS))})(?=[\s/>])"
_INSIDE = r"(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*+"
_TAGS = re.compile(rf"(?:</?{_NAME}(?![^<>]*yt\W{{0,3}}timestamp){_INSIDE}>[ \t]*)+", re.IGNORECASE)
_CLOSING_TAG = re.compile(rf"</{_NAME}\s*+>[ \t]*+", re.IGNORECASE)
_ANY_TAG = re.compile(rf"</?{_NAME}", re.IGNORECASE)
_PRE = re.compile(rf"<pre(?=[\s>]){_INSIDE}>", re.IGNORECASE)
_PRE_END = "</pre>"
_ENDS = {Kind.PRE: re.compile(_PRE_END, re.IGNORECASE)}
"""The ends of raw leaves that may be written in capitals."""


def leaf_rules(line: Line) -> tuple[Rule, ...]:
    """Return the rules that a line may be of, in their order."""
    return _BY_SIGN.get(line.text[0], _ANY_SIGN)


def heading(parser: BlockParser, line: Line) -> bool:
    """A heading (ATX): `## text ##`."""
    match = _HEADING.match(line.text)
    if not match:
        return False
    leaf = parser.add(line.depth, Leaf(Kind.HEADING, level=len(match[1])))
    title = line.text[match.end() :].rstrip()
    start = parser.end - len(line.text) + match.end()
    leaf.lines.append((start, _HEADING_END.sub("", title).rstrip()))
    parser.leaf = None
    return True


def fence(parser: BlockParser, line: Line) -> bool:
    """The line that opens a block of code; timestamps behind three backticks are no name of a language."""
    match = _FENCE.match(line.text)
    if not match:
        return False
    info = match[2] or match[4] or ""
    if _ONLY_STAMPS.match(info):
        return False
    parser.add(line.depth, Leaf(Kind.FENCE, info=info.strip()))
    parser.closing, parser.fence_indent = match[1] or match[3], line.indent
    return True


def table(parser: BlockParser, line: Line) -> bool:
    """The delimiter row of a table below the last line of a paragraph, its head (GFM, section 4.10)."""
    paragraph = line.paragraph
    if not paragraph or not line.matched or "|" not in paragraph.lines[-1][1] or not is_delimiter_row(line.text):
        return False
    rows = [paragraph.lines.pop(), parser.placed(line.text)]
    if paragraph.lines:
        parser.add(line.depth, Leaf(Kind.TABLE, rows))
    else:
        paragraph.kind, paragraph.lines = Kind.TABLE, rows
    return True


def table_row(parser: BlockParser, line: Line) -> bool:
    """A further row of a table: it has a bar."""
    leaf = parser.leaf
    if not leaf or leaf.kind is not Kind.TABLE or not line.matched or "|" not in line.text:
        return False
    leaf.lines.append(parser.placed(line.text))
    return True


def setext_heading(parser: BlockParser, line: Line) -> bool:
    """The line of `=` or `-` below a paragraph that makes it a heading."""
    paragraph = line.paragraph
    if not paragraph or not line.matched or not _SETEXT.match(line.text):
        return False
    if _BREAK_AT_END.search(paragraph.lines[-1][1]):
        return False
    if paragraph.lines[0][1].startswith("["):
        parser.definitions.take(paragraph)
        if not paragraph.lines:  # the line of signs is text
            return False
    paragraph.kind = Kind.HEADING
    paragraph.level = 1 if line.text[0] == "=" else 2
    parser.leaf = None
    return True


def thematic_break(parser: BlockParser, line: Line) -> bool:
    """A rule: `---`, `* * *`."""
    if not is_rule(line.text):
        return False
    parser.add(line.depth, Leaf(Kind.RULE, [parser.placed(line.text)]))
    parser.leaf = None
    return True


def preformatted(parser: BlockParser, line: Line) -> bool:
    """A raw `<pre>`, up to the line with its end."""
    match = _PRE.match(line.text)
    if not match:
        return False
    end = _find_end(Kind.PRE, line.text, _PRE_END, match.end())
    if end < 0 and not parser.closes_later(_PRE_END, within_block=False):
        return False
    return _begin_raw(parser, line, Kind.PRE, _PRE_END, end)


def raw_tags(parser: BlockParser, line: Line) -> bool:
    """Raw tags of blocks, and the text on their line: `<li>`, `</ul>`, `<summary>text</summary>`.

    A line with further such tags in its text (the cells of a row) is a paragraph as a whole.
    """
    match = _TAGS.match(line.text)
    if not match:
        return False
    rest = line.text[match.end() :]
    end = _before_closing_tags(rest)
    text = rest[:end]
    if text.strip() and (_ANY_TAG.search(text) or match[0].startswith("</")):
        return False
    start = parser.end - len(line.text)
    parser.add(line.depth, Leaf(Kind.TAGS, [(start, match[0])]))
    if text.strip():
        parser.add(len(parser.stack), Leaf(Kind.PARAGRAPH, [(start + match.end(), text.rstrip())], bare=True))
    if end < len(rest):
        parser.add(len(parser.stack), Leaf(Kind.TAGS, [(start + match.end() + end, rest[end:])]))
    if end < len(rest) or not text.strip():
        parser.leaf = None
    parser.in_tags = True
    return True


def closing_tags(parser: BlockParser, line: Line) -> bool:
    """The last line of a paragraph that stands on the line of its raw tags: `text</li>`."""
    if not line.paragraph or not line.paragraph.bare or not line.matched:
        return False
    end = _before_closing_tags(line.text)
    if end == len(line.text) or _ANY_TAG.search(line.text, 0, end):
        return False
    start = parser.end - len(line.text)
    if end:
        line.paragraph.lines.append((start, line.text[:end].rstrip()))
    parser.add(len(parser.stack), Leaf(Kind.TAGS, [(start + end, line.text[end:])]))
    parser.leaf = None
    return True


def _before_closing_tags(text: str) -> int:
    """Return where the closing tags at the end of `text` begin; each is read once, from the last one on."""
    start = len(text)
    while (tag := text.rfind("</", 0, start)) >= 0 and _CLOSING_TAG.fullmatch(text, tag, start):
        start = tag
    return start


def display_math(parser: BlockParser, line: Line) -> bool:
    """A formula between `$$` that begins a line, on it or on those below it up to a blank one."""
    return _delimited(parser, line, Kind.MATH, "$$", "$$")


def html_comment(parser: BlockParser, line: Line) -> bool:
    """A comment of HTML that begins a line."""
    return _delimited(parser, line, Kind.COMMENT, "<!--", "-->")


def comment(parser: BlockParser, line: Line) -> bool:
    """A comment of Obsidian that begins a line: `%% text %%`."""
    return _delimited(parser, line, Kind.COMMENT, "%%", "%%")


def _delimited(parser: BlockParser, line: Line, kind: Kind, opening: str, closing: str) -> bool:
    if not line.text.startswith(opening):
        return False
    end = line.text.find(closing, len(opening))
    if end >= 0 and line.text[end + len(closing) :].strip():
        return False  # it stands in a line of text
    if end < 0 and not parser.closes_later(closing, within_block=kind is Kind.MATH):
        return False
    return _begin_raw(parser, line, kind, closing, end)


def _begin_raw(parser: BlockParser, line: Line, kind: Kind, closing: str, end: int) -> bool:
    leaf = parser.add(line.depth, Leaf(kind, [parser.placed(line.text)]))
    parser.closing = closing
    if end >= 0:
        parser.leaf = None
        _end_raw(parser, leaf, line.text, end)
    return True


def continue_raw(parser: BlockParser, leaf: Leaf, rest: str) -> str | None:
    """Add a line to an open raw leaf. Where it ends there, return what of the line is text behind it, else `None`."""
    if leaf.kind is Kind.FENCE:
        return _continue_fence(parser, leaf, rest)
    end = _find_end(leaf.kind, rest, parser.closing, 0)
    leaf.lines.append(parser.as_written(rest, 0))
    return None if end < 0 else _end_raw(parser, leaf, rest, end)


def _find_end(kind: Kind, text: str, closing: str, start: int) -> int:
    """Return where the end of a raw leaf stands in `text` from `start` on, or -1."""
    if kind not in _ENDS:
        return text.find(closing, start)
    found = _ENDS[kind].search(text, start)
    return found.start() if found else -1


def _end_raw(parser: BlockParser, leaf: Leaf, rest: str, end: int) -> str:
    """Cut the last line of a raw leaf at its end; return what stands behind it."""
    behind = rest[end + len(parser.closing) :]
    offset, text = leaf.lines[-1]
    leaf.lines[-1] = offset, text[: len(text) - len(behind)]
    return behind


def _continue_fence(parser: BlockParser, leaf: Leaf, rest: str) -> str | None:
    stripped = rest.strip()
    if stripped.startswith(parser.closing):
        after = stripped.lstrip(parser.closing[0])
        if not after or _ONLY_STAMPS.match(after):
            return after  # timestamps of what the code shows, behind its end
    leaf.lines.append(parser.as_written(rest, parser.fence_indent))
    return None


_RULES: tuple[tuple[str, Rule], ...] = (
    ("#", heading),
    ("`~", fence),
    ("|:-", table),
    ("=-", setext_heading),
    ("-*_", thematic_break),
    ("<", preformatted),
    ("<", raw_tags),
    ("", closing_tags),
    ("$", display_math),
    ("<", html_comment),
    ("%", comment),
    ("", table_row),
)
"""The rules in their order, each with the signs that its line begins with; `""`: any."""

_ANY_SIGN = tuple(rule for signs, rule in _RULES if not signs)
_BY_SIGN = {
    sign: tuple(rule for signs, rule in _RULES if not signs or sign in signs) for signs, _ in _RULES for sign in signs
}
