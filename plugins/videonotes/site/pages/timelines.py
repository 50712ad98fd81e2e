"""The timelines of videos: made once for all that shows them, divided into pages."""

from __future__ import annotations

from ...core.moments import Entry, Passage, timeline
from ...core.note import Note, spoken
from ..catalog import Catalog

PAGE = 150_000
"""Bytes of a page of a timeline, as estimated, at most."""

_MARKUP = 280  # bytes of a moment besides its sentence


class Timelines:
    """The timelines of videos. The last one is kept for what belongs to one page: its text and the files beside it.

    `chapters` are those of the same video, once they are known.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.last: tuple[str, list[Entry]] = ("", [])
        self.chapters: list[str] | None = None

    def make(self, video: str) -> list[Entry]:
        """Make the timeline of a video anew, for a page that begins: what a page reads must be read for it."""
        self.last, self.chapters = (video, timeline(self.catalog.collection, video)), None
        return self.last[1]

    def __call__(self, video: str) -> list[Entry]:
        """Return the timeline of a video, which its page has made."""
        return self.last[1] if self.last[0] == video else self.make(video)

    def page(self, video: str, number: int, total: int) -> tuple[list[Entry], int]:
        """Return page `number` (from 1) of `total`, and the last second of the page before, -1 on the first."""
        entries = self(video)
        size = -(-len(entries) // total)
        start = (number - 1) * size
        return entries[start : start + size], entries[start - 1].seconds[0] if 0 < start <= len(entries) else -1

    def count(self, video: str) -> int:
        """Return how many pages there are, from how much the notes say."""
        collection = self.catalog.collection
        most = 0
        for path in collection.notes_on(video):
            note = collection.note(path)
            sentences, simple = note.sentences, note.sentences.isascii()
            most += _MARKUP * len(note.stamps)
            for stamp in note.stamps:
                if simple or (sentence := sentences[stamp.sentence]).isascii():
                    most += sentences.size(stamp.sentence)
                else:
                    most += 3 * len(sentence)
        return max(1, -(-most // PAGE))


def section_of(note: Note, heading: int) -> str:
    """Return the text of heading number `heading` of a note, without brackets that were code in it; empty for -1."""
    return note.headings[heading].text.replace("[[", "").replace("]]", "") if heading >= 0 else ""


def said_text(catalog: Catalog, passage: Passage) -> str:
    """Return what a passage says, without marks; where it is a lone timestamp, its section."""
    return spoken(passage.text) or section_of(catalog.collection.note(passage.path), passage.heading)
