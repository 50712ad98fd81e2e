"""A whole site: its pages in parallel, then the links between them."""

from __future__ import annotations

import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .built import Built
from .links import Source, read_source, sidecars
from .literals import meant_literals
from .page import PageFacts, read_page
from .private import private_names, without_lost_links
from .rules import RULES
from .source import read_text
from .whole import whole_faults
from .words import joined_headings, missing_words, source_words, split_origin, words


@dataclass(frozen=True, slots=True, order=True)
class Failure:
    """That `page` breaks `rule`."""

    page: str
    rule: str
    detail: str

    def __post_init__(self) -> None:
        assert self.rule in RULES, self.rule

    def __str__(self) -> str:
        return f"{self.page}: {self.rule}: {self.detail}"


@dataclass(slots=True)
class Result:
    """What was read, and what is wrong with it."""

    pages: int = 0
    notes: int = 0
    links: int = 0
    words: int = 0
    failures: list[Failure] = field(default_factory=list)

    def by_rule(self) -> dict[str, int]:
        """Return how many failures each rule has."""
        return dict(sorted(Counter(failure.rule for failure in self.failures).items()))

    def as_dict(self) -> dict[str, object]:
        """Return everything as plain data."""
        return {**asdict(self), "by_rule": self.by_rule()}


@dataclass(frozen=True, slots=True)
class _Job:
    site: str
    page: str
    docs: str
    durations: Mapping[str, int]
    private: frozenset[str]


def verify_site(site: Path, docs: Path | None = None, workers: int | None = None) -> Result:
    """Check every page of the built `site`. `docs` is the folder of its notes: where it is not
    given, the one that `videonotes.json` in the site names. Raises `FileNotFoundError`.
    """
    report = json.loads((site / "videonotes.json").read_text("utf-8"))
    docs = docs or site / report["docs"]
    if not docs.is_dir():
        raise FileNotFoundError(f"the folder of the notes is not at {docs}")
    files = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = [file for file in files if file.endswith(".html")]
    count = workers if workers is not None else os.cpu_count() or 1
    result = Result(pages=len(pages))
    facts, sources = _read(site, docs, pages, count, result)
    result.notes = len(sources)
    images = str(report.get("images", "link"))
    for page, rule, detail in whole_faults(Built(site, docs, set(files), facts, sources, images)):
        result.failures.append(Failure(page, rule, detail))
    if not result.notes or result.notes != report["notes"]:
        detail = f"{report['notes']} notes were read, {result.notes} have a page"
        result.failures.append(Failure("videonotes.json", "words", detail))
    result.failures.sort()
    return result


def _read(
    site: Path, docs: Path, pages: list[str], workers: int, result: Result
) -> tuple[dict[str, PageFacts], dict[str, Source]]:
    """Read pages and the sources of their notes, by their paths; add to the result what they show by themselves."""
    durations = _durations(docs)
    private = private_names(docs, set(pages))
    jobs = [_Job(str(site), page, str(docs), durations, private) for page in pages]
    facts: dict[str, PageFacts] = {}
    sources: dict[str, Source] = {}
    for page, (fact, source, total) in zip(pages, _run(jobs, workers), strict=True):
        facts[page] = fact
        if source:
            sources[source.path] = source
        result.words += total
        result.links += len(fact.links)
        result.failures += [Failure(page, rule, detail) for rule, detail in fact.faults]
    return facts, sources


def _durations(docs: Path) -> dict[str, int]:
    """Return the lengths of videos in seconds, as the sidecars say."""
    found: dict[str, int] = {}
    for video, entry in sidecars(docs).items():
        parts = str(entry.get("duration", "")).split(":")
        if all(part.isdecimal() for part in parts):
            seconds = 0
            for part in parts:
                seconds = seconds * 60 + int(part)
            found[video] = seconds
    return found


def _run(jobs: list[_Job], workers: int) -> Iterator[tuple[PageFacts, Source | None, int]]:
    if workers < 2 or len(jobs) < 50:
        yield from map(_check, jobs)
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(_check, jobs, chunksize=32)


def _check(job: _Job) -> tuple[PageFacts, Source | None, int]:
    html = Path(job.site, job.page).read_text("utf-8")
    facts = read_page(html, job.durations)
    if not facts.source:
        return facts, None, 0
    path = Path(job.docs, facts.source)
    if not path.is_file():
        facts.faults.append(("words", f"its source {facts.source} is not there"))
        return facts, None, 0
    text = read_text(path)
    source = read_source(facts.source, text)
    text = without_lost_links(text, job.private)
    facts.meant = meant_literals(text)
    facts.faults += (
        ("heading", f"two run together: {heading[:120]}") for heading in joined_headings(text, facts.headings)
    )
    if not facts.is_hub:  # what a hub says may stand on several pages
        origin, rest = split_origin(text)
        opening = words(facts.opening)
        is_shown = opening[:1] == ["from"] and opening[:3] != source_words(rest)[:3]
        facts.origin = "" if is_shown else origin
        missing = missing_words(rest if facts.origin else text, facts.text)
        if missing:
            facts.faults.append(("words", f"{len(missing)} missing: {' '.join(missing[:12])}"))
        facts.text = ""
    return facts, source, len(text.split())
