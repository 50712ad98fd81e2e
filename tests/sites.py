"""Sites to compare: their bytes, but for what differs between two clean builds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"


def read_site(site: Path, *, numbered: bool = True) -> dict[str, bytes]:
    """Return the bytes of a site by their paths, without the report, which tells of times.

    Pagefind numbers the values of filters as it likes, and names files by it: these are compared without order and name.
    Pages it numbers as the disk lists them: of sites that came from other disks, compare what is not `numbered`.
    """
    found: dict[str, bytes] = {}
    words: dict[str, list[str]] = {}
    for entry in site.glob("search/text/*/pagefind-entry.json"):
        for language in json.loads(entry.read_bytes())["languages"].values():
            assert (entry.parent / f"pagefind.{language['hash']}.pf_meta").is_file(), entry
    for file in site.rglob("*"):
        if not file.is_file() or file.name == "videonotes.json":
            continue
        name, data = file.relative_to(site).as_posix(), file.read_bytes()
        if name.endswith(".pf_index") and not numbered:
            words.setdefault(name.rpartition("/")[0], []).extend(map(_places, _decoded(data)[0]))
            continue
        if name.startswith("search/text/"):
            name, data = _without_order(name, data, numbered)
        found[name] = data
    return found | {name: "\n".join(sorted(places)).encode() for name, places in words.items()}


def _places(entry: list[Any]) -> str:
    """Return a word and where it stands in each page, without the numbers of the pages."""
    word, pages, *_ = entry
    return repr((word, sorted(repr(places) for _, *places in pages)))


def _without_order(name: str, data: bytes, numbered: bool) -> tuple[str, bytes]:
    folder, _, base = name.rpartition("/")
    if base.endswith(".pf_filter"):
        what, values = _decoded(data)
        return f"{folder}/{what}.pf_filter", repr(
            sorted([value, pages if numbered else len(pages)] for value, pages in values)
        ).encode()
    if base.endswith(".pf_meta"):
        meta = _decoded(data)
        meta[3] = sorted(name for name, _ in meta[3])
        if not numbered:
            meta[1:3] = [sorted(meta[1])]
        return f"{folder}/pf_meta", repr(meta).encode()
    if base == "pagefind-entry.json":
        entry = json.loads(data)
        for language in entry["languages"].values():
            language["hash"] = ""
        return name, json.dumps(entry).encode()
    return name, data


def _decoded(data: bytes) -> list[Any]:
    return list(cbor2.loads(gzip.decompress(data).removeprefix(_MAGIC)))
