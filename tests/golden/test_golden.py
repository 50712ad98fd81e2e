"""Golden triples: a title, Markdown, and the HTML that it must become.

A file is a list of them, their parts apart by a line with a single dot. Every row of docs/dev/note-format.md
has one. The collection around the note that is rendered is made here.
"""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest

from videonotes.core.collection import build_collection
from videonotes.core.scan import scan
from videonotes.markdown import VideonotesExtension
from videonotes.markdown.view import Site

HEAD = "---\ntitle: The note\nvideoId: qNPPoj1qUG0\n---\n"
NOTES = {
    "lex/agi.md": "---\ntitle: AGI\naliases: [artificial general intelligence]\nvideoId: qNPPoj1qUG0\n---\n"
    "Begin.\n\n## First Steps\n\nA step. ^b1\n\n### Deeper\n\nDown.\n\n## Last\n\nEnd.\n",
    "lex/lex.md": "---\ntitle: Lex\n---\nThe channel.\n",
    "lex/foot.md": "See[^n].\n\n[^n]: Below.\n\n[^o]: Not marked.\n",
    "lex/short.md": "Short text with [[agi]].\n",
    "lex/productled_sales.md": "x\n",
    "lex/asks.md": "[[wanted_thing]]\n",
    "lex/asks_too.md": "[[Wanted Thing]]\n",
    "other/deep.md": "---\ntitle: The Big Title\n---\nx\n",
}
FILES = ["lex/pic.png", "lex/clip.mp4"]


def render(text: str) -> str:
    """Render `text` as the body of the note `lex/note.md`."""
    sources = {**NOTES, "lex/note.md": HEAD + text}
    notes = [scan(path, source) for path, source in sources.items()]
    collection = build_collection(notes, sources=[*sources, *FILES])
    extension = VideonotesExtension()
    extension.site = Site(
        collection,
        lambda path: sources[path],
        lambda wanted: f"wanted/{wanted.slug}.md" if wanted.has_stub else None,
    )
    extension.note = collection.index.notes["lex/note.md"]
    return markdown.markdown(text, extensions=["toc", extension])


def triples() -> dict[str, tuple[str, str]]:
    """Return source and HTML by the name of a triple."""
    found: dict[str, tuple[str, str]] = {}
    for file in sorted(Path(__file__).parent.glob("*.txt")):
        parts = file.read_text("utf-8").split("\n.\n")
        parts.pop()
        for title, source, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            found[f"{file.stem}: {title.strip()}"] = source, expected
    return found


@pytest.mark.parametrize(("source", "expected"), triples().values(), ids=triples())
def test_golden(source: str, expected: str) -> None:
    assert render(source) == expected
