"""The full text, indexed by Pagefind: bundles of at most so many pages, each of one language."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs import utils

from .cache import digest_of, fingerprint, hash_of
from .index_files import RESULTS, drop_results, narrow_chunks, read_urls
from .writing import has_content, holds

UNSPACED = ("zh", "ja")
"""Languages whose words only Pagefind's extended binary finds."""

NO_TEXT = "a.yt-timestamp, annotation"
"""Timestamps and the source of formulas. Pagefind keeps the ids of timestamps, with their places."""

PAGES, INDEX, KNOWN = "pages", "index", "known.json"
"""What the folder of a bundle in the cache holds: its pages, Pagefind's index of them, what is known of both."""

_CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Has Pagefind divide its index into smaller files, so that a reader who asks for "attention" does not load all places
of "at" with it. By default it is 20,000; a Pagefind that does not know the variable makes larger files.
"""

_RANKED = 3
"""Pages are ranked by the power of two of their links, from this power on."""

_BODY = b"data-pagefind-body"
_AFTER = (b'<section class="vn-section"', b'<aside class="vn-dock"', b"</article>")
"""What begins behind the text of a page."""

_STRIP, _STRIP_END = b'<div class="vn-strip">', b"</div>"
_UNREAD = (
    (re.compile(rb'<a class="yt-timestamp"[^>]* (id="t-\d+")>'), rb'<a class="yt-timestamp" \1>'),
    (re.compile(rb'<a class="yt-timestamp" data-[^>]*>[^<]*</a>'), b""),
    (re.compile(rb'<a class="wikilink[^>]*>'), b"<a>"),
)
"""What Pagefind reads in vain: half of the bytes of a note are attributes of its timestamps and links."""


class SearchError(Exception):
    """Pagefind is missing or failed. The message says what to do."""


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
    """Index the pages of bundles below `site`, each into its folder in `store`. Raises `SearchError`.

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
                    mended.append(pool.submit(_mend, folder, bundle, key))
            for done in mended:
                done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def put_page(site: Path, file: str, bundle: str, store: Path) -> str:
    """Have the searched part of a finished page where Pagefind reads it; return its hash.

    Pagefind is given this part alone: it need not parse the rest, which changes more often. A page that a hook
    took out is none.
    """
    text = _searchable(site / file)
    target = store / bundle / PAGES / file
    if not text:
        target.unlink(missing_ok=True)
    elif not has_content(str(target), text):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
    return hash_of(text)


def _run(folder: Path, language: str) -> None:
    """Run Pagefind over the pages in the folder of a bundle; what was known of its index no longer holds.

    The results of an index that the same programs finished stay: Pagefind names them by their contents, and writes
    none again.
    """
    stay = _known(folder).get("programs") == _programs()
    (folder / KNOWN).unlink(missing_ok=True)
    for part in (folder / INDEX).glob("*"):
        if not part.is_dir():
            part.unlink()
        elif part.name != RESULTS or not stay:
            shutil.rmtree(part)
    run_pagefind(folder / PAGES, folder / INDEX, language)


def _mend(folder: Path, bundle: Bundle, key: str) -> None:
    """Make of Pagefind's index what the site has of it, and note that it is that of the pages with this `key`."""
    kept = folder / INDEX
    drop_results(kept)
    ids = read_ids(kept, bundle)
    if ids is None:  # a result has the name of a former one, and was not written
        _run(folder, bundle.language)
        ids = read_ids(kept, bundle) or {}
    narrow_chunks(kept)
    for unused in (*kept.glob("pagefind-*ui*"), kept / "pagefind-highlight.js"):
        unused.unlink(missing_ok=True)
    (kept / "ranks.json").write_text(_ranks(bundle, ids), encoding="utf-8")
    known = {"key": key, "programs": _programs(), "ids": ids}
    (folder / KNOWN).write_text(json.dumps(known), encoding="utf-8")


def _put_pages(site: Path, bundle: Bundle, store: Path, texts: Mapping[str, str]) -> str:
    """Have the texts of the pages of a bundle in its folder, and nothing else; return a hash of all of them.

    Where its index is that of these texts, nothing is done, and `""` returned.
    """
    parts = [_programs().encode(), bundle.language.encode()]
    for page in bundle.pages:
        text = texts.get(page.file) or put_page(site, page.file, bundle.name, store)
        parts.append(f"{page.file} {page.url} {page.links} {text}".encode())
    folder, key = store / bundle.name, digest_of(*parts).hex()
    if (folder / INDEX).is_dir() and _known(folder).get("key") == key:
        return ""
    pages = str(folder / PAGES)
    for page in bundle.pages:
        if page.file in texts and not holds(f"{pages}/{page.file}", texts[page.file]):
            put_page(site, page.file, bundle.name, store)
    used = {page.file for page in bundle.pages}
    for path in Path(pages).rglob("*.html"):
        if path.as_posix()[len(pages) + 1 :] not in used:
            path.unlink()
    return key


def place_bundle(bundle: Bundle, store: Path, target: Path) -> dict[str, str]:
    """Write the index of a bundle in `store` into the folder `target`; return the ids of the results by their URLs."""
    kept = store / bundle.name / INDEX
    # What names the other files comes last.
    for file in sorted(kept.rglob("*"), key=lambda file: (file.name == "pagefind-entry.json", str(file))):
        if file.is_file():
            utils.copy_file(str(file), str(target / file.relative_to(kept)))
    found: dict[str, str] = _known(store / bundle.name).get("ids", {})
    return found


def _searchable(file: Path) -> bytes:
    """Return the part of a finished page that is searched, as a page; empty where a hook took the page out."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return b""
    start = text.rfind(b"<", 0, max(text.find(_BODY), 0))
    if start < 0:
        return text
    text = text[start : min((end for mark in _AFTER if (end := text.find(mark, start)) >= 0), default=len(text))]
    before, strip, after = text.partition(_STRIP)
    text = before + after.partition(_STRIP_END)[2] if strip else text
    for markup, rest in _UNREAD:
        text = markup.sub(rest, text)
    return b"<!doctype html><html><body>" + text


def _known(folder: Path) -> dict[str, Any]:
    """Return what is known of the index of a bundle; nothing where it is not finished."""
    try:
        known = json.loads((folder / KNOWN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _programs() -> str:
    """Return a hash of what makes an index."""
    packages = "pagefind", "pagefind_bin", "pagefind_bin_extended", "cbor2"
    return digest_of(*(fingerprint(f"site/{name}.py", *packages) for name in ("full_text", "index_files"))).hex()


def drop_unused(store: Path, bundles: Iterable[Bundle]) -> None:
    """Remove the indexes that no bundle uses."""
    used = {bundle.name for bundle in bundles}
    for path in store.glob("*"):
        if path.name not in used:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def run_pagefind(pages: Path, output: Path, language: str) -> None:
    """Run Pagefind over a folder of pages. Raises `SearchError`."""
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(pages), "--output-path", str(output)]
    command += ["--exclude-selectors", NO_TEXT, "--force-language", language]
    try:
        done = subprocess.run(  # noqa: S603
            command, env={**os.environ, **_CHUNK}, capture_output=True, text=True, check=False, errors="replace"
        )
    except OSError as error:
        raise SearchError(f"Pagefind cannot be run: {error}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise SearchError(f"Pagefind failed ({said[:200]}). `pip install 'pagefind[bin]'` installs it")


def has_extended() -> bool:
    """Return whether Pagefind's extended binary is there, which finds the words of Chinese and Japanese."""
    return find_spec("pagefind_bin_extended") is not None or shutil.which("pagefind_extended") is not None


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
