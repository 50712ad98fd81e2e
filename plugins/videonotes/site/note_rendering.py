"""Notes as MkDocs' pages: rendered as MkDocs does, by one Markdown for all of them instead of one for each."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from ..markdown import make_converter
from .host.processors import convert


class NoteRenderer:
    """Renders the notes of a build. Python-Markdown is set up once."""

    def __init__(self) -> None:
        self.md: Any = None

    def __call__(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Give a page its content, table of contents, and what MkDocs validates of it."""
        if self.md is None:
            self.md = make_converter(config.markdown_extensions, config.mdx_configs or {})
        convert(self.md.reset(), page, config, files)


class NotePage(Page):
    """A note that stands in no navigation."""

    def __init__(self, file: File, config: MkDocsConfig, renderer: NoteRenderer) -> None:
        super().__init__(None, file, config)
        self.renderer = renderer

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the text of the note to HTML."""
        self.renderer(self, config, files)
