"""Making pages: those that the site or the cache has as they should be are left or taken, the others rendered."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from .build import Build
from .incremental.dependencies import pack_items
from .incremental.digests import digest_of, hash_of
from .incremental.files import holds
from .incremental.page_cache import CachedPage, PageCache, Row
from .incremental.workers import in_workers
from .incremental.writing import Writing
from .progress import show_progress
from .search.indexing import Indexing

_TOGETHER = 500
"""Pages that are looked up in the cache at once."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of a page: how it is `cached`, or would be; how many of its files were written; what the cache is
    given, `None` where it has the page or may not have it.
    """

    cached: CachedPage
    written: int
    row: Row | None
    reused: bool


class PageMaker:
    """Makes the pages of a build, and counts those that were `rendered` and `reused`.

    `common` is what all pages depend on; `populate` and `write` are MkDocs' two steps of rendering a page. The text of
    each page is put where `indexing` reads it.
    """

    def __init__(
        self,
        build: Build,
        cache: PageCache,
        writing: Writing,
        common: bytes,
        populate: Callable[..., None],
        write: Callable[[Page], None],
        indexing: Indexing | None,
    ) -> None:
        self.build = build
        self.cache = cache
        self.writing = writing
        self.common = common
        self.populate = populate
        self.write = write
        self.indexing = indexing
        self.site = os.path.abspath(build.config.site_dir)
        self.files = _WatchedFiles(build)
        self.anchored = build.anchored
        self.rendered = self.reused = 0

    def make(self, pages: list[Page], workers: int) -> None:
        """Make pages, those that the site has not in so many workers."""
        total = self.writing.written
        for page, result in show_progress("Pages", self._results(pages, workers), len(pages)):
            self._know(page, result.cached)
            total += result.written
            self.reused += result.reused
            self.rendered += not result.reused
            if self.indexing and result.cached.text:
                self.indexing.texts[page.file.dest_uri] = result.cached.text
            if result.row:
                self.cache.keep(result.row)
        self.writing.written = total

    def _results(self, pages: list[Page], workers: int) -> Iterator[tuple[Page, PageResult]]:
        """Yield pages and what became of them: first those that the site has as they should be."""
        missing = []
        for page, cached in self._current(pages):
            if cached and all(holds(f"{self.site}/{path}", name) for path, name in cached.files):
                yield page, PageResult(cached, 0, None, reused=True)
            else:
                missing.append((page, cached and replace(cached, items="")))
        self.cache.close()  # no process may use the connection of another
        made = in_workers(
            lambda at: self._make(*missing[at]), len(missing), workers, lambda at: missing[at][0].file.src_uri
        )
        for (page, _), result in zip(missing, made, strict=True):
            yield page, result

    def _current(self, pages: list[Page]) -> Iterator[tuple[Page, CachedPage | None]]:
        """Yield each page and what is kept of it, `None` where it would be another today."""
        for start in range(0, len(pages), _TOGETHER):
            some = pages[start : start + _TOGETHER]
            known = self.cache.find([page.file.src_uri for page in some])
            for page in some:
                cached = known.get(page.file.src_uri)
                yield page, cached if cached and self._is_current(page, cached) else None

    def _is_current(self, page: Page, cached: CachedPage) -> bool:
        try:
            return cached.digest == digest_of(self._own(page), self.build.dependencies.digest_of_packed(cached.items))
        except (ValueError, TypeError):  # the cache is damaged
            return False

    def _make(self, page: Page, cached: CachedPage | None) -> PageResult:
        """Take a page from the cache, as it is `cached`, or render it."""
        before = self.writing.written
        if cached and self._restore(cached):
            return PageResult(self._sent(cached), self.writing.written - before, None, reused=True)
        with self.writing.catching() as written, _listening() as messages, self.build.dependencies.recording() as items:
            self.populate(page, self.build.config, self.files)
            self.write(page)
        links = page.links_to_anchors or {}
        cached = CachedPage(
            page.file.src_uri,
            digest_of(self._own(page), self.build.dependencies.digest(items)),
            pack_items(items),
            tuple(sorted(page.present_anchor_ids or ())),
            tuple((file.src_uri, anchors) for file, anchors in links.items()),
            tuple((os.path.relpath(name, self.site), hash_of(data)) for name, data in written.items()),
            self._put(page),
        )
        # What was said of a page must be said again.
        row = None if messages.seen else self.cache.pack(cached, written.values())
        page.markdown = page.content = ""  # not `None`: a page without Markdown has no title in the navigation
        return PageResult(self._sent(cached), self.writing.written - before, row, reused=False)

    def _put(self, page: Page) -> str:
        return self.indexing.put(page.file.dest_uri) if self.indexing else ""

    def _own(self, page: Page) -> bytes:
        return digest_of(self.common, self.build.static(page).encode())

    def _restore(self, cached: CachedPage) -> bool:
        """Write the files of a page from the cache, if it has them."""
        contents = self.cache.contents(cached)
        if contents is None:
            return False
        for (path, _), data in zip(cached.files, contents, strict=True):
            self.writing.write(data, f"{self.site}/{path}")
        return True

    def _sent(self, cached: CachedPage) -> CachedPage:
        """Return what a worker need not say of a page left out."""
        return replace(cached, items="", anchors=cached.anchors if cached.path in self.anchored else ())

    def _know(self, page: Page, cached: CachedPage) -> None:
        """Note which files the page has in the site, and tell MkDocs what it validates of it."""
        self.writing.seen.update(f"{self.site}/{path}" for path, _ in cached.files)
        if page.file.src_uri in self.anchored:
            page.present_anchor_ids = set(cached.anchors)
        found = ((self.build.files.get_file_from_path(path), anchors) for path, anchors in cached.links)
        page.links_to_anchors = {file: anchors for file, anchors in found if file is not None}


class _WatchedFiles(Files):
    """The files of a site. Which of them a page asks for is recorded."""

    def __init__(self, build: Build) -> None:
        super().__init__(build.files)
        self.urls = build.urls

    def get_file_from_path(self, path: str) -> File | None:
        file = self.src_uris.get(path) or super().get_file_from_path(path)
        self.urls.get(file.src_uri if file else path)
        return file


class _Listener(logging.Handler):
    seen = False

    def emit(self, record: logging.LogRecord) -> None:
        self.seen = self.seen or record.levelno >= logging.INFO


@contextmanager
def _listening() -> Iterator[_Listener]:
    """Yield what tells whether anything was logged."""
    listener, logger = _Listener(), logging.getLogger("mkdocs")
    logger.addHandler(listener)
    try:
        yield listener
    finally:
        logger.removeHandler(listener)
