"""Footnotes: their numbers and marks, and their texts at the end of a note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from .html import append_text, is_stored, text_of

if TYPE_CHECKING:
    from .blocks import Builder


class FootnoteNumbers:
    """The numbers of footnotes, in the order in which they are first asked for; `texts` are those of `^[text]`."""

    def __init__(self) -> None:
        self.in_order: list[str] = []
        self.texts: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def __contains__(self, label: str) -> bool:
        return label in self._numbers

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def number(self, label: str) -> int:
        """Return the number of the footnote with this label."""
        number = self._numbers.get(label)
        if number is None:
            self.in_order.append(label)
            number = self._numbers[label] = len(self.in_order)
        return number

    def keep(self, text: str) -> str:
        """Keep the text of a footnote in the line; return the label that it gets."""
        label = f"{len(self.texts)} inline"  # the label of no other one has a space
        self.texts[label] = text
        return label


def footnote_mark(taken: set[str], number: int, prefix: str) -> Element:
    """Return the mark of a footnote. The first one has the id that its text leads back to; `taken` are those given."""
    mark = Element("sup")
    identifier = f"fnref:{prefix}{number}"
    if identifier not in taken:
        taken.add(identifier)
        mark.set("id", identifier)
    link = SubElement(mark, "a", {"class": "footnote-ref", "href": f"#fn:{prefix}{number}"})
    link.text = text_of(str(number))
    return mark


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
