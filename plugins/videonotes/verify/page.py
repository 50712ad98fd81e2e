"""What a page says and where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from .literals import Literal, find_literals
from .machines import json_ld_faults
from .markup import markup_faults

LONGEST = 12 * 3600
LARGEST = 300_000
_ELSEWHERE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_WATCH = re.compile(r"https://(?:www\.youtube\.com/watch\?v=|youtu\.be/)([A-Za-z0-9_-]{11})[?&]t=(\d+)s?\Z")
_LETTERS = re.compile(r"[^\W\d_]")
_MONEY = re.compile(
    r"\d[\d.,]*\s*(?:million|billion|thousand|dollars|percent|k|m|per|a|for|and|to)\b(?!.*[\\^_=])", re.IGNORECASE
)


@dataclass(slots=True)
class PageFacts:
    """What one page says of itself: its faults, its links to check, its ids, the text of its note.

    `literals` are faults unless a source means them; `headings` and `pictures` those of the note's own text,
    `opening` its first words, `crumbs` the links above it and their words. Of its source, `meant` are the
    signs that it means as they stand, `origin` what a first line `From: [[…]]` holds that the page does not show.

    `anchors` are the links that a reader can follow; `backlinks` those that it lists as leading to the
    note at `target`; `moved` says that it only leads elsewhere.
    """

    faults: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    source: str = ""
    text: str = ""
    opening: str = ""
    literals: list[Literal] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    meant: frozenset[tuple[str, str]] = frozenset()
    origin: str = ""
    is_hub: bool = False
    target: str = ""
    backlinks: list[str] = field(default_factory=list)
    canonical: str = ""
    noindex: bool = False
    moved: bool = False


def read_page(html: str, durations: Mapping[str, int] | None = None) -> PageFacts:
    """Read one page. `durations` are the known lengths of videos, in seconds."""
    soup = BeautifulSoup(html, "lxml")
    facts = PageFacts(faults=list(markup_faults(html)))
    facts.ids = [str(element["id"]) for element in soup.find_all(id=True)]
    for element in soup.find_all(["a", "img", "link", "script", "video", "audio", "source"]):
        for name in ("href", "src"):
            if isinstance(value := element.get(name), str):
                facts.links.append(value)
    facts.anchors = [str(anchor["href"]) for anchor in soup.find_all("a", href=True)]
    _head(soup, facts)
    if isinstance(listed := soup.select_one("[data-vn-backlinks]"), Tag):
        facts.target = str(listed["data-vn-backlinks"])  # empty: those of the page's own note
        facts.backlinks = [str(anchor["href"]) for anchor in listed.select("a.vn-mention")]
    _size(html, soup, facts)
    article = soup.find("article") or soup
    facts.faults += _stamps(article, durations or {})
    facts.faults += _formulas(article)
    for literal in find_literals(article):
        if isinstance(literal, Literal):
            facts.literals.append(literal)
        else:
            facts.faults.append(literal)
    if isinstance(note := soup.select_one("[data-vn-source]"), Tag):
        if listed is not None:
            facts.target = facts.target or str(note["data-vn-source"])
        _note(note, facts)
    return facts


def _note(note: Tag, facts: PageFacts) -> None:
    facts.source = str(note["data-vn-source"])
    facts.is_hub = "vn-hub" in (note.get("class") or ())
    facts.crumbs = [(str(link.get("href")), link.get_text()) for link in note.select(".vn-crumbs a")]
    heading = note.find("h1")
    text = note.find(class_="vn-text")
    for stamp in note.find_all(class_="yt-timestamp"):
        if not _LETTERS.search(stamp.get_text()):
            stamp.replace_with(" ")
    if isinstance(text, Tag):
        facts.pictures = list(_pictures(text))
    _put_into_words(note)
    if isinstance(text, Tag):
        facts.headings = [own.get_text() for own in text.find_all(_HEADINGS) if not own.find_parent(class_="vn-embed")]
        facts.opening = text.get_text()[:200].lstrip()
    if facts.is_hub:  # the list of its videos is part of what its author wrote
        text = note
    parts = [heading.get_text(" ")] if isinstance(heading, Tag) else []
    facts.text = "\n".join([*parts, _text(text) if isinstance(text, Tag) else ""])


def _put_into_words(note: Tag) -> None:
    """Replace pictures and formulas by what was written for them; take out marks, which are no words of the note."""
    for picture in note.find_all("img"):
        picture.replace_with(f" {picture.get('alt', '')} ")
    for mark in note.select(".footnote-ref, .footnote-backref, .headerlink"):
        mark.decompose()
    for formula in note.find_all("math"):
        source = formula.find("annotation")
        formula.replace_with(f" {source.get_text() if source else ''} ")


def _head(soup: BeautifulSoup, facts: PageFacts) -> None:
    facts.noindex = soup.select_one('meta[name="robots"][content*="noindex"]') is not None
    facts.moved = soup.select_one('meta[http-equiv="refresh"]') is not None
    if isinstance(canonical := soup.select_one('link[rel="canonical"]'), Tag):
        facts.canonical = str(canonical.get("href"))
    for script in soup.select('script[type="application/ld+json"]'):
        facts.faults += json_ld_faults(script.get_text())
    if not facts.moved and not (soup.title and soup.title.get_text(strip=True)):
        facts.faults.append(("head", "it has no title"))


def _size(html: str, soup: BeautifulSoup, facts: PageFacts) -> None:
    """The text of a note is its author's, whatever its length: the limit is on what stands around it."""
    size = len(html.encode())
    if size > LARGEST:
        text = soup.select_one(".vn-text")
        size -= len(str(text).encode()) if text else 0
        if size > LARGEST:
            facts.faults.append(("size", f"{size:,} bytes, besides the text of its note"))


