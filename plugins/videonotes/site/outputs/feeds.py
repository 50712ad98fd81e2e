"""Feeds, the sitemap, the description of the search: RSS 2.0, JSON Feed 1.1, sitemaps.org 0.9, OpenSearch 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from ...core.note import Note
from ..catalog import Catalog
from ..gzips import gzipped
from ..pages.credit import GENERATED
from ..pages.head import describe_note, feed_path
from ..urls import Absolute

MOST_URLS = 45_000
"""Addresses in one sitemap; the protocol allows 50,000."""

_SHORT_NAME = 16
"""Characters that OpenSearch allows a site's short name."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return `text` for XML 1.0: escaped, without characters that it does not know."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})


def feeds(catalog: Catalog, absolute: Absolute, items: int, description: str) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every feed: of the site, and of each channel; `items` notes in each at most."""
    by_channel: dict[str, list[Note]] = {channel: [] for channel in catalog.channels}
    everything: list[Note] = []
    for note in catalog.listed():
        everything.append(note)
        if note.channel:
            by_channel[note.channel].append(note)
    yield from _pair(catalog, "", catalog.site_name, description, "", _newest(catalog, everything, items), absolute)
    for path, notes in by_channel.items():
        channel = catalog.channels[path]
        about = f"Notes on videos of {channel.title}"
        newest = _newest(catalog, notes, items)
        yield from _pair(catalog, path, channel.title, about, channel.hub, newest, absolute)


def _newest(catalog: Catalog, notes: Iterable[Note], most: int) -> list[Note]:
    ordered = sorted(notes, key=lambda note: note.path)
    return sorted(ordered, key=catalog.dates.published, reverse=True)[:most]


def _pair(
    catalog: Catalog, channel: str, title: str, about: str, page: str, notes: list[Note], absolute: Absolute
) -> Iterator[tuple[str, str]]:
    home = absolute(page)
    path = feed_path(channel, "feed.xml")
    yield path, _rss(catalog, title, about, home, absolute("") + path, notes, absolute)
    path = feed_path(channel, "feed.json")
    entries = []
    for note in notes:
        entry: dict[str, Any] = {"id": absolute(note.path), "url": absolute(note.path), "title": note.title}
        entry["content_text"] = describe_note(note) or note.title
        if date := catalog.dates.published(note):
            entry["date_published"] = _time(date).strftime("%Y-%m-%dT%H:%M:%SZ")
        if note.generated:
            entry["tags"] = [GENERATED]
        entries.append(entry)
    version = "https://jsonfeed.org/version/1.1"
    feed = {"version": version, "title": title, "description": about, "home_page_url": home}
    yield (
        path,
        json.dumps({**feed, "feed_url": absolute("") + path, "items": entries}, ensure_ascii=False, indent=1) + "\n",
    )


def _rss(catalog: Catalog, title: str, about: str, home: str, own: str, notes: list[Note], absolute: Absolute) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        f"<title>{xml_text(title)}</title>",
        f"<link>{xml_text(home)}</link>",
        f"<description>{xml_text(about)}</description>",
        f'<atom:link href="{xml_text(own)}" rel="self" type="application/rss+xml"/>',
    ]
    for note in notes:
        address = xml_text(absolute(note.path))
        lines += [
            "<item>",
            f"<title>{xml_text(note.title)}</title>",
            f"<link>{address}</link>",
            f"<guid>{address}</guid>",
            f"<description>{xml_text(describe_note(note))}</description>",
        ]
        if channel := catalog.channel_title(note):
            lines.append(f"<category>{xml_text(channel)}</category>")
        if note.generated:
            lines.append(f"<category>{GENERATED}</category>")
        if date := catalog.dates.published(note):
            lines.append(f"<pubDate>{format_datetime(_time(date))}</pubDate>")
        lines.append("</item>")
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def _time(date: str) -> datetime:
    found = datetime.fromisoformat(date)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def sitemap(pages: Iterable[tuple[str, str]], root: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path and bytes of the sitemap of `(absolute URL, day or time of its last change)`.

    Beyond what one may hold, it is an index of several. A copy is gzipped, as MkDocs does.
    """
    listed = sorted(pages)
    parts = [listed[start : start + MOST_URLS] for start in range(0, len(listed), MOST_URLS)] or [[]]
    if len(parts) == 1:
        texts = {"sitemap.xml": _urls(parts[0])}
    else:
        texts = {f"sitemap-{number}.xml": _urls(part) for number, part in enumerate(parts, 1)}
        lines = [f"<sitemap><loc>{xml_text(root + name)}</loc></sitemap>" for name in texts]
        texts["sitemap.xml"] = _document("sitemapindex", lines)
    for name, text in texts.items():
        yield name, text.encode()
        yield f"{name}.gz", gzipped(text.encode())


def _urls(pages: Iterable[tuple[str, str]]) -> str:
    lines = []
    for address, changed in pages:
        modified = f"<lastmod>{changed}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{xml_text(address)}</loc>{modified}</url>")
    return _document("urlset", lines)


def _document(name: str, lines: list[str]) -> str:
    start = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', start, *lines, f"</{name}>", ""])


def opensearch(name: str, home: str, search: str) -> str:
    """Return the description by which browsers add the site to their search engines.

    `home` and `search` are whole addresses.
    """
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>{xml_text(name[:_SHORT_NAME])}</ShortName>
<Description>{xml_text(f"Search {name}")}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image type="image/png" width="32" height="32">{xml_text(home)}assets/images/favicon.png</Image>
<Url type="text/html" method="get" template="{xml_text(search)}?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{xml_text(home)}opensearch.xml"/>
</OpenSearchDescription>
"""
