"""Properties that hold for every input: nothing raises, nothing is lost, nothing dangerous comes out."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.test_golden import render
from videonotes.core.block_parser import parse_blocks
from videonotes.core.frontmatter import read_frontmatter
from videonotes.core.index import build_index
from videonotes.core.inline import Context, tokenize
from videonotes.core.names import fold, slug, squash, visible
from videonotes.core.resolve import Missing, Resolved, make_resolver
from videonotes.core.scan import scan
from videonotes.core.sentences import PlainText
from videonotes.core.timestamps import LONGEST, clock, read_clock
from videonotes.core.youtube import read_video_url, watch_url
from videonotes.verify.markup import markup_faults

PIECES = [
    "[[", "]]", "[[agi", " | ", "[[agi | x]]", "![[short]]", "#", "^b", "\\", "`", "``", "\n", "\n\n", "    ", "  ", "\t", "> ", "- ", "*   ", "7. ",
    "1. ", "*", "**", "_", "~~", "==", "$", "$$", "|", "|---|\n", "| a | b |\n", "```", "```py\n", "<", ">", "<b>", "</b>", "<div>", "</div>", "<li>", "<table>",
    "<a href=\"https://a.b\">", "</a>", "<script>", "<img src=x onerror=y>", "<br/>", "%%", "<!--", "-->", "[^1]", "[^1]: ", "[x]: https://a.b/c\n",
    "[a](b)", "![a](b)", "](", "[", "]", "(", ")", "00:01:02", "[00:01:02]", "<a class=\"yt-timestamp\" data-t=\"00:01:02\">[00:01:02]</a>",
    "<a class=\"yt-timestamp\" data-t=\"", "&amp;", "&lt;", "&", "\"", "'", "---\n", "> [!note]- t\n", "- [x] ", "word", "日本", "\u2068", "\x00", "\x02", "https://a.b/c", "# ", "## h\n",
]  # fmt: skip
markdown_text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=40).map("".join)
few = settings(max_examples=150, deadline=None)


@few
@given(st.text())
def test_names_are_stable(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert squash(name) == squash(fold(name))
    assert visible(visible(name)) == visible(name)
    assert fold(name.upper()) == fold(fold(name).upper()) or not name.isascii()
    assert slug(name)
    assert not set(slug(name)) & set(" /#?%\"'<>")


@few
@given(st.integers(0, LONGEST - 1))
def test_a_time_written_is_the_time_read(seconds: int) -> None:
    for written in (clock(seconds), f"{seconds}s", f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"):
        time = read_clock(written)
        assert time is not None
        assert time.literal == seconds
    assert read_video_url(watch_url("qNPPoj1qUG0", seconds)) == ("qNPPoj1qUG0", seconds)


@few
@given(st.text())
def test_reading_a_time_never_raises_and_is_never_negative(text: str) -> None:
    time = read_clock(text)
    if time is not None:
        assert all(value is None or value >= 0 for value in (time.literal, time.shifted))


@few
@given(st.text())
def test_frontmatter_never_raises(text: str) -> None:
    front = read_frontmatter(f"---\n{text}\n---\nbody")
    assert isinstance(front.data, dict)


@few
@given(markdown_text)
def test_every_word_of_a_block_keeps_its_place(text: str) -> None:
    if "\t" in text:
        return
    for leaf in parse_blocks(text).root.leaves():
        for offset, line in leaf.lines:
            assert text[offset : offset + len(line)] == line


@few
@given(markdown_text)
def test_tokens_are_in_order_and_apart(text: str) -> None:
    position = 0
    for token in tokenize(text, Context(footnotes=frozenset({"1"}))):
        assert position <= token.start <= token.end <= len(text)
        position = token.end


@few
@given(markdown_text)
def test_a_scan_never_raises_and_its_indices_hold(text: str) -> None:
    note = scan("c/n.md", f"---\nvideoId: qNPPoj1qUG0\n---\n{text}")
    for link in note.links:
        assert note.sentences[link.sentence].count("\x02") > link.ordinal
        assert -1 <= link.moment < len(note.stamps)
        assert -1 <= link.heading < len(note.headings)
    for stamp in note.stamps:
        assert 0 <= stamp.sentence < len(note.sentences)
    ids = [heading.id for heading in note.headings if heading.id]
    assert len(ids) == len(set(ids))


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


@settings(max_examples=300, deadline=None)
@given(markdown_text)
def test_what_is_rendered_nests_and_is_harmless(text: str) -> None:
    html = f'<div class="vn-text">{render(text)}</div>'
    assert list(markup_faults(html)) == []
    assert "\x02" not in html
    assert "NaN" not in html or "NaN" in text


@few
@given(markdown_text, st.integers(1, 40))
def test_the_plain_text_of_a_piece_knows_its_length(text: str, times: int) -> None:
    context = Context(has_video=True)
    long = f"{text} [[{text}|*{text}*]] " * times  # past a thousand characters, too
    content = PlainText(long, tokenize(long, context), context)
    assert content.length == len(content.text)


@few
@given(st.lists(st.text("ab _-A", min_size=1, max_size=5), min_size=1, max_size=8), st.text("ab _-A", max_size=5))
def test_the_ladder_is_a_function_of_the_names(names: list[str], target: str) -> None:
    paths = sorted({f"c{number % 2}/{name}.md" for number, name in enumerate(names)})
    resolve = make_resolver(build_index(scan(path, "x") for path in paths))
    again = make_resolver(build_index(scan(path, "x") for path in reversed(paths)))
    answer = resolve("c0/z.md", target, "")
    assert answer == again("c0/z.md", target, "")
    assert isinstance(answer, Missing) or answer.path in (*paths, "c0/z.md")
    for path in paths:
        exact = resolve("x/z.md", path, "")
        assert isinstance(exact, Resolved)
        assert exact.path == path


HOSTILE = {
    "brackets": "[", "links": "[[", "link texts": "[a](", "stars": "*a ", "strong": "**a *b ", "em": "***a *b ** ", "crossed": "a**b", "backticks": "`a ``b ",
    "less than": "<", "crossing tags": "<b>x</i>", "open tags": "<b>", "tags": "<b>x</b>", "attributes": '<a href="', "stamp starts": '<a class="yt-timestamp" ', "quotes": ">", "items": "- ",
    "dollars": "$a ", "displays": "$$\n", "comments": "<!-- ", "percent": "%% a ", "bars": "|", "times": "[00:01:02, ", "ranges": "[1:02 - ", "spaces": " ", "addresses": "https://",
    "footnotes": "[^1]: ", "marks": "==a ", "deep lists": "- - ", "entities": "&amp", "wikilink labels": "[[a | [b] ", "headings": "# a #", "backslashes": "\\",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_looping_writer_costs_no_more_than_its_length(piece: str) -> None:
    """Eight times the text may cost at most about eight times as much; a square would cost 64 times."""

    def cost(length: int) -> float:
        text = "a" + piece * (length // len(piece))
        start = time.process_time()
        render(text)
        return time.process_time() - start

    render(piece)
    short = min(cost(5_000) for _ in range(3))
    assert cost(40_000) < max(30 * short, 1.0)
