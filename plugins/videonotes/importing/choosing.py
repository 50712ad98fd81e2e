"""Where a file goes below the target: the channel and the name of a note, the place of any other file."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from .haul import Haul, Item, Left
from .texts import note_name


def choose(haul: Haul, channel: str) -> Iterator[tuple[str, Item]]:
    """Yield the files that are imported, each with its path below the target; `channel` is for notes without one."""
    haul.drop_templates()
    root = haul.root()
    for path, item in haul.items.items():
        in_vault = haul.vault_of(path)
        folder, name = posixpath.split(path.removeprefix(root))
        if item.look is None:
            yield posixpath.join(folder, name), item
        elif item.look.is_note or (in_vault and name.lower().endswith(".md")):
            yield f"{folder or item.look.channel or channel}/{_name(name, item.look.title, in_vault)}.md", item
        else:
            haul.left[Left.NO_NOTE] += 1


def _name(name: str, title: str, in_vault: bool) -> str:
    stem, ending = posixpath.splitext(name)
    return note_name(stem, ending.removeprefix(".").lower(), title, keep=in_vault)
