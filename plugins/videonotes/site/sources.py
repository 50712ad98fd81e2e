"""From MkDocs' files to a collection: which files are notes, reading them, the URLs they get."""

from __future__ import annotations

import logging
import os
import posixpath
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from ..core.collection import Collection, build_collection
from ..core.findings import Finding, FindingCode
from ..core.frontmatter import as_strings
from ..core.note import Note
from ..core.private import PrivateNotes
from ..core.redirects import Moves, read_redirects
from ..core.repair import Shift, find_shifts
from ..core.scan import clean_source, read_note_source, scan
from ..core.videos import Video, read_sidecar
from .incremental.background import meanwhile
from .incremental.digests import digest_of, fingerprint
from .incremental.records import pack, unpack
from .incremental.scan_cache import Cache
from .incremental.workers import in_workers
from .kinds import Choice
from .private import rewrite, take_out
from .progress import show_progress

log = logging.getLogger("mkdocs.plugins.videonotes")

SIDECAR = "videos.yml"
REDIRECTS = "redirects.yml"
_TOGETHER = 2000
"""Records that are written to the cache at once."""

_MANY = 2000
"""Notes from which a process of its own is worth its beginning."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a collection, each read once: a file that changes while the build runs is the next one's.

    `contents` are their bytes and `keys` tell them, by their paths; `findings` are those of reading them. `sidecar` and
    `moves` are what the files say that are no pages. `private` are the paths of the notes that were taken
    out, `rewritten` those of the files that linked to one.
    """

    collection: Collection
    contents: Mapping[str, bytes]
    keys: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    sidecar: Mapping[str, Video]
    moves: Moves
    private: frozenset[str] = frozenset()
    rewritten: frozenset[str] = frozenset()

    def text(self, path: str) -> str:
        """Return the text of the note at `path` as it was scanned; `""` where there is none."""
        return clean_source(decode(self.contents.get(path, b""))[0])

    def rewritten_page(self, path: str) -> str | None:
        """Return the text of the ordinary page at `path` without its links to private notes; `None`: it had none."""
        return decode(self.contents[path])[0] if path in self.rewritten else None


def decode(data: bytes) -> tuple[str, bool]:
    """Return the text of a file, and whether it was valid UTF-8. What is not is replaced."""
    try:
        return data.decode("utf-8"), True
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace"), False


@dataclass(slots=True)
class _Documents:
    """The Markdown files that a build has: their contents and what tells them, the notes and pages among them."""

    contents: dict[str, bytes]
    keys: dict[str, bytes]
    notes: dict[str, Note] = field(default_factory=dict)
    pages: dict[str, Note] = field(default_factory=dict)
    are_notes: frozenset[str] = frozenset()

    def add(self, note: Note, choice: Choice) -> bool:
        """Add what was scanned; return whether it is a note."""
        path = note.path
        if path in choice.generated and not note.generated and not _says_who(self.contents[path]):
            note = replace(note, generated="true")
        (self.notes if path in self.are_notes else self.pages)[path] = note
        return path in self.are_notes


def read_sources(files: Files, choice: Choice, *, workers: int, cache: Cache) -> Sources:
    """Scan every Markdown file of `files` and put the collection together."""
    sidecar, moves, problems = _read_facts(files)
    by_path = {file.src_uri: file for file in files if file.is_documentation_page() and _is_built(file)}
    contents = {path: data for path, file in by_path.items() if (data := _read(file, files)) is not None}
    found = _Documents(contents, _keys(contents))
    scanned = _scan(contents, found.keys, workers, cache)
    notes = [note for note, _ in scanned]
    private = choice.find_private(notes)
    problems += (_not_utf8(note.path) for note, valid in scanned if not valid and note.path not in private)
    found.are_notes = choice.find_notes(notes, private)
    _sort(found, notes, private, choice, by_path)
    rewritten: frozenset[str] = frozenset()
    if private:
        rewritten, moves = _hide(files, found, private, moves, choice, workers, cache)
    places = _places(files)

    def begin(notes: Sequence[Note], durations: Mapping[str, int]) -> Callable[[], Mapping[str, Shift]]:
        return _known_shifts(notes, durations, found.keys, workers, cache)

    collection = build_collection(found.notes.values(), found.pages.values(), sidecar, places, moves, begin)
    cache.drop_unused()
    return Sources(collection, found.contents, found.keys, tuple(problems), sidecar, moves, private, rewritten)


