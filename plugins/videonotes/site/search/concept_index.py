"""The concept index: what everything is called, in small files that a browser finds by the beginning of a word.

A file is named after a prefix. It holds the names with a word that begins so, unless these are more
than `MOST`: then it holds the strongest of them and the names that need this very word to be found,
and longer prefixes have files of their own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...core.alphabet import without_marks
from ...core.names import fold, squash
from ...core.note import Note, unmarked
from ...core.resolve import ChannelFolder, Resolved
from ...core.terms import name_terms
from ..build import Build
from ..catalog import Catalog

MOST = 150
"""Names in one file, but for those whose rarest word is the file's own prefix."""

TOP = 24
_LONGEST = 80
_SPELLED = 4
_WORD = re.compile(rf"[^\W\d_]{{{_SPELLED},24}}")
"""Letters from which a word is offered for one that is misspelled."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a name leads: its URL from the root of the site, how many notes link there.

    `kind` is note, video, wanted, channel or page; `channel` the folder of its channel.
    """

    url: str
    title: str
    kind: str
    links: int
    channel: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a target is called, and by how many links it is called so."""

    text: str
    target: Target
    count: int


def collect_names(build: Build) -> list[Name]:
    """Return every name of the site, the strongest first: titles, aliases, wanted names, labels of links."""
    catalog = build.catalog
    targets = dict(_targets(build))
    found: dict[tuple[str, str], Name] = {}

    def add(text: str, path: str, count: int) -> None:
        target = targets.get(path)
        key = (squash(text), path)
        if target and key[0] and key not in found and len(text) <= max(_LONGEST, len(target.title)):
            found[key] = Name(text, target, count)

    for path, target in targets.items():
        add(target.title, path, target.links)
    for note in catalog.listed():
        for alias in note.aliases:
            add(alias, note.path, catalog.backlink_count.get(note.path, 0))
    for (path, label), count in _labels(catalog).items():
        add(label, path, count)
    return sorted(found.values(), key=_rank)


def _rank(name: Name) -> tuple[int, int, bool, str, str]:
    target = name.target
    return -name.count, -target.links, name.text != target.title, name.text, target.url


def _targets(build: Build) -> Iterator[tuple[str, Target]]:
    catalog, urls = build.catalog, build.urls
    for channel in catalog.channels.values():
        yield channel.hub, Target(urls[channel.hub], channel.title, "channel", channel.notes, channel.path)
    for video in catalog.collection.on_video:
        if catalog.collection.videos[video].title:
            path = catalog.video_path(video)
            yield path, Target(urls[path], catalog.video_title(video), "video", 0, "")
    for note in catalog.listed():
        backlink_count = catalog.backlink_count.get(note.path, 0)
        yield note.path, Target(urls[note.path], note.title, "note", backlink_count, note.channel)
    for page in catalog.collection.pages:
        if page.path in urls and not page.unlisted:
            yield page.path, Target(urls[page.path], page.title, "page", 0, "")
    for concepts in build.pages.concepts.by_letter.values():
        for concept in concepts:
            if concept.wanted:
                yield concept.path, Target(urls[concept.path], concept.title, "wanted", concept.links, "")


def _labels(catalog: Catalog) -> Mapping[tuple[str, str], int]:
    """Return how many links call the page at a path by a label, by `(path, label as most write it)`."""
    written: dict[tuple[str, str], Counter[str]] = {}
    for note in catalog.collection.notes:
        if note.unlisted:
            continue
        for link, answer in zip(note.links, catalog.collection.answers(note.path), strict=True):
            if not link.label or link.embed:
                continue
            if isinstance(answer, Resolved):
                path = answer.path
            elif isinstance(answer, ChannelFolder):
                path = catalog.channels[answer.channel].hub
            else:
                path = catalog.stub_of(answer)
            if path and path != note.path:
                label = plain(link.label)
                written.setdefault((path, fold(label)), Counter())[label] += 1
    return {
        (path, max(labels, key=lambda label: (labels[label], label))): labels.total()
        for (path, _), labels in written.items()
    }


def plain(label: str) -> str:
    """Return a label of a link without marks of code and emphasis."""
    return " ".join(unmarked(label).replace("`", "").replace("**", "").split())


@dataclass(frozen=True, slots=True)
class ConceptNames:
    """Every name of the site, how they are divided into files, and in how many notes and names a word stands.

    `files` are, by prefix, the numbers of the names, and how many names have a word that is not shown in full.
    """

    names: list[Name]
    files: Mapping[str, tuple[list[int], dict[str, int]]]
    words: Mapping[str, Mapping[str, int]]


def divide_names(names: list[Name], texts: Mapping[str, int]) -> ConceptNames:
    """Divide names, the strongest first, into files; `texts` says in how many notes a word stands."""
    terms = [name_terms(name.text) for name in names]
    by_word: dict[str, list[int]] = {}
    for number, words in enumerate(terms):
        for word in words:
            by_word.setdefault(word, []).append(number)
    rarest: dict[str, list[int]] = {}
    for number, words in enumerate(terms):
        if words:
            rarest.setdefault(min(words, key=lambda word: (len(by_word[word]), word)), []).append(number)
    return ConceptNames(names, dict(_shards(by_word, rarest)), _spellings(by_word, texts))


def concept_files(concepts: ConceptNames, ids: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the JSON text of each file of the index, and those of the words of a first letter.

    `ids` are what the full text calls the pages, by their URLs.
    """
    for prefix, (numbers, totals) in concepts.files.items():
        yield file_name(prefix), _shard([concepts.names[number] for number in numbers], totals, ids)
    for letter, known in concepts.words.items():
        yield f"words-{file_name(letter)}", json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def file_name(prefix: str) -> str:
    """Return how the file of a prefix is called: beyond ASCII by numbers; `_` since Windows has no file `con`."""
    return f"{prefix}_" if prefix.isascii() else "-".join(f"{ord(char):x}" for char in prefix) + "_u"


