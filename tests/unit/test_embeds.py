"""Notes that embed each other: a page ends, and says where it stopped."""

from __future__ import annotations

import markdown

from videonotes.core.collection import build_collection
from videonotes.core.embeds import MOST
from videonotes.core.note_findings import findings
from videonotes.core.scan import scan
from videonotes.markdown import VideonotesExtension
from videonotes.markdown.view import Site


def render(sources: dict[str, str], path: str) -> str:
    collection = build_collection([scan(path, text) for path, text in sources.items()])
    extension = VideonotesExtension()
    extension.site = Site(collection, lambda path: sources[path])
    extension.note = collection.index.notes[path]
    return markdown.markdown(sources[path], extensions=[extension])


def test_fifty_notes_that_embed_each_other() -> None:
    names = [f"n{number}" for number in range(50)]
    sources = {
        f"c/{name}.md": "".join(f"![[{other}]]\n\n" for other in names if other != name) + f"Text of {name}."
        for name in names
    }
    html = render(sources, "c/n0.md")
    assert html.count('class="vn-embed"') == MOST
    assert "Text of n0." in html
    assert html.count('class="wikilink"') > MOST  # the rest are links
    found = findings(build_collection([scan(path, text) for path, text in sources.items()]))
    assert {(finding.code, finding.line) for finding in found} == {("too-many-embeds", 1)}


def test_much_text_is_embedded_once() -> None:
    sources = {"c/long.md": "word " * 120_000, "c/a.md": "![[long]]\n\n![[long]]\n"}
    html = render(sources, "c/a.md")
    assert html.count('class="vn-embed"') == 1


def test_a_few_are_no_finding() -> None:
    notes = [scan("c/a.md", "![[b]]\n\n![[b#Part]]\n"), scan("c/b.md", "## Part\n\n![[c]]\n"), scan("c/c.md", "x")]
    assert findings(build_collection(notes)) == []
