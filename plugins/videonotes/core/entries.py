"""The sentences of a note with its links and timestamps, each of which knows those around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from .note import Timestamp, Wikilink
from .sentences import PlainText, dash_after, split_sentences, without_dash


class Entries:
    """What is collected of a note, piece by piece, in the order of the text."""

    def __init__(self) -> None:
        self.links: list[Wikilink] = []
        self.stamps: list[Timestamp] = []
        self.sentences: list[str] = []

    def add(self, place: Callable[[int], tuple[int, int]], content: PlainText, heading: int) -> None:
        """Add the text of a piece below heading number `heading`; `place` tells line and column of its offsets."""
        starts, sentences = split_sentences(content.text)
        first_stamp = len(self.stamps)
        stamp_sentences = self._add_stamps(place, content, heading, starts, sentences)
        self._add_links(place, content, heading, starts, stamp_sentences, first_stamp)
        self.sentences.extend(sentences)

    def _add_stamps(
        self,
        place: Callable[[int], tuple[int, int]],
        content: PlainText,
        heading: int,
        starts: list[int],
        sentences: list[str],
    ) -> list[int]:
        """Add the stamps of a piece; return the number of the sentence in the piece that each belongs to."""
        base = len(self.sentences)
        found = []
        for position, start, stamp in content.stamps:
            at = max(bisect_left(starts, position) - 1, 0)
            while at and not sentences[at]:
                at -= 1
            if (dash := dash_after(content.text, position)) >= 0:
                at = bisect_right(starts, dash) - 1
                sentences[at] = without_dash(sentences[at])
            found.append(at)
            self.stamps.append(
                Timestamp(
                    *place(start),
                    stamp.end - stamp.start,
                    stamp.data,
                    stamp.label,
                    stamp.video,
                    stamp.written,
                    stamp.bare,
                    base + at,
                    heading,
                    stamp.usual,
                )
            )
        return found

    def _add_links(
        self,
        place: Callable[[int], tuple[int, int]],
        content: PlainText,
        heading: int,
        starts: list[int],
        stamp_sentences: list[int],
        first_stamp: int,
    ) -> None:
        """Add the links of a piece, each with the nearest stamp: that of its sentence, else the next, else the last."""
        base = len(self.sentences)
        ordinals: dict[int, int] = {}
        for position, start, link in content.links:
            at = max(bisect_right(starts, position) - 1, 0)
            ordinal = ordinals.get(at, 0)
            ordinals[at] = ordinal + 1
            moment = -1
            if stamp_sentences:
                following = bisect_left(stamp_sentences, at)
                moment = first_stamp + min(following, len(stamp_sentences) - 1)
            self.links.append(
                Wikilink(
                    *place(start),
                    link.end - link.start,
                    link.target,
                    link.fragment,
                    link.label,
                    link.embed,
                    base + at,
                    ordinal,
                    heading,
                    moment,
                    link.mended,
                )
            )
