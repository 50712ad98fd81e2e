"""Inline Markdown to elements: tokens, raw tags and emphasis, nested as HTML nests."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from ..core.block_parser import DEEPEST
from ..core.escapes import decode
from ..core.inline import Context, tokenize
from ..core.raw_tags import VOID_TAGS
from ..core.tokens import Break, Code, FootnoteMark, Link, Math, Stamp, Tag, Text, Token, WikilinkToken
from ..core.youtube import read_video_url
from .emphasis import RUN, Run, make_run, pair
from .footnotes import FootnoteNumbers, footnote_mark
from .html import append_text, is_blank, text_of
from .links import file_element, link_target, picture, raw_tag
from .markup import MISSING, WIKILINK
from .math import formula
from .tags import PairedTags, pair_tags
from .timestamps import stamp_element
from .view import View

_WIDTH = re.compile(r"(\d{1,4})(?:x(\d{1,4}))?\Z")
_SPACES = re.compile(r"[ \t\n]{2,}|\n|\t")


class _Nest:
    """Elements of emphasis in each other, and the text that is `waiting` to be put into the innermost in one go."""

    __slots__ = ("skipped", "stack", "waiting")

    def __init__(self, parent: Element) -> None:
        self.stack = [parent]
        self.skipped = 0  # elements that would nest too deep
        self.waiting: list[str] = []

    def flush(self) -> None:
        append_text(self.stack[-1], "".join(self.waiting))
        self.waiting.clear()

    def turn(self, run: Run) -> None:
        """End and begin the elements of a run of delimiters."""
        for _ in run.ends:
            if self.skipped:
                self.skipped -= 1
            else:
                self.flush()
                self.stack.pop()
        self.waiting.append(run.char * run.left)
        for tag in reversed(run.begins):
            if len(self.stack) > DEEPEST:
                self.skipped += 1
            else:
                self.flush()
                self.stack.append(SubElement(self.stack[-1], tag))


class Inline:
    """Renders the texts of one note. `footnotes` numbers the footnotes in the order of their marks;
    `prefix` keeps the ids of an embedded note's apart from those of the page.
    """

    def __init__(self, view: View, context: Context, prefix: str = "") -> None:
        self.prefix = prefix
        self.view = view
        self.context = context
        self.footnotes = FootnoteNumbers()
        self.has_tags = False

    def render(
        self, parent: Element, text: str, tokens: list[Token] | None = None, anchor: list[Element] | None = None
    ) -> None:
        """Append what the inline Markdown `text` says to `parent`.

        `anchor` is given for the label of a link: it gets the timestamps, which may not stand in one.
        """
        if tokens is None:
            tokens = tokenize(text, self.context)
        if any(isinstance(token, Tag) for token in tokens):
            self.has_tags = True
            self._pieces(parent, pair_tags(text, tokens), (0, len(tokens)), (0, len(text)), 0, anchor)
        else:
            self._span(parent, text, 0, len(text), tokens, anchor)

    def _pieces(
        self,
        parent: Element,
        paired: PairedTags,
        within: tuple[int, int],
        part: tuple[int, int],
        depth: int,
        anchor: list[Element] | None,
    ) -> None:
        """Render a `part` of a text, from one position to another; the tokens `within` are in it."""
        text, tokens = paired.text, paired.tokens
        index, last = within
        start, end = part
        elements: dict[int, list[Element]] = {}
        flat: list[Token] = []
        while index < last:
            token = tokens[index]
            after = index + 1
            if not isinstance(token, Tag):
                flat.append(token)
            elif token.name in VOID_TAGS:
                void = raw_tag(self.view, token)
                elements[token.start] = [void] if void is not None else []
                flat.append(token)
            elif token.closing:
                shown = "" if index in paired.hidden else text[token.start : token.end]
                flat.append(Text(token.start, token.end, shown))
            elif depth >= DEEPEST:
                paired.hidden.update({paired.partner[index]} if index in paired.partner else ())
                flat.append(Text(token.start, token.end, ""))
            else:
                closing = paired.partner.get(index)
                inner = (last, end) if closing is None else (closing, tokens[closing].start)
                elements[token.start] = self._raw(paired, index, inner, depth, anchor)
                flat.append(Tag(token.start, end if closing is None else tokens[closing].end, token.name, {}, False))
                after = last if closing is None else closing + 1
            index = after
        self._span(parent, text, start, end, flat, anchor, elements)

    def _raw(
        self, paired: PairedTags, index: int, inner: tuple[int, int], depth: int, anchor: list[Element] | None
    ) -> list[Element]:
        """Render a raw tag with what is in it, up to a token and a position; return it and the stamps behind it."""
        token = paired.tokens[index]
        assert isinstance(token, Tag)
        element = raw_tag(self.view, token)
        assert element is not None
        stamps = anchor
        if element.tag == "a":
            if anchor is None:
                stamps = []  # no anchor in an anchor: they go behind it
            else:
                element.tag = "span"
                element.attrib.clear()
        last, end = inner
        self._pieces(element, paired, (index + 1, last), (token.end, end), depth + 1, stamps)
        return [element, *(stamps if element.tag == "a" and stamps else ())]

    def _span(
        self,
        parent: Element,
        text: str,
        start: int,
        end: int,
        tokens: list[Token],
        anchor: list[Element] | None,
        elements: dict[int, list[Element]] | None = None,
    ) -> None:
        """Render a text without raw tags: its emphasis, and its tokens one by one."""
        parts, runs = self._parts(text, start, end, tokens)
        if runs:
            pair(runs)
        nest = _Nest(parent)
        waiting = nest.waiting
        for part in parts:
            if isinstance(part, str):
                waiting.append(part)
            elif isinstance(part, Text):
                waiting.append(part.value)
            elif isinstance(part, Run):
                nest.turn(part)
            else:
                nest.flush()
                if isinstance(part, Tag):
                    nest.stack[-1].extend(elements[part.start] if elements else ())
                else:
                    self.token(nest.stack[-1], part, anchor)
        nest.flush()

    def _parts(self, text: str, start: int, end: int, tokens: list[Token]) -> tuple[list[str | Token | Run], list[Run]]:
        """Return what a text without raw tags consists of, and the runs of delimiters in it."""
        parts: list[str | Token | Run] = []
        runs: list[Run] = []
        position = start
        for token in tokens:
            if token.start > position:
                self._words(text, position, token.start, parts, runs)
            parts.append(token)
            position = token.end
        if position < end:
            self._words(text, position, end, parts, runs)
        return parts, runs

    @staticmethod
    def _words(text: str, start: int, end: int, parts: list[str | Token | Run], runs: list[Run]) -> None:
        position = start
        for match in RUN.finditer(text, start, end):
            if match.start() > position:
                parts.append(_plain(text[position : match.start()]))
            run = make_run(text, match.start(), match.end())
            runs.append(run)
            parts.append(run)
            position = match.end()
        if position < end:
            parts.append(_plain(text[position:end]))

    def token(self, parent: Element, token: Token, anchor: list[Element] | None = None) -> None:
        """Append what a token that is no tag and no text stands for."""
        match token:
            case Stamp():
                element = stamp_element(self.view, token)
                if anchor is None:
                    parent.append(element)
                else:
                    anchor.append(element)
            case WikilinkToken():
                self._wikilink(parent, token, anchor)
            case Link():
                self._link(parent, token, anchor)
            case Code():
                code = SubElement(parent, "code")
                code.text = text_of(token.value)
            case Break():
                SubElement(parent, "br")
            case Math():
                parent.append(formula(token.tex, display=token.display))
            case FootnoteMark():
                label = token.label or self.footnotes.keep(token.text)
                mark = footnote_mark(self.view.taken, self.footnotes.number(label), self.prefix)
                if anchor is None:
                    parent.append(mark)

    def _wikilink(self, parent: Element, token: WikilinkToken, anchor: list[Element] | None) -> None:
        if (embedded := file_element(self.view, token)) is not None:
            if embedded.tag == "a" and embedded.get("class") == WIKILINK:
                self._labelled(parent, embedded, token.label, token.target.rpartition("/")[2], anchor)
            else:
                parent.append(embedded)
            return
        element, title = link_target(self.view, token)
        if token.mended and element.tag == "span":
            self.render(parent, token.label or title, anchor=anchor)  # no note has the name that lost brackets
            return
        self._labelled(parent, element, token.label, title, anchor)

    def _link(self, parent: Element, token: Link, anchor: list[Element] | None) -> None:
        url = self.view.url(token.href, picture=token.image)
        if token.image:
            self._picture(parent, token, url)
            return
        element = Element("a", {"href": url}) if url is not None else Element("span", {"class": MISSING})
        if url is None:
            element.set("title", "This link leads nowhere")
        elif token.title:
            element.set("title", token.title.replace("&", "&amp;"))
        if token.verbatim:
            append_text(element, token.label)
            if anchor is not None:
                append_text(parent, token.label)
            else:
                parent.append(element)
            return
        self._labelled(parent, element, token.label, self._title_of(token.href), anchor)

    def _title_of(self, href: str) -> str:
        """Return the words for a link without a label: the title of the video that it leads to, else the address."""
        target = read_video_url(href)
        video = self.view.site.collection.video(target.id) if target else None
        return video.title if video and video.title else href

    def _picture(self, parent: Element, token: Link, url: str | None) -> None:
        label, _, size = token.label.rpartition("|")
        if not (width := _WIDTH.match(size.strip())):
            label = token.label
        words = Element("span")
        self.label(words, label, [])
        alt = "".join(words.itertext()).replace("&amp;", "&").strip()
        if url is None:
            missing = SubElement(parent, "span", {"class": MISSING, "title": "No such picture"})
            append_text(missing, alt or token.href)
            return
        attributes = {"alt": alt, "title": token.title} if token.title else {"alt": alt}
        if width:
            attributes["width"] = width[1]
            if width[2]:
                attributes["height"] = width[2]
        if (element := picture(self.view, url, attributes)) is not None:
            parent.append(element)

    def _labelled(
        self, parent: Element, element: Element, label: str, title: str, anchor: list[Element] | None
    ) -> None:
        """Append a link with its label. There is no anchor in an anchor: stamps go behind it."""
        stamps: list[Element] = []
        if label:
            self.label(element, label, stamps)
        if is_blank("".join(element.itertext()).strip(" ()[]")) and element.find(".//img") is None:
            for child in list(element):
                element.remove(child)
            element.text = text_of(title)
        if anchor is not None:
            element.tag = "span"
            element.attrib.clear()
            anchor.extend(stamps)
            stamps = []
        parent.append(element)
        for stamp in stamps:
            append_text(parent, " ")
            parent.append(stamp)

    def label(self, element: Element, label: str, stamps: list[Element]) -> None:
        """Append the label of a link to `element`, and its timestamps to `stamps`."""
        tokens = tokenize(label, self.context)
        for index, token in enumerate(tokens):
            around = label[token.start - 1 : token.start] + label[token.end : token.end + 1]
            if isinstance(token, Stamp) and around in ("()", "[]"):
                tokens[index] = replace(token, start=token.start - 1, end=token.end + 1)
        self.render(element, label, tokens, stamps)


def _plain(text: str) -> str:
    text = decode(text)
    return _SPACES.sub(" ", text) if "  " in text or "\n" in text or "\t" in text else text
