"""Block ids: `^id` at the end of a block, or on a line of its own below it, names the block (Obsidian)."""

from __future__ import annotations

import re

from .blocks import Container, Kind, Leaf

_MARK = r"\^([A-Za-z0-9-]{1,64})[ \t]*"
_ALONE = re.compile(rf"{_MARK}\Z")
_AT_END = re.compile(rf"[ \t]{_MARK}\Z")
_ROW_END = re.compile(rf"[ \t]{_MARK}(?=\|?[ \t]*\Z)")
_LONGEST = 72
"""Characters of the longest mark, with the bar of a row behind it."""

_NAMED = frozenset({Kind.PARAGRAPH, Kind.FENCE, Kind.CODE, Kind.TABLE, Kind.MATH, Kind.PRE})
"""The leaves that a line of its own may name."""


def take_block_ids(parent: Container) -> None:
    """Give the blocks below `parent` their ids, and take the marks out of their text."""
    kept: list[Container | Leaf] = []
    for child in parent.children:
        if isinstance(child, Container):
            take_block_ids(child)
        elif child.kind is Kind.TABLE:
            _take_row_ids(child)
        elif child.kind is Kind.PARAGRAPH:
            before = kept[-1] if kept else None
            if len(child.lines) == 1 and before and _may_be_named(before) and (mark := _ALONE.match(child.lines[0][1])):
                before.identifier = mark[1]
                continue
            _take_last_mark(child)
        kept.append(child)
    if len(kept) < len(parent.children):
        parent.children[:] = kept


def _may_be_named(block: Container | Leaf) -> bool:
    return not block.identifier and (isinstance(block, Container) or block.kind in _NAMED)


def _take_last_mark(paragraph: Leaf) -> None:
    offset, text = paragraph.lines[-1]
    if "^" not in text[-_LONGEST:]:
        return
    if len(paragraph.lines) > 1 and (mark := _ALONE.match(text)):
        paragraph.lines.pop()
    elif mark := _AT_END.search(text, max(0, len(text) - _LONGEST)):
        paragraph.lines[-1] = offset, text[: mark.start()]
    else:
        return
    paragraph.identifier = mark[1]


def _take_row_ids(table: Leaf) -> None:
    for number, (offset, row) in enumerate(table.lines):
        if number > 1 and "^" in row[-_LONGEST:] and (mark := _ROW_END.search(row, max(0, len(row) - _LONGEST))):
            table.lines[number] = offset, row[: mark.start()] + " " * len(mark[0]) + row[mark.end() :]
            table.row_ids[number] = mark[1]


def find_block(parent: Container, identifier: str) -> Container | Leaf | None:
    """Return the block below `parent` that is marked `^identifier` (in lower case): an item or a row alone."""
    for child in parent.children:
        if child.identifier.lower() == identifier:
            is_item = parent.kind == "item" and child is parent.children[0]
            return parent if is_item else child
        if isinstance(child, Leaf):
            for number, name in child.row_ids.items():
                if name.lower() == identifier:
                    return Leaf(Kind.TABLE, [*child.lines[:2], child.lines[number]])
        elif found := find_block(child, identifier):
            return _with_list(child, found)
    return None


def _with_list(parent: Container, found: Container | Leaf) -> Container | Leaf:
    """Put an item that was found in a list of its own."""
    if parent.kind != "list" or not isinstance(found, Container) or found.kind != "item":
        return found
    return Container("list", [found], number=found.number, sign=parent.sign, loose=parent.loose)


def block_ids(parent: Container) -> set[str]:
    """Return the ids of all blocks below `parent`, in lower case."""
    found: set[str] = set()
    for child in parent.children:
        if child.identifier:
            found.add(child.identifier.lower())
        if isinstance(child, Container):
            found |= block_ids(child)
        else:
            found.update(name.lower() for name in child.row_ids.values())
    return found
