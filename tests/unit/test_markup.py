"""The names of pages: what scripts look for is in one list, and each name of it is written somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import videonotes
from videonotes.markdown import markup

PACKAGE = Path(videonotes.__file__).parent
SCRIPTS = sorted((PACKAGE / "theme/assets/javascripts").rglob("*.js"))
TEMPLATES = sorted((PACKAGE / "theme").rglob("*.html"))
WRITERS = [*TEMPLATES, *(PACKAGE / "markdown").rglob("*.py"), *SCRIPTS]
OWN_DATA = {"data-md-color-media", "data-md-component"}
"""Attributes of Material's."""

INLINE = re.compile(r"<script>.*?</script>", re.DOTALL)


def looked_for() -> dict[str, set[str]]:
    """Return the classes, ids and data attributes that scripts look for, those in templates too."""
    found: dict[str, set[str]] = {"classes": set(), "ids": set(), "data": set()}
    texts = [file.read_text("utf-8") for file in SCRIPTS]
    texts += [script for file in TEMPLATES for script in INLINE.findall(file.read_text("utf-8"))]
    for text in texts:
        for string in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", text):
            found["classes"] |= set(re.findall(r"(?<![\w/])\.((?:vn|yt)-[a-z-]+)(?![\w.-]*\.(?:js|css))", string))
            found["ids"] |= set(re.findall(r"#(videonotes-[a-z-]+)", string))
            found["data"] |= set(re.findall(r"\[(data-[a-z-]+)", string))
        found["ids"] |= set(re.findall(r"getElementById\([\"'](videonotes-[a-z-]+)", text))
        names = re.findall(r"\.dataset\.([A-Za-z]+)", text)
        found["data"] |= {"data-" + re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name) for name in names}
    return found


@pytest.mark.parametrize(
    ("kind", "known"), [("classes", markup.CLASSES), ("ids", markup.IDS), ("data", markup.DATA | OWN_DATA)]
)
def test_scripts_look_for_names_of_the_list(kind: str, known: frozenset[str]) -> None:
    assert looked_for()[kind] - known == set()
    assert known - OWN_DATA - looked_for()[kind] - {markup.TIMESTAMP} == set()


def test_each_name_is_written() -> None:
    written = "\n".join(file.read_text("utf-8") for file in WRITERS)
    names = markup.CLASSES | markup.IDS
    assert {name for name in names if not re.search(rf"\b{name}\b", written)} == set()
    for name in markup.DATA:
        script = re.sub(r"-([a-z])", lambda letter: letter[1].upper(), name.removeprefix("data-"))
        assert re.search(rf"\b{name}\b(?!\])|dataset\.{script} =", written), name


def test_templates_write_the_marks_of_search() -> None:
    for mark in ("SEARCHED", "SEARCHED_END"):
        assert {file.name for file in TEMPLATES if f"markup.{mark} " in file.read_text("utf-8")} == {
            "main.html",
            "note.html",
        }
