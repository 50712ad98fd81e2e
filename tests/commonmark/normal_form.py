"""HTML as the comparison of two renderers sees it: what both say, without what only one of them writes around it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import markdown
from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from videonotes.core.collection import build_collection
from videonotes.core.scan import scan
from videonotes.markdown import VideonotesExtension
from videonotes.markdown.view import Site

_BLOCKS = frozenset("blockquote div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split())
_OURS = ("id", "data-toc-label", "loading", "aria-label", "class", "style", "disabled")
_SAME = {"s": "del", "b": "strong", "i": "em"}
_SPACES = re.compile(r"[ \t\n]+")


def render(source: str, expected: str = "") -> str:
    """Render `source` as a note that stands beside every file that the links of `expected` lead to."""
    addresses = [tag.get("href") or tag.get("src") or "" for tag in _parsed(expected).find_all(["a", "img"])]
    files = [_path(str(address)) for address in addresses]
    note = scan("note.md", f"---\ntitle: The title\n---\n{source}")
    collection = build_collection([note], sources=["note.md", *files])
    extension = VideonotesExtension()
    extension.site = Site(collection, lambda path: source)
    extension.note = collection.index.notes["note.md"]
    return markdown.markdown(source, extensions=[extension])


def normal_form(html: str) -> str:
    """Return `html` with one element or text a line."""
    soup = _parsed(html)
    for pre in soup.find_all("pre"):
        _plain_code(pre)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    soup.smooth()
    lines: list[str] = []
    _write(soup, lines, "")
    return "\n".join(lines)


def _parsed(html: str) -> BeautifulSoup:
    return BeautifulSoup(
        re.sub("\u200b|<!--->|<!-->", "", html), "html.parser"
    )  # comments that this parser does not know


def _path(address: str) -> str:
    return unquote(address.partition("#")[0].partition("?")[0]).lstrip("/")


def _plain_code(pre: Tag) -> None:
    """Take the colours out of a block of code, and the class that names its language."""
    text = pre.get_text()
    pre.clear()
    pre.append(NavigableString(text if text.strip("\n") else text[1:]))
    if box := pre.find_parent("div", class_="highlight"):
        box.replace_with(pre)


def _write(parent: Tag, lines: list[str], indent: str) -> None:
    text = ""
    children = [child for child in parent.children if isinstance(child, Tag) or type(child) is NavigableString]
    for position, child in enumerate(children):
        if isinstance(child, Tag):
            lines.append(indent + _start(child))
            _write(child, lines, indent + "  ")
            continue
        text = str(child)
        if parent.name != "pre":
            text = _SPACES.sub(" ", text)
            before = children[position - 1] if position else None
            after = children[position + 1] if position + 1 < len(children) else None
            block = parent.name in _BLOCKS or parent.name == "[document]"
            if (before is None and block) or (isinstance(before, Tag) and before.name in {*_BLOCKS, "br"}):
                text = text.lstrip(" ")
            if (after is None and block) or (isinstance(after, Tag) and after.name in {*_BLOCKS, "br"}):
                text = text.rstrip(" ")
        if text:
            lines.append(indent + repr(text))


def _start(tag: Tag) -> str:
    attributes = []
    for name, value in sorted(tag.attrs.items()):
        if (name == "alt" and not value) or (name in _OURS and not (name == "class" and tag.name == "span")):
            continue
        text = " ".join(value) if isinstance(value, list) else str(value)
        if name in ("href", "src"):
            text = unquote(text).removeprefix("./").lstrip("/") if "://" not in text else unquote(text)
        attributes.append(f"{name}={text if name != 'checked' else ''!r}")
    return " ".join([f"<{_SAME.get(tag.name, tag.name)}", *attributes])
