"""The last steps of rendering a note, as Python-Markdown takes them, without what a note never has."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from xml.etree.ElementTree import Element

from markdown.extensions.toc import TocTreeprocessor, escape_cdata, nest_toc_tokens, strip_tags
from markdown.serializers import RE_AMP
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor

from ..core.raw_tags import VOID_TAGS

_EMPTY = VOID_TAGS | {"input"}  # the box of a task
_TAG_OPEN = re.compile(r"(?:<|&lt;?|&#0*60;?|&#x0*3c;?)(?=[a-z/!?])", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def serialize(root: Element) -> str:
    """Return the HTML of a tree whose tags and attributes are strings; that of Python-Markdown's own serializer."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    write(f"<{tag}")
    attributes = element.attrib
    for name in sorted(attributes) if len(attributes) > 1 else attributes:
        value = attributes[name]
        write(f' {name}="{_attribute(no_markup(value) if name == "title" else value)}"')
    if tag in _EMPTY:
        write(" />")
    else:
        write(">")
        if text:
            write(_text(text))
        for child in element:
            _write(child, write)
        write(f"</{tag}>")
    if tail:
        write(_text(tail))


def no_markup(title: str) -> str:
    """Return a tooltip that is text for who takes it for HTML, too, as Material's `content.tooltips` does.

    A zero-width space after `<` keeps it from beginning a tag (HTML Standard, tag open state); nothing of it is seen.
    """
    return _TAG_OPEN.sub("\\g<0>\u200b", title) if "<" in title or "&" in title else title


def _text(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def _attribute(text: str) -> str:
    text = _text(text)
    return text.replace('"', "&quot;") if '"' in text else text


class NoteLines(PrettifyTreeprocessor):
    """Puts line ends between the blocks of a note: what is a block is looked up in a set, not in a list."""

    def run(self, root: Element) -> None:
        """Put a line end before, between and after blocks that have no text there."""
        self.blocks = frozenset(self.md.block_level_elements)
        super().run(root)

    def _prettifyETree(self, element: Element) -> None:  # noqa: N802 - Python-Markdown's name
        blocks = self.blocks
        if element.tag in blocks and element.tag not in ("code", "pre"):
            if len(element) and element[0].tag in blocks and not (element.text and element.text.strip()):
                element.text = "\n"
            for child in element:
                if child.tag in blocks:
                    self._prettifyETree(child)
        if not (element.tail and element.tail.strip()):
            element.tail = "\n"


class NoteToc(Treeprocessor):
    """Makes the table of contents of a note, whose headings have their ids and labels.

    Python-Markdown's own processor does it where these are missing, or more is asked for.
    """

    def __init__(self, processor: TocTreeprocessor) -> None:
        super().__init__(processor.md)
        self.processor = copy(processor)
        self.processor.marker = ""  # notes are untrusted: they ask for no table of contents, as in "[TOC]"

    def run(self, root: Element) -> None:
        """Keep the headings as `toc_tokens`, and take their labels away."""
        toc = self.processor
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        labelled = all("id" in element.attrib and "data-toc-label" in element.attrib for element in headings)
        if not labelled or toc.use_anchors or toc.use_permalinks not in (False, None):
            toc.run(root)
            return
        tokens = []
        for element in headings:
            toc.set_level(element)
            level, label = int(element.tag[1]), element.attrib.pop("data-toc-label")
            if toc.toc_top <= level <= toc.toc_bottom:
                tokens.append({"level": level, "id": element.attrib["id"], "name": escape_cdata(strip_tags(label))})
        self.md.toc_tokens = nest_toc_tokens(tokens)  # type: ignore[arg-type,attr-defined]
        self.md.toc = ""  # type: ignore[attr-defined]
