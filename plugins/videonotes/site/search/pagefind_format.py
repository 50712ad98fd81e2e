"""The files of Pagefind's index: read for the ids of results, and mended so that a word loads little else.

Their form is Pagefind's own (1.5): CBOR behind a mark, gzipped. Files of another form are left as they are.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import cbor2

from ..gzips import gzipped
from ..incremental.files import put_file

_MAGIC = b"pagefind_dcd"
_PAGES, _CHUNKS = 1, 2
"""Where the results and the chunks stand in the list of pages (`*.pf_meta`): `[name of the file, words]` and
`[first word, last word, name of the file]`.
"""

RESULTS = "fragment"
"""The folder of the results in an index, a file each."""

_LARGE = 50_000
"""Bytes of a chunk from which its last word, which made it so large, gets a chunk of its own."""

_URL = re.compile(rb'(\{"url":"(?:[^"\\]|\\.)*")')
_START = 4096  # bytes: more than a URL has


def read_urls(index: Path) -> Iterator[tuple[str, str]]:
    """Yield the id of each result in an index and the URL of its page, as Pagefind wrote it."""
    for file in sorted((index / RESULTS).glob("*.pf_fragment")):
        yield file.stem, _url(file)


def missing_files(index: Path) -> list[str]:
    """Return what an index needs and has not: its lists, what these name, its programs."""
    metas = list(index.glob("pagefind.*.pf_meta"))
    needed = ["pagefind-entry.json", "pagefind.js", *([] if metas else ["pagefind.pf_meta"])]
    for meta in map(_read, metas):
        needed += [f"{RESULTS}/{name}.pf_fragment" for name, _ in _list_of(meta, _PAGES, [str, int])]
        needed += [f"index/{name}.pf_index" for *_, name in _list_of(meta, _CHUNKS, [str, str, str])]
    return [name for name in needed if not (index / name).is_file()]


def drop_results(index: Path) -> None:
    """Remove the results of a former index that this one does not name. Where its form is another, all are left."""
    metas = [_read(file) for file in index.glob("pagefind.*.pf_meta")]
    lists = [_list_of(meta, _PAGES, [str, int]) for meta in metas]
    if not all(lists):
        return
    names = {page[0] for pages in lists for page in pages}
    for file in (index / RESULTS).glob("*.pf_fragment"):
        if file.stem not in names:
            file.unlink()


def _url(fragment: Path) -> str:
    """Return the URL of a result, which stands first in its file."""
    packed = fragment.read_bytes()
    start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed, _START).removeprefix(_MAGIC)
    found = _URL.match(start)
    page = json.loads(found[1] + b"}" if found else gzip.decompress(packed).removeprefix(_MAGIC))
    return str(page["url"])


def narrow_chunks(index: Path) -> None:
    """Have each word of an index load one chunk, and no word those of "the" or "a" unless it is asked for.

    Pagefind puts words into a chunk until it is full: the places of "to", which are in every text, make one file
    with "title". And a word that is between two chunks, because their limits are cut short, loads every chunk whose
    limits begin like it: "anthropic" all places of "a" and "an".
    """
    for file in index.glob("pagefind.*.pf_meta"):
        meta = _read(file)
        chunks = _list_of(meta, _CHUNKS, [str, str, str])
        if not chunks:
            continue
        divided = [part for chunk in chunks for part in _divide(index, chunk)]
        for chunk, following in pairwise(divided):
            chunk[1] = following[0]
        meta[_CHUNKS] = divided
        _write(file, meta)


def _list_of(meta: Any, place: int, form: list[type]) -> list[list[Any]]:
    """Return what stands at a place in the list of pages, entries of one form; nothing where they have another."""
    entries = meta[place] if isinstance(meta, list) and len(meta) > place else None
    if not isinstance(entries, list):
        return []
    known = all(isinstance(entry, list) and [type(part) for part in entry] == form for entry in entries)
    return entries if known else []


def _divide(index: Path, chunk: list[str]) -> list[list[str]]:
    """Give the last word of a large chunk a chunk of its own; return the chunks that there are now."""
    first, last, name = chunk
    file = index / "index" / f"{name}.pf_index"
    if not file.is_file() or file.stat().st_size < _LARGE:
        return [chunk]
    data = _read(file)
    words = data[0] if isinstance(data, list) and len(data) == 1 else None
    if not isinstance(words, list) or len(words) < 2:
        return [chunk]
    parts = [[first, last, f"{name}a"], [str(words[-1][0]), last, f"{name}b"]]
    for (_, _, own), some in zip(parts, (words[:-1], words[-1:]), strict=True):
        _write(file.with_name(f"{own}.pf_index"), [some])
    file.unlink()
    return parts


def _read(file: Path) -> Any:
    """Return what a file holds; nothing where it has another form."""
    raw = gzip.decompress(file.read_bytes())
    try:
        return cbor2.loads(raw.removeprefix(_MAGIC)) if raw.startswith(_MAGIC) else None
    except cbor2.CBORDecodeError:
        return None


def _write(file: Path, data: Any) -> None:
    put_file(str(file), gzipped(_MAGIC + cbor2.dumps(data), level=6))
