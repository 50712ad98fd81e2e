"""What machines read: feeds, sitemap, JSON-LD, WebVTT, JSON, each by the rules of its format."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

Fault = tuple[str, str]
"""A rule and what breaks it."""

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_CUE = re.compile(r"(?:(\d\d+):)?(\d\d):(\d\d)\.(\d{3}) --> (?:(\d\d+):)?(\d\d):(\d\d)\.(\d{3})\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?\Z")
_REQUIRED = {
    "VideoObject": ("name", "thumbnailUrl", "uploadDate"),
    "Clip": ("name", "startOffset", "url"),
    "BreadcrumbList": ("itemListElement",),
    "Article": ("headline",),
    "CollectionPage": ("headline",),
    "WebSite": ("name", "url"),
}
"""Google Search Central: "Video (VideoObject, Clip)" and "Breadcrumb", the required properties."""


def json_ld_faults(text: str) -> Iterator[Fault]:
    """Yield what is wrong with the JSON-LD of a page."""
    try:
        data = json.loads(text)
    except ValueError as error:
        yield "json-ld", f"no JSON: {error}"
        return
    if data.get("@context") != "https://schema.org":
        yield "json-ld", "its @context is not https://schema.org"
    for entry in data.get("@graph", [data]):
        yield from _entity(entry)


def _entity(entry: dict[str, Any]) -> Iterator[Fault]:
    kind = str(entry.get("@type"))
    if kind not in _REQUIRED:
        yield "json-ld", f"{kind} is not expected"
    for key in _REQUIRED.get(kind, ()):
        if entry.get(key) in (None, "", []):
            yield "json-ld", f"{kind} has no {key}"
    if kind == "VideoObject":
        yield from _clips(entry.get("hasPart", []))
        if not _DAY.match(str(entry.get("uploadDate"))):
            yield "json-ld", f"uploadDate {entry.get('uploadDate')!r} is not ISO 8601"
    if kind == "BreadcrumbList":
        yield from _breadcrumbs(entry.get("itemListElement", []))


def _clips(clips: list[dict[str, Any]]) -> Iterator[Fault]:
    for clip in clips:
        yield from _entity(clip)
        start, end = clip.get("startOffset"), clip.get("endOffset")
        if not isinstance(start, int) or start < 0:
            yield "json-ld", f"a Clip starts at {start!r}"
        elif end is not None and end <= start:
            yield "json-ld", f"a Clip ends at {end}, before its start"
    if len({clip.get("startOffset") for clip in clips}) < len(clips):
        yield "json-ld", "two Clips start at the same second"


def _breadcrumbs(crumbs: list[dict[str, Any]]) -> Iterator[Fault]:
    for number, item in enumerate(crumbs, 1):
        is_addressed = item.get("item") or number == len(crumbs)  # the last is the page itself
        if item.get("position") != number or not item.get("name") or not is_addressed:
            yield "json-ld", f"breadcrumb {number} lacks position, name or item"


def vtt_faults(text: str) -> Iterator[Fault]:
    """Yield what is wrong with a WebVTT file (W3C WebVTT)."""
    blocks = text.strip("\n").split("\n\n")
    if blocks[0] != "WEBVTT":
        yield "webvtt", "it does not begin with WEBVTT"
    last = -1
    for block in blocks[1:]:
        timing, _, said = block.partition("\n")
        match = _CUE.match(timing)
        if not match:
            yield "webvtt", f"no timing: {timing[:60]!r}"
            continue
        parts = [int(part or 0) for part in match.groups()]
        start, end = (hour * 3600 + minute * 60 + second for hour, minute, second, _ in (parts[:4], parts[4:]))
        if start < last or end <= start:
            yield "webvtt", f"out of order: {timing}"
        if not said.strip() or "-->" in said or "<" in said:
            yield "webvtt", f"text that is none: {said[:60]!r}"
        last = start


def feed_faults(path: Path) -> tuple[list[str], list[Fault]]:
    """Return the addresses that a feed (RSS 2.0, or JSON Feed 1.1) names, and what is wrong with it."""
    text = path.read_text("utf-8")
    try:
        return _json_feed(json.loads(text)) if path.suffix == ".json" else _rss(ElementTree.fromstring(text))  # noqa: S314
    except (ValueError, ElementTree.ParseError) as error:
        return [], [("feed", f"it cannot be read: {error}")]


def _rss(root: ElementTree.Element) -> tuple[list[str], list[Fault]]:
    faults: list[Fault] = []
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return [], [("feed", "it is no RSS 2.0")]
    faults += [
        ("feed", f"its channel has no {key}") for key in ("title", "link", "description") if not channel.findtext(key)
    ]
    links = []
    for item in channel.iter("item"):
        links.append(item.findtext("link") or "")
        if not item.findtext("title") or item.findtext("guid") != links[-1]:
            faults.append(("feed", f"an item lacks title, link or guid: {links[-1]}"))
        if date := item.findtext("pubDate"):
            try:
                parsedate_to_datetime(date)
            except ValueError:
                faults.append(("feed", f"{date!r} is no date of RFC 822"))
    return links, faults


def _json_feed(data: dict[str, Any]) -> tuple[list[str], list[Fault]]:
    faults: list[Fault] = []
    if not str(data.get("version")).startswith("https://jsonfeed.org/version/1") or not data.get("title"):
        faults.append(("feed", "it is no JSON Feed with a title"))
    links = []
    for item in data.get("items", []):
        links.append(str(item.get("url")))
        if not item.get("id") or not (item.get("content_text") or item.get("content_html")):
            faults.append(("feed", f"an item lacks id or content: {links[-1]}"))
        if (date := item.get("date_published")) and not _DAY.match(str(date)):
            faults.append(("feed", f"{date!r} is no date of RFC 3339"))
    return links, faults


def sitemap_urls(site: Path) -> tuple[list[str], list[Fault]]:
    """Return the addresses of the sitemap, those of all its parts, and what is wrong with it."""
    faults: list[Fault] = []
    urls: list[str] = []
    waiting = ["sitemap.xml"]
    while waiting:
        name = waiting.pop()
        try:
            root = ElementTree.parse(site / name).getroot()  # noqa: S314 - a file of the site
        except (OSError, ElementTree.ParseError) as error:
            faults.append(("sitemap", f"{name} cannot be read: {error}"))
            continue
        if root.tag == f"{_SITEMAP}sitemapindex":
            waiting += [str(loc.text).rpartition("/")[2] for loc in root.iter(f"{_SITEMAP}loc")]
            continue
        entries = list(root.iter(f"{_SITEMAP}url"))
        if root.tag != f"{_SITEMAP}urlset" or len(entries) > 50_000:
            faults.append(("sitemap", f"{name} is no urlset, or holds more than 50,000 addresses"))
        for entry in entries:
            urls.append(entry.findtext(f"{_SITEMAP}loc") or "")
            date = entry.findtext(f"{_SITEMAP}lastmod")
            if date is not None and not _DAY.match(date):
                faults.append(("sitemap", f"lastmod {date!r} is not ISO 8601"))
    if len(set(urls)) < len(urls):
        faults.append(("sitemap", "an address stands twice"))
    return urls, faults
