"""Raw tags: which closing tag belongs to which, in a text and in lines between blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..core.block_parser import DEEPEST
from ..core.blocks import Container, Kind, Leaf
from ..core.inline import Context, tokenize
from ..core.raw_tags import VOID_TAGS
from ..core.tokens import Tag, Token


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


@dataclass(slots=True)
class PairedTags:
    """A text and its tokens: `partner` has the index of the closing tag by that of its opening tag;
    the closing tags of `hidden` close nothing and are not spoken of.
    """

    text: str
    tokens: list[Token]
    partner: dict[int, int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


def pair_tags(text: str, tokens: list[Token]) -> PairedTags:
    """Pair the tags of a text. One that crosses another ends it; one without an end ends with the text."""
    paired = PairedTags(text, tokens)
    open_tags: list[tuple[int, str]] = []
    auto_closed: set[str] = set()
    for index, token in enumerate(tokens):
        if not isinstance(token, Tag) or token.name in VOID_TAGS:
            continue
        if not token.closing:
            open_tags.append((index, token.name))
            continue
        lowest = max(len(open_tags) - DEEPEST, 0)
        depth = next((n for n in range(len(open_tags) - 1, lowest - 1, -1) if open_tags[n][1] == token.name), None)
        if depth is None:
            if token.name in auto_closed or not is_prose(text, token):
                paired.hidden.add(index)
            continue
        paired.partner[open_tags[depth][0]] = index
        auto_closed.update(name for _, name in open_tags[depth + 1 :])
        del open_tags[depth:]
    return paired


def is_prose(text: str, token: Token) -> bool:
    """Return whether a closing tag without its beginning is spoken of, and not a leftover."""
    before, after = (
        text[max(token.start - 40, 0) : token.start].rstrip(" \n"),
        text[token.end : token.end + 40].lstrip(" \n"),
    )
    return bool(before and after) and before[-1].isalnum()
