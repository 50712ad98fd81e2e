"""The MkDocs plugin: its event hooks, each a few lines that call the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ..core import youtube
from ..markdown import VideonotesExtension, markup
from .build import Build, prepare
from .config import VideonotesConfig
from .host.page_shells import PageShells, ShellTemplate, contents_item
from .host.processors import path_of
from .host.styles import style_sheet
from .host.template_filters import direction, escape_text, show_sentence
from .host.theme import set_theme
from .incremental.cache_folder import CacheFolder
from .incremental.garbage import end_of_records, lasting_records
from .incremental.page_cache import PageCache
from .incremental.template_cache import TemplateCache
from .incremental.writing import Writing
from .phases import Phases
from .rendering import Rendering
from .report import REPORT, build_report, log_findings, log_report, log_size, log_work, measure_site, work_done
from .search.indexing import BackgroundSearch, Indexing, write_search
from .sitewide import write_outputs

_CLASHES = {
    "mkdocs_static_i18n": (
        "mkdocs-static-i18n drops the pages that videonotes generates: take it out, and give each language a "
        "mkdocs.yml and a site of its own."
    ),
    "encryptcontent": (
        "mkdocs-encryptcontent-plugin hides the text of a page that videonotes has shown in lists, feeds, exports and "
        "the search: keep notes out of the site with `publish: false`, and encrypt pages in a site of their own."
    ),
}
"""Plugins that cannot be had beside this one, by their packages, and why."""


class VideonotesPlugin(BasePlugin[VideonotesConfig]):
    """Turns the notes of a site into linked pages."""

    build: Build
    phases: Phases

    def __init__(self) -> None:
        self.indexing: Indexing | None = None
        self.extension = VideonotesExtension()
        self.serving = False
        self.search_behind = BackgroundSearch()
        self.templates = TemplateCache()
        self.cache = CacheFolder()
        self.writing = Writing()
        self.rendering = Rendering(self.writing)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether drafts are shown."""
        self.serving = command == "serve"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Take the writing of the site over."""
        self.cache.begin(config)
        self.writing.begin(config.site_dir)
        self.phases = Phases()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add the Markdown extension and the theme folder."""
        if config.theme.name != "material":
            raise PluginError("videonotes lays its pages over Material: set `theme: material` in mkdocs.yml.")
        if sum(isinstance(plugin, VideonotesPlugin) for plugin in config.plugins.values()) > 1:
            raise ConfigurationError("The plugin `videonotes` is listed twice: put its options together in one entry.")
        for plugin in config.plugins.values():
            if why := _CLASHES.get(type(plugin).__module__.partition(".")[0]):
                raise PluginError(why)
        set_theme(config)
        extensions: list[Any] = config.markdown_extensions
        if self.extension not in extensions:
            extensions.append(self.extension)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the notes, put everything together, add the generated pages."""
        with lasting_records():
            self.build = prepare(config, self.config, files, self.cache.path, drafts=self.serving)
        self.writing.make_way(config.site_dir, (file.dest_uri for file in files if not file.is_documentation_page()))
        self.extension.site = self.build.site(self.config)
        self.extension.find_page = lambda md: self.build.sources.collection.find(path_of(md))
        self.phases.end("notes")
        cache = PageCache(self.cache.path, "served" if self.serving else "built")
        self.rendering.begin(self.build, self.config.workers, self.config.safe_plugins, cache, self._index)
        return files

    def _index(self) -> None:
        self.phases.end("notes' pages")
        if self.indexing and self.config.workers > 1:
            self.indexing.begin()

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Return the text of a note without its frontmatter, which MkDocs would read by other rules; that of an
        ordinary page where it linked to a private note.
        """
        note = self.build.note(page)
        # MkDocs takes lines like "From: x" at the very beginning for metadata.
        return "\n" + self.build.source(note) if note else self.build.sources.rewritten_page(page.file.src_uri)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Set what MkDocs and Material read of the metadata, and which note is rendered next."""
        path = page.file.src_uri
        self.extension.note = self.build.sources.collection.find(path)
        self.extension.is_page = path in self.build.ordinary
        if note := self.build.note(page):
            page.meta = self.build.meta(note)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Take what is converted from now on without being announced, as the excerpts of a blog are, for pages."""
        self.extension.note, self.extension.is_page = None, True

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Give templates their filters and shells; write the script that all pages share; plan what search reads."""
        env.filters.update(direction=direction, escape_text=escape_text, sentence=show_sentence, contents=contents_item)
        env.globals.update(markup=markup, youtube=youtube)
        env.template_class = ShellTemplate
        env.bytecode_cache = self.templates
        env.extend(shells=PageShells(env, self.build.ours, files))
        self.indexing = self.rendering.indexing = None if self.serving else Indexing(self.build)
        if self.indexing and self.config.workers > 1:
            self.indexing.begin_names()
        env.auto_reload = False  # templates do not change during a build: no look at some 25 files for each page
        script = env.get_template("videonotes/frame.html").render(config=config)
        self.build.outputs.write("assets/javascripts/videonotes/frame.js", script)
        self.build.outputs.write(*style_sheet())
        return env

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template its records."""
        context.update(self.build.context(page))  # type: ignore[typeddict-item]
        return context

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Tell the page for missing addresses where everything is."""
        if template_name == "404.html":
            context.update(self.build.missing_context(str(context["base_url"])))  # type: ignore[typeddict-item]
        return context

    def on_build_error(self, *, error: Exception) -> None:
        """Leave everything as it was before the build."""
        if self.indexing:
            self.indexing.end()
        self._end()

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what machines read; write and tell what was counted and found."""
        self.rendering.end()
        self.phases.end("other pages")
        write_outputs(self.build, self.config.feed_items)
        self.phases.end("lists")
        if self.serving:
            self.search_behind(self.build)
        else:
            self.writing.seen.update(write_search(self.build, self.indexing))
        self.phases.end("search")
        self._report()
        self._end()

    def _end(self) -> None:
        """Give MkDocs its own ways of rendering and writing back, and other builds the cache."""
        self.rendering.end()
        self.writing.end()
        self.cache.end()
        end_of_records()

    def _report(self) -> None:
        """Remove what no build makes any more; write and tell what was counted, found and done."""
        build = self.build
        docs, site = build.config.docs_dir, build.config.site_dir
        report = build_report(build.sources.collection, build.findings, Path(os.path.relpath(docs, site)).as_posix())
        self.writing.seen.add(os.path.abspath(os.path.join(site, REPORT)))
        spared = build.catalog.folders.search if self.serving else ""  # it is being made behind
        self.writing.remove_stale(Path(site), spared)
        size = measure_site(os.path.abspath(site)) if self.config.report and not self.serving else {}
        self.phases.end("report")
        work = work_done(self.rendering, self.writing, self.phases)
        told = {"images": self.config.images} | ({"site": size} if size else {})
        build.outputs.write(
            REPORT,
            json.dumps({**report, **told, "build": work}, indent=1, ensure_ascii=False) + "\n",
        )
        log_findings(build.findings, self.config.findings)
        log_report(report)
        if size:
            log_size(size)
        log_work(work)
