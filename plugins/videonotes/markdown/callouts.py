"""Callouts: Obsidian's `> [!type]- title` as admonitions of Material."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from ..core.blocks import Callout, Container
from ..core.names import slug, words
from .html import append_text

if TYPE_CHECKING:
    from .blocks import Builder

_CALLOUTS = {
    "attention": "warning",
    "caution": "warning",
    "check": "success",
    "cite": "quote",
    "done": "success",
    "error": "danger",
    "fail": "failure",
    "faq": "question",
    "help": "question",
    "hint": "tip",
    "important": "tip",
    "missing": "failure",
    "summary": "abstract",
    "tldr": "abstract",
    "todo": "info",
}
"""Obsidian's types without a look of their own in Material, and the type that they look like."""

_LAYOUT = re.compile(r"[a-z0-9-]+\Z")


def append_callout(builder: Builder, parent: Element, block: Container, callout: Callout) -> None:
    """Append a callout as an admonition of Material, or as details where it folds."""
    name = callout.type.lower()
    kind = slug(name, "note")
    kind = _CALLOUTS.get(kind, kind)
    detail, title = callout.detail, callout.title
    classes = [kind]
    text = title.text
    if detail and not text and not _LAYOUT.match(detail):
        text = detail
    elif detail and _LAYOUT.match(detail):
        classes.append(detail)
    if callout.fold:
        element = SubElement(parent, "details", {"class": " ".join(classes)})
        if callout.fold == "+":
            element.set("open", "open")
        head = SubElement(element, "summary")
    else:
        element = SubElement(parent, "div", {"class": " ".join(["admonition", *classes])})
        head = SubElement(element, "p", {"class": "admonition-title"})
    if text:
        builder.inline.render(head, text)
        if detail and text is not detail and not _LAYOUT.match(detail):
            append_text(head, f" ({detail})")
    else:
        shown = callout.type if not callout.type.isupper() or " " in callout.type else callout.type.lower()
        append_text(head, shown[:1].upper() + words(shown)[1:])
    builder.children(element, block.children)
