"""The line `From: [[channel]]` at the head of a note, which says what its breadcrumbs say."""

from __future__ import annotations

import re

from ...core.names import fold
from ...core.note import Note
from ...core.resolve import ChannelFolder, Resolved
from ..catalog import Catalog

_ORIGIN = re.compile(r"\s*From:[ \t]*\[\[[ \t]*([^\[\]\n]+)\]\][ \t]*(?:<br[ \t]*/?>[ \t]*)?(?:\n|\Z)", re.IGNORECASE)
_BELONGS = re.compile(r"[ \t]+\S|(?:=+|-+)[ \t]*(?:\n|\Z)")
"""A line that is read otherwise without the one above: an underline, or an indented one."""


def without_origin(catalog: Catalog, note: Note, text: str) -> str:
    """Return the `text` of a note without a first line that is no more than a link to its channel.

    The breadcrumbs have that link. Whatever else the line says, it stays.
    """
    channel = catalog.channels.get(note.channel)
    line = _ORIGIN.match(text)
    if not line or not channel or channel.hub == note.path or not note.links or _BELONGS.match(text, line.end()):
        return text
    link, answer = note.links[0], catalog.collection.answers(note.path)[0]
    leads_up = (
        answer.channel == note.channel if isinstance(answer, ChannelFolder)
        else isinstance(answer, Resolved) and answer.path == channel.hub and not answer.fragment
    )  # fmt: skip
    says_more = link.fragment or (link.label and fold(link.label) != fold(channel.title))
    is_first = line[1].startswith(link.target)
    return text[line.end() :] if leads_up and is_first and not says_more else text
