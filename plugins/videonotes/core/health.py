"""What became of the wikilinks of a note: each has one state, so that the counts of all states add up."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from .collection import Collection
from .note import Note, Wikilink
from .resolve import Ambiguous, ChannelFolder, Hidden, Resolution, Resolved, Rung
from .sentences import embeds_file


class LinkState(StrEnum):
    """What became of a wikilink."""

    EXACT = "exact"
    HEALED = "healed"
    AMBIGUOUS = "ambiguous"
    HUB = "to a generated hub"
    HIDDEN = "to an unlisted note"
    FILE = "to a file"
    WANTED = "wanted"


EXACT_RUNGS = frozenset({Rung.SELF, Rung.PATH, Rung.EXACT_HERE, Rung.EXACT, Rung.ALIAS, Rung.FOLDER})
"""The rungs on which a link says what the note is called; a link that another one answers is healed."""


def link_states(collection: Collection, note: Note) -> Iterator[tuple[Wikilink, Resolution, LinkState]]:
    """Yield the wikilinks of a note, in their order, with what they lead to and what became of them."""
    for link, answer in zip(note.links, collection.answers(note.path), strict=True):
        yield link, answer, _state(collection, note, link, answer)


def _state(collection: Collection, note: Note, link: Wikilink, answer: Resolution) -> LinkState:
    if link.embed and embeds_file(link.target):
        return LinkState.FILE
    if isinstance(answer, Ambiguous):
        return LinkState.AMBIGUOUS
    if isinstance(answer, Resolved):
        return LinkState.EXACT if answer.rung in EXACT_RUNGS else LinkState.HEALED
    if isinstance(answer, ChannelFolder):
        return LinkState.HUB
    if isinstance(answer, Hidden):
        return LinkState.HIDDEN
    return LinkState.FILE if collection.attachment(note.path, link) else LinkState.WANTED
