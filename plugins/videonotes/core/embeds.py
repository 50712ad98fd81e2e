"""How much a page may embed: notes in notes in notes are as many as their product."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .note import Note, Wikilink

DEEPEST = 3
"""Embeds inside each other; a deeper one is a link."""

MOST = 100
"""Embeds on a page, those inside others among them; further ones are links."""

MOST_CHARACTERS = 500_000
"""Characters of the notes that a page has read for its embeds, from which on further ones are links."""


class EmbedBudget:
    """What is left for the embeds of a page."""

    def __init__(self) -> None:
        self._embeds = self._characters = 0

    def has_room(self) -> bool:
        """Return whether the page may embed one note more."""
        return self._embeds < MOST and self._characters < MOST_CHARACTERS

    def take(self, text: str) -> None:
        """Count an embed, for which `text` was read."""
        self._embeds += 1
        self._characters += len(text)


class _Open(NamedTuple):
    """A note whose embeds are counted: how deep it stands, and the notes around it."""

    note: Note
    chain: tuple[str, ...]


def first_beyond(note: Note, embedded: Callable[[Note, int], Note | None]) -> Wikilink | None:
    """Return the embed of `note` with which its page has more than `MOST`, or `None`.

    `embedded` returns the note that link number `n` of a note embeds, if it does. Of a section, only the embed itself
    counts. No more than `MOST` embeds are looked at.
    """
    count = 0
    for number, link in enumerate(note.links):
        waiting = [(_Open(note, ()), number, link)]
        while waiting:
            (around, chain), at, inner = waiting.pop()
            target = embedded(around, at) if inner.embed else None
            if target is None or len(chain) >= DEEPEST or target.path in (*chain, around.path, note.path):
                continue
            count += 1
            if count > MOST:
                return link
            if not inner.fragment:
                inside = _Open(target, (*chain, around.path))
                waiting += [(inside, at, link) for at, link in enumerate(target.links) if link.embed]
    return None
