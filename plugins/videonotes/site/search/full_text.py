"""The full text, indexed by Pagefind: bundles of at most so many pages, each of one language."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ..incremental.digests import digest_of, fingerprint, hash_of
from ..incremental.files import has_content, holds, make_way, put_file, read_file
from .pagefind import SearchError, run_pagefind
from .pagefind_format import RESULTS, drop_results, missing_files, narrow_chunks, read_urls
from .searched_text import searched_part
from .text_store import (
    INDEX,
    PAGES,
    Known,
    check_index,
    drop_others,
    hash_index,
    read_known,
    unfinish,
    write_known,
)

_PROGRAMS = "full_text", "pagefind_format", "pagefind", "searched_text", "text_store"
"""The modules that make an index."""

_RANKED = 3
"""Pages are ranked by the power of two of their links, from this power on."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A page of the full text: its file and URL from the root of the site, its language, the links to it."""

    file: str
    url: str
    language: str
    links: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A part of the full text: the name of its folder, its language, its pages."""

    name: str
    language: str
    pages: tuple[Searched, ...]


def plan(pages: Iterable[Searched], most: int) -> list[Bundle]:
    """Divide pages into bundles of at most `most`; a page stays in its bundle while their number is the same."""
    languages: dict[str, list[Searched]] = {}
    for page in sorted(pages, key=lambda page: page.file):
        languages.setdefault(page.language, []).append(page)
    bundles = []
    for language, found in sorted(languages.items(), key=lambda item: (-len(item[1]), item[0])):
        places = [_place(page.url) for page in found]
        count = -(-len(found) // most)
        while max(Counter(count * place >> 32 for place in places).values()) > most:
            count += 1
        parts: list[list[Searched]] = [[] for _ in range(count)]
        for page, place in zip(found, places, strict=True):
            parts[count * place >> 32].append(page)
        bundles += [
            Bundle(f"{language}-{number}", language, tuple(part)) for number, part in enumerate(parts, 1) if part
        ]
    return bundles


def _place(url: str) -> int:
    return int.from_bytes(blake2b(url.encode(), digest_size=4).digest())


def index_bundles(site: Path, bundles: Iterable[Bundle], store: Path, texts: Mapping[str, str]) -> None:
    """Index the pages of bundles below `site`, each into its folder in `store`. Raises `SearchError`, `OSError`.

    `texts` are the hashes of texts that are known, by the files of their pages. While Pagefind runs, the pages of the
    next bundle are put in their place, and the index of the last is mended.
    """
    with ThreadPoolExecutor(2) as pool:
        keys = [(bundle, pool.submit(_put_pages, site, bundle, store, texts)) for bundle in bundles]
        mended = []
        try:
            for bundle, put in keys:
                if key := put.result():
                    folder = store / bundle.name
                    _run(folder, bundle.language)
                    mended.append(pool.submit(_finish, folder, bundle, key))
            for done in mended:
                done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def put_page(site: Path, file: str, bundle: str, store: Path) -> str:
    """Have the searched part of a finished page where Pagefind reads it; return its hash. Raises `OSError`.

    Pagefind is given this part alone: it need not parse the rest, which changes more often. A page that a hook
    took out is none.
    """
    text = searched_part(read_file(f"{site}/{file}") or b"")
    target = f"{store}/{bundle}/{PAGES}/{file}"
    if not text:
        Path(target).unlink(missing_ok=True)
    elif not has_content(target, text):
        make_way(target)
        put_file(target, text)
    return hash_of(text)


def _run(folder: Path, language: str) -> None:
    """Run Pagefind over the pages in the folder of a bundle; what was known of its index no longer holds.

    The results of an index that the same programs finished stay: Pagefind names them by their contents, and writes
    none again.
    """
    unfinish(folder, stay=RESULTS if read_known(folder).programs == _programs() else "")
    run_pagefind(folder / PAGES, folder / INDEX, language)


def _finish(folder: Path, bundle: Bundle, key: str) -> None:
    """Make of Pagefind's index what the site has of it, and note that it is that of the pages with this `key`."""
    index = folder / INDEX
    _check(index)
    try:
        ids = _mend(folder, bundle)
    except (EOFError, LookupError, TypeError, ValueError, zlib.error) as error:
        raise SearchError(f"Pagefind's index cannot be read: {error!r}") from error
    write_known(folder, Known(key, _programs(), ids, hash_index(index)))


def _check(index: Path) -> None:
    """Raise `SearchError` where Pagefind has not written all of an index: where a disk is full, it does not say so."""
    check_index(index)
    if missing := missing_files(index):
        raise SearchError(f"Pagefind did not write {missing[0]}")


def _mend(folder: Path, bundle: Bundle) -> dict[str, str]:
    """Have each word of an index load little; return the ids of the results by the URLs of their pages."""
    index = folder / INDEX
    drop_results(index)
    ids = read_ids(index, bundle)
    if ids is None:  # a result has the name of a former one, and was not written
        _run(folder, bundle.language)
        _check(index)
        ids = read_ids(index, bundle) or {}
    narrow_chunks(index)
    for unused in (*index.glob("pagefind-*ui*"), index / "pagefind-highlight.js"):
        unused.unlink(missing_ok=True)
    put_file(f"{index}/ranks.json", _ranks(bundle, ids).encode())
    return ids


def _put_pages(site: Path, bundle: Bundle, store: Path, texts: Mapping[str, str]) -> str:
    """Have the texts of the pages of a bundle in its folder, and nothing else; return a hash of all of them.

    Where its index is that of these texts, nothing is done, and `""` returned.
    """
    parts = [_programs().encode(), bundle.language.encode()]
    for page in bundle.pages:
        text = texts.get(page.file) or put_page(site, page.file, bundle.name, store)
        parts.append(f"{page.file} {page.url} {page.links} {text}".encode())
    folder, key = store / bundle.name, digest_of(*parts).hex()
    if read_known(folder).key == key:
        return ""
    pages = folder / PAGES
    for page in bundle.pages:
        if page.file in texts and not holds(f"{pages}/{page.file}", texts[page.file], own=True):
            put_page(site, page.file, bundle.name, store)
    drop_others(pages, (page.file for page in bundle.pages))
    return key


def _programs() -> str:
    """Return a hash of what makes an index."""
    packages = "pagefind", "pagefind_bin", "pagefind_bin_extended", "cbor2"
    return digest_of(*(fingerprint(f"site/search/{name}.py", *packages) for name in _PROGRAMS)).hex()


def read_ids(folder: Path, bundle: Bundle) -> dict[str, str] | None:
    """Return the ids of the results in the bundle at `folder` by the URLs of the pages.

    `None`: they are not those of its pages, each of another one.
    """
    urls = {page.file.removesuffix("index.html"): page.url for page in bundle.pages}
    found = [(urls.get(url.lstrip("/")), name) for name, url in read_urls(folder)]
    ids = {url: name for url, name in found if url is not None}
    return ids if len(ids) == len(found) else None


def _ranks(bundle: Bundle, ids: Mapping[str, str]) -> str:
    """Return the ids of the pages with many links, those of the same power of two in one string.

    They stand without the language, and all have the same length.
    """
    powers: dict[str, list[str]] = {}
    for page in bundle.pages:
        power = page.links.bit_length() - 1
        if power >= _RANKED and page.url in ids:
            powers.setdefault(str(power), []).append(ids[page.url].rpartition("_")[2])
    ranks = {power: "".join(sorted(found)) for power, found in sorted(powers.items())}
    return json.dumps(ranks, separators=(",", ":"))
