"""The extension of Python-Markdown: a note goes past Python-Markdown's own readers, serialiser and, where
nothing more is asked of it, table of contents; the rest of the host's pipeline stays as it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Extension, Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, Treeprocessor
from markdown.util import Registry
from pymdownx.highlight import Highlight

from ..core.collection import Collection, build_collection
from ..core.note import Note
from ..core.scan import clean_source, read_body, read_note_source, scan
from ..core.shortcuts import Shortcut, is_on
from .blocks import Builder
from .html import mend
from .ordinary_pages import PageTokens
from .serializer import NoteLines, NoteToc, no_markup, serialize
from .view import Site, View

FIRST = 1000  # the priority of a preprocessor that sees the text before all others
LAST = -1000
INLINE, UNESCAPE = 20, 0  # where it reads inline text, and takes its own marks off
TOC = 5  # where Python-Markdown makes the table of contents
PRETTIFY = 10  # where it puts line ends between blocks
AFTER_NORMALISATION = 27  # which strips control characters, and before fenced code (25) and HTML (20)


COLOURED, COLOURED_LINE = 100_000, 2_000
"""Characters of code, and of a line of it, up to which it is coloured: some lexers take time with their square."""
LONGEST_LANGUAGE = 40
"""Characters of the name of a language."""


class NotePreprocessor(Preprocessor):
    """Takes the text of a note away from the preprocessors that follow, for `NoteParser` to read.

    The lines of an ordinary page pass.
    """

    def __init__(self, md: Markdown, extension: VideonotesExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Keep the lines of a note and return none; return those of an ordinary page."""
        self.extension.pipeline.end_note()
        if self.extension.is_page:
            return lines
        text = "\n".join(lines)
        view = self.extension.view(text)
        if self.extension.site:  # the host has taken the frontmatter off
            self.extension.current = view, clean_source(text)
        else:
            source, front = read_note_source(text)
            self.extension.current = view, source[front.body :]
        return []


