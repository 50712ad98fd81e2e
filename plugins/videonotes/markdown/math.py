"""Formulas: TeX to MathML at build time, so that a page needs no script and no font to show them."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert_to_element

from .html import text_of

_LONGEST = 5000


def formula(tex: str, *, display: bool) -> Element:
    """Return a formula in TeX as an element: MathML, with the TeX as its annotation.

    TeX that cannot be converted is shown as it is.
    """
    box = Element("span", {"class": "arithmatex"})
    converted = _convert(tex, display)
    if converted is None:
        code = SubElement(box, "code")
        code.text = text_of(tex)
        return box
    if display:  # a wide one scrolls by itself, by keyboard too
        box.set("class", "arithmatex vn-display")
        box.set("tabindex", "0")
    math = deepcopy(converted)
    math.attrib.pop("xmlns", None)
    for element in math.iter():
        # The converter writes signs as character references.
        element.text = text_of(unescape(element.text)) if element.text else None
        element.tail = None
    row = Element("mrow")
    row.extend(list(math))
    for child in list(math):
        math.remove(child)
    semantics = SubElement(math, "semantics")
    semantics.append(row)
    annotation = SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = text_of(f" {tex} ")  # apart from its neighbours where only text is read
    box.append(math)
    return box


@lru_cache(maxsize=1024)
def _convert(tex: str, display: bool) -> Element | None:
    if len(tex) > _LONGEST:
        return None
    try:
        element: Element = convert_to_element(tex, display="block" if display else "inline")
    except Exception:  # noqa: BLE001 - its errors for untrusted TeX have no base class of their own
        return None
    return element
