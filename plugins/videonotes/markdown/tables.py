"""Tables (GitHub Flavored Markdown, section 4.10), none of whose cells gets lost."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from ..core.blocks import Leaf
from ..core.tables import row_cells
from .inline import Inline

_PADDING = 4096
"""Empty cells that short rows of a table get at most; HTML needs none, and they may be many more than the text."""


def append_table(parent: Element, block: Leaf, inline: Inline, anchor: Callable[[Element, str], None]) -> None:
    """Append a table, and below it a paragraph of the cells beyond its head. `anchor` gives a row its id."""
    rows = [row_cells(text, inline.context) for _, text in block.lines]
    head, delimiters = rows[0], rows[1]
    alignments = [_alignment(cell) for cell in delimiters]
    table = SubElement(parent, "table")
    _append_row(SubElement(SubElement(table, "thead"), "tr"), "th", head, alignments, inline)
    body = SubElement(table, "tbody") if len(rows) > 2 else table
    padding = _PADDING
    for number, row in enumerate(rows[2:], 2):
        missing = min(len(head) - len(row), padding) if len(row) < len(head) else 0
        padding -= missing
        line = SubElement(body, "tr")
        _append_row(line, "td", row[: len(head)] + [""] * missing, alignments, inline)
        anchor(line, block.row_ids.get(number, ""))
    if any(len(row) > len(head) for row in rows[2:]):
        _append_more(parent, [row[len(head) :] for row in rows[2:] if len(row) > len(head)], inline)


def _append_row(line: Element, tag: str, cells: list[str], alignments: list[str], inline: Inline) -> None:
    for column, text in enumerate(cells):
        cell = SubElement(line, tag)
        if column < len(alignments) and alignments[column]:
            cell.set("class", f"vn-{alignments[column]}")
        if text:
            inline.render(cell, text)


def _append_more(parent: Element, rows: list[list[str]], inline: Inline) -> None:
    """Append the cells that a table has no column for: a line for each row."""
    more = SubElement(parent, "p", {"class": "vn-table-more"})
    for number, row in enumerate(rows):
        if number:
            SubElement(more, "br")
        inline.render(more, " | ".join(row))


def _alignment(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return "center" if left and right else "right" if right else ""