class PagePreprocessor(Preprocessor):
    """Puts placeholders for the wikilinks and timestamps of an ordinary page."""

    def __init__(self, md: Markdown, extension: VideonotesExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of an ordinary page with placeholders."""
        if not self.extension.is_page:
            return lines
        view = self.extension.page_view(self.md)
        return PageTokens.install(self.md, view).run(lines) if view else lines


class NoteParser(BlockParser):
    """Builds the tree of a note; ordinary pages go to Python-Markdown's own parser."""

    def __init__(self, parser: BlockParser, extension: VideonotesExtension) -> None:
        self.__dict__.update(parser.__dict__)
        self.extension = extension

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - Python-Markdown's name
        """Return the tree of the document that the preprocessor kept."""
        if self.extension.current is None:
            return super().parseDocument(lines)
        view, text = self.extension.current
        self.extension.current = None
        reading = read_body(text, 0, bool(view.note.video))
        self.extension.pipeline.begin_note()
        root = self.root = Element(self.md.doc_tag)
        builder = Builder.of(view, reading, highlighter(self.md), self.md.htmlStash.store)
        builder.build(root)
        if builder.inline.has_tags:
            mend(root)
        return ElementTree(root)


class NotePipeline:
    """Takes the place of Python-Markdown's last steps while a note is converted, and gives them back after it.

    A note has elements where a page has text, so that most steps find nothing in it. Whoever shares the
    `Markdown` finds between two documents what was there before.
    """

    def __init__(self, md: Markdown) -> None:
        self.md = md
        self.taken: tuple[Registry[Treeprocessor], Callable[[Element], str]] | None = None

    def begin_note(self) -> None:
        """Put the steps of a note in place."""
        self.end_note()
        md = self.md
        self.taken = md.treeprocessors, md.serializer
        steps = md.treeprocessors[:]
        steps.register(Nothing(md), "inline", INLINE)
        steps.register(Nothing(md), "unescape", UNESCAPE)
        if "attr_list" in steps:  # notes are untrusted: they set no attributes
            steps.deregister("attr_list")
        if "toc" in steps and isinstance(toc := steps["toc"], TocTreeprocessor):
            steps.register(NoteToc(toc), "toc", TOC)
        if "prettify" in steps and type(steps["prettify"]) is PrettifyTreeprocessor:
            steps.register(NoteLines(md), "prettify", PRETTIFY)
        steps.register(EndOfNote(md, self), "videonotes_end", LAST - 1)
        md.treeprocessors, md.serializer = steps, serialize

    def write_note(self, root: Element) -> str:
        """Return the HTML of a note, the last thing that is different for one."""
        self.end_note()
        if is_on(Shortcut.SERIALIZER):
            return serialize(root)
        for element in root.iter():
            if "title" in element.attrib:
                element.set("title", no_markup(element.attrib["title"]))
        return self.md.serializer(root)

    def end_note(self) -> None:
        """Give back what `begin_note` took, also after a note that could not be converted."""
        if self.taken:
            self.md.treeprocessors, self.md.serializer = self.taken
            self.taken = None


class Nothing(Treeprocessor):
    """Stands for a step that a note has no need of."""

    def run(self, root: Element) -> None:
        """Leave the tree as it is."""


class EndOfNote(Treeprocessor):
    """The last step of a note: after it, Python-Markdown writes the tree as HTML."""

    def __init__(self, md: Markdown, pipeline: NotePipeline) -> None:
        super().__init__(md)
        self.pipeline = pipeline

    def run(self, root: Element) -> None:
        """Have the next tree that is written be the last of the note."""
        self.md.serializer = self.pipeline.write_note


class MediaTreeprocessor(Treeprocessor):
    """Gives video and audio the address of the link in them, once the host has made it a URL."""

    def run(self, root: Element) -> None:
        """Set the `src` of every embedded video and audio."""
        for element in root.iter():
            if element.tag in ("video", "audio") and len(element):
                element.set("src", element[0].get("href", ""))


def highlighter(md: Markdown) -> Callable[[str, str], str]:
    """Return a function from code and its language to HTML, coloured by Pygments."""
    coloured = Highlight(md, use_pygments=True, guess_lang=False, stripnl=False)

    def highlight(source: str, language: str) -> str:
        is_long = len(source) > COLOURED or max(map(len, source.split("\n"))) > COLOURED_LINE
        html: str = coloured.highlight(source, "" if is_long or len(language) > LONGEST_LANGUAGE else language)
        return html

    return highlight


class VideonotesExtension(Extension):
    """Notes in Python-Markdown.

    A host sets `site` and, before each document, `note`; `is_page` says that it is an ordinary
    page, in which only wikilinks and timestamps are read. Of texts that are converted without being
    announced, `find_page` tells the page. Without a host, the options do: `notes`, the folder
    whose notes links may lead to, and `path`, where the text stands in it.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "notes": ["", "The folder of the notes"],
            "path": ["note.md", "The path of the text below that folder"],
        }
        super().__init__(**kwargs)
        self.site: Site | None = None
        self.note: Note | None = None
        self.is_page = False
        self.find_page: Callable[[Markdown], Note | None] = lambda _: None
        self.current: tuple[View, str] | None = None
        self.pipeline: NotePipeline

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register with Python-Markdown."""
        md.preprocessors.register(NotePreprocessor(md, self), "videonotes", FIRST)
        md.preprocessors.register(PagePreprocessor(md, self), "videonotes_pages", AFTER_NORMALISATION)
        md.treeprocessors.register(MediaTreeprocessor(md), "videonotes_media", LAST)
        self.pipeline = NotePipeline(md)
        md.parser = NoteParser(md.parser, self)

    def page_view(self, md: Markdown) -> View | None:
        """Return the view of the ordinary page that `md` converts; `None`: nobody knows which one it is."""
        page = self.note or self.find_page(md)
        return View(self.site, page, page) if self.site and page else None

    def view(self, text: str) -> View:
        """Return the view of the document that is about to be rendered."""
        site, note = self.site, self.note
        if site is None or note is None:
            note = scan(self.getConfig("path"), text)
            collection = read_folder(self.getConfig("notes"), note)
            folder = self.getConfig("notes")
            site = Site(collection, lambda path: read_note_source(Path(folder, path).read_text("utf-8"))[0])
        return View(site, note, note)


def read_folder(folder: str, note: Note | None = None) -> Collection:
    """Return the collection of all Markdown files below `folder`, with `note` in its place."""
    notes = [note] if note else []
    files: list[str] = []
    if folder:
        root = Path(folder)
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            path = posixpath.join(*file.relative_to(root).parts)
            files.append(path)
            if path.endswith(".md") and not (note and path == note.path):
                notes.append(scan(path, file.read_text("utf-8")))
    return build_collection(notes, sources=files)


def make_converter(extensions: Sequence[str | Extension], options: Mapping[str, Any]) -> Markdown:
    """Return a Python-Markdown for many notes, to be `reset` before each."""
    return Markdown(extensions=extensions, extension_configs=options)


def makeExtension(**kwargs: Any) -> VideonotesExtension:  # noqa: N802 - Python-Markdown's name
    """Return the extension, as Python-Markdown's loader wants it."""
    return VideonotesExtension(**kwargs)
