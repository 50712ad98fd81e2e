"""The baseline: known findings stay quiet, new ones fail."""

from __future__ import annotations

import pytest

from tests.check.conftest import Make, note

FILE = "known.json"


def test_only_new_findings_fail(project: Make) -> None:
    site = project({"c/a.md": note("[[one]] [[two]]")})
    assert site.run("--baseline", FILE, "--write-baseline") == 0
    assert site.run("--baseline", FILE) == 0
    site.write({"c/a.md": note("New first line.\n\nMore.\n\n[[one]] [[two]] [[three]]")})
    assert [one["message"] for one in site.found("--baseline", FILE)] == ["no note is called [[three]]"]
    assert site.run("--baseline", FILE) == 1
    site.write({"c/a.md": note("[[one]] [[two]]"), "c/b.md": note("[[one]]", title="B")})
    assert {one["path"] for one in site.found("--baseline", FILE)} == {"docs/c/b.md"}


def test_a_renamed_finding_is_none_more(project: Make) -> None:
    site = project({"c/a.md": note("[[one]] [[two]]")})
    site.run("--baseline", FILE, "--write-baseline")
    site.write({"c/a.md": note("[[one]] [[other]]")})
    assert site.found("--baseline", FILE) == []


def test_a_part_of_the_site_says_nothing_of_the_rest(project: Make) -> None:
    site = project({"c/a.md": note("[[one]]"), "c/b.md": note("[[two]]", title="B")})
    site.run("--baseline", FILE, "--write-baseline")
    assert site.run("docs/c/a.md", "--baseline", FILE) == 0
    assert site.err == ""
    assert site.run("docs/c/a.md", "--baseline", FILE, "--write-baseline") == 2
    assert site.run("--baseline", FILE) == 0


def test_it_says_when_it_can_shrink(project: Make) -> None:
    site = project({"c/a.md": note("[[one]] [[two]]")})
    site.run("--baseline", FILE, "--write-baseline")
    site.write({"c/a.md": note("[[one]]")})
    assert site.run("--baseline", FILE) == 0
    assert "1 findings of known.json are gone" in site.err


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": 1}}', "[" * 100_000]
)
def test_a_file_that_is_no_baseline(project: Make, text: str) -> None:
    site = project({"c/a.md": note("[[one]]")})
    (site.folder / FILE).write_text(text, "utf-8")
    assert site.run("--baseline", FILE) == 2
    assert "write it anew with --write-baseline" in site.err


def test_a_baseline_that_is_not_there(project: Make) -> None:
    site = project({"c/a.md": note("[[one]]")})
    assert site.run("--baseline", "nowhere.json") == 2
    assert "There is no nowhere.json: write it with --write-baseline." in site.err
    assert site.run("--write-baseline") == 2
