"""Search: the concept index and the full text of a build, and what a browser must know of them."""

from __future__ import annotations

import gc
import json
import logging
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from ..build import Build
from ..incremental.background import BEHIND, Forked
from ..incremental.cache_folder import Lock
from ..incremental.files import remove
from .concept_index import (
    ConceptNames,
    channel_titles,
    collect_names,
    concept_files,
    divide_names,
    text_words,
    top_names,
)
from .full_text import Bundle, Searched, index_bundles, plan, put_page
from .pagefind import UNSPACED, SearchError, has_extended
from .text_store import DamagedError, make_folders, place_index

log = logging.getLogger("mkdocs.plugins.videonotes")

REST = 1.5
"""Seconds from the end of a build until its site is indexed behind: the browser loads the page first."""

NAMES, TEXT = "names", "text"
"""The folders of the concept index and of the bundles, below that of the search page."""


def write_search(build: Build, indexing: Indexing | None = None) -> list[str]:
    """Index the site and write everything that its search reads; `indexing` has begun, or is done here.

    Return the paths of the files of the full text.
    """
    indexing = indexing or Indexing(build)
    ids: dict[str, str] = {}
    placed: list[str] = []
    bundles = indexing.bundles
    _tell_languages(bundles)
    names, fault = indexing.wait()
    try:
        if fault:
            raise SearchError(fault)
        for bundle in bundles:
            some, paths = indexing.place(bundle)
            ids |= some
            placed += paths
    except (SearchError, OSError) as error:
        log.warning("The full text is not searched: %s. The names of notes are.", error)
        ids, bundles = {}, []
    finally:
        indexing.end()
    _write_concepts(build, names, bundles, ids)
    return placed


