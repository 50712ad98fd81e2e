"""The URLs of the files of a site."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from mkdocs.structure.files import File, Files

from ..core.findings import Finding, FindingCode
from ..core.names import visible

Url = Callable[[str], str]
"""Takes the path of a source file, returns the URL of its page, relative to the current one."""

Absolute = Callable[[str], str]
"""Takes the path of a source file, returns the URL of its page with scheme and host."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to a page."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A link of a pager: the page's number, its URL; `None` for a gap between two pages."""

    number: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among those of the same list. `previous` and `next` are URLs, empty at the ends."""

    number: int
    total: int
    previous: str
    next: str
    pages: tuple[Page, ...]


def make_pager(paths: list[str], number: int, url: Url) -> Pager | None:
    """Return the pager of page `number` (from 1) of those at `paths`; `None` where it is the only one.

    It shows the first and the last page, and those around the current one.
    """
    total = len(paths)
    if total < 2:
        return None
    shown = sorted({1, total, *(page for page in range(number - 2, number + 3) if 1 <= page <= total)})
    pages: list[Page] = []
    for page in shown:
        if pages and page > pages[-1].number + 1:
            pages.append(Page(page - 1, None))
        pages.append(Page(page, url(paths[page - 1])))
    previous, following = (url(path) if path else "" for path in neighbours(paths, number))
    return Pager(number, total, previous, following, tuple(pages))


def crumb_links(crumbs: tuple[tuple[str, str], ...], url: Url) -> tuple[PageLink, ...]:
    """Return the breadcrumbs as links."""
    return tuple(PageLink(url(path), title) for path, title in crumbs)


def neighbours(paths: list[str], number: int) -> tuple[str, str]:
    """Return the paths of the pages before and after page `number` (from 1), empty at the ends."""
    return paths[number - 2] if number > 1 else "", paths[number] if number < len(paths) else ""


def page_paths(first: str, total: int, folder: str = "") -> list[str]:
    """Return the source paths of `total` pages: `first`, then `<folder>/page/2.md` and so on.

    `folder` is by default `first` without its suffix.
    """
    base = folder or first.removesuffix(".md")
    return [first, *(posixpath.join(base, "page", f"{number}.md") for number in range(2, total + 1))]


def set_urls(files: Files, hubs: Collection[str], generated: Collection[str]) -> list[Finding]:
    """Give every file its URL: a hub that of its folder, none of them with invisible characters.

    `hubs` are the source paths of hubs, whose URL is that of their folder; `generated` those of
    generated pages, which give way to the author's. Returns a finding for each file whose URL was taken.
    """
    findings = []
    taken: set[str] = set()
    for file in _by_rank(files, hubs, generated):
        wanted = visible(file.dest_uri)
        if file.src_uri in hubs:
            wanted = posixpath.join(visible(posixpath.dirname(file.src_uri)), "index.html")
        # Two that differ only in case are one file on some systems.
        free, number = wanted, 0
        while free.lower() in taken:
            number += 1
            head, tail = posixpath.split(wanted)
            stem, dot, suffix = tail.rpartition(".")
            free = (
                posixpath.join(f"{head or 'index'}_{number}", tail)
                if tail == "index.html"
                else posixpath.join(head, f"{stem}_{number}{dot}{suffix}")
            )
        taken.add(free.lower())
        if free != wanted:
            message = f"its URL is taken by another file; it is at {free} instead"
            findings.append(Finding(FindingCode.URL_TAKEN, file.src_uri, 0, 0, message, "Rename one of the two"))
            wanted = free
        if wanted != file.dest_uri:
            file.dest_uri = wanted
            for name in ("url", "abs_dest_path"):
                file.__dict__.pop(name, None)
    return findings


def _by_rank(files: Iterable[File], hubs: Collection[str], generated: Collection[str]) -> list[File]:
    return sorted(files, key=lambda file: (file.src_uri not in hubs, file.src_uri in generated, file.src_uri))
