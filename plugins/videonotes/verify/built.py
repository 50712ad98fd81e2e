"""A built site, as the rules for the whole of it see it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .links import Source
from .page import PageFacts

Fault = tuple[str, str, str]
"""A page, the rule that it breaks, and how."""


@dataclass(frozen=True, slots=True)
class Built:
    """A built site: its folder, that of its notes, the paths of its files, its pages, the notes that have one.

    `images` is the option: `link` (none is fetched from elsewhere), `lazy` or `load`.
    """

    site: Path
    docs: Path
    files: set[str]
    facts: Mapping[str, PageFacts]
    sources: Mapping[str, Source]
    images: str = "link"

    def target(self, page: str, link: str) -> str | None:
        """Return the file that a link on `page` leads to; `None`: it leads out of the site, or nowhere."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        if not parts.path:
            return page
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if parts.path.endswith("/") or target == "." or target not in self.files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
        return target if target in self.files else None
