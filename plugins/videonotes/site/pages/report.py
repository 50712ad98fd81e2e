"""The report: the health of the notes, a row for each channel, and the largest notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from heapq import nsmallest

from ...core.alphabet import order
from ...core.duplicates import duplicates
from ...core.health import LinkState, link_states
from ...core.note import Note
from ...core.repair import Outcome
from ..catalog import Catalog
from ..urls import Url
from .generated_page import GeneratedPage

REPORT_PAGE = "report.md"
"""The path that stands for the report."""

LARGEST = 10

_WIDTH = 1000
"""The width of a bar in the units of its picture."""
_SLIVER = 12
"""The least width of a part that is there at all."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: its head, and what is counted."""

    label: str
    about: str


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns with a head in common."""

    label: str
    columns: tuple[Column, ...]


GROUPS = (
    ColumnGroup(
        "Notes",
        (
            Column("notes", "that lists show, without the pages of channels"),
            Column("no video", "notes that name no video"),
            Column("orphans", "notes that no other note links to"),
            Column("repeated", "notes that nearly repeat another one, by title or by contents"),
        ),
    ),
    ColumnGroup(
        "Wikilinks",
        (
            Column("links", "all of them, those of the pages of channels and of unlisted notes, too"),
            Column("exact", "they say a name, a path or an alias as it is"),
            Column("healed", "they were found by a title, by the end of a path, or with another spelling"),
            Column("ambiguous", "two notes were equally near; one was taken"),
            Column("elsewhere", "to a file, the page of a channel that nobody wrote, or an unlisted note"),
            Column("wanted", "no note has that name"),
        ),
    ),
    ColumnGroup(
        "Timestamps",
        (
            Column("stamps", "all of them, bare times in brackets, too"),
            Column(str(Outcome.WRITTEN), "their time is what they say"),
            Column(str(Outcome.REPAIRED), "written as hours and minutes, read as minutes and seconds"),
            Column(str(Outcome.LABEL), "only the label has a time"),
            Column(str(Outcome.INVALID), "no time, past the end of the video, or no video"),
        ),
    ),
)
_COLUMNS = tuple(column.label for group in GROUPS for column in group.columns)

_LINK_COLUMNS = {
    LinkState.EXACT: "exact",
    LinkState.HEALED: "healed",
    LinkState.AMBIGUOUS: "ambiguous",
    LinkState.HUB: "elsewhere",
    LinkState.HIDDEN: "elsewhere",
    LinkState.FILE: "elsewhere",
    LinkState.WANTED: "wanted",
}
_BARS = (
    ("links", "wikilinks", (("found", "exact", "elsewhere"), ("healed", "healed", "ambiguous"), ("wanted", "wanted"))),
    ("stamps", "timestamps", (("good", "as written"), ("repaired", "repaired", "from label"), ("invalid", "invalid"))),
)
"""The bars of a row: the column of all, what is counted, and the three parts, each with its columns."""
_KINDS = ("good", "mended", "bad")

_Counts = Counter[str]
"""The numbers of a row, by the labels of their columns."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A part of a bar: `good`, `mended` or `bad`, where it begins and how wide it is."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row. `numbers` are in the order of the columns; `found` is how many of a thousand links are not wanted.

    `bars` are those of the links and the timestamps, `shares` says the same in words.
    """

    title: str
    url: str
    numbers: tuple[int, ...]
    found: int
    bars: tuple[tuple[BarPart, ...], ...]
    shares: str


@dataclass(frozen=True, slots=True)
class LargeNote:
    """A note with how many timestamps and links it has."""

    url: str
    title: str
    channel: str
    stamps: int
    links: int


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the report shows. `pages` are the numbers of pages by what they show."""

    groups: tuple[ColumnGroup, ...]
    rows: tuple[ReportRow, ...]
    total: ReportRow
    largest: tuple[LargeNote, ...]
    pages: tuple[tuple[str, int], ...]


def report_page(catalog: Catalog, generated: Mapping[str, GeneratedPage]) -> GeneratedPage:
    """Return the report. It counts the `generated` pages when it is shown."""
    return GeneratedPage(
        path=REPORT_PAGE,
        title="Health of the notes",
        template="report",
        context=partial(_report, catalog, generated),
        listed=False,
        crumbs=(("", "Home"),),
    )


