"""Private notes: which links lead to them, and what of a text's frontmatter, comments and tags names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from .brackets import INSIDE_WIKILINK
from .files import FileIndex
from .index import build_index
from .note import Note
from .redirects import Moves, collect_redirects
from .resolve import ChannelFolder, Hidden, Resolved, make_resolver
from .sentences import embeds_file, is_relative
from .wikilinks import separated, split_target

PRIVATE = "a private note"
"""The words for a link without a label."""

_WIKILINK = re.compile(rf"!?\[\[({INSIDE_WIKILINK})\]\]")
_LINK = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^()<>\s]+))[^()]*\)")
_ATTRIBUTE = re.compile(r"\s(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_DEFINITION = re.compile(
    r"\[(?!\^)(?:[^\[\]\\\n]|\\.)+\]:[ \t]*(?:\n[ \t]*)?(?:<([^<>\n]*)>|([^<\s]\S*))"
    r"(?:[ \t]*(?:\n[ \t]*)?(?:\"[^\"]*\"|'[^']*'|\([^()]*\))(?=[ \t]*(?:\n|\Z)))?"
)
_SAFE_LABEL = re.compile(r"\w[\w ,.’'-]*\Z")
"""A label that means nothing in YAML and in HTML."""


class Edit(NamedTuple):
    """That a text reads otherwise from `start` up to `end`."""

    start: int
    end: int
    text: str = ""


class PrivateNotes:
    """The private notes of a collection: those at the paths `private` among `notes` and ordinary `pages`.

    Links are resolved with them included, so that one that means a private note never leads to another one.
    `places` are the paths of all files.
    """

    def __init__(
        self, notes: Iterable[Note], pages: Iterable[Note], private: frozenset[str], places: Iterable[str], moves: Moves
    ) -> None:
        notes, pages = tuple(notes), tuple(pages)
        redirects, _ = collect_redirects(notes, pages, moves)
        index = build_index(notes, redirects, pages)
        self.private = private
        self._moved = {redirect.old for redirect in redirects if redirect.path in private}
        self._resolve = make_resolver(index)
        self._files = FileIndex(places, index.moved)
        self._channels = {note.channel for note in notes if note.path not in private}

    def moves(self, moves: Moves) -> Moves:
        """Return moves without those to and from private notes."""
        entries = moves.entries or {}
        gone = self.private | self._moved
        return replace(moves, entries={old: entry for old, entry in entries.items() if old not in gone})

    def is_meant(self, path: str, target: str, fragment: str, *, embed: bool) -> bool:
        """Return whether the wikilink with these parts, in the note at `path`, means a private note."""
        if not target or (embed and embeds_file(target) and self._files.find(path, target)):
            return False
        answer = self._resolve(path, target, fragment)
        if isinstance(answer, ChannelFolder):
            return answer.channel not in self._channels  # nothing in it has a page
        return isinstance(answer, Resolved | Hidden) and answer.path in self.private

    def is_address(self, path: str, href: str) -> bool:
        """Return whether the address of a Markdown link, in the note at `path`, leads to a private note."""
        href = href.strip()
        address = href.partition("#")[0].partition("?")[0]
        if not address or not is_relative(href):
            return False
        found = self._files.find(path, address)
        return found in self.private if found else self.is_meant(path, unquote(address), "", embed=False)

    def may_be_named(self, note: Note, text: str) -> bool:
        """Return whether anything in the `text` of a note may lead to a private one."""
        path = note.path
        return (
            any(self.is_meant(path, link.target, link.fragment, embed=link.embed) for link in note.links)
            or any(self.is_address(path, reference.href) for reference in note.references)
            or next(self.loose_edits(path, text, 0, len(text)), None) is not None
            or next(self.definition_edits(path, text, 0), None) is not None
        )

    def loose_edits(self, path: str, text: str, start: int, end: int) -> Iterator[Edit]:
        """Yield the edits of a part of a text that no parser of links reads: frontmatter, comments, raw tags."""
        for match in _WIKILINK.finditer(text, start, end):
            parts = separated(match[1])
            if self.is_meant(path, *split_target(parts[0].strip()), embed=match[0][0] == "!"):
                label = parts[-1].strip() if len(parts) > 1 else ""
                yield Edit(*match.span(), label if _SAFE_LABEL.match(label) else PRIVATE)
        for match in _LINK.finditer(text, start, end):
            if self.is_address(path, match[1] or match[2] or ""):
                yield Edit(match.start() + 1, match.end())
        for match in _ATTRIBUTE.finditer(text, start, end):
            if self.is_address(path, match[1] or match[2] or match[3] or ""):
                yield Edit(*match.span())

    def definition_edits(self, path: str, text: str, start: int) -> Iterator[Edit]:
        """Yield the edits that take the definitions of links to private notes out of a text."""
        for match in _DEFINITION.finditer(text, start):
            if self.is_address(path, match[1] or match[2] or ""):
                yield Edit(*match.span())
