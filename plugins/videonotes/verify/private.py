"""Private notes: what names them, and that a site has nothing of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from .built import Built, Fault
from .links import Source, fold, read_source
from .source import read_text

_LINK = re.compile(  # whole, though it may go over lines or lack a bracket; lost at its end; lost at its beginning
    r"!?\[{1,2}([^\[\]|]{1,300})(?:\|([^\[\]|]{0,300}))?\]\]"
    r"|\[\[[ \t]*([^\W_]+(?:[_-][^\W_]+)*)|(?<![\w-])([^\W_]+(?:[_-][^\W_]+)*)\]\]"
)


def private_names(docs: Path, files: set[str]) -> frozenset[str]:
    """Return the folded names of the notes that have no page and are no drafts, of which links show labels alone."""
    found: set[str] = set()
    for file in docs.rglob("*.md"):
        path = file.relative_to(docs).as_posix()
        if not _pages(path) & files:
            source = read_source(path, read_text(file))
            if source.private or not source.draft:
                found |= {fold(file.stem), fold(source.title), *map(fold, source.aliases)}
    return frozenset(found - {""})


def _pages(path: str) -> set[str]:
    """Return where the page of a file may be, and the Markdown beside it."""
    part = path.removesuffix(".md")
    folder, name = posixpath.split(part)
    is_hub = name in ("index", "README", posixpath.basename(folder))
    pages = {f"{part}/index.html", f"{part}.html"} | ({posixpath.join(folder, "index.html")} if is_hub else set())
    return pages | {page.removesuffix("html") + "md" for page in pages}


def without_lost_links(text: str, names: frozenset[str]) -> str:
    """Return a text without the wikilinks to private notes that lost brackets or go over lines."""

    def label(match: re.Match[str]) -> str:
        name = match[1] or match[3] or match[4]
        return match[2] or " " if fold(name.replace(">", " ")) in names else match[0]

    return _LINK.sub(label, text) if names else text


def private_faults(built: Built, others: Mapping[str, Source]) -> Iterator[Fault]:
    """Private notes have no page, and files that machines read name none; `others` are the notes without a page."""
    for path, source in built.sources.items():
        if source.private:
            yield path, "hidden", "a private note has a page"
    hidden = [path for path, source in others.items() if source.private and not _is_place_of_others(built, path)]
    for path in hidden:
        for file in sorted(_pages(path) & built.files):
            yield file, "hidden", f"it is the page of the private {path}"
    parts = [f"{path.removesuffix('.md')}/" for path in hidden]
    for file in sorted(built.files) if parts else ():
        if file.endswith((".xml", ".json", ".txt", ".md", ".vtt")):
            text = (built.site / file).read_text("utf-8", errors="replace")
            yield from ((file, "hidden", f"it names the private {part}") for part in parts if f"/{part}" in text)


def _is_place_of_others(built: Built, path: str) -> bool:
    """Return whether a page is to be expected where that of a private note would be: a folder's, or the home."""
    part = path.removesuffix(".md")
    folder, name = posixpath.split(part)
    return name in ("index", "README", posixpath.basename(folder)) or (built.docs / part).is_dir()
