"""Where links lead: the elements of wikilinks, of the files they embed, and of raw tags."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from ..core.files import AUDIO, SHOWN, VIDEO, ending
from ..core.names import visible, words
from ..core.resolve import ChannelFolder, Hidden, Missing, hub_path
from ..core.sentences import embeds_file
from ..core.tokens import Tag, WikilinkToken
from .html import is_local, raw_element, text_of
from .markup import MISSING, WIKILINK
from .view import View

_WIDTH = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?\Z")


def link_target(view: View, link: WikilinkToken) -> tuple[Element, str]:
    """Return the element of a wikilink, without its label, and the label it has if it names none."""
    collection = view.site.collection
    answer = collection.resolve(view.note.path, link.target, link.fragment)
    if isinstance(answer, Missing):
        title = words(link.target.removesuffix(".md")) or link.fragment
        wanted = collection.wanted.get(answer.key)
        stub = view.site.stub_path(wanted) if wanted else None
        if stub:
            return Element("a", {"class": f"{WIKILINK} {WIKILINK}--wanted", "href": view.href(stub)}), title
        return Element("span", {"class": MISSING, "title": _escaped(f"No note yet: {title}")}), title
    if isinstance(answer, Hidden):
        return Element("span", {"class": f"{WIKILINK} {WIKILINK}--text"}), words(link.target.rpartition("/")[2])
    if isinstance(answer, ChannelFolder):
        href = view.href(hub_path(answer.channel))
        return Element("a", {"class": WIKILINK, "href": href}), visible(answer.channel.rpartition("/")[2])
    note = collection.note(answer.path)
    href = view.href(answer.path, answer.fragment)
    return Element("a", {"class": WIKILINK, "href": href}), link.fragment if not link.target else note.title


def file_element(view: View, link: WikilinkToken) -> Element | None:
    """Return what `![[file | width]]` embeds, or the link to a file; `None`: a note is meant."""
    path = view.site.collection.attachment(view.note.path, link)
    name = link.target.rpartition("/")[2]
    if path is None:
        if not (link.embed and embeds_file(link.target)):
            return None
        element = Element("span", {"class": MISSING, "title": _escaped(f"No such file: {name}")})
        element.text = text_of(link.label if link.label and not _WIDTH.match(link.label) else name)
        return element
    kind = ending(path)
    if not link.embed or kind not in SHOWN:
        return Element("a", {"class": WIKILINK, "href": view.href(path, link.fragment)})
    href = view.href(path)
    size = _WIDTH.match(link.label)
    label = link.label if link.label and not size else words(posixpath.splitext(name)[0])
    if kind in VIDEO or kind in AUDIO:
        # The source is a plain link too, so that the host turns it into a URL and checks it.
        element = Element("video" if kind in VIDEO else "audio", {"controls": "controls", "preload": "none"})
        element.set("src", href)
        fallback = SubElement(element, "a", {"href": href})
        fallback.text = text_of(label)
    else:
        element = Element("img", {"src": href, "alt": _escaped(label), "loading": "lazy"})
    if size:
        element.set("width", size[1])
        if size[2]:
            element.set("height", size[2])
    return element


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;")


def raw_tag(view: View, tag: Tag) -> Element | None:
    """Return the element of a raw tag, whose address leads somewhere or is left out.

    A picture without its file is its words; `None`: there is nothing to show.
    """
    attributes = dict(tag.attributes)
    for key in ("href", "src"):
        if key in attributes:
            url = view.url(attributes.pop(key), picture=key == "src")
            if url is not None:
                attributes[key] = url
    if tag.name == "img" and not is_local(attributes.get("src", "")):
        return picture(view, attributes["src"], attributes) if attributes.get("src") else _words_of(attributes)
    element = raw_element(tag.name, attributes)
    return element if element is not None else _words_of(attributes)


def _words_of(attributes: Mapping[str, str]) -> Element | None:
    """Return what is left of a picture without its file: its words."""
    if not attributes.get("alt"):
        return None
    element = Element("span", {"class": MISSING, "title": "No such picture"})
    element.text = text_of(attributes["alt"])
    return element


def picture(view: View, url: str, attributes: Mapping[str, str]) -> Element | None:
    """Return the picture at `url`; one from elsewhere may be a link, so that no page asks a third party unasked.

    `attributes` are those of an `img`, not yet checked.
    """
    elsewhere = not is_local(url) and not url.startswith("data:")
    if elsewhere and view.site.images == "link":
        link = Element("a", {"href": _escaped(url), "class": "vn-picture"})
        link.text = text_of(attributes.get("alt", "").strip() or _file_name(url))
        return link
    element = raw_element("img", {**attributes, "src": url})
    if element is not None and elsewhere and view.site.images == "load":
        element.attrib.pop("loading", None)
    return element


def _file_name(url: str) -> str:
    """Return the words for the picture at `url`: the name of its file, or its host."""
    parts = urlsplit(url)
    return unquote(posixpath.basename(parts.path)) or parts.netloc or url
