"""Notes and ordinary pages in one `Markdown`: nothing that they share is changed."""

from __future__ import annotations

import pkgutil
from typing import Any

import markdown
import pymdownx
import pytest
from markdown import Markdown

from videonotes.core.collection import build_collection
from videonotes.core.scan import scan
from videonotes.markdown import VideonotesExtension
from videonotes.markdown.view import Site

PAGE = "[TOC]\n\n# A heading {#own}\n\nText <br> more, <kbd>k</kbd>, <b>*x*</b> &amp; \\* `a`{.x} <!-- c -->.\n\n<div>\nb\n</div>\n"
NOTE = "# One\n\nText {#no} <br> [[note]].\n"
BUILT_IN = ["extra", "admonition", "codehilite", "meta", "nl2br", "sane_lists", "smarty", "toc", "wikilinks"]
PYMDOWN = sorted(
    f"pymdownx.{module.name}"
    for module in pkgutil.iter_modules(pymdownx.__path__)
    if hasattr(__import__(f"pymdownx.{module.name}", fromlist=["x"]), "makeExtension")
)


def both(extensions: list[str]) -> tuple[Markdown, VideonotesExtension]:
    """Return a `Markdown` with the extension, whose site holds one note and one page."""
    collection = build_collection([scan("a/note.md", NOTE)], [scan("page.md", PAGE)])
    extension = VideonotesExtension()
    extension.site = Site(collection, lambda path: NOTE, lambda wanted: None)
    return Markdown(extensions=[*extensions, extension]), extension


def convert(md: Markdown, extension: VideonotesExtension, path: str) -> str:
    assert extension.site is not None
    extension.note = extension.site.collection.index.notes[path]
    extension.is_page = path == "page.md"
    md.reset()
    return md.convert(PAGE if extension.is_page else NOTE)


@pytest.mark.parametrize("name", [*BUILT_IN, *PYMDOWN])
def test_a_page_is_what_it_is_without_the_extension(name: str) -> None:
    plain = markdown.markdown(PAGE, extensions=[name])
    md, extension = both([name])
    assert convert(md, extension, "page.md") == plain
    convert(md, extension, "a/note.md")
    assert convert(md, extension, "page.md") == plain


def test_a_note_between_pages_changes_nothing_that_is_shared() -> None:
    md, extension = both(["extra", "toc"])
    before: dict[str, Any] = dict(vars(md))
    steps = list(md.treeprocessors)
    convert(md, extension, "a/note.md")
    assert list(md.treeprocessors) == steps
    assert md.treeprocessors is before["treeprocessors"]
    assert md.serializer is before["serializer"]
    first = convert(md, extension, "page.md")
    assert 'id="own"' in first
    assert '<div class="toc">' in first


def test_a_note_that_could_not_be_converted_leaves_the_steps_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    md, extension = both(["extra", "toc"])
    plain = convert(md, extension, "page.md")
    with monkeypatch.context() as patch:
        patch.setattr("videonotes.markdown.extension.Builder.build", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            convert(md, extension, "a/note.md")
    assert convert(md, extension, "page.md") == plain


def test_what_a_note_says_in_attribute_lists_is_text() -> None:
    md, extension = both(["extra"])
    assert "{#no}" in convert(md, extension, "a/note.md")