def _sort(
    found: _Documents, notes: Iterable[Note], private: frozenset[str], choice: Choice, files: Mapping[str, File]
) -> None:
    """Add the notes and pages that were scanned to those `found`, and tell MkDocs which of them are what."""
    for note in notes:
        if note.path not in private and note.draft and not choice.drafts:
            files[note.path].inclusion = InclusionLevel.DRAFT
        elif found.add(note, choice):
            files[note.path].inclusion = InclusionLevel.NOT_IN_NAV


def _hide(
    files: Files,
    found: _Documents,
    private: frozenset[str],
    moves: Moves,
    choice: Choice,
    workers: int,
    cache: Cache,
) -> tuple[frozenset[str], Moves]:
    """Take private notes out of what was `found`, and the links to them out of the other texts.

    Returns the paths of the files that had some, which are scanned again, and the moves that are left.
    """
    known = PrivateNotes(found.notes.values(), found.pages.values(), private, _places(files), moves)
    take_out(files, private)
    for records in (found.contents, found.keys, found.notes, found.pages):
        for path in private:
            records.pop(path, None)
    new = {}
    for path, note in (*found.notes.items(), *found.pages.items()):
        text = rewrite(note, decode(found.contents[path])[0], known, is_page=path in found.pages)
        if text is not None:
            new[path] = text.encode("utf-8", "surrogatepass")
    keys = _keys(new)
    found.contents |= new
    found.keys |= keys
    for note, _ in _scan(new, keys, workers, cache):
        found.add(note, choice)
    return frozenset(new), known.moves(moves)


def _not_utf8(path: str) -> Finding:
    message, cure = "the file is not UTF-8; what cannot be read is shown as \ufffd", "Save it as UTF-8"
    return Finding(FindingCode.ENCODING, path, 0, 0, message, cure)


def _places(files: Files) -> list[str]:
    return [file.src_uri for file in files if file.inclusion is not InclusionLevel.DRAFT]


def _says_who(data: bytes) -> bool:
    """Return whether the frontmatter of a note says who wrote it."""
    return b"generated" in data and bool(as_strings(read_note_source(decode(data)[0])[1].data.get("generated")))


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
        if not is_plain(file):
            log.warning("%s is no plain file: it is left out", file.src_uri)
            files.remove(file)
            return None
        return file.content_bytes
    except FileNotFoundError:
        log.warning("%s is gone: it is left out", file.src_uri)
        files.remove(file)
        return None
    except OSError as error:
        raise PluginError(f"{file.src_uri} cannot be read: {error.strerror}") from None


def is_plain(file: File) -> bool:
    """Return whether a file may be read: a pipe would have its reader wait for ever. Raises `OSError`."""
    return not file.abs_src_path or stat.S_ISREG(os.stat(file.abs_src_path).st_mode)


def is_record(found: Any) -> bool:
    """Return whether a record of the cache has the form of one: a note, and whether its file was valid UTF-8; or the
    shifts of a collection.
    """
    if isinstance(found, dict):
        return all(type(path) is str and type(shift) is Shift for path, shift in found.items())
    return isinstance(found, tuple) and tuple(map(type, found)) == (Note, bool)


def _keys(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    programs = fingerprint("core", "PyYAML")
    return {path: digest_of(programs, os.fsencode(path), data) for path, data in contents.items()}


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
    notes: Sequence[Note], durations: Mapping[str, int], keys: Mapping[str, bytes], workers: int, cache: Cache
) -> Callable[[], Mapping[str, Shift]]:
    """Return a function that returns `find_shifts` of `notes`: what the cache knows, where nothing has changed since;
    else it is found by a process of its own meanwhile, where there may be one and it is worth it.

    Each note is decided by its video's other notes and by all of its channel.
    """
    lengths = repr(sorted(durations.items())).encode()
    key = digest_of(b"shifts", lengths, *(keys[note.path] for note in notes))
    known: Mapping[str, Shift] | None = cache.read([key]).get(key)
    if known is not None:
        return lambda: known
    found = meanwhile(partial(find_shifts, notes, durations), forks=workers > 1 and len(notes) > _MANY)

    def keep() -> Mapping[str, Shift]:
        shifts = found()
        cache.write({key: pack(shifts)})
        return shifts

    return keep
