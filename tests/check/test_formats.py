"""How findings are written, each form read again by a program that others wrote."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from sarif_pydantic import Sarif

from tests.check.conftest import Make, Project, note

HOSTILE = 'See [[no <b>\x07&"thing" %0A::error::]].\n\n[[nothing, at: all]] 😀 [[b c]]'


@pytest.fixture
def site(project: Make) -> Project:
    return project(
        {
            "c/a b.md": note(HOSTILE),
            "c/ü.md": note("[[nothing]]\n\n[[nothing]]", title="U"),
            "c/b.md": "---\ntitle: [\n---\n",
        }
    )


def test_text_shows_the_line_and_points_at_the_place(site: Project) -> None:
    assert site.run("docs/c/ü.md", "--select", "VN101") == 1
    assert site.out.splitlines() == [
        "docs/c/ü.md:5:1: VN101 unresolved-link: no note is called [[nothing]]",
        "    | [[nothing]]",
        "    | ^",
        "    Write that note, or name another.",
        "docs/c/ü.md:7:1: VN101 unresolved-link: no note is called [[nothing]]",
        "    | [[nothing]]",
        "    | ^",
        "    Write that note, or name another.",
        "",
        "      2  VN101 unresolved-link (warning)",
        "2 findings in 1 files",
    ]
    site.run("--most", "1")
    assert "of them not shown (`--most 0` shows all)" in site.out
    assert "\x1b" not in site.out


def test_json_holds_everything(site: Project) -> None:
    found = site.found()
    assert {one["severity"] for one in found} == {"error", "warning", "info"}
    assert json.loads(site.out)["counts"]["unresolved-link"] == sum(one["name"] == "unresolved-link" for one in found)
    assert all(
        set(one) == {"code", "name", "severity", "path", "line", "column", "message", "cure", "candidates", "fixable"}
        for one in found
    )


def test_github_commands_stay_on_their_lines(site: Project) -> None:
    expected = len(site.found())
    site.run("--format", "github")
    lines = site.out.splitlines()
    assert len(lines) == expected
    for line in lines:
        assert re.fullmatch(
            r"::(error|warning|notice) file=[^:,]+(,line=\d+,col=\d+)?,title=VN\d+ [\w-]+::[^\r\n]+", line
        ), line


def test_gitlab_reports_are_what_code_quality_reads(site: Project) -> None:
    site.run("--format", "gitlab")
    report = json.loads(site.out)
    assert report
    for entry in report:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith(("/", "./"))
    assert len({entry["fingerprint"] for entry in report}) == len(report)


def test_sarif_is_sarif(site: Project) -> None:
    site.run("--format", "sarif")
    log = Sarif.model_validate_json(site.out, strict=False)
    run = log.runs[0]
    assert log.version == "2.1.0"
    assert run.results
    rules = [rule.id for rule in run.tool.driver.rules or []]
    for result in run.results:
        assert result.rule_index is not None
        assert rules[result.rule_index] == result.rule_id
    uris = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for one in json.loads(site.out)["runs"][0]["results"]
        for place in one["locations"]
    ]
    assert all(" " not in uri for uri in uris)


def test_junit_is_xml_with_true_counts(site: Project) -> None:
    site.run("--format", "junit")
    root = ElementTree.fromstring(site.out)
    assert root.tag == "testsuites"
    for suite in root:
        cases = suite.findall("testcase")
        assert int(suite.attrib["tests"]) == len(cases)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    assert len(root.findall("testsuite/testcase")) == len(site.found())


def test_a_reader_that_has_read_enough(site: Project) -> None:
    command = f"{sys.executable} -m videonotes check --most 0 | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=site.folder, capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_colours_are_for_terminals_and_may_be_refused(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    site.run()
    assert "\x1b" not in site.out
