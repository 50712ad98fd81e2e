"""What no page shows by itself: where links lead, what leads to a page, what is listed and what must not be."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml

from .built import Built, Fault
from .links import Source, backlinks, read_source
from .machines import feed_faults, sitemap_urls, vtt_faults
from .page import PageFacts
from .private import private_faults
from .source import read_text
from .texts import text_faults


def whole_faults(built: Built) -> Iterator[Fault]:
    """Yield what is wrong with a site as a whole."""
    yield from _links(built)
    yield from _reachable(built)
    yield from text_faults(built)
    others = _other_sources(built)
    yield from _backlinks(built, others)
    yield from private_faults(built, others)
    yield from _machines(built)
    yield from _hidden(built)


def _links(built: Built) -> Iterator[Fault]:
    """Every internal link and fragment leads to a file, and to an id in it."""
    ids = {page: set(fact.ids) for page, fact in built.facts.items()}
    for page, fact in built.facts.items():
        for link in dict.fromkeys(fact.links):
            try:
                parts = urlsplit(link)
            except ValueError:
                yield page, "link", f"{link[:100]!r} is no URL"
                continue
            if parts.scheme or parts.netloc:
                continue
            if parts.path.startswith("/"):
                if page != "404.html":
                    yield page, "link", f"{link[:100]!r} is absolute"
                continue
            target = built.target(page, link)
            fragment = unquote(parts.fragment)
            if target is None:
                yield page, "link", f"{link[:100]!r} leads nowhere"
            elif fragment and target in ids and fragment not in ids[target]:
                yield page, "fragment", f"{link[:100]!r}: {target} has no such id"


def _reachable(built: Built) -> Iterator[Fault]:
    """Every page can be reached from home by links, but those that are not listed."""
    seen = {"index.html"}
    waiting = ["index.html"] if "index.html" in built.facts else []
    while waiting:
        page = waiting.pop()
        for link in dict.fromkeys(built.facts[page].anchors):
            target = built.target(page, link)
            if target is not None and target in built.facts and target not in seen:
                seen.add(target)
                waiting.append(target)
    for page, fact in built.facts.items():
        source = built.sources.get(fact.source)
        exempt = fact.moved or page == "404.html" or (source is not None and source.unlisted)
        if page not in seen and not exempt:
            yield page, "reachable", "no links lead here from home"


def _other_sources(built: Built) -> dict[str, Source]:
    """Return the Markdown files that have no page as notes: ordinary pages, drafts, private notes."""
    found = {}
    for file in built.docs.rglob("*.md"):
        path = file.relative_to(built.docs).as_posix()
        if path not in built.sources:
            found[path] = read_source(path, read_text(file))
    return found


def _backlinks(built: Built, others: Mapping[str, Source]) -> Iterator[Fault]:
    """Each resolved link between two notes is listed on its target, once per source note, and nothing else is."""
    pages = [source for source in others.values() if source.private or not source.draft]
    moved = _redirects(built.docs / "redirects.yml", {*built.sources, *others})
    wanted = backlinks(built.sources.values(), pages, moved)
    listed = _listed(built)
    for path, sources in wanted.items():
        own = listed.get(path, Counter())
        for missing in sorted(sources - set(own)):
            yield path, "backlink", f"{missing} links here and is not listed"
        for extra in sorted(set(own) - sources):
            yield path, "backlink", f"{extra} is listed and does not link here"
        for twice in sorted(source for source, count in own.items() if count > 1):
            yield path, "backlink", f"{twice} is listed {own[twice]} times"
    for path in sorted(set(listed) - set(wanted)):
        yield path, "backlink", "it has backlinks and is no listed note"


def _listed(built: Built) -> dict[str, Counter[str]]:
    """Return, by the path of a note, how often each source is listed among its backlinks."""
    listed: dict[str, Counter[str]] = {}
    for page, fact in built.facts.items():
        if fact.target:
            own = listed.setdefault(fact.target, Counter())
            for link in fact.backlinks:
                target = built.target(page, link)
                own[built.facts[target].source if target and target in built.facts else link] += 1
    return listed


def _redirects(file: Path, living: set[str]) -> dict[str, str]:
    """Return the new paths of old ones, where notes were moved."""
    if not file.is_file():
        return {}
    data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
    return _moved(data if isinstance(data, dict) else {}, living)


def _moved(data: Mapping[str, str], living: set[str]) -> dict[str, str]:
    def source(path: str) -> str:
        return posixpath.normpath(str(path).partition("#")[0].strip("/ ")).removesuffix(".md") + ".md"

    plain = {source(old): source(new) for old, new in data.items()}
    moved = {}
    for old, target in plain.items():
        for _ in plain:
            if target in plain and target not in living:
                target = plain[target]
        if target in living and old not in living:
            moved[old] = target
    return moved


def _machines(built: Built) -> Iterator[Fault]:
    """Feeds, sitemap, WebVTT and JSON are valid, and lead to pages that are there."""
    home = built.facts.get("index.html", PageFacts()).canonical.removesuffix("index.html")
    yield from _data_files(built, home)
    if home:
        for page, fact in built.facts.items():
            if fact.canonical and not fact.moved:
                yield from _addresses(built, page, "canonical", home, [fact.canonical])
        yield from _sitemap(built, home)


def _data_files(built: Built, home: str) -> Iterator[Fault]:
    for file in sorted(built.files):
        path = built.site / file
        name = posixpath.basename(file)
        if name in ("feed.xml", "feed.json"):
            links, faults = feed_faults(path)
            yield from ((file, rule, detail) for rule, detail in faults)
            yield from _addresses(built, file, "feed", home, links)
        elif name.endswith(".vtt") and not (built.docs / file).is_file():
            yield from ((file, rule, detail) for rule, detail in vtt_faults(path.read_text("utf-8")))
        elif name in ("moments.json", "notes.json") or re.match(r"notes-\d+\.json\Z", file):
            yield from ((file, "json", detail) for detail in _json(path))


def _sitemap(built: Built, home: str) -> Iterator[Fault]:
    urls, faults = sitemap_urls(built.site)
    yield from (("sitemap.xml", rule, detail) for rule, detail in faults)
    yield from _addresses(built, "sitemap.xml", "sitemap", home, urls)
    listed = {_file(built, home, url) for url in urls}
    for page, fact in built.facts.items():
        if (page in listed) == (fact.noindex or fact.moved) and page != "404.html":
            # Further pages of a list are found by their first one.
            if page not in listed and re.search(r"/page/\d+", page):
                continue
            yield page, "sitemap", "it is listed and not to be indexed" if page in listed else "it is not listed"


def _json(path: Path) -> Iterator[str]:
    size = path.stat().st_size
    if re.match(r"notes-\d+\.json\Z", path.name) and size > 1_000_000:
        yield f"a shard of {size:,} bytes"
    try:
        data = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        yield f"it cannot be read: {error}"
        return
    if path.name == "moments.json":
        starts = [moment[0][0] for moment in data["moments"]]
        if starts != sorted(starts):
            yield "its moments are out of order"


def _file(built: Built, home: str, url: str) -> str | None:
    if not url.startswith(home):
        return None
    return built.target("index.html", url[len(home) :] or "./")


def _addresses(built: Built, file: str, rule: str, home: str, urls: list[str]) -> Iterator[Fault]:
    if not home:
        return
    for url in urls:
        if _file(built, home, url) is None:
            yield file, rule, f"{url[:120]!r} leads nowhere"


def _hidden(built: Built) -> Iterator[Fault]:
    """Drafts have no page; nothing leads to an unlisted note, and nothing names it."""
    for path, source in built.sources.items():
        if source.draft:
            yield path, "hidden", "a draft has a page"
    unlisted = {source.path for source in built.sources.values() if source.unlisted}
    own = {page for page, fact in built.facts.items() if fact.source in unlisted}
    if own:
        for page, fact in built.facts.items():
            for target in {built.target(page, link) for link in fact.anchors if page not in own} & own:
                yield page, "hidden", f"it leads to the unlisted {target}"
        yield from _named(built, own)


def _named(built: Built, own: set[str]) -> Iterator[Fault]:
    """Files that machines read name no page of an unlisted note."""
    parts = [posixpath.dirname(page) + "/" for page in own]
    for file in sorted(built.files):
        if file.endswith((".xml", ".json", ".txt", ".md", ".vtt")):
            text = (built.site / file).read_text("utf-8", errors="replace")
            for part in parts:
                if f"/{part}" in text or f'"{part}' in text:
                    yield file, "hidden", f"it names the unlisted {part}"
