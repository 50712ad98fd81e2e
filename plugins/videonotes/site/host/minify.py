"""Pages without what they need not say: white space between blocks, namespaces."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t]*\n\s*")
_ARTICLE = "<article "
_END = "</article>"
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""What a drawing in HTML need not say."""


def shorten(page: str) -> str:
    """Return a page without the white space between the blocks of the frame around its article."""
    start, end = page.find(_ARTICLE), page.rfind(_END)
    if start < 0 or end < start:
        return page
    start = page.find(">", start) + 1
    return tighten(page[:start]) + page[start:end].strip() + tighten(page[end:])


def tighten(frame: str) -> str:
    """Return a part of a page without the white space between its blocks, and what else it need not say."""
    return _BREAK.sub("\n", frame).replace(">\n<", "><").replace(_NAMESPACE, "")
