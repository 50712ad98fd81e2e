"""What machines read of the whole site: lists, feeds, sitemap, `llms.txt`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import urljoin

from .build import Build
from .outputs.exports import llms, note_list
from .outputs.feeds import feeds, opensearch, sitemap

log = logging.getLogger("mkdocs.plugins.videonotes")

_BEST = 50


def write_outputs(build: Build, feed_items: int) -> None:
    """Write every output that is no page; what belongs to one page is written with it."""
    config, catalog, absolute, write = build.config, build.catalog, build.absolute, build.outputs.write

    for path, text in note_list(catalog, absolute or build.url):
        write(path, text)
    if absolute is None:
        log.info(
            "site_url is not set: feeds, sitemap, llms.txt, the Markdown beside the notes, canonical links and JSON-LD,"
            " which need whole addresses, are left out"
        )
        return
    for path, text in feeds(catalog, absolute, feed_items, config.site_description or f"New in {config.site_name}"):
        write(path, text)
    home = absolute("")
    for path, data in sitemap(((urljoin(home, url), changed) for url, changed in _listed(build)), home):
        write(path, data)
    write("opensearch.xml", opensearch(config.site_name, home, absolute(catalog.folders.search_page)))
    best = sorted(catalog.listed(), key=lambda note: (-catalog.backlink_count.get(note.path, 0), note.path))[:_BEST]
    about = config.site_description or ""
    write("llms.txt", llms(catalog, about, absolute, lambda path: home + build.outputs.markdown_path(path), best))


def _listed(build: Build) -> Iterator[tuple[str, str]]:
    """Yield the URL, from the root of the site, and the last change of every page that the sitemap lists.

    Pages that other plugins have added since are among them.
    """
    catalog = build.catalog
    for file in build.files.documentation_pages():
        path = file.src_uri
        note = catalog.collection.find(path)
        generated = build.pages.generated.get(path)
        if (note and (note.unlisted or note.draft)) or (generated and not generated.listed):
            continue
        yield file.url, catalog.dates.changed(note) if note else generated.modified if generated else ""
