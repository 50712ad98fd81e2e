"""A check of all notes of a site: everything that is wrong or could be better, in the order of paths and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.findings import Finding, FindingCode, Severity
from ..core.note_findings import findings
from ..site.incremental.background import meanwhile
from ..site.incremental.records import pack
from ..site.incremental.scan_cache import Cache
from ..site.sources import Sources
from .advice import advice, with_candidates
from .sources import SiteFiles

_CACHE = "check.sqlite"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are told: those of `select` (all where it is empty) without those of `ignore`, at which severity.

    `levels` are those of the option `findings`. `paths` are files and folders below that of the notes; none means all.
    """

    select: frozenset[FindingCode] = frozenset()
    ignore: frozenset[FindingCode] = frozenset()
    levels: Mapping[str, str] | None = None
    paths: tuple[str, ...] = ()

    def severity(self, code: FindingCode) -> Severity:
        """Return the severity of a code under these options."""
        level = (self.levels or {}).get(code)
        return Severity(level) if level in ("info", "warning") else code.severity

    def tells(self, finding: Finding) -> bool:
        """Return whether a finding is told."""
        code = finding.code
        if code in self.ignore or (self.select and code not in self.select):
            return False
        if code not in self.select and (self.levels or {}).get(code) == "ignore":
            return False
        return self.is_below(finding.path)

    def is_below(self, path: str) -> bool:
        """Return whether a file is one of those that are told of."""
        return not self.paths or any(path == own or path.startswith(f"{own}/") or own == "." for own in self.paths)


def check_notes(files: SiteFiles) -> list[Finding]:
    """Return all findings about the notes of a site; those of the last check where nothing has changed since.

    Raises `CheckError`.
    """
    key = files.key()
    with files.cache_folder() as folder:
        known = Cache(folder, _is_record, _CACHE).read([key]).get(key)
    if known is not None:
        return [*known, *files.unreadable]
    found = sorted(_all(files.read(), files.options.workers), key=_order)
    with files.cache_folder() as folder:
        cache = Cache(folder, _is_record, _CACHE)
        cache.write({key: pack(tuple(found))})
        cache.drop_unused()
    return [*found, *files.unreadable]


def _all(sources: Sources, workers: int) -> Iterable[Finding]:
    """Yield all findings; with more than one worker, those of builds are made meanwhile in a process of their own."""
    collection = sources.collection

    of_builds = meanwhile(lambda: list(with_candidates(collection, findings(collection))), forks=workers > 1)
    yield from sources.findings
    yield from advice(collection, sources.text)
    yield from of_builds()


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code.number


def _is_record(found: Any) -> bool:
    return isinstance(found, tuple) and all(type(one) is Finding for one in found)
