"""Tables (GitHub Flavored Markdown, section 4.10), none of whose cells gets lost."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from ..core.blocks import Leaf
from ..core.inline import Context, tokenize
from ..core.tokens import Token
from .html import append_text
from .inline import Inline


def append_table(parent: Element, block: Leaf, inline: Inline) -> None:
    """Append a table (GFM). Cells beyond the head are kept: nothing of a row is lost."""
    rows = [_cells(text, inline.context) for _, text in block.lines]
    alignments = [_alignment(cell) for cell, _ in rows[1]]
    columns = min(max(len(row) for row in rows), max(len(rows[0]), 64))
    table = SubElement(parent, "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    body = SubElement(table, "tbody") if len(rows) > 2 else None
    for number, row in enumerate(rows):
        if number == 1:
            continue
        line = head if number == 0 else SubElement(body if body is not None else table, "tr")
        for column in range(columns):
            cell = SubElement(line, "th" if number == 0 else "td")
            if column < len(alignments) and alignments[column]:
                cell.set("class", f"vn-{alignments[column]}")
            if column < len(row):
                inline.render(cell, *row[column])
        for text, tokens in row[columns:]:
            append_text(line[-1], " ")
            inline.render(line[-1], text, tokens)


def _cells(row: str, context: Context) -> list[tuple[str, list[Token] | None]]:
    """Split a row at its `|`, but those inside tokens."""
    row = row.strip()
    cells = []
    start = 1 if row.startswith("|") else 0
    tokens = tokenize(row, context) if start < len(row) else []
    position = start
    for token in [*tokens, None]:
        end = token.start if token else len(row)
        while (bar := row.find("|", position, end)) >= 0:
            cells.append(row[start:bar])
            start = position = bar + 1
        position = token.end if token else end
    if row[start:].strip():
        cells.append(row[start:])
    return [(cell.strip().replace("\\|", "|") if "`" in cell else cell.strip(), None) for cell in cells]


def _alignment(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return "center" if left and right else "right" if right else ""
