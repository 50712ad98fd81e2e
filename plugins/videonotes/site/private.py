"""Private notes: they leave the files of a build, and their names the texts of all others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.structure.files import Files, InclusionLevel

from ..core.frontmatter import body_offset, normalise
from ..core.note import Note
from ..core.private import PrivateNotes
from ..core.scan import clean_source
from ..core.unlinking import without_private_links


def take_out(files: Files, paths: Iterable[str]) -> None:
    """Take the files of private notes out of a build: no page is made of them, and no place is theirs."""
    for path in paths:
        if file := files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED
            files.remove(file)


def drop_from_nav(nav: Any, private: frozenset[str]) -> Any:
    """Return the option `nav` without the entries of private notes, and without sections of nothing else."""
    if isinstance(nav, list):
        kept = [drop_from_nav(item, private) for item in nav]
        return [item for item in kept if item is not None]
    if isinstance(nav, dict):
        entries = {title: drop_from_nav(item, private) for title, item in nav.items()}
        return {title: item for title, item in entries.items() if item is not None and item != []} or None
    return None if nav in private else nav


def rewrite(note: Note, text: str, known: PrivateNotes, *, is_page: bool) -> str | None:
    """Return the `text` of a file without its links to private notes; `None` where it has none."""
    source = normalise(text) if is_page else clean_source(text)
    if not known.may_be_named(note, source):
        return None
    body = body_offset(source)
    new = without_private_links(source, body, (note.path, bool(note.video)), known, is_page=is_page)
    return None if new == source else new
