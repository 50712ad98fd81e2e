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

from .build import Build
from .cache import cache_folder
from .concept_index import (
    ConceptNames,
    channel_titles,
    collect_names,
    concept_files,
    divide_names,
    text_words,
    top_names,
)
from .full_text import (
    UNSPACED,
    Bundle,
    Searched,
    SearchError,
    drop_unused,
    has_extended,
    index_bundles,
    place_bundle,
    plan,
    put_page,
)
from .workers import BEHIND, Forked

log = logging.getLogger("mkdocs.plugins.videonotes")

REST = 1.5
"""Seconds from the end of a build until its site is indexed behind: the browser loads the page first."""

NAMES, TEXT = "names", "text"
"""The folders of the concept index and of the bundles, below that of the search page."""


def write_search(build: Build, indexing: Indexing | None = None) -> None:
    """Index the site and write everything that its search reads; `indexing` has begun, or is done here."""
    ids: dict[str, str] = {}
    indexing = indexing or Indexing(build)
    bundles = indexing.bundles
    _tell_languages(bundles)
    names, fault = indexing.wait()
    try:
        if fault:
            raise SearchError(fault)
        target = Path(build.config.site_dir) / build.catalog.folders.search / TEXT
        for bundle in bundles:
            ids |= place_bundle(bundle, indexing.store, target / bundle.name)
    except (SearchError, OSError) as error:
        log.warning("The full text is not searched: %s. The names of notes are.", error)
        bundles = []
    _write_concepts(build, names, bundles, ids)


class Indexing:
    """Collecting names and indexing the full text: in processes of their own once they begin, else when waited for.

    The pages that are searched must be in the site by then. `texts` are the hashes of those that are known.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self.site = Path(build.config.site_dir)
        self.store = cache_folder(build.config) / TEXT
        self.bundles = plan(_searched(build), build.search.bundle_pages) if build.search.full_text else []
        self.places = {page.file: bundle.name for bundle in self.bundles for page in bundle.pages}
        self.texts: dict[str, str] = {}
        self.names: Forked[ConceptNames] | None = None
        self.fault: Forked[str] | None = None

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
            return self._receive_names(), fault.result()

    def _receive_names(self) -> ConceptNames:
        if self.names:
            with suppress(EOFError):  # memory may have run out in the process
                return self.names.result()
        return _names(self.build)

    def _receive(self, fault: Forked[str]) -> str:
        try:
            return fault.result()
        except EOFError:
            return "the process that runs Pagefind died; memory may have run out"

    def _index(self) -> str:
        """Index the full text; return what went wrong, or `""`."""
        try:
            index_bundles(self.site, self.bundles, self.store, self.texts)
            if self.bundles:
                drop_unused(self.store, self.bundles)
        except (SearchError, OSError) as error:
            return str(error)
        return ""


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
            yield _page(build, note.path, note.lang or default, build.catalog.strength.get(note.path, 0))


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
