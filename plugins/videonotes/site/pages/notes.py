"""The page of a note: what stands around its text, and the further pages of its backlinks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ...core.moments import length as video_length
from ...core.note import Note
from ...core.terms import plain_spellings
from ...core.timestamps import LONGEST, clock
from ...core.youtube import watch_url
from ..catalog import Catalog
from ..urls import PageLink, Url, make_pager, neighbours
from .credit import credit
from .generated_page import GeneratedPage
from .mentions import Entry, Mentions, arrange, mentions_page, pages_of

SIBLINGS = 8
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
NEAR = 15
"""Seconds within which another note's moment is "also at this moment"."""

STRIP = 30
"""Ticks that a coverage strip has room for: moments that are nearer to each other are one.

At its full width each has 24 pixels, the least that WCAG 2.2 wants of a target (2.5.8).
"""


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment on a coverage strip: at `x` from its start, `seconds` into the video, which may be `beyond` its end."""

    x: int
    seconds: int
    label: str
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """Where in the video a note's moments are. `length` is that of the video, `known` or its last moment."""

    video: str
    ticks: tuple[Tick, ...]
    moments: int
    length: str
    known: bool


@dataclass(frozen=True, slots=True)
class NoteVideo:
    """The video a note was taken from: its page `url`, on YouTube `href`."""

    id: str
    url: str
    href: str
    title: str
    length: str
    gone: bool


@dataclass(frozen=True, slots=True)
class RelatedLink:
    """A related note, and what both mention."""

    url: str
    title: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteContext:
    """Everything that the page of a note shows around its text."""

    path: str
    title: str
    lang: str
    channel: str
    date: str
    spellings: str
    draft: bool
    credit: str
    source: NoteVideo | None
    strip: Strip | None
    siblings: tuple[PageLink, ...]
    more_siblings: int
    also: str
    mentions: Mentions
    related: tuple[RelatedLink, ...]


@dataclass(frozen=True, slots=True)
class BacklinksContext:
    """A further page of the backlinks of the note at `path`."""

    path: str
    title: str
    mentions: Mentions


def _date(catalog: Catalog, note: Note) -> str:
    video = catalog.collection.video(note.video)
    return (note.date or (video.published if video else ""))[:10]


def backlinks(catalog: Catalog, note: Note) -> list[Entry]:
    """Return the notes that link to this one, in the order they are shown in."""
    found = catalog.collection.backlinks(note.path)
    return arrange(catalog, ((link.path, link.links) for link in found)) if not note.unlisted else []


def backlink_paths(catalog: Catalog, note: Note) -> list[str]:
    """Return the source paths of the pages of a note's backlinks; the first is the note itself."""
    total = pages_of(catalog.backlink_count.get(note.path, 0))
    folder = note.channel if catalog.is_hub(note) else note.path.removesuffix(".md")
    return [note.path, *(f"{folder}/linked-from/{number}.md" for number in range(2, total + 1))]


def own_mentions(catalog: Catalog, note: Note, url: Url, number: int = 1) -> Mentions:
    """Return page `number` of the backlinks of a note."""
    paths = backlink_paths(catalog, note)
    return mentions_page(catalog, backlinks(catalog, note), number, url, make_pager(paths, number, url))


def note_crumbs(catalog: Catalog, note: Note, *, video: bool = True) -> tuple[tuple[str, str], ...]:
    """Return the path and title of each page above a note's: home, its channel, its video."""
    crumbs = [("", "Home")]
    channel = catalog.channels.get(note.channel)
    if channel and channel.hub != note.path:
        crumbs.append((channel.hub, channel.title))
    if video and not note.unlisted and (path := catalog.video_path(note.video)):
        crumbs.append((path, catalog.video_title(note.video)))
    return tuple(crumbs)


