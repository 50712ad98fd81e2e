"""A timestamp as an element: a real link into the video, or words where there is no such moment."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..core.repair import Outcome
from ..core.timestamps import clock
from ..core.tokens import Stamp
from ..core.youtube import watch_url
from .html import text_of
from .markup import TIMESTAMP
from .view import View

_BRACKETS = re.compile(r"^[\[(\s]+|[\])\s]+$")


def stamp_element(view: View, stamp: Stamp) -> Element:
    """Return the element for `stamp` in the note of `view` (note-format.md, section 3)."""
    video, time = view.time(stamp)
    if time.seconds is None:
        element = Element("span", {"class": f"{TIMESTAMP} {TIMESTAMP}--invalid", "title": f"No link: {time.why}"})
        element.text = text_of(stamp.text or _written(stamp) or "?")
        return element
    attributes = {
        "class": TIMESTAMP,
        "href": watch_url(video, time.seconds).replace("&", "&amp;"),
        "data-v": video,
        "data-t": str(time.seconds),
    }
    if time.outcome is Outcome.REPAIRED:
        attributes["data-repaired"] = "hms"
    if identifier := view.moment_id(video, time.seconds):
        attributes["id"] = identifier
    element = Element("a", attributes)
    label = clock(time.seconds)
    if stamp.until is not None:
        shifted = time.outcome is Outcome.REPAIRED and stamp.until.shiftable
        until = stamp.until.shifted if shifted else stamp.until.literal
        if until is not None and until > time.seconds:
            label = f"{label}–{clock(until)}"
    if stamp.text:
        label = stamp.text
    elif view.site.source_labels:
        label = _written(stamp) or label
    element.text = text_of(label)
    return element


def _written(stamp: Stamp) -> str:
    return _BRACKETS.sub("", stamp.written)
