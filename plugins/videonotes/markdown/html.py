"""What raw HTML of a note may be on a page: which URLs, and a tree in which everything nests."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from ..core.blocks import BLOCK_TAGS

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,[A-Za-z0-9+/=]+\Z")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")
_NUMBER = re.compile(r"\d{1,4}%?\Z")
_PARENTS = {
    "li": {"ul", "ol"},
    "tr": {"table", "thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "caption": {"table"},
    "dt": {"dl"},
    "dd": {"dl"},
    "summary": {"details"},
    "figcaption": {"figure"},
}
_NUMERIC = frozenset({"width", "height", "colspan", "rowspan", "start"})


def safe_url(url: str, *, picture: bool = False) -> str | None:
    """Return `url` if it may stand on a page, else `None`.

    Allowed: `http`, `https`, `mailto`, relative URLs; for a `picture` also `data:` of a bitmap.
    """
    url = _INVISIBLE.sub(lambda match: "%20" if match[0].strip("\n\r\t\x00") == " " else "", url.strip())
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
        return url if picture and _PICTURE.match(url) else None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if scheme and scheme[1].lower() != "mailto" and not parts.netloc:
        return None
    return quote(url, safe="/:?#[]@!$&'()*+,;=%~-._|")


def is_local(url: str) -> bool:
    """Return whether a URL has a path and neither scheme nor host."""
    return bool(url) and url[0] not in "#?" and not _SCHEME.match(url) and not url.startswith("//")


def text_of(value: str) -> AtomicString:
    """Return `value` as text that Python-Markdown leaves alone and serialises as it is."""
    return AtomicString(value.replace("&", "&amp;"))


def append_text(parent: Element, value: str) -> None:
    """Append text to what `parent` holds."""
    if not value:
        return
    if len(parent):
        parent[-1].tail = AtomicString((parent[-1].tail or "") + text_of(value))
    else:
        parent.text = AtomicString((parent.text or "") + text_of(value))


def raw_element(name: str, attributes: dict[str, str]) -> Element | None:
    """Return the element of an allowed raw tag, or `None` where it would be of no use."""
    element = Element(name)
    for key, value in attributes.items():
        if key in ("href", "src"):
            url = safe_url(value, picture=key == "src")
            if url is None:
                continue
            value = url
        elif key == "id":
            continue  # ids of a page belong to its headings and moments
        elif key == "class":
            value = " ".join(name for name in value.split() if not name.startswith(("md-", "js-", "mermaid")))
        elif key in _NUMERIC and not _NUMBER.match(value):
            continue
        element.set(key, value.replace("&", "&amp;"))
    if name == "img":
        if not element.get("src"):
            return None
        element.set("alt", element.get("alt", ""))
        element.set("loading", "lazy")
    if name == "a" and not element.get("href"):
        element.tag = "span"
        element.attrib.pop("href", None)
    return element


def is_blank(text: str | None) -> bool:
    """Return whether there is nothing to see in `text`."""
    return not text or not text.strip()


def mend(root: Element) -> None:
    """Make a tree that holds raw HTML nest as HTML does: no block in a paragraph, no stray item."""
    for parent in list(root.iter()):
        if parent.tag in ("p", "span") and _holds_block(parent):
            parent.tag = "div"
    for parent in list(root.iter()):
        if parent.tag in ("ul", "ol") and not _holds_items(parent):
            parent.tag = "div"
            parent.attrib.pop("start", None)
        for child in parent:
            wanted = _PARENTS.get(child.tag)
            if wanted and parent.tag not in wanted:
                child.tag = "div" if child.tag not in ("td", "th") else "span"


def _holds_block(parent: Element) -> bool:
    return any(child.tag in BLOCK_TAGS for child in parent.iter() if child is not parent)


def _holds_items(parent: Element) -> bool:
    """Whether a list holds items and nothing else."""
    return is_blank(parent.text) and all(child.tag == "li" and is_blank(child.tail) for child in parent)


def is_stored(element: Element) -> bool:
    """Return whether an element is the place of finished HTML that Python-Markdown keeps."""
    return bool(element.text) and str(element.text).startswith("\x02")
