"""Wikilinks and timestamps of an ordinary page, whose Markdown is otherwise Python-Markdown's own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from ..core.scan import pieces, read_body
from ..core.tokens import Stamp, Token, WikilinkToken
from .inline import Inline
from .timestamps import stamp_element
from .view import View

_PLACEHOLDER = "\x02vn:{}\x03"


class PageTokens(InlineProcessor):
    """Puts a placeholder for each wikilink and timestamp before Python-Markdown reads the page, and
    the element in its place when it comes to it. Code stays as it is.
    """

    def __init__(self, md: Markdown, view: View) -> None:
        super().__init__(r"\x02vn:(\d+)\x03", md)
        self.view = view
        self.tokens: list[Token] = []
        self.inline: Inline | None = None

    @classmethod
    def install(cls, md: Markdown, view: View) -> PageTokens:
        """Register a processor for the page of `view`, in place of an earlier one."""
        processor = cls(md, view)
        if "videonotes" in md.inlinePatterns:
            md.inlinePatterns.deregister("videonotes")
        md.inlinePatterns.register(processor, "videonotes", 185)
        return processor

    def run(self, lines: list[str]) -> list[str]:
        """Return `lines` with placeholders."""
        source = "\n".join(lines).replace("\x02", "").replace("\x03", "")
        reading = read_body(source, 0, bool(self.view.note.video))
        self.inline = Inline(self.view, reading.context)
        parts: list[str] = []
        position = 0
        for piece in pieces(reading):
            offset = piece.offsets()
            for token in piece.tokens:
                if not isinstance(token, WikilinkToken | Stamp):
                    continue
                start, end = offset(token.start), offset(token.end)
                if start < position:
                    continue
                parts += [source[position:start], _PLACEHOLDER.format(len(self.tokens))]
                self.tokens.append(token)
                position = end
        return "".join([*parts, source[position:]]).split("\n")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        """Return the element of a placeholder."""
        token = self.tokens[int(m[1])]
        if isinstance(token, Stamp):
            return stamp_element(self.view, token), m.start(), m.end()
        box = Element("span")
        assert self.inline is not None
        self.inline.token(box, token)
        element = box[0] if len(box) == 1 else box
        element.tail = None
        return element, m.start(), m.end()
