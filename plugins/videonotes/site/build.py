"""One build: its notes, its pages and their addresses, put together from the files that MkDocs found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from ..core.collection import titled_by_labels
from ..core.findings import Finding
from ..core.frontmatter import body_offset
from ..core.graph import Wanted
from ..core.note import Note
from ..core.note_findings import findings
from ..core.resolve import Resolved
from ..markdown.view import Site
from .catalog import Catalog, Folders, build_catalog
from .config import PlayerOptions, SearchOptions, VideonotesConfig
from .generated_pages import Pages, SiteLinks, add_files, add_pages, check_folders, make_pages, page_meta, site_links
from .git_history import read_dates
from .host.styles import take_components
from .host.theme import drop_sitemap
from .incremental.dependencies import Dependencies, Digest
from .incremental.scan_cache import Cache
from .kinds import Choice
from .outputs.exports import note_markdown
from .outputs.redirects import fill_redirects
from .outputs.site_files import Outputs
from .pages.author_meta import author_meta
from .pages.channels import own_words
from .pages.head import Head, describe_note, make_absolute, note_head, page_head, plain_head
from .pages.home import home_context
from .pages.notes import note_context, note_crumbs
from .pages.origin import without_origin
from .pages.report import REPORT_PAGE
from .private import drop_from_nav
from .sources import Sources, is_record, read_sources
from .urls import Absolute, Url, crumb_links, set_urls

_SAID = (
    "title",
    "template",
    "description",
    "listed",
    "canonical",
    "prev_next",
    "channel",
    "image",
    "crumbs",
    "modified",
)
"""What is said of a generated page besides its context."""


@dataclass(frozen=True, slots=True)
class Build:
    """Everything that the pages of a build are made of, only read once it is there.

    `cache` is the folder of the cache, `ordinary` are the paths of the ordinary pages, `urls` the URLs of all files
    from the root of the site, by their source paths; `absolute` makes whole addresses, if there is a `site_url`.
    `dependencies` records what is read of all this; `whole_context` returns the context of a generated page that is
    compared as a whole.
    """

    config: MkDocsConfig
    cache: Path
    files: Files
    sources: Sources
    pages: Pages
    findings: tuple[Finding, ...]
    ordinary: frozenset[str]
    urls: Mapping[str, str]
    absolute: Absolute | None
    outputs: Outputs
    player: PlayerOptions
    search: SearchOptions
    dependencies: Dependencies
    whole_context: Callable[[str], Any]

    @property
    def catalog(self) -> Catalog:
        """The catalog of the pages."""
        return self.pages.catalog

    def url(self, path: str) -> str:
        """Return the URL of the page of a source path from the root of the site; `""` is the home."""
        return self.urls.get(path, "")

    def read(self, path: str) -> str:
        """Return the text of the note at `path` as it was scanned."""
        return self.sources.text(path)

    def site(self, options: VideonotesConfig) -> Site:
        """Return what rendering a note needs."""

        def stub_path(wanted: Wanted) -> str | None:
            return self.catalog.stub_path(wanted.slug) if wanted.has_stub else None

        labels = options.timestamps.label == "source"
        return Site(self.sources.collection, self.read, stub_path, labels, options.mermaid, options.images)

    @property
    def ours(self) -> frozenset[str]:
        """The source paths of the notes and the generated pages."""
        notes = (note.path for note in self.sources.collection.notes)
        return frozenset((*notes, *self.pages.generated)) - self.ordinary

    def note(self, page: Page) -> Note | None:
        """Return the note of a page; `None`: it is an ordinary or a generated page."""
        path = page.file.src_uri
        return None if path in self.ordinary else self.sources.collection.find(path)

    @property
    def anchored(self) -> frozenset[str]:
        """The paths of the notes and pages of which a heading, a block or a moment is linked to."""
        collection = self.sources.collection
        found = set()
        for note in (*collection.notes, *collection.pages):
            for answer in collection.answers(note.path):
                if isinstance(answer, Resolved) and answer.fragment:
                    found.add(answer.path)
            for reference in note.references:
                if "#" in reference.href and (path := collection.find_file(note.path, reference.href)):
                    found.add(path)
        return frozenset(found)

    def is_searched(self, note: Note) -> bool:
        """Return whether the text of a note or an ordinary page is searched: of hubs and the home, names are."""
        file = self.files.get_file_from_path(note.path)
        hidden = note.unlisted or note.draft or self.catalog.is_hub(note)
        return file is not None and not hidden and file.dest_uri != "index.html"

    def source(self, note: Note) -> str:
        """Return the text of a note without its frontmatter, and write its Markdown beside the page."""
        source = self.read(note.path)
        body = body_offset(source)
        if self.absolute and not note.unlisted and not note.draft:
            text = note_markdown(self.catalog, note, source, body, self.absolute)
            self.outputs.write(self.outputs.markdown_path(note.path), text)
        if self.catalog.is_hub(note):
            return own_words(source, body, note)
        return without_origin(self.catalog, note, source[body:])

    def meta(self, note: Note) -> dict[str, Any]:
        """Return the metadata of a note's page."""
        template = "hub" if self.catalog.is_hub(note) else "note"
        ours = page_meta(note.title, template, describe_note(note), note.lang)
        return {**author_meta(note, self.config.theme.dirs), **ours}

    def static(self, page: Page) -> str:
        """Return what is known of a page before it is rendered, besides what it reads of the site."""
        generated = self.pages.generated.get(page.file.src_uri)
        known = [getattr(generated, name) for name in _SAID] if generated else []
        near = [(other.title, other.url) for other in (page.previous_page, page.next_page) if other]
        return repr((page.url, page.canonical_url, page.edit_url, page.file.inclusion, near, known))

    def context(self, page: Page) -> dict[str, Any]:
        """Return what the template of a page is given besides what MkDocs gives it."""
        path, catalog = page.file.src_uri, self.catalog
        url = _relative(self.url, page.url)
        extra: dict[str, Any] = {"site": self._site_links(url), "player": self.player}
        if generated := self.pages.generated.get(path):
            extra["data"] = self.whole_context(path) if generated.compare_whole else generated.context(url)
            extra["crumbs"] = crumb_links(generated.crumbs, url)
            for name, text in generated.files(self.absolute or self.url) if generated.files else ():
                self.outputs.write(name, text)
            extra["head"] = page_head(catalog, generated, url, self.absolute)
        elif note := self.note(page):
            hub = self.pages.hubs.get(path)
            extra["data"] = self.whole_context(path) if hub else note_context(note, catalog, url)
            extra["crumbs"] = crumb_links(note_crumbs(catalog, note, video=hub is None), url)
            extra["searched"] = self.is_searched(note)
            markdown = self.outputs.markdown_path(path).rpartition("/")[2]
            head = note_head(catalog, note, url, self.absolute, markdown)
            second = hub.paths(0)[1:2] if hub else []
            extra["head"] = replace(head, next=url(second[0])) if second else head
        else:
            if page.meta.get("template") == "home.html":
                extra["home"] = home_context(catalog, self.pages.concepts, url)
            own = self.sources.collection.find(path)
            extra["searched"] = own is not None and self.is_searched(own)
            extra["head"] = self._plain_head(page, url)
        return extra

    def _site_links(self, url: Url) -> SiteLinks:
        report = REPORT_PAGE in self.pages.generated
        return site_links(self.catalog, url, feed=self.absolute is not None, report=report)

    def _plain_head(self, page: Page, url: Url) -> Head:
        is_home = page.is_homepage
        title = str(self.config.site_name if is_home else page.title or self.config.site_name)
        description = str(page.meta.get("description") or self.config.site_description or "")
        search = self.catalog.folders.search_page if is_home else ""
        return plain_head(self.catalog, title, description, page.file.src_uri, url, self.absolute, search)

    def missing_context(self, base_url: str) -> dict[str, Any]:
        """Return what the page for missing addresses is given: everything from the root of the server."""
        base = base_url.rstrip("/")
        return {"site": self._site_links(lambda path: f"{base}/{self.url(path)}")}


