"""The home: how much there is, the channels, what most notes lead to, the newest, and a random note."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from ..catalog import Catalog, Channel
from ..urls import PageLink, Url
from .concepts import ConceptLink, Concepts
from .generated_page import GeneratedPage

NEWEST = 12
LINKED = 24
RANDOM_NOTES = 120
"""Notes on one page of random notes; a browser picks the page first, then the note."""


@dataclass(frozen=True, slots=True)
class Card:
    """A channel on the home."""

    url: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class NewVideo:
    """A video on the home, with the day it was published."""

    url: str
    title: str
    channel: str
    date: str
    notes: int


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What the home shows. `random` is the URL of the first of `random_pages` pages of random notes."""

    notes: int
    videos: int
    channels: int
    moments: int
    cards: tuple[Card, ...]
    concepts: tuple[ConceptLink, ...]
    newest: tuple[NewVideo, ...]
    others: tuple[PageLink, ...]
    all_concepts: str
    search: str
    random: str
    random_pages: int


@dataclass(frozen=True, slots=True)
class RandomNotesContext:
    """A page of random notes: the browser takes one of them."""

    notes: tuple[PageLink, ...]
    next: str


def count_random_pages(catalog: Catalog) -> int:
    """Return how many pages of random notes there are."""
    return -(-catalog.total // RANDOM_NOTES)


def random_path(catalog: Catalog, number: int = 1) -> str:
    """Return the source path of a page of random notes, from 1; empty where there are none."""
    return f"{catalog.folders.concepts}/chance/{number}.md" if catalog.total else ""


def random_note_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Yield the pages of random notes: all notes, shuffled, the same way in every build."""

    def shuffled(path: str) -> bytes:
        return hashlib.blake2b(path.encode(), digest_size=8).digest()

    paths = sorted((note.path for note in catalog.listed()), key=shuffled)
    pages = [random_path(catalog, number) for number in range(1, count_random_pages(catalog) + 1)]
    for number, page in enumerate(pages):
        own = paths[number * RANDOM_NOTES : (number + 1) * RANDOM_NOTES]

        def context(url: Url, own: list[str] = own, number: int = number) -> RandomNotesContext:
            following = pages[(number + 1) % len(pages)]
            return RandomNotesContext(catalog.note_links(own, url), url(following))

        yield GeneratedPage(
            path=page,
            title="A random note",
            template="random",
            context=context,
            listed=False,
            crumbs=(("", "Home"),),
        )


def home_context(catalog: Catalog, concepts: Concepts, url: Url) -> HomeContext:
    """Return the context of the home."""
    collection = catalog.collection
    listed = list(catalog.listed())
    dated = [video for video in collection.on_video if collection.videos[video].published]
    dated.sort(key=lambda video: (collection.videos[video].published, video), reverse=True)
    newest = []
    for video in dated[:NEWEST]:
        paths = collection.notes_on(video)
        channel = catalog.channel_title(collection.note(paths[0]))
        date = collection.videos[video].published
        newest.append(NewVideo(url(catalog.video_path(video)), catalog.video_title(video), channel, date, len(paths)))
    linked = [concept for concept in concepts.most_linked if not concept.wanted][:LINKED]
    random = random_path(catalog)
    return HomeContext(
        notes=len(listed),
        videos=len(collection.on_video),
        channels=len(catalog.channels),
        moments=sum(len(note.stamps) for note in collection.notes if not note.unlisted),
        cards=tuple(Card(url(channel.hub), channel) for channel in catalog.channels.values()),
        concepts=tuple(ConceptLink(url(concept.path), concept) for concept in linked),
        newest=tuple(newest),
        others=tuple(PageLink(url(note.path), note.title) for note in listed if not note.channel)[:LINKED],
        all_concepts=url(catalog.folders.concepts_index),
        search=url(catalog.folders.search_page),
        random=url(random) if random else "",
        random_pages=count_random_pages(catalog),
    )
