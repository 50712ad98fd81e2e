"""How findings are written: for people, for programs, for the services that show them beside a change."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import click

from .. import __version__
from ..core.findings import Finding, FindingCode, Severity


@dataclass(frozen=True, slots=True)
class Found:
    """Findings to write: `severity` tells that of a code, `shown` the path as the user writes it, `line` a source line.

    `most` of a code are written as text; 0 means all. `fixable` are the codes that `--fix` mends.
    """

    findings: Sequence[Finding]
    severity: Callable[[FindingCode], Severity]
    shown: Callable[[str], str]
    line: Callable[[Finding], str]
    fixable: frozenset[FindingCode]
    most: int = 20


def as_text(found: Found) -> Iterator[str]:
    """Yield lines for a terminal: findings by file, each with its source line and its cure, then their numbers."""
    told: Counter[FindingCode] = Counter()
    path = ""
    for finding in found.findings:
        told[finding.code] += 1
        if found.most and told[finding.code] > found.most:
            continue
        if path and finding.path != path:
            yield ""
        path = finding.path
        yield from _entry(found, finding)
    yield from _summary(found, told)


_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_AROUND = 60


def _entry(found: Found, finding: Finding) -> Iterator[str]:
    severity = found.severity(finding.code)
    place = (
        f"{found.shown(finding.path)}:{finding.line}:{finding.column}" if finding.line else found.shown(finding.path)
    )
    code = click.style(f"{finding.code.number} {finding.code}", fg=_COLOURS[severity])
    yield f"{click.style(place, bold=True)}: {code}: {finding.message}"
    if finding.line and (line := found.line(finding)).strip():
        start = max(0, finding.column - 1 - _AROUND)
        shown = line[start : finding.column - 1 + _AROUND].replace("\t", " ")
        yield f"    | {shown}"
        yield f"    | {' ' * (finding.column - 1 - start)}{click.style('^', fg=_COLOURS[severity], bold=True)}"
    yield f"    {finding.cure}{'' if finding.cure.endswith('?') else '.'}"


def _summary(found: Found, told: Counter[FindingCode]) -> Iterator[str]:
    if not told:
        yield "Nothing is wrong."
        return
    yield ""
    for code, count in sorted(told.items(), key=lambda item: (item[0].number, item[0])):
        more = f", {count - found.most:,} of them not shown (`--most 0` shows all)" if 0 < found.most < count else ""
        fix = ", mended by `--fix`" if code in found.fixable else ""
        yield f"{count:7,}  {code.number} {code} ({found.severity(code)}{fix}){more}"
    notes = len({finding.path for finding in found.findings})
    yield f"{told.total():,} findings in {notes:,} files"


def as_json(found: Found) -> Iterator[str]:
    """Yield one JSON document: all findings, and how many there are of each code."""
    counts = Counter(str(finding.code) for finding in found.findings)
    document = {"version": 1, "findings": [_record(found, one) for one in found.findings], "counts": counts}
    yield json.dumps(document, indent=1, ensure_ascii=False)


def _record(found: Found, finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code.number,
        "name": str(finding.code),
        "severity": str(found.severity(finding.code)),
        "path": found.shown(finding.path),
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "cure": finding.cure,
        "candidates": list(finding.candidates),
        "fixable": finding.code in found.fixable,
    }


_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(found: Found) -> Iterator[str]:
    """Yield commands of GitHub's workflows, which show findings beside the lines of a change."""
    for one in found.findings:
        places = {"file": found.shown(one.path)}
        if one.line:
            places |= {"line": str(one.line), "col": str(one.column)}
        places["title"] = f"{one.code.number} {one.code}"
        said = ",".join(f"{key}={_github(value, ':,')}" for key, value in places.items())
        yield f"::{_GITHUB[found.severity(one.code)]} {said}::{_github(f'{one.message}. {one.cure}')}"


def _github(text: str, more: str = "") -> str:
    for sign in "%\r\n" + more:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


_GITLAB = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def as_gitlab(found: Found) -> Iterator[str]:
    """Yield a report of GitLab's Code Quality."""
    same: Counter[str] = Counter()
    report = []
    for one in found.findings:
        known = fingerprint(one)
        same[known] += 1
        report.append(
            {
                "description": f"{one.message}. {one.cure}",
                "check_name": f"{one.code.number} {one.code}",
                "fingerprint": hashlib.sha256(f"{known} {same[known]}".encode()).hexdigest(),
                "severity": _GITLAB[found.severity(one.code)],
                "location": {"path": found.shown(one.path), "lines": {"begin": max(one.line, 1)}},
            }
        )
    yield json.dumps(report, indent=1, ensure_ascii=False)


def fingerprint(finding: Finding) -> str:
    """Return what tells a finding from others wherever its line moves: its code, its note, what is wrong."""
    return f"{finding.code.number} {finding.path} {finding.message}"


_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(found: Found) -> Iterator[str]:
    """Yield a log of SARIF 2.1.0 (OASIS)."""
    codes = sorted({one.code for one in found.findings}, key=lambda code: code.number)
    rules = [
        {
            "id": code.number,
            "name": str(code),
            "shortDescription": {"text": str(code).replace("-", " ")},
            "defaultConfiguration": {"level": _SARIF[found.severity(code)]},
        }
        for code in codes
    ]
    driver = {"name": "videonotes", "version": __version__, "rules": rules}
    results = [_sarif_result(found, one, codes.index(one.code)) for one in found.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, indent=1, ensure_ascii=False)


def _sarif_result(found: Found, one: Finding, rule: int) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": found.shown(one.path).replace(" ", "%20")}}
    if one.line:
        place["region"] = {"startLine": one.line, "startColumn": one.column}
    return {
        "ruleId": one.code.number,
        "ruleIndex": rule,
        "level": _SARIF[found.severity(one.code)],
        "message": {"text": f"{one.message}. {one.cure}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"note/v1": hashlib.sha256(fingerprint(one).encode()).hexdigest()},
    }


def as_junit(found: Found) -> Iterator[str]:
    """Yield a report as JUnit writes it: a suite for each file, a failed case for each finding above `info`."""
    by_path: dict[str, list[Finding]] = {}
    for one in found.findings:
        by_path.setdefault(one.path, []).append(one)
    root = ElementTree.Element("testsuites", name="videonotes")
    for path, own in by_path.items():
        failed = sum(found.severity(one.code) is not Severity.INFO for one in own)
        counts = {"tests": str(len(own)), "failures": str(failed), "errors": "0", "skipped": "0", "time": "0"}
        suite = ElementTree.SubElement(root, "testsuite", {"name": found.shown(path), **counts})
        for one in own:
            name = f"{one.code.number} {one.code} {one.line}:{one.column}"
            case = ElementTree.SubElement(suite, "testcase", name=name, classname=found.shown(path), time="0")
            said = f"{one.message}. {one.cure}"
            if found.severity(one.code) is Severity.INFO:
                ElementTree.SubElement(case, "system-out").text = said
            else:
                ElementTree.SubElement(case, "failure", message=said, type=one.code.number).text = said
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield _without_controls(ElementTree.tostring(root, encoding="unicode"))


def _without_controls(text: str) -> str:
    """Return text without the characters that XML 1.0 forbids."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))


FORMATS: Mapping[str, Callable[[Found], Iterable[str]]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
}