def _shards(
    by_word: Mapping[str, list[int]], rarest: Mapping[str, list[int]]
) -> Iterator[tuple[str, tuple[list[int], dict[str, int]]]]:
    """Yield each prefix with the numbers of its names, and how many names have a word that is not shown in full."""
    open_ = [("", sorted(by_word))]
    while open_:
        prefix, words = open_.pop()
        every = {number for word in words for number in by_word[word]}
        if prefix and len(every) <= MOST:
            yield prefix, (sorted(every), {})
            continue
        longer = _by_next_letter(prefix, words)
        if prefix:
            whole = by_word.get(prefix, [])
            others = every.difference(whole)
            shown = {*whole[:MOST], *rarest.get(prefix, ()), *sorted(others)[: MOST // 2]}
            yield prefix, (sorted(shown), {prefix: len(whole)} if whole else {})
            # A letter that all words have next, where it makes no word, would make the same file again.
            while len(longer) == 1 and prefix not in by_word and (further := next(iter(longer))) not in by_word:
                prefix, longer = further, _by_next_letter(further, words)
        open_ += longer.items()


def _by_next_letter(prefix: str, words: Iterable[str]) -> dict[str, list[str]]:
    """Return the words that are longer than a prefix by their beginnings that are one letter longer than it."""
    found: dict[str, list[str]] = {}
    for word in words:
        if word != prefix:
            found.setdefault(word[: len(prefix) + 1], []).append(word)
    return found


def _shard(names: Iterable[Name], totals: dict[str, int], ids: Mapping[str, str]) -> str:
    """Return a file: its targets once, then its names as `[target, count, name]`, without a name that is the title."""
    targets: dict[Target, int] = {}
    rows: list[list[int | str]] = []
    for name in names:
        number = targets.setdefault(name.target, len(targets))
        rows.append([number, name.count] if name.text == name.target.title else [number, name.count, name.text])
    data = {
        "targets": [
            [target.url, target.title, target.kind, target.links, target.channel, ids.get(target.url, "")]
            for target in targets
        ],
        "names": rows,
        "totals": totals,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _spellings(by_word: Mapping[str, list[int]], texts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return how many names and notes have each word, by its first letter."""
    counts = Counter({word: len(found) for word, found in by_word.items() if len(word) >= _SPELLED and word.isalpha()})
    counts.update({word: count for word, count in texts.items() if count > 1 or word in counts})
    found: dict[str, dict[str, int]] = {}
    for word in sorted(counts):
        found.setdefault(word[0], {})[word] = counts[word]
    return found


def text_words(notes: Iterable[Note]) -> Mapping[str, int]:
    """Return in how many notes each longer word stands, folded."""
    written: Counter[str] = Counter()
    for note in notes:
        written.update(set(_WORD.findall(note.sentences.text.lower())))
    counts: Counter[str] = Counter()
    for word, count in written.items():
        counts[without_marks(word)] += count
    return counts


def top_names(names: Iterable[Name]) -> list[list[str | int]]:
    """Return the most linked notes, as a reader who has not typed yet is shown them."""
    best = sorted(
        {name.target for name in names if name.target.kind in ("note", "wanted")},
        key=lambda target: (-target.links, target.title, target.url),
    )
    return [[target.url, target.title, target.kind, target.links, target.channel, ""] for target in best[:TOP]]


def channel_titles(catalog: Catalog) -> dict[str, str]:
    """Return the titles of the channels by their folders."""
    return {channel.path: channel.title for channel in catalog.channels.values()}