class Indexing:
    """Collecting names and indexing the full text: in processes of their own once they begin, else when waited for.

    The pages that are searched must be in the site by then. `texts` are the hashes of those that are known. From its
    beginning to its end, no other build has the `store`.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self.site = Path(build.config.site_dir)
        self.store = build.cache / TEXT
        self.instead: TemporaryDirectory[str] | None = None
        self.bundles = plan(_searched(build), build.search.bundle_pages) if build.search.full_text else []
        self.places = {page.file: bundle.name for bundle in self.bundles for page in bundle.pages}
        self.texts: dict[str, str] = {}
        self.names: Forked[ConceptNames] | None = None
        self.fault: Forked[str] | None = None
        self.lock = Lock(build.cache / f"{TEXT}.lock", "indexing") if self.bundles else None

    def put(self, file: str) -> str:
        """Have the text of a finished page where it is indexed; return its hash for `texts`, or `""`."""
        bundle = self.places.get(file)
        try:
            return put_page(self.site, file, bundle, self.store) if bundle else ""
        except OSError:  # it is tried again, and told, when all pages are indexed
            return ""

    def begin_names(self) -> None:
        """Begin to collect the names in a process of their own."""
        with suppress(OSError):  # it is done when waited for
            self.names = Forked(lambda: _names(self.build), BEHIND)

    def begin(self) -> None:
        """Begin to index in a process of its own."""
        with suppress(OSError):
            self.fault = Forked(self._index)

    def wait(self) -> tuple[ConceptNames, str]:
        """Return the names, and what went wrong with the full text, or `""`."""
        with ThreadPoolExecutor(1) as pool:
            fault = pool.submit(self._receive, self.fault) if self.fault else pool.submit(self._index)
            names = self._receive_names()
            return names, self._index_elsewhere(said) if (said := fault.result()) else ""

    def place(self, bundle: Bundle) -> tuple[dict[str, str], list[str]]:
        """Write the index of a bundle into the site; return the ids of its results by their URLs, the files' paths.

        Raises `SearchError`, `OSError`.
        """
        target = self.site / self.build.catalog.folders.search / TEXT / bundle.name
        folder = self.store / bundle.name
        try:
            return place_index(folder, target)
        except DamagedError as damage:
            log.info("The kept full text is damaged (%s): it is made anew.", damage)
            remove(folder)
        if fault := self._index():
            raise SearchError(fault)
        try:
            return place_index(folder, target)
        except DamagedError as damage:
            raise SearchError(f"{damage} does not hold what was written") from None

    def end(self) -> None:
        """Let other builds have the store."""
        if self.lock:
            self.lock.end()
        if self.instead:
            self.instead.cleanup()

    def _receive_names(self) -> ConceptNames:
        if self.names:
            with suppress(EOFError):  # memory may have run out in the process
                return self.names.result()
        return _names(self.build)

    def _receive(self, fault: Forked[str]) -> str:
        try:
            return fault.result()
        except EOFError:
            log.info("the process that runs Pagefind died; memory may have run out: it is run again.")
            return self._index()

    def _index(self) -> str:
        """Index the full text; return what went wrong, or `""`."""
        try:
            if self.bundles:
                make_folders(self.store, (bundle.name for bundle in self.bundles))
                index_bundles(self.site, self.bundles, self.store, self.texts)
        except (SearchError, OSError) as error:
            return str(error)
        return ""

    def _index_elsewhere(self, fault: str) -> str:
        """Index the full text where nothing is kept: the cache may be on a disk that is full."""
        log.info("The full text is not kept: %s.", fault)
        try:
            self.instead = TemporaryDirectory(prefix="videonotes-")
        except OSError as error:
            return str(error)
        self.store = Path(self.instead.name)
        return self._index()


class BackgroundSearch:
    """The search of a site that is served: names at once, the full text when it is there."""

    def __init__(self) -> None:
        self.latest = 0
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def __call__(self, build: Build) -> None:
        """Index the site in a thread of its own, unless a newer build comes; until then the last index serves.

        The first time, the names are written at once.
        """
        self.latest += 1
        if not Path(build.config.site_dir, build.catalog.folders.search, NAMES, "index.json").exists():
            _write_concepts(build, _names(build), [], {})
        self.thread = threading.Timer(REST, self._work, args=(build, self.latest))
        self.thread.daemon = True
        self.thread.start()

    def wait(self) -> None:
        """Wait until the last index is there."""
        if self.thread:
            self.thread.join()

    def _work(self, build: Build, number: int) -> None:
        with self.lock:
            if number == self.latest:
                gc.collect()  # the build before: Python, which counts none of its records, would keep all builds
                try:
                    write_search(build)
                except OSError as error:  # a newer build has taken the pages away
                    log.debug("The full text was not indexed: %s", error)


def _searched(build: Build) -> Iterator[Searched]:
    default = str(build.config.theme["language"] or "en")
    for note in (*build.catalog.listed(), *build.catalog.collection.pages):
        if build.is_searched(note):
            yield _page(build, note.path, note.lang or default, build.catalog.backlink_count.get(note.path, 0))


def _page(build: Build, path: str, language: str, links: int) -> Searched:
    file = build.files.get_file_from_path(path)
    assert file is not None
    return Searched(file.dest_uri, file.url, language.lower().partition("-")[0], links)


def _tell_languages(bundles: list[Bundle]) -> None:
    unspaced = sorted({bundle.language for bundle in bundles if bundle.language in UNSPACED})
    if unspaced and not has_extended():
        log.warning(
            "Words of %s are found only by Pagefind's extended binary: `pip install 'mkdocs-videonotes[extended]'`.",
            " and ".join(unspaced),
        )


def _names(build: Build) -> ConceptNames:
    return divide_names(collect_names(build), text_words(build.catalog.listed()))


def _write_concepts(build: Build, concepts: ConceptNames, bundles: list[Bundle], ids: Mapping[str, str]) -> None:
    folder = f"{build.catalog.folders.search}/{NAMES}"
    names = concepts.names
    prefixes = []
    for name, text in concept_files(concepts, ids):
        build.outputs.write(f"{folder}/{name}.json", text)
        prefixes.append(name)
    languages: dict[str, list[str]] = {}
    for bundle in bundles:
        languages.setdefault(bundle.language, []).append(bundle.name)
    manifest = {
        "prefixes": " ".join(name.removesuffix("_") for name in prefixes),
        "top": top_names(names),
        "channels": channel_titles(build.catalog),
        "text": list(languages.values()),
    }
    build.outputs.write(f"{folder}/index.json", json.dumps(manifest, ensure_ascii=False, separators=(",", ":")))
