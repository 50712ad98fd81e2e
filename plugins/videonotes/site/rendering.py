"""Rendering notes and generated pages, in workers and only where they change, in place of MkDocs' own loop over pages.

Of another MkDocs than the one this was written for, its loop is left alone (`host.stand_ins`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from .build import Build
from .host.stand_ins import known_page_functions, page_functions
from .incremental.fingerprint import files_fingerprint, site_fingerprint
from .incremental.page_cache import PageCache
from .incremental.writing import Writing
from .page_maker import PageMaker
from .search.indexing import Indexing

log = logging.getLogger("mkdocs.plugins.videonotes")

SAFE = ("videonotes", "material/info", "info", "offline", "privacy")
"""Plugins whose page events change nothing but the page they are given, or have none."""

_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")


class Rendering:
    """Renders the pages of a build, from `begin` to `end`, and counts those that were `rendered` and `reused`.

    Their texts are put where `indexing` reads them.
    """

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.workers = 1
        self.rendered = self.reused = self.bytes_kept = 0
        self.done = False
        self.files = b""
        self.build: Build | None = None
        self.cache: PageCache | None = None
        self.midway: Callable[[], None] = lambda: None
        self.indexing: Indexing | None = None
        self.functions = page_functions()

    def begin(
        self, build: Build, workers: int, safe: Sequence[str], cache: PageCache, midway: Callable[[], None]
    ) -> None:
        """Take the rendering of the pages of `build` over, unless there is a reason not to.

        `midway` is called when all pages that search reads are in the site.
        """
        self.end()
        self.rendered = self.reused = self.bytes_kept = 0
        self.midway = midway
        unsafe = unsafe_handlers(build.config, safe)
        if not known_page_functions():
            return
        if unsafe:
            log.info(
                "All pages are rendered in one process: %s may keep something between pages. "
                "If not, name it in the option `safe_plugins` of videonotes.",
                ", ".join(unsafe),
            )
            return
        self.build, self.workers, self.done, self.cache = build, workers, False, cache
        self.files = files_fingerprint(build.config)
        self.functions.begin(_populate_page=self._populate, _build_page=self._write)

    def end(self) -> None:
        """Give MkDocs its functions back."""
        self.functions.end()
        self.build = None

    def _is_ours(self, page: Page) -> bool:
        build = self.build
        return build is not None and (page.file.src_uri in build.pages.generated or build.note(page) is not None)

    def _divide(self, pages: list[Page]) -> tuple[list[Page], list[Page]]:
        """Return the notes and generated pages, and all others."""
        return [page for page in pages if self._is_ours(page)], [page for page in pages if not self._is_ours(page)]

    def _populate(self, page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        """Give a page that is rendered later what other pages may ask of it; populate all others."""
        if not self._is_ours(page):
            self.functions.own["_populate_page"](page, config, files, dirty)
            return
        assert self.build is not None
        if note := self.build.note(page):
            page.meta = self.build.meta(note)
        page.markdown = page.content = ""
        page.toc = get_toc([])

    def _write(
        self,
        page: Page,
        config: MkDocsConfig,
        doc_files: Sequence[File],
        nav: Navigation,
        env: Any,
        dirty: bool = False,
        excluded: bool = False,
    ) -> None:
        """Write all pages, with the first one: ordinary ones, notes, and those that search does not read."""
        if self.done:
            return
        self.done = True
        assert self.build is not None
        assert self.cache is not None
        populate, build_page = self.functions.own["_populate_page"], self.functions.own["_build_page"]

        def write(page: Page) -> None:
            build_page(page, config, doc_files, nav, env, excluded=page.file.inclusion.is_excluded())

        ours, others = self._divide([file.page for file in doc_files if file.page is not None])
        for other in others:
            write(other)
        self.rendered += len(others)
        generated = self.build.pages.generated

        common = site_fingerprint(config, nav, self.files)
        maker = PageMaker(self.build, self.cache, self.writing, common, populate, write, self.indexing)
        maker.make([other for other in ours if other.file.src_uri not in generated], self.workers)
        self.midway()
        maker.make([other for other in ours if other.file.src_uri in generated], self.workers)
        self.rendered += maker.rendered
        self.reused = maker.reused
        if files_fingerprint(config) != self.files:  # some pages may be of a template that was edited meanwhile
            self.cache.forget()
        self.bytes_kept = self.cache.end(other.file.src_uri for other in ours)


def unsafe_handlers(config: MkDocsConfig, safe: Sequence[str]) -> list[str]:
    """Return the names of the plugins and hooks with page events that are not known to be safe in workers."""
    names = {id(plugin): name for name, plugin in config.plugins.items()}
    found: dict[str, None] = {}
    for event in _EVENTS:
        for handler in config.plugins.events.get(event, ()):
            plugin = getattr(handler, "__self__", None)
            name = names.get(id(plugin)) or getattr(handler, "__module__", "") or repr(handler)
            if name not in SAFE and name not in safe:
                found[name] = None
    return list(found)