def note_context(note: Note, catalog: Catalog, url: Url) -> NoteContext:
    """Return the context of a note's page."""
    collection = catalog.collection
    siblings = [path for path in collection.notes_on(note.video) if path != note.path]
    if note.unlisted:
        siblings = []
    near = sorted(siblings, key=lambda path: (-catalog.backlink_count.get(path, 0), path))[:SIBLINGS]
    return NoteContext(
        path=note.path,
        title=note.title,
        lang=note.lang,
        channel=note.channel,
        date=_date(catalog, note),
        spellings=" ".join(plain_spellings(f"{note.title}\n{note.sentences.text}")),
        draft=note.draft,
        credit=credit(note),
        source=_source(catalog, note, url),
        strip=_strip(catalog, note),
        siblings=catalog.note_links(near, url),
        more_siblings=len(siblings) - len(near),
        also=_also(catalog, note, near),
        mentions=own_mentions(catalog, note, url),
        related=()
        if note.unlisted
        else tuple(
            RelatedLink(url(found.path), collection.note(found.path).title, found.reasons)
            for found in catalog.related(note.path)
        ),
    )


def _also(catalog: Catalog, note: Note, siblings: list[str]) -> str:
    """Return what siblings say near the note's moments, which are numbers of base 36: `SECONDS.HITS SECONDS.HITS …`.

    A hit is two digits of base 36: the number of the sibling, and how many seconds it is after `NEAR` seconds before.
    """
    seconds_of = catalog.collection.seconds
    own = seconds_of.get(note.path, ())
    found: dict[int, list[str]] = {}
    for number, path in enumerate(siblings):
        others = (-NEAR - 1, *seconds_of.get(path, ()), 2 * LONGEST)
        for seconds in own:
            place = bisect_left(others, seconds, 1)
            before, after = seconds - others[place - 1], others[place] - seconds
            if before <= NEAR or after <= NEAR:
                found.setdefault(seconds, []).append(
                    f"{number}{_DIGITS[NEAR + (-before if before <= after else after)]}"
                )
    return " ".join(f"{_base36(seconds)}.{''.join(found[seconds])}" for seconds in sorted(found))


def _base36(number: int) -> str:
    high, low = divmod(number, 36)
    return (_base36(high) if high else "") + _DIGITS[low]


def _source(catalog: Catalog, note: Note, url: Url) -> NoteVideo | None:
    if not note.video:
        return None
    path = "" if note.unlisted else catalog.video_path(note.video)
    video = catalog.collection.video(note.video)
    title = video.title if video and video.title else f"YouTube video {note.video}"
    gone = bool(video and video.status == "gone")
    return NoteVideo(
        note.video, url(path) if path else "", watch_url(note.video), title, video.length if video else "", gone
    )


def _strip(catalog: Catalog, note: Note) -> Strip | None:
    collection = catalog.collection
    found = collection.moments(note.path)
    end = video_length(collection, note.video) or (found[-1] if found else 0)
    if not found or not end:
        return None
    ticks: dict[int, Tick] = {}
    for seconds in found:
        beyond = seconds > end
        x = STRIP if beyond else 1 + seconds * (STRIP - 2) // end
        ticks.setdefault(x, Tick(x, seconds, clock(seconds), beyond))
    known = collection.duration(note.video) is not None
    return Strip(note.video, tuple(ticks.values()), len(found), clock(end), known)


def backlink_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Yield the further pages of every note with more backlinks than fit on its page."""
    for note in catalog.collection.notes:
        paths = [] if note.unlisted else backlink_paths(catalog, note)
        for number in range(2, len(paths) + 1):
            crumbs = (*note_crumbs(catalog, note, video=False), (note.path, note.title))

            def context(url: Url, path: str = note.path, number: int = number) -> BacklinksContext:
                note = catalog.collection.note(path)
                return BacklinksContext(path, note.title, own_mentions(catalog, note, url, number))

            yield GeneratedPage(
                path=paths[number - 1],
                title=f"Notes that link to {note.title}, page {number}",
                template="backlinks",
                context=context,
                compare_whole=False,
                listed=False,
                prev_next=neighbours(paths, number),
                channel=note.channel,
                crumbs=crumbs,
            )
