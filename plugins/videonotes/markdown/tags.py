"""Lines of raw tags: which of them enclose the blocks between them."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.block_parser import DEEPEST
from ..core.blocks import Container, Kind, Leaf
from ..core.inline import Context, tokenize
from ..core.tokens import Tag


def pair_tag_lines(blocks: Sequence[Container | Leaf], context: Context) -> dict[int, list[tuple[Tag, bool]]]:
    """Return, by the index of a line of tags, its tags and whether each has a partner."""
    lines: dict[int, list[tuple[Tag, bool]]] = {}
    stack: list[tuple[Tag, int, int]] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Container) or block.kind is not Kind.TAGS:
            continue
        line = lines[index] = []
        for token in tokenize(block.text, context):
            if not isinstance(token, Tag):
                continue
            line.append((token, False))
            if token.name == "hr":
                continue
            if not token.closing:
                if len(stack) < DEEPEST:
                    stack.append((token, index, len(line) - 1))
                continue
            names = [tag.name for tag, _, _ in stack]
            if token.name in names:
                at = len(names) - 1 - names[::-1].index(token.name)
                tag, other, place = stack[at]
                lines[other][place] = (tag, True)
                line[-1] = (token, True)
                del stack[at:]
    return lines
