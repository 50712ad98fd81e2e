"""Every form of the golden tests in one site: a check ends, and mending changes no page and has nothing left to do."""

from __future__ import annotations

import re

import pytest

from tests.check.conftest import Make, note
from tests.conftest import Build, Site
from tests.golden.test_golden import HEAD, NOTES, triples

WHERE = re.compile(r"(?:\s|<meta[^>]*>)+")  # descriptions are made of sources


def texts(site: Site) -> dict[str, str]:
    return {path: WHERE.sub(" ", site.read(path)) for path in site.pages()}


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_mending_changes_no_page(project: Make, build: Build, unsafe: bool) -> None:
    sources = {
        f"lex/form_{number}.md": HEAD + source
        for number, source in enumerate(source for source, _ in triples().values())
    }
    hostile = {
        "lex/empty.md": "",
        "lex/nul.md": "\x00\x01[[agi]]",
        "lex/yaml.md": "---\n" + "[" * 5000 + "\n---\n[[A G I]]",
        "lex/lines.md": note("[[A G I]]\u2028[[A G I]]\x0b[[A G I]]\x85[[A G I]]"),
        "lex/long.md": note("See [[A G I | it]]. " * 2000),
        "lex/astral.md": note("😀 [[A G I]] 👩‍👩‍👧 <a class='yt-timestamp' data-t='1:02'></a>"),
    }
    files = {"index.md": "# Home\n", **NOTES, **sources, **hostile}
    before = texts(build(files))
    site = project(files)
    arguments = ["--fix", *(["--unsafe-fixes"] if unsafe else [])]
    assert len(sources) > 150
    assert site.run("--fail-on", "never") == 0
    assert site.run(*arguments) == 0
    mended = {path: site.read(path) for path in files}
    assert mended["lex/lines.md"].count("[[agi]]") == 4
    assert mended["lex/long.md"].count("[[agi | it]]") == 2000
    assert site.run(*arguments) == 0
    assert {path: site.read(path) for path in files} == mended
    after = texts(build(mended))
    assert [path for path in before if before[path] != after.get(path)] == []