def _report(catalog: Catalog, generated: Mapping[str, GeneratedPage], url: Url) -> ReportContext:
    found = _count(catalog)
    rows = []
    for path, counts in found.items():
        channel = catalog.channels.get(path)
        title, address = (channel.title, url(channel.hub)) if channel else ("No channel", "")
        rows.append(_row(title, address, counts))
    rows.sort(key=lambda row: (-row.numbers[0], order(row.title), row.url))
    return ReportContext(
        groups=GROUPS,
        rows=tuple(rows),
        total=_row("All", "", sum(found.values(), _Counts())),
        largest=_largest(catalog, url),
        pages=_pages(catalog, generated.values()),
    )


def _count(catalog: Catalog) -> dict[str, _Counts]:
    """Return the numbers of each channel, by its path; under `""` those of the notes that have none."""
    collection, channels = catalog.collection, catalog.channels
    found = {path: _Counts() for path in channels}
    for note in collection.notes:
        # No list names the channel of notes that are all unlisted.
        channel = note.channel if note.channel in channels else ""
        counts = found.setdefault(channel, _Counts())
        _count_links_and_stamps(catalog, note, counts)
        if note.unlisted or catalog.is_hub(note):
            continue
        counts["notes"] += 1
        counts["no video"] += not note.video
        counts["orphans"] += not collection.backlinks(note.path)
    for note, _, _ in duplicates(collection):
        found[note.channel if note.channel in channels else ""]["repeated"] += 1
    return found


def _count_links_and_stamps(catalog: Catalog, note: Note, counts: _Counts) -> None:
    counts["links"] += len(note.links)
    counts["stamps"] += len(note.stamps)
    for _, _, state in link_states(catalog.collection, note):
        counts[_LINK_COLUMNS[state]] += 1
    for time in catalog.collection.times[note.path]:
        counts[str(time.outcome)] += 1


def _row(title: str, url: str, counts: _Counts) -> ReportRow:
    bars, said = [], []
    for everything, what, parts in _BARS:
        sizes = [sum(counts[column] for column in columns) for _, *columns in parts]
        bars.append(_bar(sizes))
        if counts[everything]:
            shares = (f"{_share(size, sum(sizes))} {name}" for size, (name, *_) in zip(sizes, parts, strict=True))
            said.append(f"{what}: {', '.join(shares)}")
    links = counts["links"]
    return ReportRow(
        title,
        url,
        tuple(counts[label] for label in _COLUMNS),
        (links - counts["wanted"]) * 1000 // links if links else -1,
        tuple(bars),
        "; ".join(said),
    )


def _bar(sizes: list[int]) -> tuple[BarPart, ...]:
    """Return the parts of a bar. Those that are there can be seen, at the cost of the largest."""
    total = sum(sizes)
    if not total:
        return ()
    widths = [max(_SLIVER, size * _WIDTH // total) if size else 0 for size in sizes]
    largest = sizes.index(max(sizes))
    widths[largest] += _WIDTH - sum(widths)
    parts, x = [], 0
    for kind, width in zip(_KINDS, widths, strict=True):
        if width:
            parts.append(BarPart(kind, x, width))
        x += width
    return tuple(parts)


def _share(part: int, whole: int) -> str:
    """Return a share in percent: `0%` and `100%` are nothing and all."""
    share = round(100 * part / whole)
    if share == 0 and part:
        return "under 1%"
    return "over 99%" if share == 100 and part < whole else f"{share}%"


def _largest(catalog: Catalog, url: Url) -> tuple[LargeNote, ...]:
    notes = nsmallest(LARGEST, catalog.listed(), key=lambda note: (-len(note.stamps) - len(note.links), note.path))
    return tuple(
        LargeNote(url(note.path), note.title, catalog.channel_title(note), len(note.stamps), len(note.links))
        for note in notes
    )


_PAGES = {
    "hub": "channel pages",
    "video": "video pages",
    "concepts": "concept pages",
    "stub": "wanted names",
    "wanted": "wanted lists",
    "backlinks": "more mentions",
    "random": "random notes",
}
"""What generated pages show, by their templates; the others are one page each."""


def _pages(catalog: Catalog, generated: Iterable[GeneratedPage]) -> tuple[tuple[str, int], ...]:
    collection = catalog.collection
    kinds = Counter(_PAGES.get(page.template, "other") for page in generated)
    written = sum(channel.written for channel in catalog.channels.values())
    kinds[_PAGES["hub"]] += written
    kinds["notes"] = len(collection.notes) - written
    own_home = collection.find("index.md") or collection.find("README.md")
    kinds["other"] += len(collection.pages) + (own_home is None)
    return tuple((name, kinds[name]) for name in ("notes", *_PAGES.values(), "other") if kinds[name])
