"""What is searched of a finished page: its text, without what Pagefind would read in vain."""

from __future__ import annotations

import re

_BODY = b"data-pagefind-body"
_AFTER = (b'<section class="vn-section"', b'<aside class="vn-dock"', b"</article>")
"""What begins behind the text of a page."""

_STRIP, _STRIP_END = b'<div class="vn-strip">', b"</div>"
_UNREAD = (
    (re.compile(rb'<a class="yt-timestamp"[^>]* (id="t-\d+")>'), rb'<a class="yt-timestamp" \1>'),
    (re.compile(rb'<a class="yt-timestamp" data-[^>]*>[^<]*</a>'), b""),
    (re.compile(rb'<a class="wikilink[^>]*>'), b"<a>"),
)
"""What Pagefind reads in vain: half of the bytes of a note are attributes of its timestamps and links."""


def searched_part(text: bytes) -> bytes:
    """Return the part of a finished page that is searched, as a page; empty where a hook took the page out."""
    start = text.rfind(b"<", 0, max(text.find(_BODY), 0))
    if start < 0:
        return text
    text = text[start : min((end for mark in _AFTER if (end := text.find(mark, start)) >= 0), default=len(text))]
    before, strip, after = text.partition(_STRIP)
    text = before + after.partition(_STRIP_END)[2] if strip else text
    for markup, rest in _UNREAD:
        text = markup.sub(rest, text)
    return b"<!doctype html><html><body>" + text
