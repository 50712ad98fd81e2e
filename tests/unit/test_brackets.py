"""Brackets inside brackets: how deep they may be links, and that more of them are text."""

from __future__ import annotations

import pytest

from tests.golden.test_golden import render
from videonotes.core.brackets import DEEPEST
from videonotes.core.inline import Context, tokenize
from videonotes.core.scan import scan
from videonotes.core.tokens import FootnoteMark, Link


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("![a ", "](b.png)"),
        ("[![a ", "](b.png)](c.md)"),
        ("[a ", "](b.md)"),
        ("[a ", "]([[b]])"),
        ("![a ", "]([[b]])"),
        ("![a ", "][r]"),
        ("^[a ", "]"),
        ("![^[a ", "]](b.png)"),
    ],
)
def test_looping_writers_nest_as_deep_as_they_like(opening: str, closing: str) -> None:
    text = f"{opening * 2000}x{closing * 2000}\n\n[r]: /address\n"
    scan("a/note.md", text)
    assert "x" in render(text)


@pytest.mark.parametrize(("depth", "links"), [(DEEPEST, 1), (DEEPEST + 1, 0)])
def test_labels_hold_so_many_brackets(depth: int, links: int) -> None:
    text = "[ " * depth + "x" + " ]" * depth + "(address.md)"
    assert sum(isinstance(token, Link) for token in tokenize(text, Context())) == links


def test_what_is_nested_too_deep_is_text() -> None:
    deep = tokenize("^[a " * (DEEPEST + 1) + "x" + "]" * (DEEPEST + 1), Context())
    assert [token.start for token in deep if isinstance(token, FootnoteMark)] == [len("^[a ")]
