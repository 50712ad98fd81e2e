"""The markup of a page, read tag by tag as it stands in the file, so that nothing is mended first."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
FOREIGN = frozenset({"svg", "math"})

TEXT_ELEMENTS = frozenset(
    "a br p div span sup sub b i em strong u s del mark small kbd hr ul ol li dl dt dd table thead tbody tr th td"
    " caption blockquote details summary cite q abbr figure figcaption img h1 h2 h3 h4 h5 h6 code pre"
    " input video audio math section button nav label".split()
)
"""Elements that the text of a note may consist of: those its writer may use, and those of Markdown."""

TEXT_ATTRIBUTES = frozenset(
    "href src alt title class id width height colspan rowspan start value open lang dir loading type disabled"
    " checked controls preload role aria-label aria-level aria-labelledby data-v data-t data-repaired"
    " data-vn-source for tabindex name".split()
)


class MarkupReader(HTMLParser):
    """Collects `(rule, detail)` for each fault of a page's markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[tuple[str, str]] = []
        self.text_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag where it begins."""
        self._check(tag, attrs)
        if tag not in VOID:
            self.stack.append(tag)
            if self.text_depth == 0 and tag == "div" and ("class", "vn-text") in attrs:
                self.text_depth = len(self.stack)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check a tag that ends at once, as those in SVG and MathML may."""
        self._check(tag, attrs)
        if tag not in VOID and not FOREIGN & set(self.stack):
            self.faults.append(("unclosed", f"<{tag}/> does not close in HTML"))

    def handle_endtag(self, tag: str) -> None:
        """Match a closing tag with what is open."""
        if tag in VOID:
            return
        if not self.stack or self.stack[-1] != tag:
            open_tag = self.stack[-1] if self.stack else "nothing"
            self.faults.append(("unclosed", f"</{tag}> while <{open_tag}> is open"))
            if tag in self.stack:
                while self.stack.pop() != tag:
                    pass
        else:
            self.stack.pop()
        if len(self.stack) < self.text_depth:
            self.text_depth = 0

    def _check(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        faults = self.faults
        names = [name for name, _ in attrs]
        if len(set(names)) < len(names):
            faults.append(("attribute", f"<{tag}> has an attribute twice: {names}"))
        if tag == "a" and "a" in self.stack:
            faults.append(("nested-anchor", "an <a> inside an <a>"))
        if "p" in self.stack[-1:] and tag in _BLOCKS:
            faults.append(("nesting", f"<{tag}> inside a <p> ends it"))
        for value in (value for name, value in attrs if name == "id" and value is not None):
            if value in self.ids:
                faults.append(("duplicate-id", f"id={value!r} stands twice"))
            self.ids.add(value)
        if self.text_depth:
            self._check_of_note(tag, attrs)

    def _check_of_note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check that a tag may stand in the text of a note."""
        faults = self.faults
        foreign = bool(FOREIGN & set(self.stack)) or tag in FOREIGN
        for name, value in attrs:
            if name.startswith("on") or name == "style" or (name not in TEXT_ATTRIBUTES and not foreign):
                faults.append(("attribute", f"<{tag} {name}=…> may not stand in a note"))
            if name in ("href", "src") and value is not None and not _allowed_url(value):
                faults.append(("url", f"<{tag} {name}={value[:60]!r}> has a scheme that is not allowed"))
        if tag not in TEXT_ELEMENTS and not foreign:
            faults.append(("element", f"<{tag}> may not stand in a note"))


_BLOCKS = frozenset("p div ul ol li dl table blockquote details figure h1 h2 h3 h4 h5 h6 hr pre section".split())


def _allowed_url(url: str) -> bool:
    head = "".join(url.split()).split("/")[0].split("?")[0].split("#")[0]
    if ":" not in head:
        return True
    scheme = head.split(":")[0].lower()
    return scheme in {"http", "https", "mailto"} or url.startswith("data:image/")


def markup_faults(html: str) -> Iterator[tuple[str, str]]:
    """Yield `(rule, detail)` for each fault of the markup of a page."""
    reader = MarkupReader()
    reader.feed(html)
    reader.close()
    yield from reader.faults
    for tag in reader.stack:
        yield "unclosed", f"<{tag}> is never closed"
