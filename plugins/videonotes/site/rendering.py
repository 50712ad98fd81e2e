"""Rendering notes and generated pages in workers, in place of MkDocs' own loop over pages.

MkDocs has no hook for it, so that two functions of `mkdocs.commands.build` are laid over while a build
runs; of another MkDocs than the one this was written for, they are left alone.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from .build import Build
from .workers import in_workers
from .writing import Writing

log = logging.getLogger("mkdocs.plugins.videonotes")

SAFE = ("videonotes", "material/info", "info", "offline", "privacy")
"""Plugins whose page events change nothing but the page they are given, or have none."""

_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
_POPULATE = ("page", "config", "files", "dirty")
_BUILD = ("page", "config", "doc_files", "nav", "env", "dirty", "excluded")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is to be known of a page that a worker rendered: its anchors and its links to those of others,
    as MkDocs validates them, the paths of its files, and how many of them were written.
    """

    present: frozenset[str]
    links: tuple[tuple[str, dict[str, str]], ...]
    files: frozenset[str]
    written: int


class Rendering:
    """Renders the pages of a build in workers, from `begin` to `end`."""

    def __init__(self, writing: Writing) -> None:
        self.writing = writing
        self.workers = 1
        self.done = False
        self.build: Build | None = None
        self.populate: Any = None
        self.write: Any = None

    def begin(self, build: Build, workers: int, safe: Sequence[str]) -> None:
        """Take the rendering of the pages of `build` over, unless there is a reason not to."""
        self.end()
        unsafe = unsafe_handlers(build.config, safe)
        if workers < 2 or not _is_known():
            return
        if unsafe:
            log.info(
                "Pages are rendered in one process: %s may keep something between pages. "
                "If not, name it in the option `safe_plugins` of videonotes.",
                ", ".join(unsafe),
            )
            return
        self.build, self.workers, self.done = build, workers, False
        self.populate, self.write = mkdocs_build._populate_page, mkdocs_build._build_page
        mkdocs_build._populate_page, mkdocs_build._build_page = self._populate, self._write

    def end(self) -> None:
        """Give MkDocs its functions back."""
        if self.build is not None:
            mkdocs_build._populate_page, mkdocs_build._build_page = self.populate, self.write
            self.build = None

    def _is_ours(self, page: Page) -> bool:
        build = self.build
        return build is not None and (page.file.src_uri in build.pages.generated or build.note(page) is not None)

    def _populate(self, page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
        """Give a page that is rendered later what other pages may ask of it; populate all others."""
        if not self._is_ours(page):
            self.populate(page, config, files, dirty)
            return
        assert self.build is not None
        if note := self.build.note(page):
            page.meta = self.build.meta(note)
        page.markdown = page.content = ""
        page.toc = get_toc([])

    def _write(self, page: Page, config: MkDocsConfig, doc_files: Sequence[File], *rest: Any, **named: Any) -> None:
        """Write a page. With the first one, all that are rendered in workers are written."""
        if not self.done:
            self.done = True
            self._render(config, doc_files, rest, named)
        if not self._is_ours(page):
            self.write(page, config, doc_files, *rest, **named)

    def _render(self, config: MkDocsConfig, doc_files: Sequence[File], rest: Any, named: Any) -> None:
        assert self.build is not None
        files = self.build.files
        pages = [file.page for file in doc_files if file.page is not None and self._is_ours(file.page)]
        targets = self.build.anchored

        def work(number: int) -> Rendered:
            page = pages[number]
            before, self.writing.seen, self.writing.written = self.writing.seen, set(), 0
            self.populate(page, config, files)
            self.write(page, config, doc_files, *rest, **named)
            links = tuple((file.src_uri, anchors) for file, anchors in (page.links_to_anchors or {}).items())
            present = page.present_anchor_ids if page.file.src_uri in targets else ()
            page.markdown = page.content = None
            seen, self.writing.seen = self.writing.seen, before
            return Rendered(frozenset(present or ()), links, frozenset(seen), self.writing.written)

        results = in_workers(work, len(pages), self.workers, lambda number: pages[number].file.src_uri)
        written = self.writing.written
        for page, rendered in zip(pages, results, strict=True):
            self.writing.seen |= rendered.files
            written += rendered.written
            if page.file.src_uri in targets:
                page.present_anchor_ids = set(rendered.present)
            page.links_to_anchors = {
                file: found for path, found in rendered.links if (file := files.get_file_from_path(path)) is not None
            }
        self.writing.written = written


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


def _is_known() -> bool:
    """Return whether MkDocs renders pages by the functions that this was written for."""
    known = {"_populate_page": _POPULATE, "_build_page": _BUILD}
    return all(
        hasattr(mkdocs_build, name) and tuple(inspect.signature(getattr(mkdocs_build, name)).parameters) == parameters
        for name, parameters in known.items()
    )
