"""The generated pages: which there are, and how MkDocs sees them."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from .catalog import Catalog, Folders
from .note_rendering import NotePage, NoteRenderer
from .outputs.redirects import redirect_file
from .pages.channels import Hub, hub_pages, make_hubs
from .pages.concepts import Concepts, concept_pages, stub_pages
from .pages.generated_page import GeneratedPage
from .pages.home import random_note_pages, random_path
from .pages.notes import backlink_pages
from .pages.report import REPORT_PAGE, report_page
from .pages.videos import video_pages
from .urls import Url

HOME = "index.md"
_SOURCES = Path(__file__).parent / "generated"


@dataclass(frozen=True, slots=True)
class SiteLinks:
    """Where every page leads besides its own subject. What there is not is empty."""

    home: str
    concepts: str
    wanted: str
    search: str
    random: str
    feed: str
    report: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The generated pages by the path that stands for each, and what they are made of."""

    catalog: Catalog
    hubs: dict[str, Hub]
    concepts: Concepts
    generated: dict[str, GeneratedPage]


class TemplatePage(Page):
    """A page without Markdown: its template writes all of it."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing; the metadata is set already."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing."""
        self.content = ""
        self.toc = get_toc([])
        self.present_anchor_ids = set()


def check_folders(paths: Iterable[str], folders: Folders, *, report: bool) -> None:
    """Raise `PluginError` where a page of the author's is where generated ones go."""
    taken = {"videos": folders.videos, "concepts": folders.concepts, "search": folders.search}
    for path in paths:
        if report and path == REPORT_PAGE:
            raise PluginError(
                f"{path} is in the way of the report. Rename it, or leave the option `report` of videonotes out."
            )
        for option, folder in taken.items():
            if path.startswith(f"{folder}/") or path == f"{folder}.md":
                raise PluginError(
                    f"{path} is in the way of the generated pages at /{folder}/. "
                    f"Rename it, or give these another folder with the option `folders: {{{option}: …}}` of videonotes."
                )


def make_pages(catalog: Catalog, *, report: bool) -> Pages:
    """Return every page that is generated, with the `report` where it is asked for."""
    hubs = make_hubs(catalog)
    concepts = Concepts(catalog)
    generated = {page.path: page for page in _all(catalog, hubs, concepts)}
    if report:
        generated[REPORT_PAGE] = report_page(catalog, generated)
    return Pages(catalog, hubs, concepts, generated)


def _all(catalog: Catalog, hubs: dict[str, Hub], concepts: Concepts) -> Iterator[GeneratedPage]:
    yield from hub_pages(hubs)
    yield from video_pages(catalog)
    yield from backlink_pages(catalog)
    yield from concept_pages(concepts)
    yield from stub_pages(concepts)
    yield from random_note_pages(catalog)
    yield GeneratedPage(
        path=catalog.folders.search_page,
        title="Search",
        template="search",
        context=lambda _: None,
        crumbs=(("", "Home"),),
    )


def site_links(catalog: Catalog, url: Url, *, feed: bool, report: bool) -> SiteLinks:
    """Return the links of every page."""
    folders, root, random = catalog.folders, url("").rstrip("/"), random_path(catalog)
    return SiteLinks(
        home=url(""),
        concepts=url(folders.concepts_index),
        wanted=url(folders.wanted_index),
        search=url(folders.search_page),
        random=url(random) if random else "",
        feed=f"{root}/feed.xml" if feed else "",
        report=url(REPORT_PAGE) if report else "",
    )


def add_files(pages: Pages, config: MkDocsConfig, files: Files) -> None:
    """Add the files of the generated pages and redirects, and a home where `docs_dir` has none."""
    if files.get_file_from_path(HOME) is None and files.get_file_from_path("README.md") is None:
        files.append(File.generated(config, HOME, abs_src_path=str(_SOURCES / "home.md")))
    for path in list(pages.generated):
        if files.get_file_from_path(path) is None:
            files.append(_generated_file(config, path))
        else:  # the author's page has that place
            del pages.generated[path]
    for redirect in pages.catalog.collection.redirects:
        path = redirect_file(redirect, config.use_directory_urls)
        if files.get_file_from_path(path) is None:
            files.append(_generated_file(config, path))


def _generated_file(config: MkDocsConfig, path: str) -> File:
    """Return a file that has a source on the disk, as other plugins expect of every file; all of them have the same."""
    source = str(_SOURCES / "page.md")
    return File.generated(config, path, abs_src_path=source, inclusion=InclusionLevel.NOT_IN_NAV)


def add_pages(pages: Pages, config: MkDocsConfig, files: Files) -> None:
    """Give the notes and the generated files their pages, once their URLs are known."""
    renderer = NoteRenderer()
    for note in pages.catalog.collection.notes:
        file = files.get_file_from_path(note.path)
        if file is not None:
            NotePage(file, config, renderer)
    for path, generated in pages.generated.items():
        file = files.get_file_from_path(path)
        assert file is not None
        page = TemplatePage(None, file, config)
        page.meta = page_meta(generated.title, generated.template, generated.description)
        if generated.canonical and config.site_url and (target := files.get_file_from_path(generated.canonical)):
            page.canonical_url = page.canonical_url and page.canonical_url.removesuffix(file.url) + target.url


def page_meta(title: str, template: str, description: str = "", lang: str = "") -> dict[str, Any]:
    """Return the metadata that MkDocs and Material read of a page, escaped, as their templates do not."""
    meta = {"title": html.escape(title), "template": f"videonotes/{template}.html"}
    if description:
        meta["description"] = html.escape(description)
    if lang:
        meta["lang"] = lang
    return meta
