"""The extension in bare Python-Markdown, without MkDocs."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from markdown.serializers import to_xhtml_string

from tests.conftest import note, stamp
from videonotes.markdown.serializer import NoteToc, serialize


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lex").mkdir()
    (tmp_path / "lex" / "agi.md").write_text(note("## Part\n\nWords.", title="AGI"), "utf-8")
    return tmp_path


def test_by_name_with_a_folder_of_notes(folder: Path) -> None:
    text = note(f"[[AGI#Part]] and {stamp('00:01:00')}\n\n![[agi#part]]")
    html = markdown.markdown(
        text,
        extensions=["toc", "videonotes"],
        extension_configs={"videonotes": {"notes": str(folder), "path": "lex/new.md"}},
    )
    assert '<a class="wikilink" href="agi.md#part">AGI</a>' in html
    assert "&amp;t=60s" in html
    assert "<p>Words.</p>" in html


def test_without_any_notes() -> None:
    html = markdown.markdown("# Title\n\n[[a | b]]", extensions=["videonotes"])
    assert html == '<p><span class="wikilink wikilink--missing" title="No note yet: a">b</span></p>'


def test_an_instance_is_used_again() -> None:
    md = markdown.Markdown(extensions=["toc", "videonotes"])
    first = md.convert(note("## A\n\n## A"))
    assert md.reset().convert(note("## A\n\n## A")) == first


def test_the_table_of_contents_has_words_only() -> None:
    md = markdown.Markdown(extensions=["toc", "videonotes"])
    md.convert(note(f"## One [[x | **two**]] {stamp('00:01:00')} `a & b`"))
    (entry,) = md.toc_tokens  # type: ignore[attr-defined]
    assert (entry["id"], entry["name"]) == ("one-two-a-b", "One two a &amp; b")
    md.reset().convert("## A `List<int>` & <script>")
    assert md.toc_tokens[0]["name"] == "A List&lt;int&gt; &amp; &lt;script&gt;"  # type: ignore[attr-defined]


def test_notes_are_serialized_as_python_markdown_does() -> None:
    root = ElementTree.fromstring(
        '<div><p class="b" id="a &lt; &quot;">x &lt; y &amp;amp; &amp; z<br />tail<img src="a&amp;b" /> </p>'
        '<ul><li><input type="checkbox" checked="checked" /><code>a\n b</code></li></ul><p /><hr />&gt;</div>'
    )
    assert serialize(root) == to_xhtml_string(root)


@pytest.mark.parametrize("option", [{}, {"toc_depth": "2-3"}, {"baselevel": 2}, {"permalink": True}])
def test_the_table_of_contents_of_a_note_is_that_of_python_markdown(option: dict[str, object]) -> None:
    text = "# One\n\n## Two `<b>` & *more*\n\n#### Four [[x]] [^1]\n\n## Two\n\n[^1]: note\n"

    def render() -> tuple[str, object]:
        md = markdown.Markdown(extensions=["toc", "videonotes"], extension_configs={"toc": option})
        html = md.convert(text)

        def shown(tokens: list[dict[str, object]]) -> list[object]:
            return [(item["level"], item["id"], item["name"], shown(item["children"])) for item in tokens]  # type: ignore[arg-type]

        return html, shown(md.toc_tokens)  # type: ignore[attr-defined]

    own = render()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NoteToc, "run", lambda self, root: self.processor.run(root))
        assert own == render()


def test_long_lines_of_code_have_no_colours() -> None:
    """Some lexers take time with the square of a line."""
    short, long = (
        markdown.markdown(f"```python\nx = {'1' * count}\n```", extensions=["videonotes"]) for count in (9, 9000)
    )
    assert '<span class="mi">' in short
    assert "<span class" not in long
