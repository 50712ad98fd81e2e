"""Lists and tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ..core.blocks import Container
from .html import is_stored

if TYPE_CHECKING:
    from .blocks import Builder

_TASKS = {
    " ": "To do",
    "x": "Done",
    "/": "In progress",
    "-": "Cancelled",
    ">": "Forwarded",
    "<": "Scheduled",
    "?": "Question",
    "!": "Important",
    "*": "Star",
}
"""What the characters of tasks mean."""


def append_list(builder: Builder, parent: Element, block: Container) -> None:
    """Append a list; the text of a tight item stands in it without a paragraph (CommonMark 5.3)."""
    element = SubElement(parent, "ul" if block.number is None else "ol")
    if block.number is not None and block.number != 1:
        element.set("start", str(block.number))
    expected = block.number
    for item in block.children:
        assert isinstance(item, Container)
        entry = SubElement(element, "li")
        if item.number is not None:
            if item.number != expected and item.number > (expected or 0):
                entry.set("value", str(item.number))
                expected = item.number
            expected = (expected or 0) + 1
        if item.task:
            element.set("class", "task-list")
            _append_box(entry, item.task)
        builder.children(entry, item.children)
        if not block.loose:
            _tighten(entry)


def _append_box(entry: Element, task: str) -> None:
    """Append the box of a task. One with a character that Obsidian gives a meaning keeps it in `data-task`."""
    entry.set("class", "task-list-item")
    box = SubElement(entry, "input", {"type": "checkbox", "disabled": "disabled"})
    box.set("aria-label", _TASKS.get(task.lower(), f"Marked {task}").replace("&", "&amp;"))
    if task.lower() == "x":
        box.set("checked", "checked")
    elif task != " ":
        entry.set("data-task", task.replace("&", "&amp;"))
    box.tail = AtomicString(" ")


def _tighten(entry: Element) -> None:
    """Take the paragraphs of a tight item away, but keep what is in them."""
    at = 0
    for child in list(entry):
        if child.tag != "p" or child.attrib or is_stored(child):
            at += 1
            continue
        if at:
            entry[at - 1].tail = AtomicString((entry[at - 1].tail or "") + (child.text or ""))
        else:
            entry.text = AtomicString((entry.text or "") + (child.text or ""))
        inner = list(child)
        entry[at : at + 1] = inner
        at += len(inner)
