"""The rules of `videonotes verify`, and what each says of a site that breaks it."""

from __future__ import annotations

RULES = {
    "link": "a link leads nowhere",
    "fragment": "a fragment names an id that its page has not",
    "markup": "markup of a note, or a character reference, is shown as text",
    "brackets": "`[[` of a wikilink is shown as text",
    "list-marker": "the marker of a list is shown as text",
    "block-id": "`^id` is shown as text",
    "comment": "`%%` of a comment is shown as text",
    "footnote": "`[^mark]` is shown as text",
    "heading": "two headings are run together",
    "money": "an amount of money is shown as a formula",
    "not-a-number": "`NaN` is shown",
    "stamp": "a timestamp has no working link, or leads elsewhere than it says",
    "unclosed": "an element is not closed, or closed in another one",
    "nesting": "an element stands where HTML does not allow it",
    "nested-anchor": "a link stands in a link",
    "duplicate-id": "an id stands twice on a page",
    "element": "an element that may not stand in a note",
    "attribute": "an attribute that may not stand in a note, or stands twice",
    "url": "a URL with a scheme that may not stand in a note",
    "words": "words of a note are missing on its page",
    "backlink": "a backlink is missing, or there is none",
    "picture": "a picture is fetched from another site",
    "size": "a page is too large, besides the text of its note",
    "reachable": "no links lead to a page from the home",
    "hidden": "a draft, a private or an unlisted note is published, linked to or named",
    "head": "the head of a page lacks what it needs",
    "canonical": "a canonical address leads nowhere",
    "json-ld": "JSON-LD that schema.org does not allow",
    "json": "a file of JSON cannot be read",
    "webvtt": "a WebVTT file that players do not take",
    "feed": "a feed that readers do not take",
    "sitemap": "the sitemap lacks a page, or has one too many",
}
"""By name, in the order in which a reader of a page meets what they are about."""
