"""Search: the concept index and the full text of a build, and what a browser must know of them."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from .build import Build
from .cache import cache_folder
from .concept_index import channel_titles, collect_names, concept_files, text_words, top_names
from .full_text import UNSPACED, Bundle, Searched, SearchError, drop_unused, has_extended, index_bundle, plan

log = logging.getLogger("mkdocs.plugins.videonotes")

TEXT = "text"
"""The folder of the bundles, below that of the search page."""


def write_search(build: Build) -> None:
    """Index the site and write everything that its search reads."""
    ids: dict[str, str] = {}
    bundles: list[Bundle] = []
    if build.search.full_text:
        bundles = plan(_searched(build), build.search.bundle_pages)
        _tell_languages(bundles)
        try:
            ids = _index(build, bundles)
        except (SearchError, OSError) as error:
            log.warning("The full text is not searched: %s. The names of notes are.", error)
            bundles = []
    _write_concepts(build, bundles, ids)


class BackgroundSearch:
    """The search of a site that is served: names at once, the full text when it is there."""

    def __init__(self) -> None:
        self.latest = 0
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def __call__(self, build: Build) -> None:
        """Write the names, and index the full text in a thread of its own, unless a newer build comes."""
        self.latest += 1
        _write_concepts(build, [], {})
        self.thread = threading.Thread(target=self._work, args=(build, self.latest), daemon=True)
        self.thread.start()

    def wait(self) -> None:
        """Wait until the last index is there."""
        if self.thread:
            self.thread.join()

    def _work(self, build: Build, number: int) -> None:
        with self.lock:
            if number == self.latest:
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


def _index(build: Build, bundles: list[Bundle]) -> dict[str, str]:
    site = Path(build.config.site_dir)
    target = site / build.catalog.folders.search / TEXT
    ids: dict[str, str] = {}
    store = cache_folder(build.config) / TEXT
    for bundle in bundles:
        ids |= index_bundle(site, bundle, target / bundle.name, store)
    drop_unused(store, bundles)
    return ids


def _write_concepts(build: Build, bundles: list[Bundle], ids: Mapping[str, str]) -> None:
    folder = f"{build.catalog.folders.search}/names"
    names = collect_names(build)
    prefixes = []
    for name, text in concept_files(names, ids, text_words(build.catalog.listed())):
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
