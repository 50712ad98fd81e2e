"""The MkDocs plugin: its event hooks, each a few lines that call the rest."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from ..core.collection import findings
from ..core.frontmatter import read_frontmatter
from ..core.note import Note
from ..markdown import VideonotesExtension
from ..markdown.view import Site
from .catalog import Folders, build_catalog
from .config import VideonotesConfig
from .dates import read_dates
from .head import describe_note, make_absolute, note_head, page_head, plain_head
from .home import home_context
from .hubs import own_words
from .note_pages import note_context
from .outputs import markdown_path, write_outputs
from .pages import add_files, add_pages, check_folders, make_pages, page_meta, site_links
from .redirects import fill_redirects
from .report import build_report, log_findings, log_report
from .sources import Globs, Sources, read_source, read_sources
from .theme import drop_sitemap, escape_text, set_theme, shorten
from .urls import Url, set_urls


class VideonotesPlugin(BasePlugin[VideonotesConfig]):
    """Turns the notes of a site into linked pages."""

    def __init__(self) -> None:
        self.extension = VideonotesExtension()
        self.serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether drafts are shown."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the Markdown extension and the theme folder."""
        if config.theme.name != "material":
            raise PluginError("videonotes lays its pages over Material: set `theme: material` in mkdocs.yml.")
        set_theme(config)
        extensions: list[Any] = config.markdown_extensions
        if self.extension not in extensions:
            extensions.append(self.extension)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the notes, put the catalog together, add the generated pages."""
        options = self.config
        folders = Folders(*(str(options.folders[name]).strip("/") for name in ("videos", "concepts", "search")))
        check_folders((file.src_uri for file in files.documentation_pages()), folders)
        self.files = files
        drop_sitemap(files, config.docs_dir)
        self.sources: Sources = read_sources(files, Globs(options.notes), Globs(options.pages), drafts=self.serving)
        collection = self.sources.collection
        self.catalog = build_catalog(config.site_name, collection, folders, read_dates(config.docs_dir))
        self.pages = make_pages(self.catalog)
        add_files(self.pages, config, files)
        hubs = {channel.hub for channel in self.catalog.channels.values()}
        moved = set_urls(files, hubs, self.pages.generated)
        add_pages(self.pages, config, files)
        fill_redirects(collection, files, config.use_directory_urls, config.site_url or "")
        self.findings = [*self.sources.findings, *moved, *findings(collection)]
        self.ordinary = {note.path for note in collection.pages}
        self.absolute = make_absolute(config.site_url or "", self._from_root)
        self.extension.site = Site(
            collection,
            self._read,
            lambda wanted: self.catalog.stub_path(wanted.slug) if wanted.has_stub else None,
            options.timestamps.label == "source",
            options.mermaid,
        )
        return files

    def _read(self, path: str) -> str:
        file = self.files.get_file_from_path(path)
        return read_source(file) if file else ""

    def _from_root(self, path: str) -> str:
        """Return the URL of the page of a source path from the root of the site; `""` is the home."""
        file = self.files.get_file_from_path(path) if path else None
        return file.url if file else ""

    def _url(self, page: Page) -> Url:
        """Return the function that makes URLs of source paths on `page`."""
        return lambda path: get_relative_url(self._from_root(path), page.url)

    def _note(self, page: Page) -> Note | None:
        path = page.file.src_uri
        return None if path in self.ordinary else self.sources.collection.index.notes.get(path)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Return the text of a note without its frontmatter, which MkDocs would read by other rules."""
        note = self._note(page)
        if note is None:
            return None
        source = read_source(page.file)
        body = read_frontmatter(source).body
        text = own_words(source, body, note) if self.catalog.is_hub(note) else source[body:]
        return "\n" + text  # MkDocs takes lines like "From: x" at the very beginning for metadata

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Set what MkDocs and Material read of the metadata, and which note is rendered next."""
        path = page.file.src_uri
        self.extension.note = self.sources.collection.index.notes.get(path)
        self.extension.is_page = path in self.ordinary
        if note := self._note(page):
            template = "hub" if self.catalog.is_hub(note) else "note"
            page.meta = page_meta(note.title, template, describe_note(note), note.lang)
        return markdown

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Add the filter for text that stands outside of attributes."""
        env.filters["escape_text"] = escape_text
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its records."""
        path, catalog, url = page.file.src_uri, self.catalog, self._url(page)
        extra: dict[str, Any] = {"site": site_links(catalog, url, self.absolute is not None)}
        if generated := self.pages.generated.get(path):
            extra["data"] = generated.context(url)
            extra["head"] = page_head(catalog, generated, url, self.absolute)
        elif note := self._note(page):
            hub = self.pages.hubs.get(path)
            extra["data"] = hub.context(url, 0, 1) if hub else note_context(note, catalog, url)
            extra["head"] = note_head(catalog, note, url, self.absolute, PurePath(markdown_path(page.file)).name)
        else:
            is_home = page.meta.get("template") == "home.html"
            if is_home:
                extra["home"] = home_context(catalog, self.pages.concepts, url)
            title = html.unescape(str(page.title or config.site_name)) if not page.is_homepage else config.site_name
            description = str(page.meta.get("description") or config.site_description or "")
            search = f"{catalog.folders.search}.md" if page.is_homepage else ""
            extra["head"] = plain_head(catalog, title, description, path, url, self.absolute, search)
        context.update(extra)  # type: ignore[typeddict-item]
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the page for missing addresses where everything is, from the root of the server."""
        if template_name == "404.html":
            base = str(context["base_url"]).rstrip("/")
            links = site_links(self.catalog, lambda path: f"{base}/{self._from_root(path)}", self.absolute is not None)
            extra: dict[str, Any] = {"site": links}
            context.update(extra)  # type: ignore[typeddict-item]
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take the indentation out of the frame of notes and generated pages."""
        ours = page.file.src_uri in self.pages.generated or self._note(page)
        return shorten(output) if ours else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what machines read; write and tell what was counted and found."""
        write_outputs(self.pages, self.files, config, self.absolute, self._read, self.config.feed_items)
        docs = os.path.relpath(config.docs_dir, config.site_dir)
        report = build_report(self.sources.collection, self.findings, Path(docs).as_posix())
        target = Path(config.site_dir, "videonotes.json")
        target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        log_findings(self.findings, self.config.findings)
        log_report(report)
