"""The pages of a channel: its videos with their notes, in several orders, paged; and what its author wrote."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from ...core.alphabet import order
from ...core.inline import Context
from ...core.names import words
from ...core.note import Note
from ...core.resolve import Resolved
from ...core.sentences import plain
from ...core.youtube import watch_url
from ..catalog import Catalog, Channel
from ..urls import Pager, Url, make_pager, neighbours, page_paths
from .credit import credit
from .generated_page import GeneratedPage
from .mentions import Mentions
from .notes import own_mentions

PAGE = 240
"""Videos and notes, counted together, on one page of a hub."""

NOTES = 60
"""Notes of one video on a hub; its own page lists all of them."""

_ONLY_LINKS = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*(?:!?\[\[[^\[\]\n]*\]\][\s,;·]*)+(?:<br\s*/?>)?\s*")


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A note below its video: a wanted one has no page unless it is a stub, then `url` is empty."""

    url: str
    title: str
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class HubVideo:
    """A video on a hub. `url` is its page; where it has no notes, it is empty and `href` leads to YouTube."""

    url: str
    href: str
    title: str
    date: str
    length: str
    moments: int
    notes: tuple[NoteLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort a hub: its label, the URL of its first page, whether the page is in this order."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class HubContext:
    """Everything that a page of a hub shows. `path` is the source of the hub, empty if it is generated."""

    path: str
    title: str
    lang: str
    draft: bool
    credit: str
    number: int
    channel: Channel
    videos: tuple[HubVideo, ...]
    orders: tuple[Order, ...]
    pager: Pager | None
    mentions: Mentions | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A video of a channel, or its notes without one (`video` is empty): the links of the hub below it
    first, by their numbers, then the paths of all other notes.
    """

    video: str
    title: str
    date: str
    listed: tuple[int, ...]
    notes: tuple[str, ...]
    backlink_count: int


def listed_below(hub: Note) -> dict[str, list[int]]:
    """Return the numbers of the links that a hub lists below each video, in the author's order."""
    found: dict[str, list[int]] = {heading.video: [] for heading in hub.headings if heading.video}
    for number, link in enumerate(hub.links):
        video = hub.headings[link.heading].video if link.heading >= 0 else ""
        if video:
            found[video].append(number)
    return found


def own_words(source: str, body: int, hub: Note) -> str:
    """Return the text of a hub without the sections that say no more than its list of videos does:
    a heading that links to a video, and wikilinks.
    """
    if not hub.headings:
        return source[body:]
    first = source.count("\n", 0, body) + 1
    lines = source[body:].split("\n")
    starts = [heading.line - first for heading in hub.headings]
    kept: list[str] = []
    position = 0
    for heading, start, end in zip(hub.headings, starts, [*starts[1:], len(lines)], strict=True):
        kept += lines[position:start]
        position = start
        # A heading may take two lines, the second one its underline.
        below = lines[start + 1 : end]
        if heading.video and all(not line.strip() or _ONLY_LINKS.fullmatch(line) for line in below):
            position = end
    return "\n".join([*kept, *lines[position:]])


class Hub:
    """The list of a channel: its items, their orders, how they are divided into pages."""

    def __init__(self, catalog: Catalog, channel: Channel, notes: list[Note]) -> None:
        self.catalog = catalog
        self.channel = channel
        self.note = catalog.collection.note(channel.hub) if channel.written else None
        items = self._items(notes)
        dated = any(item.date for item in items)
        listed = bool(self.note and any(item.listed for item in items))
        titled = sorted(items, key=lambda item: (not item.video, order(item.title)))
        linked = sorted(titled, key=lambda item: (not item.video, -item.backlink_count))
        self.orders: list[tuple[str, str, list[_Item]]] = []
        if dated:
            self.orders.append(
                ("Newest", "", sorted(items, key=lambda item: (bool(item.date), item.date), reverse=True))
            )
        elif listed:
            self.orders.append(("As listed", "", items))
        if len(items) > 1:
            self.orders.append(("Title", "by-title" if self.orders else "", titled))
            self.orders.append(("Most linked", "by-links", linked))
        elif not self.orders:
            self.orders.append(("Title", "", titled))
        self.lists = [_divide(found) for _, _, found in self.orders]

    def _items(self, notes: list[Note]) -> list[_Item]:
        catalog = self.catalog
        collection = catalog.collection
        listed = listed_below(self.note) if self.note else {}
        below: dict[str, list[Note]] = {video: [] for video in listed}
        if self.note and self.note.video:
            below.setdefault(self.note.video, [])
        for note in notes:
            below.setdefault(note.video, []).append(note)
        items = []
        for video, found in below.items():
            links = listed.get(video, [])
            named = set()
            if self.note:
                answers = collection.answers(self.note.path)
                named = {answer.path for number in links if isinstance(answer := answers[number], Resolved)}
            paths = tuple(note.path for note in found if note.path not in named)
            backlink_count = sum(catalog.backlink_count.get(path, 0) for path in {*paths, *named})
            known = collection.video(video)
            title = catalog.video_title(video) if video else "Notes without a video"
            items.append(_Item(video, title, known.published if known else "", tuple(links), paths, backlink_count))
        return sorted(items, key=lambda item: not item.video)

    def paths(self, order_number: int) -> list[str]:
        """Return the source paths of the pages of an order."""
        folder = self.orders[order_number][1]
        total = len(self.lists[order_number])
        if folder:
            return page_paths(posixpath.join(self.channel.path, f"{folder}.md"), total)
        return page_paths(self.channel.hub, total, self.channel.path)

    def context(self, url: Url, order_number: int, number: int) -> HubContext:
        """Return what page `number` (from 1) of an order shows."""
        channel, note = self.channel, self.note
        first = order_number == 0 and number == 1
        orders = (
            tuple(
                Order(label, url(self.paths(other)[0]), other == order_number)
                for other, (label, _, _) in enumerate(self.orders)
            )
            if len(self.orders) > 1
            else ()
        )
        return HubContext(
            path=note.path if note else "",
            title=channel.title,
            lang=note.lang if note else "",
            draft=bool(note and note.draft),
            credit=credit(note) if note else "",
            number=number if order_number == 0 else 0,
            channel=channel,
            videos=tuple(self._video(item, url) for item in self.lists[order_number][number - 1]),
            orders=orders,
            pager=make_pager(self.paths(order_number), number, url),
            mentions=own_mentions(self.catalog, note, url) if first and note else None,
        )

    def _video(self, item: _Item, url: Url) -> HubVideo:
        catalog = self.catalog
        collection = catalog.collection
        links = [*(self._listed(number, url) for number in item.listed)]
        links += [NoteLink(url(path), collection.note(path).title) for path in item.notes]
        path = catalog.video_path(item.video)
        video = collection.video(item.video)
        moments = sum(len(collection.note(path).stamps) for path in collection.notes_on(item.video))
        return HubVideo(
            url(path) if path else "",
            watch_url(item.video) if item.video else "",
            item.title,
            item.date,
            video.length if video else "",
            moments,
            tuple(links[:NOTES]) if path else tuple(links),
            max(0, len(links) - NOTES) if path else 0,
        )

    def _listed(self, number: int, url: Url) -> NoteLink:
        assert self.note is not None
        collection = self.catalog.collection
        link = self.note.links[number]
        answer = collection.answers(self.note.path)[number]
        label = plain(link.label, Context(False)) if link.label else ""
        if isinstance(answer, Resolved):
            return NoteLink(url(answer.path), label or collection.note(answer.path).title)
        label = label or words(link.target.rpartition("/")[2])
        stub = self.catalog.stub_of(answer)
        return NoteLink(url(stub) if stub else "", label, wanted=True)


def _divide(items: list[_Item]) -> list[list[_Item]]:
    """Divide items into pages. Many notes without a video are items of their own."""
    pages: list[list[_Item]] = [[]]
    room = PAGE
    for item in items:
        for part in _parts(item):
            size = 1 + min(len(part.listed) + len(part.notes), NOTES)
            if pages[-1] and size > room:
                pages.append([])
                room = PAGE
            pages[-1].append(part)
            room -= size
    return pages


def _parts(item: _Item) -> Iterator[_Item]:
    if item.video or len(item.notes) <= NOTES:
        yield item
        return
    for start in range(0, len(item.notes), NOTES):
        yield _Item("", item.title, "", item.listed if not start else (), item.notes[start : start + NOTES], 0)


def make_hubs(catalog: Catalog) -> dict[str, Hub]:
    """Return the hub of every channel, by the source path of its first page."""
    by_channel: dict[str, list[Note]] = {}
    for note in catalog.listed():
        by_channel.setdefault(note.channel, []).append(note)
    return {channel.hub: Hub(catalog, channel, by_channel.get(path, [])) for path, channel in catalog.channels.items()}


def hub_pages(hubs: dict[str, Hub]) -> Iterator[GeneratedPage]:
    """Yield every page of the hubs that has no source."""
    for hub in hubs.values():
        channel = hub.channel
        for order_number, (label, _, _) in enumerate(hub.orders):
            paths = hub.paths(order_number)
            for number, path in enumerate(paths, 1):
                first = order_number == 0 and number == 1
                if first and channel.written:
                    continue
                crumbs = (("", "Home"),) if first else (("", "Home"), (channel.hub, channel.title))
                named = f"{channel.title}, by {label.lower()}" if order_number else channel.title
                yield GeneratedPage(
                    path=path,
                    title=named if number == 1 else f"{named}, page {number}",
                    template="hub",
                    context=partial(hub.context, order_number=order_number, number=number),
                    description=channel.description if first else "",
                    listed=first,
                    canonical="" if order_number == 0 else channel.hub,
                    prev_next=neighbours(paths, number),
                    channel=channel.path,
                    crumbs=crumbs,
                )
