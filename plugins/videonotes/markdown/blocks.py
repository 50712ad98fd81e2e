"""The blocks of a note to elements: what Python-Markdown's own block parser reads differently.

NOTE_FORMAT.md, section 4. The blocks come from `core.blocks`, their text is rendered by `Inline`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ..core.blocks import BLOCK_TAGS, Callout, Container, Kind, Leaf
from ..core.frontmatter import body_offset
from ..core.inline import tokenize
from ..core.names import block_anchor, slug, unique, words
from ..core.scan import Reading, block_id, heading_id, read_body, repeats_title
from ..core.sentences import plain
from ..core.tokens import Tag, Wikilink
from .embeds import embeddable, section
from .html import append_text, is_blank, raw_element, text_of
from .inline import Inline
from .links import link_target
from .math import formula
from .tables import append_table
from .tags import pair_tag_lines
from .view import View

Highlight = Callable[[str, str], str]
"""Takes code and the name of its language, returns HTML."""

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


@dataclass(slots=True)
class Builder:
    """Builds the elements of one note. `store` keeps finished HTML and returns its placeholder."""

    view: View
    reading: Reading
    highlight: Highlight
    store: Callable[[str], str]
    inline: Inline
    ids: set[str]
    headings_seen: int = 0

    @classmethod
    def of(cls, view: View, reading: Reading, highlight: Highlight, store: Callable[[str], str]) -> Builder:
        """Return the builder for the note of `view`."""
        return cls(view, reading, highlight, store, Inline(view, reading.context), set())

    def build(self, parent: Element) -> None:
        """Append all of the note to `parent`: its blocks, then its footnotes."""
        self.children(parent, self.reading.document.root.children)
        self.footnotes(parent)

    def children(self, parent: Element, blocks: Sequence[Container | Leaf]) -> None:
        """Append `blocks` to `parent`, inside the raw tags that enclose some of them."""
        pairs = pair_tag_lines(blocks, self.reading.context)
        stack = [parent]
        for index, block in enumerate(blocks):
            if isinstance(block, Container):
                self.container(stack[-1], block)
            elif block.kind is Kind.TAGS:
                self.inline.has_tags = True
                for tag, matched in pairs[index]:
                    if tag.name == "hr":
                        SubElement(stack[-1], "hr")
                    elif matched and tag.closing:
                        stack.pop()
                    elif matched:
                        element = raw_element("div" if tag.name == "p" else tag.name, tag.attributes)
                        assert element is not None
                        stack[-1].append(element)
                        stack.append(element)
            else:
                self.leaf(stack[-1], block)

    def container(self, parent: Element, block: Container) -> None:
        """Append a list, a quote or a callout. Footnotes wait for the end."""
        if block.kind == "list":
            self.list_(parent, block)
        elif block.kind == "quote" and block.callout:
            self.callout(parent, block, block.callout)
        elif block.kind == "quote":
            self.children(SubElement(parent, "blockquote"), block.children)

    def list_(self, parent: Element, block: Container) -> None:
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
            if item.checked is not None:
                entry.set("class", "task-list-item")
                element.set("class", "task-list")
                box = SubElement(entry, "input", {"type": "checkbox", "disabled": "disabled"})
                box.set("aria-label", "Done" if item.checked else "To do")
                if item.checked:
                    box.set("checked", "checked")
                box.tail = AtomicString(" ")
            self.children(entry, item.children)
            if not block.loose:
                _tighten(entry)

    def callout(self, parent: Element, block: Container, callout: Callout) -> None:
        """Append a callout as an admonition of Material, or as details where it folds."""
        name = callout.type.lower()
        kind = _CALLOUTS.get(name) or slug(name, "note")
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
            self.inline.render(head, text)
            if detail and text is not detail and not _LAYOUT.match(detail):
                append_text(head, f" ({detail})")
        else:
            shown = callout.type if not callout.type.isupper() or " " in callout.type else callout.type.lower()
            append_text(head, shown[:1].upper() + words(shown)[1:])
        self.children(element, block.children)

    def leaf(self, parent: Element, block: Leaf) -> None:
        """Append a block without children."""
        match block.kind:
            case Kind.PARAGRAPH:
                self.paragraph(parent, block)
            case Kind.HEADING:
                self.heading(parent, block)
            case Kind.FENCE:
                language = block.info.split()[0].strip("{}.") if block.info.strip("{}. ") else ""
                self.code(parent, block.text, language)
            case Kind.CODE:
                self.code(parent, block.text.rstrip("\n"), "")
            case Kind.RULE:
                SubElement(parent, "hr")
            case Kind.TABLE:
                append_table(parent, block, self.inline)
            case Kind.MATH:
                tex = block.text.strip()
                SubElement(parent, "p").append(formula(tex[2 : tex.rindex("$$")].strip(), display=True))
            case _:
                pass

    def code(self, parent: Element, source: str, language: str) -> None:
        """Append a block of code; Mermaid as a diagram where the host draws them."""
        if language == "mermaid" and self.view.site.mermaid:
            box = SubElement(parent, "pre", {"class": "mermaid"})
            SubElement(box, "code").text = text_of(source)
            return
        SubElement(parent, "p").text = AtomicString(self.store(self.highlight(source, language)))

    def paragraph(self, parent: Element, block: Leaf) -> None:
        """Append a paragraph, or the note that it consists of embedding."""
        text, identifier = block_id(block.text.rstrip())
        tokens = tokenize(text, self.reading.context)
        if len(tokens) == 1 and isinstance(token := tokens[0], Wikilink) and token.embed:
            alone = not (text[: token.start] + text[token.end :]).strip()
            if alone and self.embed(parent, token):
                return
        element = SubElement(parent, "p")
        if identifier and (anchor := block_anchor(identifier)) not in self.view.taken and not self.view.chain:
            self.view.taken.add(anchor)
            element.set("id", anchor)
        self.inline.render(element, text, tokens)
        if any(isinstance(token, Tag) for token in tokens):
            _without_wrapper(parent, element)
        elif len(element) == 0 and is_blank(element.text) and not identifier:
            parent.remove(element)

    def heading(self, parent: Element, block: Leaf) -> None:
        """Append a heading with the id that the scan gave it; one that repeats the title is left out."""
        text = block.text.rstrip()
        tokens = tokenize(text, self.reading.context)
        words_only = plain(text, self.reading.context, tokens)
        first, self.headings_seen = self.headings_seen == 0, self.headings_seen + 1
        if first and block.level == 1 and repeats_title(words_only, self.view.note.title):
            return
        if self.view.chain:
            element = SubElement(parent, "p", {"class": "vn-embed__heading", "role": "heading"})
            element.set("aria-level", str(min(block.level + 1, 6)))
        else:
            element = SubElement(parent, f"h{block.level}")
            element.set("id", heading_id(words_only, self.ids))
            self.view.taken.add(element.get("id", ""))
        self.inline.render(element, text, tokens)
        if not self.view.chain:
            element.set("data-toc-label", _toc_label(element))

    def embed(self, parent: Element, token: Wikilink) -> bool:
        """Append the text of the note or the section that `![[…]]` names; return whether it did."""
        note = embeddable(self.view, token)
        if note is None:
            return False
        box = SubElement(parent, "blockquote", {"class": "vn-embed"})
        source = SubElement(box, "p", {"class": "vn-embed__source"})
        link, _ = link_target(self.view, token)
        source.append(link)
        if token.label:
            self.inline.label(link, token.label, [])
        else:
            link.text = text_of(note.title)
        text = self.view.site.read(note.path)
        reading = read_body(text, body_offset(text), bool(note.video))
        builder = Builder.of(self.view.inside(note), reading, self.highlight, self.store)
        builder.inline.prefix = f"{unique('embed', self.view.taken)}-"
        builder.children(box, section(reading, token.fragment))
        builder.footnotes(box, only_marked=True)
        return True

    def footnotes(self, parent: Element, *, only_marked: bool = False) -> None:
        """Append the footnotes in the order of their marks; those without a mark come last."""
        notes = self.reading.document.footnotes
        if not notes or (only_marked and not self.inline.footnotes):
            return
        box = Element("div", {"class": "footnote"})
        SubElement(box, "hr")
        entries = SubElement(box, "ol")
        done: set[str] = set()
        while len(done) < len(notes):  # a footnote may hold the first mark of another
            label = next((name for name in self.inline.footnotes if name not in done), None)
            if label is None and only_marked:
                break
            label = label or next(name for name in notes if name not in done)
            done.add(label)
            number = self.inline.footnotes.setdefault(label, len(self.inline.footnotes) + 1)
            entry = SubElement(entries, "li", {"id": f"fn:{self.inline.prefix}{number}"})
            self.children(entry, notes[label].children)
            if (mark := f"fnref:{self.inline.prefix}{number}") in self.view.taken:
                last = entry[-1] if len(entry) and entry[-1].tag == "p" and not _is_stored(entry[-1]) else entry
                append_text(last, " ")
                back = SubElement(last, "a", {"class": "footnote-backref", "href": f"#{mark}"})
                back.set("title", f"Back to the text of footnote {number}")
                back.text = text_of("↩")
        parent.append(box)


def _tighten(entry: Element) -> None:
    """Take the paragraphs of a tight item away, but keep what is in them."""
    for index, child in enumerate(list(entry)):
        if child.tag != "p" or child.attrib or _is_stored(child):
            continue
        previous = entry[list(entry).index(child) - 1] if index else None
        inner = list(child)
        if previous is None:
            entry.text = AtomicString((entry.text or "") + (child.text or ""))
        else:
            previous.tail = AtomicString((previous.tail or "") + (child.text or ""))
        at = list(entry).index(child)
        entry.remove(child)
        for offset, element in enumerate(inner):
            entry.insert(at + offset, element)


def _is_stored(element: Element) -> bool:
    return bool(element.text) and element.text.startswith("\x02")  # type: ignore[union-attr]


def _without_wrapper(parent: Element, element: Element) -> None:
    """Take a paragraph away that holds only blocks written as raw HTML."""
    blocks = [child for child in element if child.tag in BLOCK_TAGS]
    if (
        blocks
        and len(blocks) == len(element)
        and is_blank(element.text)
        and all(is_blank(child.tail) for child in element)
    ):
        at = list(parent).index(element)
        parent.remove(element)
        for offset, child in enumerate(blocks):
            child.tail = None
            parent.insert(at + offset, child)
    elif len(element) == 0 and is_blank(element.text):
        parent.remove(element)


def _toc_label(element: Element) -> str:
    """Return the words of a heading without its timestamps and footnote marks, as HTML."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        parts.append(node.text or "")
        for child in node:
            if "yt-timestamp" not in child.get("class", "") and child.tag != "sup":
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return " ".join("".join(parts).split()).replace("<", "&lt;").replace(">", "&gt;")
