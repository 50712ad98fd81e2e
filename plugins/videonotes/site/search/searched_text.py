"""What is searched of a finished page: its text, without what Pagefind would read in vain."""

from __future__ import annotations

import re

from ...markdown import markup

_BEGIN, _END, _WITHOUT, _WITHOUT_END = (
    mark.encode() for mark in (markup.SEARCHED, markup.SEARCHED_END, markup.UNSEARCHED, markup.UNSEARCHED_END)
)
_TIMESTAMP, _WIKILINK = markup.TIMESTAMP.encode(), markup.WIKILINK.encode()
_LINK = re.compile(rb"<a(?=\s)([^>]*)>([^<]*</a>)?")
_ID = re.compile(rb'\sid="[^"]*"')


def searched_part(text: bytes) -> bytes:
    """Return the part of a finished page that is searched, as a page; empty where a hook took the page out.

    Half of the bytes of a note are attributes of its timestamps and links, which Pagefind reads in vain. Of a timestamp
    its id stays, to which a result leads.
    """
    start, end = text.find(_BEGIN), text.rfind(_END)
    if start < 0 or end < start:
        return text
    before, _, rest = text[start + len(_BEGIN) : end].partition(_WITHOUT)
    searched = before + rest.partition(_WITHOUT_END)[2]
    return b"<!doctype html><html><body>" + _LINK.sub(_shortened, searched)


def _shortened(link: re.Match[bytes]) -> bytes:
    attributes, rest = link[1], link[2] or b""
    if _TIMESTAMP in attributes:
        if identifier := _ID.search(attributes):
            return b'<a class="' + _TIMESTAMP + b'"' + identifier[0] + b">" + rest
        return b"" if rest else link[0]
    return b"<a>" + rest if _WIKILINK in attributes else link[0]
