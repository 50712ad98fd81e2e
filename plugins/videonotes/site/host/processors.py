"""MkDocs' processors of pages: what it validates of a page is collected, and relative links become URLs.

They are private classes of `mkdocs.structure.pages`. Where MkDocs changes them, `convert` has to follow: it does what
`Page.render` does, with one Markdown for all pages.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

_PLAIN = re.compile(r"[\w.%~-][\w.%~/-]*\.md\Z", re.ASCII)
"""A relative path of a Markdown file, quoted."""


def convert(md: Any, page: pages.Page, config: MkDocsConfig, files: Files) -> None:
    """Give a page its content, its table of contents, and what MkDocs validates of it. `md` is a Markdown, reset."""
    anchors = pages._ExtractAnchorsTreeprocessor(page.file, files, config)
    anchors._register(md)
    links = _Links(page.file, files, config)
    links._register(md)
    page.content = md.convert(page.markdown or "")
    page.toc = get_toc(getattr(md, "toc_tokens", []))
    page.present_anchor_ids = anchors.present_anchor_ids
    page.links_to_anchors = links.links_to_anchors


def path_of(md: Any) -> str:
    """Return the source path of the page that a Markdown converts, as MkDocs' processor of links knows it, or `""`."""
    links = md.treeprocessors["relpath"] if "relpath" in md.treeprocessors else None  # noqa: SIM401 - no dictionary
    return links.file.src_uri if isinstance(links, pages._RelativePathTreeprocessor) else ""


class _Links(pages._RelativePathTreeprocessor):
    def __init__(self, file: File, files: Files, config: MkDocsConfig) -> None:
        super().__init__(file, files, config)
        self.folder = posixpath.dirname(file.src_uri)

    def path_to_url(self, url: str) -> str:
        """Return the URL of a link: that to a moment is one already, that of a note leads straight to its file."""
        if url.startswith("https://"):
            return url
        path, _, anchor = url.partition("#")
        if not _PLAIN.match(path):
            return super().path_to_url(url)
        file = self.files.get_file_from_path(posixpath.normpath(posixpath.join(self.folder, unquote(path))))
        if file is None or file.inclusion.is_excluded():
            return super().path_to_url(url)
        if anchor:
            self.links_to_anchors.setdefault(file, {}).setdefault(anchor, url)
        return get_relative_url(file.url, self.file.url) + (f"#{anchor}" if anchor else "")
