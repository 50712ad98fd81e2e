"""The index of concepts: A to Z, the names that are wanted, and a page for each that several notes want."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ...core.alphabet import heading_order, letter, order
from ...core.names import fold, slug
from ..catalog import Catalog, counted
from ..urls import PageLink, Pager, Url, make_pager, neighbours, page_paths
from .generated_page import GeneratedPage
from .mentions import SENTENCES, Entry, Mentions, arrange, mentions_page, pages_of

PER_PAGE = 500
WANTED_PER_PAGE = 200
MOST_LINKED = 60
LABELS = 8
_ASKING = 3


@dataclass(frozen=True, slots=True)
class Concept:
    """An entry of the index. `path` is that of its page, `links` how many notes link to it.

    `of` is the title that an alias stands for; `channel` is given where a title stands twice.
    """

    title: str
    path: str
    links: int
    wanted: bool = False
    of: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A heading of the index: its name, the path and the number of its entries."""

    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class ConceptLink:
    """A concept on a page."""

    url: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class LetterLink:
    """A heading of the index, as a link; `current` where its page is shown."""

    url: str
    letter: Letter
    current: bool


@dataclass(frozen=True, slots=True)
class IndexContext:
    """The index of concepts, or with `name` a page of it."""

    name: str
    letters: tuple[LetterLink, ...]
    concepts: tuple[ConceptLink, ...]
    total: int
    wanted: PageLink
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class WantedName:
    """A name without a note: `url` of its page, if it has one, the notes that ask, and how many more do."""

    title: str
    url: str
    notes: int
    asking: tuple[PageLink, ...]


@dataclass(frozen=True, slots=True)
class WantedContext:
    """A page of the names without a note."""

    names: tuple[WantedName, ...]
    total: int
    pager: Pager | None


@dataclass(frozen=True, slots=True)
class StubContext:
    """The page of a wanted name: the labels under which it is asked for, the nearest notes, the mentions."""

    title: str
    labels: tuple[str, ...]
    nearest: tuple[PageLink, ...]
    mentions: Mentions


