"""The raw HTML tags that a note may hold (note-format.md, section 5)."""

from __future__ import annotations

import re

from .escapes import decode
from .tokens import Tag

VOID_TAGS = frozenset({"br", "hr", "img"})
ALLOWED_TAGS = frozenset(
    "a br p div span sup sub b i em strong u s mark small kbd hr ul ol li dl dt dd table thead tbody tr th td"
    " caption blockquote details summary cite q abbr figure figcaption img h1 h2 h3 h4 h5 h6 code pre".split()
)
ALLOWED_ATTRIBUTES = frozenset("href src alt title class id width height colspan rowspan start open lang dir".split())

_TAG = re.compile(
    r"<(?:/([A-Za-z][A-Za-z0-9-]*)\s*|([A-Za-z][A-Za-z0-9-]*)"
    r"((?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*+)\s*/?)>"
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>`]+))?")


def read_tag(text: str, start: int) -> Tag | None:
    """Return the tag at `start` with its allowed attributes, or `None`: it is text."""
    tag = _TAG.match(text, start)
    name = (tag[1] or tag[2]).lower() if tag else ""
    if not tag or name not in ALLOWED_TAGS:
        return None
    values = attributes_of(tag[3]) if tag[3] else {}
    attributes = {name: value for name, value in values.items() if name in ALLOWED_ATTRIBUTES}
    return Tag(start, tag.end(), name, attributes, bool(tag[1]))


def attributes_of(written: str) -> dict[str, str]:
    """Return the attributes of a raw tag, names in lower case."""
    return {name.lower(): _unquoted(value) for name, value in _ATTRIBUTE.findall(written)}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return decode(value)
