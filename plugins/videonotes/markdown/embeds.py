"""Embeds: what `![[note#section]]` puts in its place."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.block_ids import find_block
from ..core.blocks import Container, Kind, Leaf
from ..core.embeds import DEEPEST
from ..core.names import fold
from ..core.note import Note
from ..core.resolve import Resolved
from ..core.scan import Reading
from ..core.sentences import embeds_file, plain
from ..core.tokens import WikilinkToken
from .view import View


def embeddable(view: View, token: WikilinkToken) -> Note | None:
    """Return the note that `token` embeds; `None` for a file, a cycle, what is missing, too deep or too much."""
    if embeds_file(token.target) or len(view.chain) >= DEEPEST or not view.budget.has_room():
        return None
    collection = view.site.collection
    answer = collection.resolve(view.note.path, token.target, token.fragment)
    if not isinstance(answer, Resolved) or answer.path in (*view.chain, view.note.path, view.page.path):
        return None
    return collection.note(answer.path)


def section(reading: Reading, fragment: str) -> Sequence[Container | Leaf]:
    """Return the blocks of a section or the block that `fragment` names; without one, all."""
    blocks = reading.document.root.children
    if not fragment:
        return blocks
    if fragment.startswith("^"):
        block = find_block(reading.document.root, fragment[1:].strip().lower())
        return blocks if block is None else [block]
    wanted = fold(fragment.rpartition("#")[2])
    for start, block in enumerate(blocks):
        if (
            isinstance(block, Leaf)
            and block.kind is Kind.HEADING
            and fold(plain(block.text, reading.context)) == wanted
        ):
            for end in range(start + 1, len(blocks)):
                other = blocks[end]
                if isinstance(other, Leaf) and other.kind is Kind.HEADING and other.level <= block.level:
                    return blocks[start:end]
            return blocks[start:]
    return blocks