class Concepts:
    """The entries of the index, by heading, each list in its order."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        found = sorted(
            _concepts(catalog), key=lambda concept: (heading_order(letter(concept.title)), order(concept.title))
        )
        self.by_letter = {
            name: list(group) for name, group in groupby(found, key=lambda concept: letter(concept.title))
        }
        self.total = len(found)
        self.most_linked = sorted(
            (concept for concept in found if concept.links and not concept.of),
            key=lambda concept: (-concept.links, order(concept.title)),
        )[:MOST_LINKED]
        folder = catalog.folders.concepts
        self.letters = [
            Letter(name, f"{folder}/{slug(name.replace('–', '-'))}.md", len(found))
            for name, found in self.by_letter.items()
        ]
        self.wanted = sorted(catalog.collection.wanted.values(), key=lambda wanted: (-wanted.notes, wanted.key))

    def wanted_paths(self) -> list[str]:
        """Return the source paths of the pages of wanted names."""
        folder = self.catalog.folders.wanted
        return page_paths(self.catalog.folders.wanted_index, max(1, -(-len(self.wanted) // WANTED_PER_PAGE)), folder)


def _concepts(catalog: Catalog) -> Iterator[Concept]:
    collection = catalog.collection
    titles = Counter(fold(note.title) for note in catalog.listed())
    for note in catalog.listed():
        links = catalog.backlink_count.get(note.path, 0)
        channel = catalog.channel_title(note) if titles[fold(note.title)] > 1 else ""
        yield Concept(note.title, note.path, links, channel=channel)
        for alias in note.aliases:
            if fold(alias) != fold(note.title):
                yield Concept(alias, note.path, links, of=note.title)
    for wanted in collection.wanted.values():
        if wanted.has_stub:
            yield Concept(_capital(wanted.title), catalog.stub_path(wanted.slug), wanted.notes, wanted=True)


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def concept_pages(concepts: Concepts) -> Iterator[GeneratedPage]:
    """Yield the index, its pages by letter, and those of the wanted names."""
    catalog = concepts.catalog
    home = ("", "Home")
    index = (catalog.folders.concepts_index, "Concepts")
    yield GeneratedPage(
        path=index[0],
        title="Concepts",
        template="concepts",
        context=partial(_index, concepts),
        description=f"{counted(concepts.total, 'concept')} from A to Z.",
        crumbs=(home,),
    )
    for found in concepts.letters:
        paths = page_paths(found.path, -(-found.count // PER_PAGE))
        for number, path in enumerate(paths, 1):
            yield GeneratedPage(
                path=path,
                title=f"Concepts: {found.name}" + (f", page {number}" if number > 1 else ""),
                template="concepts",
                context=partial(_letter, concepts, found, paths, number),
                listed=number == 1,
                prev_next=neighbours(paths, number),
                crumbs=(home, index),
            )
    paths = concepts.wanted_paths()
    for number, path in enumerate(paths, 1):
        yield GeneratedPage(
            path=path,
            title="Wanted notes" + (f", page {number}" if number > 1 else ""),
            template="wanted",
            context=partial(_wanted, concepts, paths, number),
            description="Names that notes link to and that have no note yet." if number == 1 else "",
            listed=number == 1,
            prev_next=neighbours(paths, number),
            crumbs=(home, index),
        )


def _index(concepts: Concepts, url: Url) -> IndexContext:
    return IndexContext(
        "",
        tuple(LetterLink(url(found.path), found, False) for found in concepts.letters),
        tuple(ConceptLink(url(concept.path), concept) for concept in concepts.most_linked),
        concepts.total,
        PageLink(url(concepts.wanted_paths()[0]), f"{len(concepts.wanted):,}"),
        None,
    )


def _letter(concepts: Concepts, shown: Letter, paths: list[str], number: int, url: Url) -> IndexContext:
    found = concepts.by_letter[shown.name][(number - 1) * PER_PAGE : number * PER_PAGE]
    return IndexContext(
        shown.name,
        tuple(LetterLink(url(found.path), found, found == shown) for found in concepts.letters),
        tuple(ConceptLink(url(concept.path), concept) for concept in found),
        shown.count,
        PageLink(url(concepts.wanted_paths()[0]), f"{len(concepts.wanted):,}"),
        make_pager(paths, number, url),
    )


def _wanted(concepts: Concepts, paths: list[str], number: int, url: Url) -> WantedContext:
    catalog = concepts.catalog
    names = []
    for wanted in concepts.wanted[(number - 1) * WANTED_PER_PAGE : number * WANTED_PER_PAGE]:
        asking = list(dict.fromkeys(mention.path for mention in wanted.mentions))[:_ASKING]
        links = catalog.note_links(asking, url)
        page = url(catalog.stub_path(wanted.slug)) if wanted.has_stub else ""
        names.append(WantedName(_capital(wanted.title), page, wanted.notes, links))
    return WantedContext(tuple(names), len(concepts.wanted), make_pager(paths, number, url))


def stub_pages(concepts: Concepts) -> Iterator[GeneratedPage]:
    """Yield the pages of every name that several notes want."""
    catalog = concepts.catalog
    index = (catalog.folders.concepts_index, "Concepts")
    wanted_index = (concepts.wanted_paths()[0], "Wanted notes")
    for wanted in catalog.collection.wanted.values():
        if not wanted.has_stub:
            continue
        title = _capital(wanted.title)
        first = catalog.stub_path(wanted.slug)
        paths = page_paths(first, pages_of(wanted.notes))
        crumbs = (("", "Home"), index, wanted_index)
        for number, path in enumerate(paths, 1):
            yield GeneratedPage(
                path=path,
                title=title if number == 1 else f"{title}, page {number}",
                template="stub",
                context=partial(_stub, catalog, wanted.key, paths, number),
                compare_whole=False,
                description=f"{counted(wanted.notes, 'note', 'mention')} {wanted.title}." if number == 1 else "",
                listed=number == 1,
                prev_next=neighbours(paths, number),
                crumbs=crumbs,
            )


def _stub(
    catalog: Catalog,
    key: str,
    paths: list[str],
    number: int,
    url: Url,
) -> StubContext:
    wanted = catalog.collection.wanted[key]
    by_note: dict[str, list[int]] = {}
    labels: Counter[str] = Counter()
    for mention in wanted.mentions:
        by_note.setdefault(mention.path, []).append(mention.link)
        label = catalog.collection.note(mention.path).links[mention.link].label
        if label and "<" not in label and fold(label) != wanted.key:
            labels[label] += 1
    entries: list[Entry] = arrange(catalog, ((path, tuple(links)) for path, links in by_note.items()))
    near = catalog.nearest(wanted.title) if number == 1 else ()
    return StubContext(
        _capital(wanted.title),
        tuple(label for label, _ in sorted(labels.items(), key=lambda item: (-item[1], item[0]))[:LABELS]),
        catalog.note_links(near, url),
        mentions_page(catalog, entries, number, url, make_pager(paths, number, url), SENTENCES),
    )
