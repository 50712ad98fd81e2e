"""Redirects: pages that moved (`redirects.yml`) and other names of a note (`aliases`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .findings import Finding, FindingCode
from .mapping_file import read_mapping
from .names import file_name, fold, visible
from .note import Note

_CURE = "Write `old/path: new/path`, both from the root of the notes"


@dataclass(frozen=True, slots=True)
class Redirect:
    """That the page at the source path `old` is now the one at `path`, there at `fragment` (may be empty)."""

    old: str
    path: str
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a `redirects.yml` says, unchecked: the old paths, with the new one and the line of each."""

    path: str = ""
    entries: Mapping[str, tuple[str, int]] | None = None


def source_path(written: str) -> str:
    """Return the path of the source file that `written` means: `/a/b/`, `a/b` and `a/b.md` are `a/b.md`."""
    path = posixpath.normpath(written.strip().strip("/")).removesuffix(".md")
    return f"{path}.md"


def read_redirects(path: str, text: str) -> tuple[Moves, list[Finding]]:
    """Read a `redirects.yml`: old path to new path, which may end in `#fragment`."""
    entries: dict[str, tuple[str, int]] = {}
    read, findings = read_mapping(path, text, FindingCode.REDIRECT, "old: new")
    for old, new, line in read:
        if isinstance(old, str) and isinstance(new, str) and old.strip("/ ") and new.strip("/ "):
            entries[source_path(old)] = (new.strip(), line)
        else:
            findings.append(Finding(FindingCode.REDIRECT, path, line, 1, f"{str(old)[:60]!r} leads nowhere", _CURE))
    return Moves(path, entries), findings


def collect_redirects(
    notes: Iterable[Note], pages: Iterable[Note], moves: Moves
) -> tuple[list[Redirect], list[Finding]]:
    """Return every redirect, by its old path, and a finding for each that cannot be.

    A redirect leads to the last of a chain. The name of a note that is there wins over an alias
    and over an entry of `redirects.yml`; unlisted notes have no redirects.
    """
    notes = tuple(notes)
    living = {note.path for note in (*notes, *pages)}
    findings: list[Finding] = []
    found: dict[str, Redirect] = {}
    for old, (_, line) in (moves.entries or {}).items():
        redirect, problem = _read_move(old, moves, living)
        if redirect:
            found[old] = redirect
        else:
            cure = "Take the line out, or rename that page" if old in living else "Name the note that took its place"
            message = f"the redirect of {old}: {problem}"
            findings.append(Finding(FindingCode.REDIRECT, moves.path, line, 1, message, cure))
    names = {(note.channel, fold(visible(note.name))): note.path for note in notes}
    for note in notes:
        for alias in () if note.unlisted else dict.fromkeys(map(fold, note.aliases)):
            findings += _take_alias(note, alias, names.get((note.channel, alias), ""), living, found)
    return sorted(found.values(), key=lambda redirect: redirect.old), findings


def _read_move(old: str, moves: Moves, living: set[str]) -> tuple[Redirect | None, str]:
    """Return the redirect of an entry of `redirects.yml`, or the problem."""
    target, fragment, problem = _follow(old, moves.entries or {}, living)
    if any(file_name(part) != part for part in old.removesuffix(".md").split("/")):
        problem = "no file can have a name that long"
    if old in living:
        problem = f"{old} is a page that exists"
    return (None, problem) if problem else (Redirect(old, target, fragment), "")


def _take_alias(note: Note, alias: str, owner: str, living: set[str], found: dict[str, Redirect]) -> Iterator[Finding]:
    """Add the redirect of an alias to `found`, or yield why there is none. `owner` is the note of that name."""
    old = posixpath.join(note.channel, f"{file_name(alias)}.md")
    if file_name(alias) != alias:
        message = f"the alias {alias[:40]!r}… is too long for a file: its address is cut"
        yield Finding(FindingCode.LONG_NAME, note.path, 1, 1, message, "Write a shorter one")
    if not alias or owner == note.path:
        return
    if owner or old in living or (old in found and found[old].path != note.path):
        other = owner or (found[old].path if old in found else old)
        message = f"the alias {alias!r} leads to {other} already"
        yield Finding(FindingCode.REDIRECT, note.path, 1, 1, message, "Take the alias out of one of the two")
    else:
        found[old] = Redirect(old, note.path)


def _hubs(folder: str) -> tuple[str, str]:
    """Return the paths that the hub of a channel may have."""
    return f"{folder}/index.md", f"{folder}/{posixpath.basename(folder)}.md"


def _follow(old: str, entries: Mapping[str, tuple[str, int]], living: set[str]) -> tuple[str, str, str]:
    """Return the path and the fragment that `old` leads to, or the problem."""
    seen = [old]
    while True:
        new, _, fragment = entries[seen[-1]][0].partition("#")
        path = source_path(new)
        for candidate in (path, *_hubs(path.removesuffix(".md"))):
            if candidate in living:
                return candidate, fragment, ""
        if path in seen:
            return "", "", f"it goes round in a circle ({' → '.join([*seen, path])})"
        if path not in entries:
            return "", "", f"there is no {path}"
        seen.append(path)
