"""The full text, indexed by Pagefind: bundles of at most so many pages, each of one language."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from mkdocs import utils

from .cache import digest_of, fingerprint

UNSPACED = ("zh", "ja")
"""Languages whose words only Pagefind's extended binary finds."""

NO_TEXT = "a.yt-timestamp, annotation"
"""Timestamps and the source of formulas. Pagefind keeps the ids of timestamps, with their places."""

SCRATCH = "search-"
_RANKED = 3
"""Pages are ranked by the power of two of their links, from this power on."""

_MAGIC = b"pagefind_dcd"


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


def index_bundle(site: Path, bundle: Bundle, target: Path, store: Path) -> dict[str, str]:
    """Index the pages of a bundle below `site` into the folder `target`.

    The index is kept in the folder `store`, and taken from there while its pages stay the same. Returns
    the ids of the results by the URLs of the pages. Raises `SearchError`.
    """
    key = _key(site, bundle)
    kept, known = store / bundle.name, store / f"{bundle.name}.json"
    if not (kept.is_dir() and _key_of(known) == key):
        store.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=store, prefix=SCRATCH) as name:
            pages, output = Path(name, "pages"), Path(name, "bundle")
            for page in bundle.pages:
                _link(site / page.file, pages / page.file)
            run_pagefind(pages, output, bundle.language)
            for unused in (*output.glob("pagefind-*ui*"), output / "pagefind-highlight.js"):
                unused.unlink(missing_ok=True)
            ids = read_ids(output, bundle)
            (output / "ranks.json").write_text(_ranks(bundle, ids), encoding="utf-8")
            known.unlink(missing_ok=True)
            shutil.rmtree(kept, ignore_errors=True)
            shutil.move(output, kept)
            known.write_text(json.dumps({"key": key, "ids": ids}), encoding="utf-8")
    # What names the other files comes last.
    for file in sorted(kept.rglob("*"), key=lambda file: (file.name == "pagefind-entry.json", str(file))):
        if file.is_file():
            utils.write_file(file.read_bytes(), str(target / file.relative_to(kept)))
    found: dict[str, str] = json.loads(known.read_text("utf-8"))["ids"]
    return found


def _key(site: Path, bundle: Bundle) -> str:
    programs = fingerprint("site/full_text.py", "pagefind", "pagefind_bin", "pagefind_bin_extended")
    parts = [programs, bundle.language.encode()]
    for page in bundle.pages:
        file = site / page.file
        text = file.read_bytes() if file.is_file() else b""
        parts.append(f"{page.file} {page.url} {page.links} {blake2b(text).hexdigest()}".encode())
    return digest_of(*parts).hex()


def _key_of(known: Path) -> str:
    try:
        return str(json.loads(known.read_text("utf-8"))["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def drop_unused(store: Path, bundles: Iterable[Bundle]) -> None:
    """Remove the indexes that no bundle uses, and what a build that was killed left."""
    used = {name for bundle in bundles for name in (bundle.name, f"{bundle.name}.json")}
    for path in store.glob("*"):
        if path.name not in used:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:  # a hook or plugin took the page out
        return
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, target)


def run_pagefind(pages: Path, output: Path, language: str) -> None:
    """Run Pagefind over a folder of pages. Raises `SearchError`."""
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(pages), "--output-path", str(output)]
    command += ["--exclude-selectors", NO_TEXT, "--force-language", language]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")  # noqa: S603
    except OSError as error:
        raise SearchError(f"Pagefind cannot be run: {error}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise SearchError(f"Pagefind failed ({said[:200]}). `pip install 'pagefind[bin]'` installs it")


def has_extended() -> bool:
    """Return whether Pagefind's extended binary is there, which finds the words of Chinese and Japanese."""
    return find_spec("pagefind_bin_extended") is not None or shutil.which("pagefind_extended") is not None


def read_ids(folder: Path, bundle: Bundle) -> dict[str, str]:
    """Return the ids of the results in the bundle at `folder` by the URLs of the pages."""
    urls = {page.file.removesuffix("index.html"): page.url for page in bundle.pages}
    found = {}
    for file in sorted((folder / "fragment").glob("*.pf_fragment")):
        page = json.loads(gzip.decompress(file.read_bytes()).removeprefix(_MAGIC))
        found[urls[page["url"].lstrip("/")]] = file.stem
    return found


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
