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
from .cache import digest_of, hash_of
from .page_cache import Kept, PageCache, Row, pack_page
from .progress import show_progress
from .search import Indexing
from .workers import in_workers
from .writing import Writing, holds


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be known of a page that a worker made: as it is `kept`, or would be, without what nobody asks for; how
    many of its files were written; what the cache is given, `None` where it has the page or may not have it.
    """

    kept: Kept
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
        """Make pages, in so many workers."""
        total = self.writing.written
        made = in_workers(lambda at: self._make(pages[at]), len(pages), workers, lambda at: pages[at].file.src_uri)
        for page, result in zip(pages, show_progress("Pages", made, len(pages)), strict=True):
            self._know(page, result.kept)
            total += result.written
            self.reused += result.reused
            self.rendered += not result.reused
            if self.indexing and result.kept.text:
                self.indexing.texts[page.file.dest_uri] = result.kept.text
            if result.row:
                self.cache.keep(result.row)
        self.writing.written = total

    def _make(self, page: Page) -> Made:
        """Leave a page as it is, take it from the cache, or render it."""
        before = self.writing.written
        kept = self._find(page)
        if kept and (self._is_there(kept) or self._restore(kept)):
            return Made(self._known(kept), self.writing.written - before, None, reused=True)
        with self.writing.catching() as written, _listening() as messages, self.build.watch.recording() as items:
            self.populate(page, self.build.config, self.files)
            self.write(page)
        links = page.links_to_anchors or {}
        kept = Kept(
            page.file.src_uri,
            digest_of(self._own(page), self.build.watch.digest(items)),
            tuple(items),
            tuple(sorted(page.present_anchor_ids or ())),
            tuple((file.src_uri, anchors) for file, anchors in links.items()),
            tuple((os.path.relpath(name, self.site), hash_of(data)) for name, data in written.items()),
            self._put(page),
        )
        # What was said of a page must be said again.
        row = None if messages.seen else pack_page(kept, written.values())
        page.markdown = page.content = ""  # not `None`: a page without Markdown has no title in the navigation
        return Made(self._known(kept), self.writing.written - before, row, reused=False)

    def _put(self, page: Page) -> str:
        return self.indexing.put(page.file.dest_uri) if self.indexing else ""

    def _own(self, page: Page) -> bytes:
        return digest_of(self.common, self.build.static(page).encode())

    def _find(self, page: Page) -> Kept | None:
        """Return a page as it is kept, if it would be the same today."""
        kept = self.cache.find(page.file.src_uri)
        if kept and kept.digest == digest_of(self._own(page), self.build.watch.digest(kept.items)):
            return kept
        return None

    def _is_there(self, kept: Kept) -> bool:
        return all(holds(f"{self.site}/{path}", name) for path, name in kept.files)

    def _restore(self, kept: Kept) -> bool:
        """Write the files of a page from the cache, if it has them."""
        contents = self.cache.contents(kept)
        if contents is None:
            return False
        for (path, _), data in zip(kept.files, contents, strict=True):
            self.writing.write(data, f"{self.site}/{path}")
        return True

    def _known(self, kept: Kept) -> Kept:
        return replace(kept, items=(), anchors=kept.anchors if kept.path in self.anchored else ())

    def _know(self, page: Page, kept: Kept) -> None:
        """Note which files the page has in the site, and tell MkDocs what it validates of it."""
        self.writing.seen.update(f"{self.site}/{path}" for path, _ in kept.files)
        if page.file.src_uri in self.anchored:
            page.present_anchor_ids = set(kept.anchors)
        found = ((self.build.files.get_file_from_path(path), anchors) for path, anchors in kept.links)
        page.links_to_anchors = {file: anchors for file, anchors in found if file is not None}


class _WatchedFiles(Files):
    """The files of a site. Which of them a page asks for is recorded."""

    def __init__(self, build: Build) -> None:
        super().__init__(build.files)
        self.urls = build.urls

    def get_file_from_path(self, path: str) -> File | None:
        file = super().get_file_from_path(path)
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