def _read(options: VideonotesConfig, nav: Any, files: Files, cache: Path, *, drafts: bool) -> Sources:
    choice = Choice.of(options, nav, drafts=drafts)
    sources = read_sources(files, choice, workers=options.workers, cache=Cache(cache, is_record))
    if options.titles == "labels":
        sources = replace(sources, collection=titled_by_labels(sources.collection))
    return sources


def prepare(config: MkDocsConfig, options: VideonotesConfig, files: Files, cache: Path, *, drafts: bool) -> Build:
    """Read the notes, put everything together, and add the generated files to `files`. `drafts` keeps drafts.

    Raises `PluginError` where a page of the author's is in the way of generated ones.
    """
    folders = Folders(*(str(options.folders[name]).strip("/") for name in ("videos", "concepts", "search")))
    check_folders((file.src_uri for file in files.documentation_pages()), folders, report=options.report)
    drop_sitemap(files, config.docs_dir)
    take_components(files)
    sources = _read(options, config.nav, files, cache, drafts=drafts)
    if sources.private:
        config.nav = drop_from_nav(config.nav, sources.private)
    dependencies = Dependencies()
    known = build_catalog(config.site_name, sources.collection, folders, read_dates(config.docs_dir))
    catalog = dependencies.all("catalog", known, _digests(sources))
    collection = catalog.collection
    pages = make_pages(catalog, report=options.report)
    add_files(pages, config, files)
    hubs = {channel.hub for channel in pages.catalog.channels.values()}
    moved = set_urls(files, hubs, pages.generated)
    add_pages(pages, config, files)
    site_url = config.site_url or ""
    fill_redirects(collection, files, config.use_directory_urls, site_url)
    urls = dependencies.table("url", {file.src_uri: file.url for file in files})

    def whole_context(path: str) -> Any:
        url = _relative(lambda target: urls.get(target, ""), urls[path])
        hub = pages.hubs.get(path)
        return hub.context(url, 0, 1) if hub else pages.generated[path].context(url)

    return Build(
        config=config,
        cache=cache,
        files=files,
        sources=replace(sources, collection=collection),
        pages=pages,
        findings=(*sources.findings, *moved, *findings(collection)),
        ordinary=frozenset(note.path for note in collection.pages),
        urls=urls,
        absolute=make_absolute(site_url, lambda path: urls.get(path, "")),
        outputs=Outputs(files, config.site_dir),
        player=options.player,
        search=options.search,
        dependencies=dependencies,
        whole_context=dependencies.function("whole", whole_context),
    )


def _relative(url: Url, page: str) -> Url:
    """Return the function from a path to the URL that leads there from a page with the URL `page`."""
    return lambda target: get_relative_url(url(target), page)


def _digests(sources: Sources) -> dict[str, Digest]:
    """Return how notes and their times are told from what they were: by the contents of their files."""
    collection = sources.collection

    def note(path: str) -> bytes:
        spelling = collection.spellings.get(path)  # what a note is called, other notes say
        return sources.keys.get(path, b"") + (spelling.title.encode() if spelling else b"")

    def times(path: str) -> bytes:
        known = collection.find(path)
        videos = sorted({known.video, *(stamp.video for stamp in known.stamps)}) if known else []
        durations = [collection.duration(video) for video in videos]
        return note(path) + repr((collection.shifts.get(path), durations)).encode()

    return {"catalog.collection.index.notes": note, "catalog.collection.times": times}
