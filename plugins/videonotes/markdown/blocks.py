"""The blocks of a note to elements: what Python-Markdown's own block parser reads differently.

note-format.md, section 4. The blocks come from `core.blocks`, their text is rendered by `Inline`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from ..core.blocks import BLOCK_TAGS, Container, Kind, Leaf
from ..core.escapes import decode
from ..core.frontmatter import body_offset
from ..core.inline import preformatted, tokenize
from ..core.names import block_anchor, heading_id, repeats_title, unique
from ..core.scan import Reading, read_body
from ..core.sentences import plain
from ..core.tokens import Tag, WikilinkToken
from .callouts import append_callout
from .embeds import embeddable, section
from .footnotes import append_footnotes
from .html import append_text, is_blank, raw_element, text_of
from .inline import Inline
from .links import link_target
from .lists import append_list
from .markup import TIMESTAMP
from .math import formula
from .tables import append_table
from .tags import pair_tag_lines
from .view import View

Highlight = Callable[[str, str], str]
"""Takes code and the name of its language, returns HTML."""


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
        append_footnotes(self, parent)

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
                        element = raw_element(tag.name, tag.attributes)
                        assert element is not None
                        stack[-1].append(element)
                        stack.append(element)
            else:
                self.leaf(stack[-1], block)

    def container(self, parent: Element, block: Container) -> None:
        """Append a list, a quote or a callout. Footnotes wait for the end."""
        before = len(parent)
        self._container(parent, block)
        if block.identifier and len(parent) > before:
            self.anchor(parent[before], block.identifier)

    def anchor(self, element: Element, identifier: str) -> None:
        """Give an element the id of its block, the first time that the page has it."""
        anchor = block_anchor(identifier)
        if identifier and anchor not in self.view.taken and not self.view.chain:
            self.view.taken.add(anchor)
            element.set("id", anchor)

    def _container(self, parent: Element, block: Container) -> None:
        if block.kind == "list":
            append_list(self, parent, block)
        elif block.kind == "quote" and block.callout:
            append_callout(self, parent, block, block.callout)
        elif block.kind == "quote":
            self.children(SubElement(parent, "blockquote"), block.children)

    def leaf(self, parent: Element, block: Leaf) -> None:
        """Append a block without children."""
        if block.kind is Kind.PARAGRAPH:
            self.paragraph(parent, block)
            return
        if block.identifier and block.kind in (Kind.FENCE, Kind.CODE):  # a finished one is no element
            parent = SubElement(parent, "div")
            self.anchor(parent, block.identifier)
        before = len(parent)
        self._leaf(parent, block)
        if block.identifier and len(parent) > before:
            self.anchor(parent[before], block.identifier)

    def _leaf(self, parent: Element, block: Leaf) -> None:
        match block.kind:
            case Kind.HEADING:
                self.heading(parent, block)
            case Kind.FENCE:
                language = block.info.split()[0].strip("{}.") if block.info.strip("{}. ") else ""
                self.code(parent, block.text, language)
            case Kind.CODE:
                self.code(parent, _without_blank_ends(block), "")
            case Kind.RULE:
                SubElement(parent, "hr")
            case Kind.TABLE:
                append_table(parent, block, self.inline, self.anchor)
            case Kind.PRE:
                self.preformatted(parent, block)
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
        SubElement(parent, "p").text = AtomicString(self.store(self.highlight(f"{source}\n", language)))

    def preformatted(self, parent: Element, block: Leaf) -> None:
        """Append a raw `<pre>`: its lines as they are, with its links and timestamps, without its tags."""
        element = SubElement(parent, "pre")
        text = block.text
        position = 0
        for token in preformatted(text, self.reading.context):
            append_text(element, decode(text[position : token.start]))
            position = token.end
            if not isinstance(token, Tag):
                self.inline.token(element, token)
        append_text(element, decode(text[position:]))

    def paragraph(self, parent: Element, block: Leaf) -> None:
        """Append a paragraph, or the note that it consists of embedding."""
        text = block.text.rstrip()
        tokens = tokenize(text, self.reading.context)
        if block.bare:
            self.inline.render(parent, text, tokens)
            return
        if len(tokens) == 1 and isinstance(token := tokens[0], WikilinkToken) and token.embed:
            alone = not (text[: token.start] + text[token.end :]).strip()
            if alone and self.embed(parent, token):
                return
        element = SubElement(parent, "p")
        self.anchor(element, block.identifier)
        self.inline.render(element, text, tokens)
        if any(isinstance(token, Tag) for token in tokens):
            _without_wrapper(parent, element)
        elif len(element) == 0 and is_blank(element.text) and not block.identifier:
            parent.remove(element)

    def heading(self, parent: Element, block: Leaf) -> None:
        """Append a heading with the id that the scan gave it; one that repeats the title is left out."""
        text = block.text.rstrip()
        tokens = tokenize(text, self.reading.context)
        words_only = plain(text, self.reading.context, tokens)
        first, self.headings_seen = self.headings_seen == 0, self.headings_seen + 1
        if first and block.level == 1 and self.repeats_title(parent, words_only):
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

    def repeats_title(self, parent: Element, text: str) -> bool:
        """Return whether a first heading says the title once more, and append the place of one that has an id."""
        note = self.view.note
        if note.headings and not note.headings[0].id and repeats_title(text, note.headings[0].text):
            return True  # the title may be shown as labels write it, and the scan did not know of it
        if not repeats_title(text, note.title):
            return False
        if not self.view.chain:
            SubElement(parent, "div", {"id": heading_id(text, self.ids)})
        return True

    def embed(self, parent: Element, token: WikilinkToken) -> bool:
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
        self.view.budget.take(text)
        reading = read_body(text, body_offset(text), bool(note.video))
        builder = Builder.of(self.view.inside(note), reading, self.highlight, self.store)
        builder.inline.prefix = f"{unique('embed', self.view.taken)}-"
        builder.children(box, section(reading, token.fragment))
        append_footnotes(builder, box, only_marked=True)
        return True


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
            if TIMESTAMP not in child.get("class", "") and child.tag != "sup":
                walk(child)
            parts.append(child.tail or "")

    walk(element)
    return " ".join("".join(parts).split()).replace("<", "&lt;").replace(">", "&gt;")


def _without_blank_ends(block: Leaf) -> str:
    """Return the text of indented code without the blank lines around it (CommonMark 4.4)."""
    lines = [text for _, text in block.lines]
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)
