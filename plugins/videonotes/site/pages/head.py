"""What the head of a page tells machines: description, canonical link, Open Graph, Twitter card, JSON-LD, feeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from ...core.names import visible
from ...core.note import Note
from ...core.youtube import picture_url, watch_url
from ..catalog import Catalog
from ..urls import Absolute, Url
from .credit import MODEL_MEDIA, credit
from .generated_page import GeneratedPage
from .notes import note_crumbs


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the site or a channel: its MIME type, title and URL."""

    type: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page. Empty strings: there is nothing to say. `data` is JSON-LD, safe inside `<script>`,
    `search` the URL of the site's OpenSearch description.
    """

    title: str
    description: str
    type: str
    url: str
    image: str
    noindex: bool
    previous: str
    next: str
    markdown: str
    feeds: tuple[Feed, ...]
    data: str
    search: str = ""


def feed_path(channel: str, name: str) -> str:
    """Return the path of a feed, from the root of the site: of a channel, or with `""` of the whole site."""
    return f"{visible(channel)}/{name}" if channel else name


def _feeds(catalog: Catalog, channel: str, root: str, *, both: bool = True) -> tuple[Feed, ...]:
    found = catalog.channels.get(channel)
    path, title = (found.path, f"{found.title} · {catalog.site_name}") if found else ("", catalog.site_name)
    rss = Feed("application/rss+xml", title, f"{root}/{quote(feed_path(path, 'feed.xml'))}")
    if not both:
        return (rss,)
    return rss, Feed("application/feed+json", title, f"{root}/{quote(feed_path(path, 'feed.json'))}")


def describe_note(note: Note) -> str:
    """Return the description of a note: its own, else its first sentence."""
    return note.description or note.summary


def note_head(catalog: Catalog, note: Note, url: Url, absolute: Absolute | None, markdown: str) -> Head:
    """Return the head of a note's page; `markdown` is the name of its Markdown beside it.

    Without `absolute` (no `site_url`), what needs whole addresses is left out.
    """
    channel = catalog.channels.get(note.channel)
    is_hub = catalog.is_hub(note)
    description = describe_note(note) or (channel.description if is_hub and channel else "")
    address = absolute(note.path) if absolute else ""
    data = []
    if absolute and not note.unlisted:
        data = [_breadcrumbs((*note_crumbs(catalog, note), (note.path, note.title)), absolute)]
        data.append(_article(catalog, note, is_hub))
    return Head(
        title=note.title,
        description=description,
        type="article" if not is_hub else "website",
        url=address,
        image=picture_url(note.video) if note.video else "",
        noindex=note.unlisted or note.draft,
        previous="",
        next="",
        markdown=markdown if absolute and not note.unlisted and not note.draft else "",
        feeds=() if note.unlisted or not absolute else _feeds(catalog, note.channel, url(""), both=is_hub),
        data=_script(data),
    )


def _article(catalog: Catalog, note: Note, is_hub: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"@type": "CollectionPage" if is_hub else "Article", "headline": note.title[:110]}
    data["inLanguage"] = note.lang
    data |= {"datePublished": catalog.dates.published(note), "dateModified": catalog.dates.changed(note)}
    if note.video:
        data["isBasedOn"] = watch_url(note.video)
    if said := credit(note):
        data |= {"digitalSourceType": MODEL_MEDIA, "creditText": said}
    return {key: value for key, value in data.items() if value}


def page_head(catalog: Catalog, page: GeneratedPage, url: Url, absolute: Absolute | None) -> Head:
    """Return the head of a generated page."""
    data: list[dict[str, Any]] = []
    if absolute:
        if page.crumbs and page.listed:
            data.append(_breadcrumbs((*page.crumbs, (page.path, page.title)), absolute))
        if page.head:
            data += page.head(absolute)
    return Head(
        title=page.title,
        description=page.description,
        type="website",
        url=absolute(page.canonical or page.path) if absolute else "",
        image=picture_url(page.image) if page.image else "",
        noindex=bool(page.canonical) or not page.listed,
        previous=url(page.prev_next[0]) if page.prev_next[0] else "",
        next=url(page.prev_next[1]) if page.prev_next[1] else "",
        markdown="",
        feeds=_feeds(catalog, page.channel, url("")) if absolute else (),
        data=_script(data),
        search=_opensearch(url) if absolute and page.path == catalog.folders.search_page else "",
    )


def plain_head(
    catalog: Catalog, title: str, description: str, path: str, url: Url, absolute: Absolute | None, search: str = ""
) -> Head:
    """Return the head of an ordinary page; with `search`, the path of the search page, that of the home."""
    data: list[dict[str, Any]] = []
    if absolute and search:
        target = {"@type": "EntryPoint", "urlTemplate": f"{absolute(search)}?q={{search_term_string}}"}
        action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
        data.append({"@type": "WebSite", "name": catalog.site_name, "url": absolute(""), "potentialAction": action})
    return Head(
        title=title,
        description=description,
        type="website",
        url=absolute(path) if absolute else "",
        image="",
        noindex=False,
        previous="",
        next="",
        markdown="",
        feeds=_feeds(catalog, "", url("")) if absolute else (),
        data=_script(data),
        search=_opensearch(url) if absolute and search else "",
    )


def _opensearch(url: Url) -> str:
    return f"{url('').rstrip('/')}/opensearch.xml"


def _breadcrumbs(crumbs: Iterable[tuple[str, str]], absolute: Absolute) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": number, "name": title, "item": absolute(path)}
        for number, (path, title) in enumerate(crumbs, 1)
    ]
    del items[-1]["item"]  # the page itself (Google Search Central, "Breadcrumb structured data")
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _script(data: list[dict[str, Any]]) -> str:
    """Return JSON that may stand in a `<script>`: no `<` of it can end the element."""
    if not data:
        return ""
    graph: Mapping[str, Any] = {"@context": "https://schema.org", "@graph": data}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def make_absolute(site_url: str, relative: Url) -> Absolute | None:
    """Return the function that makes absolute URLs of the paths that `relative` knows from the root."""
    if not site_url:
        return None
    base = site_url if site_url.endswith("/") else f"{site_url}/"

    def absolute(path: str) -> str:
        url = relative(path)
        return base + url if url and url[0] not in "./" else urljoin(base, url)

    return absolute
