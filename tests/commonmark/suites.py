"""The examples of CommonMark 0.31.2 and of GitHub's extensions, as `scripts/setup` takes them out of markdown-it-py.

They are data of a development dependency: no file of them is kept here.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

FOLDER = Path(sys.prefix) / "share" / "markdown-it-py"


_FIXTURE = re.compile(r"^\.\n(.*?)^\.\n(.*?)^\.$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """An example: its number in its suite (from 1), what is written, the HTML that it must become."""

    number: int
    markdown: str
    html: str


def _text(name: str) -> str:
    if not (FOLDER / name).exists() and "CI" not in os.environ:
        pytest.skip("the examples of CommonMark are not there: run scripts/setup", allow_module_level=True)
    return (FOLDER / name).read_text("utf-8")


def commonmark() -> list[Example]:
    """Return the examples of the specification."""
    examples = json.loads(_text("commonmark.json"))
    return [Example(example["example"], example["markdown"], example["html"]) for example in examples]


def extension(name: str) -> list[Example]:
    """Return the examples of an extension: `tables`, `tasklists` or `strikethrough`."""
    found = _FIXTURE.findall(_text(f"{name}.md"))
    return [Example(number, source, html) for number, (source, html) in enumerate(found, 1)]
