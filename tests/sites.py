"""Sites to compare: their bytes, but for what differs between two clean builds."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"


def read_site(site: Path) -> dict[str, bytes]:
    """Return the bytes of a site by their paths, without the report, which tells of times.

    Pagefind numbers the values of filters as it likes, and names files by it: these are compared without order and name.
    """
    found = {}
    for entry in site.glob("search/text/*/pagefind-entry.json"):
        for language in json.loads(entry.read_bytes())["languages"].values():
            assert (entry.parent / f"pagefind.{language['hash']}.pf_meta").is_file(), entry
    for file in site.rglob("*"):
        if file.is_file() and file.name != "videonotes.json":
            name, data = file.relative_to(site).as_posix(), file.read_bytes()
            if "/search/text/" in f"/{name}":
                name, data = _without_order(name, data)
            found[name] = data
    return found


def _without_order(name: str, data: bytes) -> tuple[str, bytes]:
    folder, _, base = name.rpartition("/")
    if base.endswith(".pf_filter"):
        what, values = _decoded(data)
        return f"{folder}/{what}.pf_filter", repr(sorted(values)).encode()
    if base.endswith(".pf_meta"):
        meta = _decoded(data)
        meta[3] = sorted(name for name, _ in meta[3])
        return f"{folder}/pf_meta", repr(meta).encode()
    if base == "pagefind-entry.json":
        entry = json.loads(data)
        for language in entry["languages"].values():
            language["hash"] = ""
        return name, json.dumps(entry).encode()
    return name, data


def _decoded(data: bytes) -> list[Any]:
    return list(cbor2.loads(gzip.decompress(data).removeprefix(_MAGIC)))
