"""The cells of tables (GitHub Flavored Markdown, section 4.10)."""

from __future__ import annotations

from .inline import Context, tokenize
from .tokens import Token


def split_row(row: str, tokens: list[Token]) -> list[str]:
    """Split a row with these `tokens` at its bars, but those inside tokens, into its cells."""
    cells = []
    first = len(row) - len(row.lstrip())
    last = len(row.rstrip())
    start = first + 1 if row.startswith("|", first) else first
    position = start
    for token in [*tokens, None]:
        end = token.start if token else last
        while (bar := row.find("|", position, end)) >= 0:
            cells.append(row[start:bar])
            start = position = bar + 1
        position = max(position, token.end if token else end)
    if row[start:last].strip():
        cells.append(row[start:last])
    return [cell.strip().replace("\\|", "|") if "`" in cell else cell.strip() for cell in cells]


def row_cells(row: str, context: Context) -> list[str]:
    """Return the cells of a row."""
    return split_row(row, tokenize(row, context))
