"""Single lines: which container a line goes on in, and what it may begin."""

from __future__ import annotations

import re

from .blocks import Container

MARKER = re.compile(r"([-+*]|(\d{1,9})[.)])(?:([ \t]+)(\S.*)?|\Z)")
"""The marker of a list item (CommonMark, section 5.2): sign, number, spaces, text."""

_DELIMITER_CELL = re.compile(r"\s*:?-+:?\s*\Z")


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
        rest = rest[indent + 1 :]
        return rest[1:] if rest[:1] == " " else rest
    if blank:
        return ""
    if indent >= container.content:
        return rest[container.content :]
    if indent < container.needed:
        return None
    marker = MARKER.match(rest[indent:])
    if marker and container.number is not None and marker[2] and int(marker[2]) == container.number + 1:
        return None  # "1. a", then " 2. b": a sibling, not a child
    if marker:
        container.content = indent  # from here on, what is deeper is deeper than this child
    return rest[indent:]


def untabbed(line: str) -> str:
    """Return `line` with the tabs among its leading white space expanded to four columns."""
    if "\t" not in line:
        return line
    body = line.lstrip(" \t")
    indent = line[: len(line) - len(body)]
    return (indent.expandtabs(4) if "\t" in indent else indent) + body
