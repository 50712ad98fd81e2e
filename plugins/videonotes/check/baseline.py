"""The baseline: findings that are known, so that a check fails on new ones alone.

Findings are told apart by their note and their code, and by what they say, never by their line: a note may grow above
them. Of a code that a note has more often than before, those with new words are new.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.findings import Finding

_VERSION = 1

Known = Mapping[str, Mapping[str, Counter[str]]]
"""By path and by the number of a code, how often each message is known (by its hash)."""


class BaselineError(Exception):
    """A file that is no baseline."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings beside a baseline: the `new` ones, and how many known ones are `gone`."""

    new: tuple[Finding, ...]
    gone: int


def write_baseline(path: Path, findings: Iterable[Finding]) -> None:
    """Keep findings as known ones, sorted, so that changes are small. Raises `OSError`."""
    known: dict[str, dict[str, Counter[str]]] = {}
    for finding in findings:
        known.setdefault(finding.path, {}).setdefault(finding.code.number, Counter())[_hash(finding)] += 1
    data = {"version": _VERSION, "findings": known}
    path.write_text(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def read_baseline(path: Path) -> Known:
    """Return the known findings of a file. Raises `BaselineError` for one that is none, and `OSError`."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["version"] != _VERSION:
            raise BaselineError(f"{path} is a baseline of another version: write it anew with --write-baseline.")
        return {
            str(note): {
                str(code): Counter({str(key): int(count) for key, count in own.items()}) for code, own in codes.items()
            }
            for note, codes in data["findings"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BaselineError(f"{path} is no baseline: write it anew with --write-baseline.") from None


def compare(findings: Sequence[Finding], known: Known) -> Comparison:
    """Return which findings are new, and how many of the known ones are gone."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.path, finding.code.number), []).append(finding)
    new: set[int] = set()
    gone = 0
    for path, codes in known.items():
        for code, own in codes.items():
            gone += max(0, own.total() - len(groups.get((path, code), ())))
    for (path, code), found in groups.items():
        left = Counter(known.get(path, {}).get(code, {}))
        more = len(found) - left.total()
        if more <= 0:
            continue
        unknown = []
        for finding in found:
            key = _hash(finding)
            if left[key] > 0:
                left[key] -= 1
            else:
                unknown.append(finding)
        new.update(map(id, unknown[-more:]))
    return Comparison(tuple(finding for finding in findings if id(finding) in new), gone)


def _hash(finding: Finding) -> str:
    return hashlib.sha256(finding.message.encode("utf-8", "surrogatepass")).hexdigest()[:12]
