"""What an author's frontmatter says to Material and to other plugins (`hide`, `tags`, any key of theirs)."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from ...core.note import Note


def author_meta(note: Note, theme_folders: Iterable[str]) -> dict[str, Any]:
    """Return the keys of a note's frontmatter that mean nothing here, with values as MkDocs has them, and its tags.

    Texts are escaped, since notes are untrusted and Material's templates do not escape them. An icon that the theme
    has not would stop the build, and is left out.
    """
    meta = {str(key): _typed(value) for key, value in note.meta.items()}
    if "icon" in meta and not _is_icon(meta["icon"], theme_folders):
        del meta["icon"]
    if note.tags:
        meta["tags"] = [html.escape(tag) for tag in note.tags]
    return meta


def _typed(value: Any) -> Any:
    """Return a value read as strings with the types that YAML gives it."""
    if isinstance(value, dict):
        return {str(key): _typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    try:
        read = yaml.safe_load(value) if len(value) < 40 else value
    except (yaml.YAMLError, ValueError):
        read = value
    return read if isinstance(read, bool | int | float) else html.escape(value)


def _is_icon(name: object, theme_folders: Iterable[str]) -> bool:
    if not isinstance(name, str) or ".." in name:
        return False
    return any(Path(folder, ".icons", f"{name}.svg").is_file() for folder in theme_folders)
