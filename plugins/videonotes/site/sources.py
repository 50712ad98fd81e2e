"""From MkDocs' files to a collection: which files are notes, reading them, the URLs they get."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate

from mkdocs.structure.files import File, Files, InclusionLevel

from ..core.collection import Collection, build_collection
from ..core.findings import Code, Finding
from ..core.note import Note
from ..core.redirects import Moves, read_redirects
from ..core.scan import clean_source, scan
from ..core.videos import Video, read_sidecar
from .cache import Cache, digest_of, fingerprint, pack, unpack
from .progress import show_progress
from .workers import in_workers

log = logging.getLogger("mkdocs.plugins.videonotes")

SIDECAR = "videos.yml"
REDIRECTS = "redirects.yml"
_TOGETHER = 2000
"""Records that are written to the cache at once."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a collection. `keys` tell their contents, by their paths; `findings` are those of reading them."""

    collection: Collection
    keys: Mapping[str, bytes]
    findings: tuple[Finding, ...]


class Globs:
    """Matches paths against globs as `.gitignore` has them: `**` any folders, `*` within one."""

    def __init__(self, patterns: Iterable[str]) -> None:
        parts = [_glob(pattern.lstrip("/")) for pattern in patterns]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def __contains__(self, path: str) -> bool:
        return bool(self._pattern and self._pattern.fullmatch(path))


def _glob(pattern: str) -> str:
    pieces = []
    for piece in re.split(r"(\*\*/|\*\*)", pattern):
        if piece == "**/":
            pieces.append("(?:[^/]+/)*")
        elif piece == "**":
            pieces.append(".*")
        else:
            body = translate(piece)
            inner = re.fullmatch(r"\(\?s:(.*)\)\\[Zz]", body, re.DOTALL)
            pieces.append((inner[1] if inner else re.escape(piece)).replace(".*", "[^/]*"))
    return "(?:" + "".join(pieces) + ")"


def read_text(file: File) -> tuple[str, bool]:
    """Return the text of a file, and whether it was valid UTF-8. What is not is replaced."""
    data = file.content_bytes
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), False


def read_sources(files: Files, notes: Globs, pages: Globs, *, drafts: bool, workers: int, cache: Cache) -> Sources:
    """Scan every Markdown file of `files` and put the collection together. `drafts` keeps drafts."""
    found: list[Note] = []
    ordinary: list[Note] = []
    problems: list[Finding] = []
    sidecar: dict[str, Video] = {}
    moves = Moves()
    documents: list[File] = []
    for file in files:
        path = file.src_uri
        if not file.inclusion.is_included() and file.inclusion is not InclusionLevel.UNDEFINED:
            continue
        if posixpath.basename(path) == SIDECAR:
            videos, wrong = read_sidecar(path, read_text(file)[0])
            sidecar.update(videos)
            problems += wrong
            file.inclusion = InclusionLevel.EXCLUDED
        elif path == REDIRECTS:
            moves, wrong = read_redirects(path, read_text(file)[0])
            problems += wrong
            file.inclusion = InclusionLevel.EXCLUDED
        if file.is_documentation_page():
            documents.append(file)
    keys = _keys(documents)
    for file, (note, valid) in zip(documents, _scan(documents, keys, workers, cache), strict=True):
        path = file.src_uri
        if not valid:
            message, cure = "the file is not UTF-8; what cannot be read is shown as \ufffd", "Save it as UTF-8"
            problems.append(Finding(Code.ENCODING, path, 0, 0, message, cure))
        if note.draft and not drafts:
            file.inclusion = InclusionLevel.DRAFT
        elif path in pages or path not in notes:
            ordinary.append(note)
        else:
            found.append(note)
            file.inclusion = InclusionLevel.NOT_IN_NAV
    places = [file.src_uri for file in files if file.inclusion is not InclusionLevel.DRAFT]
    contents = {file.src_uri: key for file, key in zip(documents, keys, strict=True)}
    return Sources(build_collection(found, ordinary, sidecar, places, moves), contents, tuple(problems))


def _keys(files: list[File]) -> list[bytes]:
    programs = fingerprint("core", "PyYAML")
    return [digest_of(programs, file.src_uri.encode(), file.content_bytes) for file in files]


def _scan(files: list[File], keys: list[bytes], workers: int, cache: Cache) -> list[tuple[Note, bool]]:
    """Return the note of each file, and whether it was valid UTF-8: those that the cache has not are scanned."""
    found: dict[bytes, tuple[Note, bool]] = cache.read(keys)
    missing = [number for number, key in enumerate(keys) if key not in found]

    def work(at: int) -> bytes:
        file = files[missing[at]]
        text, valid = read_text(file)
        return pack((scan(file.src_uri, text), valid))

    scanned = in_workers(work, len(missing), workers, lambda at: files[missing[at]].src_uri)
    new: dict[bytes, bytes] = {}
    for number, record in zip(missing, show_progress("Notes", scanned, len(missing)), strict=True):
        new[keys[number]] = record
        found[keys[number]] = unpack(record)
        if len(new) == _TOGETHER:
            cache.write(new, last=False)
            new = {}
    cache.write(new)
    return [found[key] for key in keys]


def read_source(file: File) -> str:
    """Return the text of a note as it was scanned."""
    return clean_source(read_text(file)[0])
