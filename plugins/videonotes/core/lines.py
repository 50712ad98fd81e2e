"""Single lines: their columns, which container a line goes on in, and what it may begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .blocks import Container, Leaf

MARKER = re.compile(r"([-+*]|(\d{1,9})[.)])(?=[ \t]|\Z)")
"""The marker of a list item (CommonMark, section 5.2): sign, number."""

_MARKS = re.compile(r"[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]+[ \t>]*+)*+")
_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*\Z")


@dataclass(slots=True)
class Line:
    """What is left of a line below the `depth` containers that it continues: `text`, behind `indent` spaces.

    `paragraph` is the open paragraph, if one is; `matched` says that the line continues all open containers.
    """

    depth: int
    indent: int
    text: str
    paragraph: Leaf | None
    matched: bool


def untabbed(line: str) -> str:
    """Return `line` with the tabs around the marks of its containers expanded to four columns (CommonMark, 2.2)."""
    if "\t" not in line:
        return line
    marks = _MARKS.match(line)
    assert marks is not None
    return marks[0].expandtabs(4) + line[marks.end() :]


def from_column(line: str, column: int) -> str:
    """Return what of `line` stands from `column` on, as written; of a tab across it, the spaces behind it."""
    at = 0
    for index, char in enumerate(line):
        if at >= column:
            return " " * (at - column) + line[index:]
        at = (at // 4 + 1) * 4 if char == "\t" else at + 1
    return " " * (at - column)


def is_delimiter_row(line: str) -> bool:
    """Return whether `line` is the row under the head of a table: `|---|:-:|`, or `:-:` for a single column."""
    row = line.lstrip(" \t>").rstrip()
    if "-" not in row or row.strip("|:- \t") or not ("|" in row or ":" in row):
        return False
    cells = row.removeprefix("|").removesuffix("|").split("|")
    return all(_DELIMITER_CELL.match(cell) for cell in cells)


def taken_by(container: Container, rest: str) -> str | None:
    """Return the rest of a line that goes on in `container`, or `None` where it does not."""
    if container.kind == "list":
        return rest
    indent = len(rest) - len(rest.lstrip(" "))
    blank = indent == len(rest)
    if container.kind == "quote":
        if blank or indent > 3 or rest[indent] != ">":
            return None
        return after_quote_sign(rest[indent:])
    if blank:
        return rest[container.content :]
    if indent >= container.content:
        return rest[container.content :]
    if indent < container.needed:
        return None
    marker = MARKER.match(rest, indent)
    if marker and container.number is not None and marker[2] and int(marker[2]) == container.number + 1:
        return None  # "1. a", then " 2. b": a sibling, not a child
    if marker:
        container.content = indent  # from here on, what is deeper is deeper than this child
    return rest[indent:]


def after_quote_sign(text: str) -> str:
    """Return what stands behind the `>` at the beginning of `text`, and the space that belongs to it."""
    return text[2:] if text[1:2] == " " else text[1:]
