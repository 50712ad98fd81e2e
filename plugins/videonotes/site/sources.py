"""From MkDocs' files to a collection: which files are notes, reading them, the URLs they get."""

from __future__ import annotations

import logging
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from ..core.collection import Collection, build_collection
from ..core.findings import Finding, FindingCode
from ..core.note import Note
from ..core.redirects import Moves, read_redirects
from ..core.repair import Shift, find_shifts
from ..core.scan import clean_source, scan
from ..core.videos import Video, read_sidecar
from .incremental.digests import digest_of, fingerprint
from .incremental.records import pack, unpack
from .incremental.scan_cache import Cache
from .incremental.workers import in_workers
from .progress import show_progress

log = logging.getLogger("mkdocs.plugins.videonotes")

SIDECAR = "videos.yml"
REDIRECTS = "redirects.yml"
_TOGETHER = 2000
"""Records that are written to the cache at once."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a collection, each read once: a file that changes while the build runs is the next one's.

    `contents` are their bytes and `keys` tell them, by their paths; `findings` are those of reading them. `sidecar` and
    `moves` are what the files say that are no pages.
    """

    collection: Collection
    contents: Mapping[str, bytes]
    keys: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    sidecar: Mapping[str, Video]
    moves: Moves

    def text(self, path: str) -> str:
        """Return the text of the note at `path` as it was scanned; `""` where there is none."""
        return clean_source(decode(self.contents.get(path, b""))[0])


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


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text of a file, and whether it was valid UTF-8. What is not is replaced."""
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), False


def read_sources(files: Files, notes: Globs, pages: Globs, *, drafts: bool, workers: int, cache: Cache) -> Sources:
    """Scan every Markdown file of `files` and put the collection together. `drafts` keeps drafts."""
    sidecar, moves, problems = _read_facts(files)
    documents = [file for file in files if file.is_documentation_page() and _is_built(file)]
    read = [(file, data) for file in documents if (data := _read(file, files)) is not None]
    contents = {file.src_uri: data for file, data in read}
    keys = _keys(contents)
    found: list[Note] = []
    ordinary: list[Note] = []
    for (file, _), (note, valid) in zip(read, _scan(contents, keys, workers, cache), strict=True):
        path = file.src_uri
        if not valid:
            message, cure = "the file is not UTF-8; what cannot be read is shown as \ufffd", "Save it as UTF-8"
            problems.append(Finding(FindingCode.ENCODING, path, 0, 0, message, cure))
        if note.draft and not drafts:
            file.inclusion = InclusionLevel.DRAFT
        elif path in pages or path not in notes:
            ordinary.append(note)
        else:
            found.append(note)
            file.inclusion = InclusionLevel.NOT_IN_NAV
    places = [file.src_uri for file in files if file.inclusion is not InclusionLevel.DRAFT]

    def decide(notes: Sequence[Note], durations: Mapping[str, int]) -> Mapping[str, Shift]:
        return _known_shifts(notes, durations, keys, cache)

    collection = build_collection(found, ordinary, sidecar, places, moves, decide)
    cache.drop_unused()
    return Sources(collection, contents, keys, tuple(problems), sidecar, moves)


def _is_built(file: File) -> bool:
    return file.inclusion.is_included() or file.inclusion is InclusionLevel.UNDEFINED


def _read_facts(files: Files) -> tuple[dict[str, Video], Moves, list[Finding]]:
    """Return what the files say that are no pages: of videos (`videos.yml`), of moved pages (`redirects.yml`)."""
    sidecar: dict[str, Video] = {}
    moves = Moves()
    problems: list[Finding] = []
    for file in filter(_is_built, list(files)):
        path = file.src_uri
        if posixpath.basename(path) == SIDECAR:
            videos, wrong = read_sidecar(path, decode(_read(file, files) or b"")[0])
            sidecar.update(videos)
        elif path == REDIRECTS:
            moves, wrong = read_redirects(path, decode(_read(file, files) or b"")[0])
        else:
            continue
        problems += wrong
        file.inclusion = InclusionLevel.EXCLUDED
    return sidecar, moves, problems


def _read(file: File, files: Files) -> bytes | None:
    """Return the bytes of a file; `None` where it is gone since MkDocs saw it, or leads nowhere: it is left out.

    Raises `PluginError` where it cannot be read.
    """
    try:
        return file.content_bytes
    except FileNotFoundError:
        log.warning("%s is gone: it is left out", file.src_uri)
        files.remove(file)
        return None
    except OSError as error:
        raise PluginError(f"{file.src_uri} cannot be read: {error.strerror}") from None


def is_record(found: Any) -> bool:
    """Return whether a record of the cache has the form of one: a note, and whether its file was valid UTF-8; or the
    shifts of a collection.
    """
    if isinstance(found, dict):
        return all(type(path) is str and type(shift) is Shift for path, shift in found.items())
    return isinstance(found, tuple) and tuple(map(type, found)) == (Note, bool)


def _keys(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    programs = fingerprint("core", "PyYAML")
    return {path: digest_of(programs, path.encode(), data) for path, data in contents.items()}


def _scan(
    contents: Mapping[str, bytes], keys: Mapping[str, bytes], workers: int, cache: Cache
) -> list[tuple[Note, bool]]:
    """Return the note of each file, and whether it was valid UTF-8: those that the cache has not are scanned."""
    found: dict[bytes, tuple[Note, bool]] = cache.read(keys.values())
    missing = [path for path, key in keys.items() if key not in found]

    def work(at: int) -> bytes:
        path = missing[at]
        text, valid = decode(contents[path])
        return pack((scan(path, text), valid))

    scanned = in_workers(work, len(missing), workers, missing.__getitem__)
    new: dict[bytes, bytes] = {}
    for path, record in zip(missing, show_progress("Notes", scanned, len(missing)), strict=True):
        new[keys[path]] = record
        found[keys[path]] = unpack(record)
        if len(new) == _TOGETHER:
            cache.write(new)
            new = {}
    if new:
        cache.write(new)
    return [found[key] for key in keys.values()]


def _known_shifts(
    notes: Sequence[Note], durations: Mapping[str, int], keys: Mapping[str, bytes], cache: Cache
) -> Mapping[str, Shift]:
    """Return `find_shifts` of `notes`, from the cache where nothing has changed since it was asked.

    Each note is decided by its video's other notes and by all of its channel.
    """
    lengths = repr(sorted(durations.items())).encode()
    key = digest_of(b"shifts", lengths, *(keys[note.path] for note in notes))
    known: Mapping[str, Shift] | None = cache.read([key]).get(key)
    if known is None:
        known = find_shifts(notes, durations)
        cache.write({key: pack(known)})
    return known
