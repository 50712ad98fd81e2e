"""Related notes: those that lead to the same places, or call them the same, the rarer the better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log, sqrt

from .collection import Collection
from .names import fold
from .note import Note
from .resolve import Missing, Resolved

MOST = 6
"""Related notes of a note."""

_COMMON = 40  # what more notes than this share says nothing of two of them
_REASONS = 2


@dataclass(frozen=True, slots=True)
class Related:
    """A note that is related to another, because of what both mention: `reasons`, the rarest first."""

    path: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """What notes mention: `terms` by path, the notes by term in `notes`, how a term is written in `titles`."""

    terms: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]


def build_relations(collection: Collection) -> Relations:
    """Collect what the listed notes mention: the targets of their links, and the labels of these."""
    terms: dict[str, tuple[str, ...]] = {}
    notes: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for note in collection.notes:
        if note.unlisted or note.is_hub:
            continue
        own = dict.fromkeys(_terms(collection, note, titles))
        terms[note.path] = tuple(own)
        for term in own:
            notes.setdefault(term, []).append(note.path)
    return Relations(terms, {term: tuple(paths) for term, paths in notes.items() if 1 < len(paths) <= _COMMON}, titles)


def _terms(collection: Collection, note: Note, titles: dict[str, str]) -> Iterator[str]:
    """Yield what a note mentions: the path of a note, `?key` of a wanted one, `=label` of either; note their titles."""
    for link, answer in zip(note.links, collection.answers(note.path), strict=True):
        if isinstance(answer, Resolved):
            target = collection.note(answer.path)
            if target.is_hub or answer.path == note.path:
                continue
            term, title = answer.path, target.title
        elif isinstance(answer, Missing) and answer.key in collection.wanted:
            term, title = f"?{answer.key}", collection.wanted[answer.key].title
        else:
            continue
        titles.setdefault(term, title)
        yield term
        label = fold(link.label) if link.label and "<" not in link.label else ""
        if label and label != fold(title):
            titles.setdefault(f"={label}", link.label)
            yield f"={label}"


def related(collection: Collection, relations: Relations, note: Note) -> list[Related]:
    """Return the notes most related to `note`, the strongest first.

    Left out are those that its page leads to anyway: notes on the same video, those it links to
    and those that link to it.
    """
    own = relations.terms.get(note.path, ())
    known = {note.path, *own, *collection.notes_on(note.video)}
    known.update(backlink.path for backlink in collection.backlinks(note.path))
    total = len(relations.terms)
    shared = [(log(total / len(paths)) + 0.1, term, paths) for term in own if (paths := relations.notes.get(term))]
    scores: dict[str, float] = {}
    for weight, _, paths in shared:
        for path in paths:
            scores[path] = scores.get(path, 0.0) + weight
    for path in known:
        scores.pop(path, None)
    found = ((-score / sqrt(len(relations.terms[path])), path) for path, score in scores.items())
    rarest = sorted(shared, key=lambda term: (-term[0], term[1]))
    answer = []
    for _, path in nsmallest(MOST, found):
        reasons: dict[str, str] = {}
        for _, term, paths in rarest:
            if path in paths:
                reasons.setdefault(fold(relations.titles[term]), relations.titles[term])
                if len(reasons) == _REASONS:
                    break
        answer.append(Related(path, tuple(reasons.values())))
    return answer
