"""The graph of the notes: where every link leads, what links to a note, which notes are wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .names import file_name, fold, slug, unique, words
from .note import Note, Wikilink
from .resolve import Missing, Resolution, Resolved, Resolver

WANTED_BY = 2
"""Notes that must ask for a name before it gets a stub page (note-format.md, section 2)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """The link number `link` of the note at `path`."""

    path: str
    link: int


@dataclass(frozen=True, slots=True)
class Backlink:
    """That the note at `path` links to another: by `links`, their numbers in that note."""

    path: str
    links: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name without a note. `notes` ask for it in `mentions`; `slug` names its stub page."""

    key: str
    title: str
    slug: str
    mentions: tuple[Mention, ...]
    notes: int

    @property
    def has_stub(self) -> bool:
        """Whether enough notes ask for it that it gets a page."""
        return self.notes >= WANTED_BY


@dataclass(frozen=True, slots=True)
class Graph:
    """`resolutions` answer the links of a note, by its path, in their order; `backlinks` are by the
    path of the note that is linked to, `wanted` by the key of the name that is missed.
    """

    resolutions: Mapping[str, tuple[Resolution, ...]]
    backlinks: Mapping[str, tuple[Backlink, ...]]
    wanted: Mapping[str, Wanted]


def build_graph(
    notes: Iterable[Note],
    resolve: Resolver,
    is_file: Callable[[Note, Wikilink, Resolution], bool] = lambda *_: False,
    pages: Iterable[Note] = (),
) -> Graph:
    """Resolve every link of `notes` and of the ordinary `pages`, which are neither backlinks nor do they want a name.

    `is_file` tells of a link whether it leads to a file, and not to a note.
    """
    resolutions: dict[str, tuple[Resolution, ...]] = {}
    incoming: dict[str, dict[str, list[int]]] = {}
    mentions: dict[str, list[Mention]] = {}
    by_path = {note.path: note for note in notes}
    for note in (*by_path.values(), *pages):
        resolutions[note.path] = tuple(resolve(note.path, link.target, link.fragment) for link in note.links)
    for note in by_path.values():
        if note.unlisted:
            continue
        for number, (link, answer) in enumerate(zip(note.links, resolutions[note.path], strict=True)):
            if is_file(note, link, answer):
                continue
            if isinstance(answer, Missing) and not link.mended:
                mentions.setdefault(answer.key, []).append(Mention(note.path, number))
            elif isinstance(answer, Resolved) and answer.path != note.path and answer.path in by_path:
                incoming.setdefault(answer.path, {}).setdefault(note.path, []).append(number)
    backlinks = {
        path: tuple(Backlink(source, tuple(numbers)) for source, numbers in sorted(sources.items()))
        for path, sources in incoming.items()
    }
    return Graph(resolutions, backlinks, _wanted(mentions, by_path))


def _wanted(mentions: Mapping[str, list[Mention]], notes: Mapping[str, Note]) -> dict[str, Wanted]:
    """Return the names that notes mention and none has, in their order."""
    taken = {"index", "readme", "page"}
    wanted = {}
    for key in sorted(mentions):
        found = tuple(mentions[key])
        asking = len({mention.path for mention in found})
        title = _title(key, [notes[mention.path].links[mention.link] for mention in found])
        name = unique(file_name(slug(key.replace("_", "-"), "note")), taken) if asking >= WANTED_BY else ""
        wanted[key] = Wanted(key, title, name, found, asking)
    return wanted


def _title(key: str, links: list[Wikilink]) -> str:
    """Return how a wanted name is written: as the label that says the same, else as its target."""
    labels = Counter(link.label for link in links if fold(link.label) == key and "<" not in link.label)
    if labels:
        return max(labels, key=lambda label: (labels[label], label))
    targets = Counter(link.target for link in links)
    written = max(targets, key=lambda target: ("_" not in target, targets[target], target))
    return words(written)
