"""The time that a note takes grows as its length does, whatever is repeated in it.

Each form is repeated until four times of it take a tenth of a second. Process time hardly drifts, calls would be blind to
a slow `str` or `re`. The garbage collector is off meanwhile: it walks through all that the tests before left in memory.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from time import process_time

import markdown
import pytest

from videonotes.core.collection import build_collection
from videonotes.core.scan import scan
from videonotes.markdown import VideonotesExtension
from videonotes.markdown.view import Site
from videonotes.verify.links import read_source
from videonotes.verify.words import source_words

Form = Callable[[int], str]
HEAD = "---\ntitle: T\nvideoId: qNPPoj1qUG0\n---\n"
LEAST = 0.1
"""Seconds of the longer text."""
MOST = 6
"""Times that four times the text may take; a square would be sixteen."""
TRIES = 8
LONGEST = 1 << 20


def each(pattern: str, separator: str = "") -> Form:
    """Repeat `pattern`, in which `{}` is the number of the repetition."""
    return lambda count: separator.join(pattern.replace("{}", str(number)) for number in range(count))


def around(before: str, pattern: str, after: str) -> Form:
    return lambda count: before + pattern * count + after


STAMP = '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a> '
BLOCKS: dict[str, Form] = {
    "headings": each("## A\n"),
    "setext headings": each("A\n---\n"),
    "paragraph": each("word\n"),
    "paragraphs": each("word\n\n"),
    "items": each("- a\n"),
    "loose items": each("- a\n\n"),
    "numbers": each("{}. a\n"),
    "numbers in text": each("text\n5. a\n\n"),
    "nested items": lambda count: "\n".join("  " * (number % 40) + "- a" for number in range(count)),
    "tasks": each("- [/] a\n"),
    "quotes": each("> a\n"),
    "nested quotes": around("", ">", " a"),
    "callouts": each("> [!note] T\n> a\n\n"),
    "lazy lines": around("> a\n", "b\n", ""),
    "fences": each("```\na\n```\n"),
    "open fences": each("~~~\n"),
    "fences of other lengths": lambda count: "\n".join("`" * (3 + number % 200) for number in range(count)),
    "indented code": each("    a\n"),
    "tabs": each("\t\t- a\n"),
    "table rows": around("| a | b |\n|---|---|\n", "| c | d |\n", ""),
    "rows of links": around("| a |\n|---|\n", "| [[x]] |\n", ""),
    "wide row": around("| a |\n|---|\n", "| b ", "|\n"),
    "wide head and short rows": lambda count: (
        "| a " * (count // 2) + "|\n" + "|---" * (count // 2) + "|\n" + "| b\n" * (count // 2)
    ),
    "tables": each("| a |\n|---|\n\n"),
    "rules": each("***\n"),
    "raw tags": each("<div>\n"),
    "closed raw tags": each("<div>\na\n</div>\n"),
    "raw items": each("<li>a\n"),
    "pre": each("<pre>\na\n</pre>\n"),
    "open pre": each("<pre>\n"),
    "comments": each("%% a\n"),
    "HTML comments": each("<!-- a\n"),
    "comments with one end": around("", "> <!-- a\n\n", "-->"),
    "pre with one end": around("", "> <pre>\n\n", "</pre>"),
    "closing tags before text": around("<p>a", "</p>", "x"),
    "stamp in the info of a fence": around("```<a ", "yt-timestamp", ""),
    "spaces behind the channel": around("[[a]]", " ", "x\n"),
    "formulas": each("$$\na\n$$\n"),
    "open formulas": each("$$ a\n\n"),
    "footnotes without marks": each("[^{}]: a\n"),
    "chain of footnotes": lambda count: "[^0]\n\n" + each("[^{}]: [^n{}]\n\n")(count).replace("^n", "^"),
    "marks of one footnote": around("[^a]: x\n\n", "[^a] ", ""),
    "definitions": each("[a{}]: /b\n"),
    "definitions over lines": each("[a{}]:\n/b\n'c'\n"),
    "block ids": each("a ^b{}\n\n"),
    "ids on lines of their own": each("- a\n\n^b{}\n\n"),
    "frontmatter": lambda count: "---\n" + each("k{}: v\n")(count) + "---\n",
    "broken frontmatter": lambda count: "---\n" + each("k{}: a: b\n")(count) + "---\n",
    "spaces in a fenced note": around("```markdown\n[[a]]\n```x", " ", "y\n```\n```\n"),
    "spaces and a backtick in a fenced note": around("```markdown\n[[a]]\n```", " ", "y`\n```\n"),
    "fenced note": lambda count: "```markdown\n" + "[[a]]\n```x\n```\n" * count + "```\n",
}
INLINE: dict[str, Form] = {
    "address and brackets": around("https://a.b/", ")", ""),
    "address, brackets and points": around("https://a.bc", ").", ""),
    "wikilinks": each("[[a]] "),
    "brackets in a wikilink": around("[[a ", "[b] ", "]]"),
    "labels of a wikilink": around("[[a", "|b", "]]"),
    "open wikilinks": each("[[a "),
    "open wikilinks on lines": each("[[a\n"),
    "closed wikilinks": each("a]] "),
    "half-open wikilinks": each("[a_b]] "),
    "wikilinks as addresses": each("[a]([[b]]) "),
    "open brackets": each("["),
    "pairs of brackets": lambda count: "[" * count + "]" * count,
    "nested links": lambda count: "[a" * count + "](b)" * count,
    "nested images": lambda count: "![a" * count + "](b)" * count,
    "open links": each("[a]("),
    "open addresses": each("[a](<b"),
    "open titles": each('[a](b "'),
    "references": lambda count: "[a][b" * count + "]\n\n[x]: y\n",
    "shortcuts": lambda count: "[x] " * count + "\n\n[x]: y\n",
    "footnotes in the line": each("^[a] "),
    "open footnotes in the line": each("^[a "),
    "emphasis": each("*a _b "),
    "emphasis of two kinds": each("a**b*c "),
    "long run": lambda count: "*" * count + "a" + "*" * count,
    "marks and deletions": each("==a ~~b "),
    "runs of backticks": lambda count: " ".join("`" * (1 + number % 300) for number in range(count // 50)),
    "code": each("`a` "),
    "money": each("$5 "),
    "formulas": each("$a$ "),
    "open formulas": each("$a "),
    "open display formulas": each("$$a"),
    "parentheses of formulas": each("\\(a "),
    "backslashes": each("\\"),
    "raw tags": each("<b>a"),
    "closed raw tags": each("<b>a</b> "),
    "open raw tags": each("<b "),
    "quotes in a tag": each('<a "'),
    "comments": each("%% a %% "),
    "open HTML comments": each("<!-- a "),
    "entities": each("&amp;"),
    "signs of entities": each("&"),
    "hard breaks": each("a  \n"),
    "spaces": around("a", " ", "b"),
    "stamps": each(STAMP),
    "open stamps": each('<a class="yt-timestamp" data-t="00:01:02"> '),
    "cut stamps": each('<a class="yt-timestamp" data-t="'),
    "bare times": each("[00:01:02] "),
    "times in one label": around("[", "00:01:02, ", "00:01:03]"),
    "digits": each("1:"),
    "tags": each("#tag{} "),
    "sentence without an end": around("", "[[a]] ", ""),
    "letters": each("a"),
    "mail": around("<", "a.", "@b"),
}


@pytest.fixture(autouse=True)
def _without_garbage_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def build(text: str) -> float:
    """Return the seconds that scanning and rendering a note with this text takes."""
    start = process_time()
    collection = build_collection([scan("c/a.md", text)])
    extension = VideonotesExtension()
    extension.site = Site(collection, lambda path: text)
    extension.note = collection.index.notes["c/a.md"]
    markdown.markdown(text, extensions=[extension])
    return process_time() - start


def read(text: str) -> float:
    """Return the seconds that `verify` takes to read the source of a note with this text."""
    start = process_time()
    source_words(text)
    read_source("c/a.md", text)
    return process_time() - start


def ratio(cost: Callable[[str], float], form: Form, head: str) -> float:
    """Return how many times as long four times the text takes; the best of each where others use the machine too."""
    count = 256
    while (longer := cost(head + form(4 * count))) < LEAST and count < LONGEST:
        count *= 2 if longer > LEAST / 3 else 4
    shorter = cost(head + form(count))
    for _ in range(TRIES):
        if longer <= MOST * shorter:
            break
        longer, shorter = min(longer, cost(head + form(4 * count))), min(shorter, cost(head + form(count)))
    return longer / shorter


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks(name: str) -> None:
    head = "" if "frontmatter" in name or "fenced" in name else HEAD
    assert ratio(build, BLOCKS[name], head) <= MOST


@pytest.mark.parametrize("name", INLINE)
def test_inline(name: str) -> None:
    assert ratio(build, INLINE[name], HEAD) <= MOST


CHECKED = {name: BLOCKS[name] for name in ("rules", "open pre", "pre with one end", "definitions", "HTML comments")}
CHECKED["a cell of spaces"] = around("| a_b | ", " ", " |")


@pytest.mark.parametrize("name", CHECKED)
def test_what_verify_reads_of_a_source(name: str) -> None:
    assert ratio(read, CHECKED[name], HEAD) <= MOST
