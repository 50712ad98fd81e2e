"""The MkDocs plugin: its event hooks, each a few lines that call the rest."""

from __future__ import annotations

import html
import json
import os
from pathlib import Path
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
from ..core.graph import Wanted
from ..markdown import VideonotesExtension
from ..markdown.view import Site
from .config import VideonotesConfig
from .context import find_channels, note_context, stub_context
from .pages import Generated, home_context, set_theme
from .report import build_report, log_findings, log_report
from .sources import Globs, Sources, read_source, read_sources, set_urls


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
        """Read the notes, put the collection together, add the generated pages."""
        options = self.config
        self.sources: Sources = read_sources(files, Globs(options.notes), Globs(options.pages), drafts=self.serving)
        collection = self.sources.collection
        self.generated = Generated(collection, options.stubs)
        for file in self.generated.files(config, files):
            files.append(file)
        moved = set_urls(files, collection)
        self.findings = [*self.sources.findings, *moved, *findings(collection)]
        self.channels = find_channels(collection)
        self.ordinary = {note.path for note in collection.pages}
        self.files = files
        self.extension.site = Site(
            collection, self._read, self.generated.stub_path, options.timestamps.label == "source", options.mermaid
        )
        return files

    def _read(self, path: str) -> str:
        file = self.files.get_file_from_path(path)
        return read_source(file) if file else ""

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Return the text of a note without its frontmatter, which MkDocs would read by other rules."""
        path = page.file.src_uri
        if path in self.generated.pages:
            return "\n"
        if path not in self.sources.collection.index.notes or path in self.ordinary:
            return None
        source = read_source(page.file)
        # MkDocs takes lines like "From: x" at the very beginning for metadata.
        return "\n" + source[read_frontmatter(source).body :]

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Set what MkDocs and Material read of the metadata, and which note is rendered next."""
        path = page.file.src_uri
        note = self.sources.collection.index.notes.get(path)
        self.extension.note, self.extension.is_page = note, path in self.ordinary
        if path in self.generated.pages:
            page.meta = self.generated.meta(path)
        elif note and not self.extension.is_page:
            page.meta = {"title": html.escape(note.title), "template": "videonotes/note.html"}
            if note.description:
                page.meta["description"] = html.escape(note.description)
        return markdown

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its records."""
        path = page.file.src_uri
        collection = self.sources.collection

        def url(target: str) -> str:
            file = self.files.get_file_from_path(target)
            return get_relative_url(file.url, page.url) if file else ""

        extra: dict[str, Any] = {}
        wanted = self.generated.pages.get(path)
        if isinstance(wanted, Wanted):
            extra["stub"] = stub_context(wanted, collection, self.channels, url)
        elif wanted == "home" or page.meta.get("template") == "videonotes/home.html":
            extra["home"] = home_context(collection, self.channels, url)
        elif (note := collection.index.notes.get(path)) and path not in self.ordinary:
            extra["note"] = note_context(note, collection, self.channels, url)
        context.update(extra)  # type: ignore[typeddict-item]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write and tell what was counted and found."""
        docs = os.path.relpath(config.docs_dir, config.site_dir)
        report = build_report(self.sources.collection, self.findings, Path(docs).as_posix())
        target = Path(config.site_dir, "videonotes.json")
        target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        log_findings(self.findings, self.config.findings)
        log_report(report)
