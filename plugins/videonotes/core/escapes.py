"""Backslash escapes and character references (CommonMark 0.31, sections 2.4 and 2.5)."""

from __future__ import annotations

import re
from html import unescape

_REFERENCE = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_SOFT_ENTITY = re.compile(_REFERENCE)
_ESCAPED = re.compile(rf"\\([!-/:-@\[-`{{-~])|{_REFERENCE}")


def decode(text: str) -> str:
    """Return `text` with its character references (`&amp;`, `&#39;`) decoded."""
    return _SOFT_ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def unescaped(text: str) -> str:
    r"""Return `text` without backslash escapes, character references decoded: `\*` → `*`, `\&amp;` → `&amp;`."""
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda match: match[1] or unescape(match[0]), text)
