"""What the texts of notes show, where one page alone does not tell whether that is right."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from .built import Built, Fault
from .links import fold, sidecars
from .literals import meant_literals
from .source import read_text
from .words import missing_lines


def text_faults(built: Built) -> Iterator[Fault]:
    """Yield what is wrong with the texts of the notes."""
    yield from _hubs(built)
    yield from _literals(built)
    yield from _pictures(built)
    yield from _origins(built)


def _hubs(built: Built) -> Iterator[Fault]:
    """For hubs: every line of the text is on one of the pages."""
    texts: dict[str, list[str]] = {}
    for fact in built.facts.values():
        if fact.is_hub and fact.source:
            texts.setdefault(fact.source, []).append(fact.text)
    titled = {video for video, entry in sidecars(built.docs).items() if entry.get("title")}
    for path, shown in texts.items():
        source = read_text(Path(built.docs, path))
        missing = missing_lines(source, shown, titled)
        if missing:
            yield path, "words", f"{len(missing)} lines missing: {missing[0][:120]}"


def _literals(built: Built) -> Iterator[Fault]:
    """Markup that is shown as text, unless the note means it so; on other pages, unless any source does."""
    everywhere: set[tuple[str, str]] | None = None
    for page, fact in built.facts.items():
        for literal in fact.literals:
            key = (literal.sign, literal.key)
            if key in fact.meant:
                continue
            if not (literal.own and fact.source):
                if everywhere is None:
                    everywhere = _meant(built)
                if key in everywhere:
                    continue
            yield page, literal.rule, literal.shown


def _meant(built: Built) -> set[tuple[str, str]]:
    files = built.docs.rglob("*.md")
    return {key for file in files for key in meant_literals(read_text(file))}


def _pictures(built: Built) -> Iterator[Fault]:
    """No note has a reader's browser ask a third party unasked, unless the option says that it may."""
    if built.images == "link":
        for page, fact in built.facts.items():
            yield from ((page, "picture", f"it is fetched from elsewhere: {url[:120]}") for url in fact.pictures)


def _origins(built: Built) -> Iterator[Fault]:
    """For a first line `From: [[channel]]` that is not shown: the breadcrumbs say it, and lead there."""
    for page, fact in built.facts.items():
        target, _, label = fact.origin.partition("|")
        if target and not any(
            _is_hub(built, built.target(page, link) or "", posixpath.dirname(fact.source))
            and (not label.strip() or fold(label) == fold(shown))
            for link, shown in fact.crumbs
        ):
            yield page, "words", f"its breadcrumbs do not say: From {target.strip()}"


def _is_hub(built: Built, page: str, folder: str) -> bool:
    """Return whether `page` is that of the channel in `folder`, written or generated."""
    source = built.facts[page].source if page in built.facts else ""
    at, place = (posixpath.dirname(source), folder) if source else (fold(posixpath.dirname(page)), fold(folder))
    return page in built.facts and at == place
