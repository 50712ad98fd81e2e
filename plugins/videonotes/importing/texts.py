"""What a text file says of itself: whether it is a note, its title, its channel, and the name it gets."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..core.fenced_note import find_fenced_note, without_fence
from ..core.frontmatter import as_strings, normalise, read_frontmatter
from ..core.names import fold
from ..core.scan import scan
from .safe_names import safe_part

_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_FROM = re.compile(r"^From:[ \t]*\[\[([^\[\]\n|#]+)", re.MULTILINE | re.IGNORECASE)
_HEADING = re.compile(r"^#[ \t]+(\S[^\n]*?)[ \t]*#*$", re.MULTILINE)
_HEX = re.compile(r"(?:\d+[_-])?(?P<hex>[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z", re.IGNORECASE)
_CHANGE = re.compile(r"(?<=\d)(?=[a-f])|(?<=[a-f])(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"[\d_-]+\Z")
_DATE = re.compile(r"(?:1\d|20)\d\d(?:[_-]?\d\d){0,2}\Z|(?:19|20)\d{10}(?:\d\d)?\Z")
_ENOUGH = 200_000
"""Characters in which a timestamp of a note is looked for."""


class Look(NamedTuple):
    """What a text is: a note or not, with its title and the channel that it names, where it does."""

    is_note: bool
    title: str = ""
    channel: str = ""


def look(data: bytes) -> Look:
    """Return what a text file is. A note has a title or a video in its frontmatter, a wikilink, or a timestamp."""
    if b"\0" in data:
        return Look(is_note=False)
    text = normalise(data.decode("utf-8", "replace"))
    if fence := find_fenced_note(text):
        text = without_fence(text, fence)
    front = read_frontmatter(text)
    body = text[front.body :]
    title = " ".join(as_strings(front.data.get("title"))[:1])
    if not (title or as_strings(front.data.get("videoId")) or _WIKILINK.search(body) or _has_stamps(text)):
        return Look(is_note=False)
    if not title and (heading := _HEADING.search(body)):
        title = heading[1]
    origin = _FROM.search(body)
    return Look(True, title, _channel(origin[1]) if origin else "")


def _has_stamps(text: str) -> bool:
    note = scan("a/a.md", text[:_ENOUGH])
    return bool(note.stamps or note.links or note.video)


def _channel(name: str) -> str:
    """Return the folder that the name of a channel stands for; it is text of a note, and may be anything."""
    return safe_part(name.strip().replace("/", "_").replace("\\", "_")).lstrip(".")


def note_name(stem: str, ending: str, title: str, *, keep: bool) -> str:
    """Return the name of a note: that of its `.md`, always where links rely on it (`keep`), else its title's."""
    if ending == "md" and (keep or not is_junk(stem)):
        return stem
    return safe_part(fold(title)) or stem


def is_junk(stem: str) -> bool:
    """Return whether the name of a file says nothing: numbers that are no date, hexadecimal ones of programs."""
    if _NUMBER.match(stem):
        return not _DATE.match(stem)
    match = _HEX.match(stem)
    return bool(match and len(_CHANGE.findall(match["hex"])) >= 3)