def _text(element: Tag) -> str:
    """Return the text of a note: blocks apart, the words inside a line as they stand."""
    for block in element.find_all(
        ["p", "li", "td", "th", "div", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "pre"]
    ):
        block.insert_before("\n")
        block.insert_after("\n")
    return element.get_text("")


def _stamps(article: Tag, durations: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for stamp in article.select('.yt-timestamp, .vn-timeline a[href*="://"]'):
        if "yt-timestamp--invalid" in str(stamp.get("class")):
            if stamp.name != "span" or not stamp.get("title") or stamp.get("href"):
                yield "stamp", f"an invalid stamp that is no titled <span>: {stamp}"
            continue
        match = _WATCH.match(str(stamp.get("href", "")))
        if stamp.name != "a" or not match:
            yield "stamp", f"no working href: {str(stamp)[:160]}"
            continue
        if stamp.get("data-v", match[1]) != match[1] or stamp.get("data-t", match[2]) != match[2]:
            yield "stamp", f"data and href differ: {str(stamp)[:160]}"
        if int(match[2]) >= LONGEST:
            yield "stamp", f"past 12 hours: {match[0]}"
        if int(match[2]) > durations.get(match[1], LONGEST):
            yield "stamp", f"past the end of its video: {match[0]}"
        if not stamp.get_text(strip=True):
            yield "stamp", f"no text: {str(stamp)[:160]}"


def _formulas(article: Tag) -> Iterator[tuple[str, str]]:
    for formula in article.find_all("annotation"):
        tex = formula.get_text()
        if _MONEY.match(tex):
            yield "money", tex[:80]


def _pictures(text: Tag) -> Iterator[str]:
    """Yield the addresses from which a reader's browser fetches something of another site unasked."""
    for element in text.find_all(["img", "source", "video", "audio", "iframe", "embed", "object"]):
        for name in ("src", "poster", "data", "srcset"):
            if isinstance(value := element.get(name), str) and _ELSEWHERE.match(value):
                yield value
