"""Where notes differ from CommonMark and GitHub's extensions on purpose, and why. The numbers are those of the suites."""

from __future__ import annotations

_HTML = (
    "notes are untrusted: only the allowed elements are HTML, each closed where its block ends, any other tag is text; "
    "Markdown inside HTML is rendered, as writers of notes expect"
)
_SCHEMES = "notes are untrusted: an address is http, https, mailto or relative"
_BARE = "an address in running text is a link, as in Obsidian"
_NOWHERE = "no page has a link that leads nowhere, or one without words"
_WIKILINK = "double brackets are a wikilink, as in Obsidian"
_LENIENT_LIST = "a child of a list may be indented by less or more than the text above it, as language models do"
_DEEP_FENCE = (
    "the fence that ends a block of code may be indented by more than three: else all of the note after it is code"
)
_INVISIBLE = "signs that nobody sees do not reach an address"
_BLOCK_FIRST = "a list item or a heading begins before a table does, as in GitHub's own parser"
_WIDE = "cells beyond the head of a table are not lost"
_DELIMITERS = "a delimiter row with another number of cells makes a table still: nothing else can be meant"
_BELOW = "text without bars right below a table is a paragraph: writers leave the empty line away"
_CODE_IN_CELL = "a bar in code does not split the cell"
_ESCAPES = "every backslash of a head is read before bars are counted"
_TILDES = "only two tildes strike out, as GitHub has it; three or four are text"

COMMONMARK = {
    **dict.fromkeys((21, 31, *range(148, 152), *range(155, 179), 180, 181, 182, 184, 185, 186, 189, 190), _HTML),
    **dict.fromkeys((201, 491, 524, 536, 613, 614, 615, 616, 617, 623, 627, 628, 629), _HTML),
    **dict.fromkeys((596, 598, 599, 601), _SCHEMES),
    **dict.fromkeys((602, 608, 611), _BARE),
    **dict.fromkeys((200, 484, 485, 486, 487, 501, 567), _NOWHERE),
    **dict.fromkeys((520, 548, 559, 560, 590), _WIKILINK),
    **dict.fromkeys((238, 257, 276, 280, 297, 312), _LENIENT_LIST),
    507: _INVISIBLE,
    137: _DEEP_FENCE,
}
TABLES = {
    **dict.fromkeys((6, 19, 20), _BLOCK_FIRST),
    **dict.fromkeys((21, 40), _WIDE),
    **dict.fromkeys((29, 39), _DELIMITERS),
    **dict.fromkeys((14, 38), _BELOW),
    15: _ESCAPES,
    16: _CODE_IN_CELL,
}
TASKLISTS: dict[int, str] = {}
STRIKETHROUGH = {**dict.fromkeys((2, 3, 4, 5, 15), _TILDES), **dict.fromkeys((7, 11), _NOWHERE)}
