"""Mentions: the notes that link to a page, with the sentences that do, grouped by video and paged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...core.note import Note, around
from ..catalog import Catalog, Place, place
from ..urls import Pager, Url

PER_PAGE = 100
FOLDED = 10
"""Mentions that are shown at once; the others of a page are folded."""

SENTENCES = 3

Entry = tuple[str, tuple[int, ...]]
"""The path of a note, and the numbers of its links that are meant."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a link: `before`, the `label` of the link, `after`, and its moment."""

    before: str
    label: str
    after: str
    moment: Place | None


@dataclass(frozen=True, slots=True)
class QuotedMention:
    """A note that links to the page, and the sentences that do."""

    url: str
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions by notes on the same video, whose page is at `url`; hubs are a group of their own."""

    title: str
    url: str
    mentions: tuple[QuotedMention, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Those of one page of the list: `shown` at once, and `folded`, which are `more`; `total` counts all pages."""

    total: int
    shown: tuple[Group, ...]
    folded: tuple[Group, ...]
    more: int
    pager: Pager | None


def arrange(catalog: Catalog, entries: Iterable[Entry]) -> list[Entry]:
    """Return mentions in the order they are shown in: by video, the strongest first, hubs at the end."""
    groups: dict[tuple[bool, str], list[Entry]] = {}
    for entry in entries:
        note = catalog.collection.note(entry[0])
        groups.setdefault((catalog.is_hub(note), note.video), []).append(entry)

    def rank(item: tuple[tuple[bool, str], list[Entry]]) -> tuple[bool, int, str]:
        (is_hub, _), found = item
        return is_hub, -sum(len(links) for _, links in found), found[0][0]

    ordered: list[Entry] = []
    for _, found in sorted(groups.items(), key=rank):
        ordered += sorted(found, key=lambda entry: (-len(entry[1]), entry[0]))
    return ordered


def pages_of(mentions: int) -> int:
    """Return how many pages so many mentions take."""
    return max(1, -(-mentions // PER_PAGE))


def mentions_page(
    catalog: Catalog, entries: Sequence[Entry], number: int, url: Url, pager: Pager | None, sentences: int = 1
) -> Mentions:
    """Return page `number` (from 1) of arranged mentions, with at most so many `sentences` of each note.

    Only the first page is folded.
    """
    start = (number - 1) * PER_PAGE
    page = entries[start : start + PER_PAGE]
    fold = FOLDED if number == 1 else PER_PAGE
    shown = _groups(catalog, page[:fold], url, sentences)
    return Mentions(len(entries), shown, _groups(catalog, page[fold:], url, sentences), len(page[fold:]), pager)


def _groups(catalog: Catalog, entries: Iterable[Entry], url: Url, most: int) -> tuple[Group, ...]:
    groups: list[tuple[tuple[bool, str], list[QuotedMention]]] = []
    for path, links in entries:
        note = catalog.collection.note(path)
        key = catalog.is_hub(note), note.video
        if not groups or groups[-1][0] != key:
            groups.append((key, []))
        groups[-1][1].append(_mention(catalog, note, links, url, most))
    answer = []
    for (is_hub, video), mentions in groups:
        path = catalog.video_path(video)
        title = "Channels" if is_hub else catalog.video_title(video) if path else "Notes without a video"
        answer.append(Group(title, url(path) if path and not is_hub else "", tuple(mentions)))
    return tuple(answer)


def _mention(catalog: Catalog, note: Note, links: Iterable[int], url: Url, most: int) -> QuotedMention:
    sentences: dict[int, Sentence] = {}
    for number in links:
        link = note.links[number]
        if len(sentences) == most or link.sentence in sentences:
            continue
        before, label, after = around(catalog.collection.sentence(note, link.sentence), link.ordinal)
        if len((before + after).split()) > 2:  # in "From: [[hub]]" there is nothing to read
            sentences[link.sentence] = Sentence(before, label, after, _moment(catalog, note, link.moment))
    return QuotedMention(url(note.path), note.title, tuple(sentences.values()))


def _moment(catalog: Catalog, note: Note, number: int) -> Place | None:
    if number < 0:
        return None
    video, time = catalog.collection.time(note, number)
    return None if time.seconds is None else place(video, time.seconds)
