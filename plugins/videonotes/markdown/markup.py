"""The names in pages that scripts, search, styles and tests go by: classes, ids, data attributes, marks.

A page is written by templates and by this package; who looks for a part of it looks for a name of this list. A test
holds that each is written somewhere, and that scripts look for no other. `verify` has a list of its own: it is to see
with other eyes.
"""

from __future__ import annotations

TIMESTAMP = "yt-timestamp"
"""The class of a timestamp: `<a data-t href>`, or a `<span>` where it leads nowhere."""

WIKILINK = "wikilink"
"""The class of a wikilink."""

MISSING = f"{WIKILINK} {WIKILINK}--missing"
"""The classes of a wikilink to what is not there."""

SEARCHED, SEARCHED_END = "<!--searched-->", "<!--/searched-->"
"""They stand around what is searched of a page."""

UNSEARCHED, UNSEARCHED_END = "<!--unsearched-->", "<!--/unsearched-->"
"""They stand around what is not, within it."""

CLASSES = frozenset(
    {
        TIMESTAMP,
        *("vn-dock", "vn-hub", "vn-note", "vn-report", "vn-search-page", "vn-strip", "vn-text"),
        *("vn-timeline", "vn-tools", "vn-video", "vn-video-page"),
    }
)
"""The classes that scripts look for."""

IDS = frozenset({f"videonotes-{name}" for name in ("chance", "nearest", "plain", "results", "said")})
"""The ids that scripts look for."""

DATA = frozenset(
    {
        *("data-also", "data-failed", "data-offers", "data-open", "data-pages", "data-ready", "data-search"),
        *("data-size", "data-small", "data-start", "data-state", "data-value", "data-video", "data-vn-current"),
    }
)
"""The data attributes that scripts read."""
