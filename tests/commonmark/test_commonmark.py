"""CommonMark's examples, and those of GitHub's extensions, through the pipeline of a note."""

from __future__ import annotations

import pytest

from . import differences
from .normal_form import normal_form, render
from .suites import Example, commonmark, extension

SUITES = {
    "commonmark": (commonmark(), differences.COMMONMARK),
    "tables": (extension("tables"), differences.TABLES),
    "tasklists": (extension("tasklists"), differences.TASKLISTS),
    "strikethrough": (extension("strikethrough"), differences.STRIKETHROUGH),
}


def agrees(example: Example) -> bool:
    return normal_form(render(example.markdown, example.html)) == normal_form(example.html)


@pytest.mark.parametrize("suite", SUITES)
def test_all_examples_are_there(suite: str) -> None:
    examples, intended = SUITES[suite]
    assert len(examples) == {"commonmark": 652, "tables": 42, "tasklists": 20, "strikethrough": 15}[suite]
    assert set(intended) <= {example.number for example in examples}


@pytest.mark.parametrize("suite", SUITES)
def test_examples(suite: str) -> None:
    examples, intended = SUITES[suite]
    wrong = {example.number for example in examples if not agrees(example)}
    assert sorted(wrong - intended.keys()) == []
    assert sorted(intended.keys() - wrong) == []  # a difference that is none any more has no reason


def test_intended_differences_are_few() -> None:
    assert len(differences.COMMONMARK) <= 90
