"""Writing what machines read beside the pages."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable, Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from .exports import llms, note_list, note_markdown, video_files
from .feeds import feeds, sitemap
from .names import name_shards
from .pages import Pages
from .urls import Absolute

log = logging.getLogger("mkdocs.plugins.videonotes")

_BEST = 50


def write_outputs(
    pages: Pages,
    files: Files,
    config: MkDocsConfig,
    absolute: Absolute | None,
    read: Callable[[str], str],
    feed_items: int,
) -> None:
    """Write every output that is no page, but where the author has a file of that name."""
    taken = {file.dest_uri for file in files if file.inclusion.is_included()}
    root = Path(config.site_dir)
    made: set[Path] = set()

    def write(path: str, content: str | bytes) -> None:
        if path in taken:
            return
        target = root / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def address(path: str) -> str:
        file = files.get_file_from_path(path)
        return file.url if file else ""

    catalog = pages.catalog
    for path, text in note_list(catalog, absolute or address):
        write(path, text)
    for video in catalog.collection.on_video:
        for name, text in video_files(catalog, video, absolute or address):
            write(f"{catalog.folders.videos}/{video}/{name}", text)
    for key, text in name_shards(_names(pages, address)):
        write(f"{catalog.folders.search}/names/{key}.json", text)
    if absolute is None:
        log.info(
            "site_url is not set: feeds, sitemap, llms.txt, the Markdown beside the notes, canonical links and JSON-LD,"
            " which need whole addresses, are left out"
        )
        return
    for path, text in feeds(catalog, absolute, feed_items, config.site_description or f"New in {config.site_name}"):
        write(path, text)
    for path, data in sitemap(_listed(pages, files, absolute), absolute("")):
        write(path, data)

    def beside(path: str) -> str:
        file = files.get_file_from_path(path)
        assert file is not None
        return markdown_path(file)

    for note in catalog.collection.notes:
        if not note.unlisted and not note.draft:
            write(beside(note.path), note_markdown(catalog, note, read(note.path), absolute))
    best = sorted(catalog.listed(), key=lambda note: (-catalog.strength.get(note.path, 0), note.path))[:_BEST]
    about = config.site_description or ""
    home = absolute("")
    write("llms.txt", llms(catalog, about, absolute, lambda path: home + beside(path), best))


def markdown_path(file: File) -> str:
    """Return the path of the Markdown beside a note's page, from the root of the site."""
    return f"{file.dest_uri.removesuffix('.html')}.md"


def _names(pages: Pages, address: Callable[[str], str]) -> Iterator[tuple[str, str, str, int]]:
    """Yield `(title, URL from the root, kind, links)` for everything that has a name."""
    catalog = pages.catalog
    for channel in catalog.channels.values():
        yield channel.title, address(channel.hub), "channel", channel.notes
    for video in catalog.collection.on_video:
        if catalog.collection.videos[video].title:
            yield catalog.video_title(video), address(catalog.video_path(video)), "video", 0
    for concepts in pages.concepts.by_letter.values():
        for concept in concepts:
            kind = "wanted" if concept.wanted else concept.channel
            yield concept.title, address(concept.path), kind, concept.links


def _listed(pages: Pages, files: Files, absolute: Absolute) -> Iterator[tuple[str, str]]:
    """Yield the address and the last change of every page that the sitemap lists."""
    catalog = pages.catalog
    for file in files.documentation_pages():
        path = file.src_uri
        note = catalog.collection.index.notes.get(path)
        generated = pages.generated.get(path)
        if (note and (note.unlisted or note.draft)) or (generated and not generated.listed):
            continue
        changed = catalog.dates.changed(note) if note else generated.modified if generated else ""
        yield (
            absolute(path) if posixpath.basename(file.dest_uri) != "index.html" or file.url != "./" else absolute(""),
            changed,
        )
