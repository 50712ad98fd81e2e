"""Footnotes: their texts at the end of a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .html import append_text, is_stored, text_of

if TYPE_CHECKING:
    from .blocks import Builder


def append_footnotes(builder: Builder, parent: Element, *, only_marked: bool = False) -> None:
    """Append the footnotes in the order of their marks; those without a mark come last."""
    notes = builder.reading.document.footnotes
    if not builder.inline.footnotes and (only_marked or not notes):
        return
    box = Element("div", {"class": "footnote"})
    SubElement(box, "hr")
    entries = SubElement(box, "ol")
    for number, label in enumerate(_in_order(builder, only_marked), 1):
        entry = SubElement(entries, "li", {"id": f"fn:{builder.inline.prefix}{number}"})
        if label in notes:
            builder.children(entry, notes[label].children)
        else:
            builder.inline.render(SubElement(entry, "p"), builder.inline.footnotes.texts[label])
        if (mark := f"fnref:{builder.inline.prefix}{number}") in builder.view.taken:
            last = entry[-1] if len(entry) and entry[-1].tag == "p" and not is_stored(entry[-1]) else entry
            append_text(last, " ")
            back = SubElement(last, "a", {"class": "footnote-backref", "href": f"#{mark}"})
            back.set("title", f"Back to the text of footnote {number}")
            back.text = text_of("↩")
    parent.append(box)


def _in_order(builder: Builder, only_marked: bool) -> Iterator[str]:
    """Yield the labels of the footnotes as they are numbered, while their texts, which may hold marks, are rendered."""
    numbers = builder.inline.footnotes
    waiting = iter(() if only_marked else builder.reading.document.footnotes)
    at = 0
    while True:
        while at < len(numbers.in_order):
            yield numbers.in_order[at]
            at += 1
        label = next((label for label in waiting if label not in numbers), None)
        if label is None:
            return
        numbers.number(label)
