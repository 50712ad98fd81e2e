"""An import from its sources to its end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from .archives import is_archive, read_archive
from .choosing import choose
from .folders import read_folder, read_single
from .haul import FileKind, Haul, Item, kind_of
from .limits import Budget, Limits, SourceError, Spool
from .planning import WRITTEN, Decision, Fate, OnConflict, Planner
from .progress import Bar
from .writing import Writer


@dataclass
class ImportOutcome:
    """What an import did, or would do."""

    decisions: list[Decision] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def is_whole(self) -> bool:
        """Return whether all files could be imported."""
        return not self.failed and all(decision.fate is not Fate.FAILED for decision in self.decisions)


def bring(
    sources: Sequence[Path], target: Path, channel: str, on_conflict: OnConflict, limits: Limits, *, dry: bool
) -> ImportOutcome:
    """Import sources into a folder. All are read before anything is written. Raises `SourceError`."""
    outcome = ImportOutcome()
    with closing(Spool()) as spool:
        budget = Budget(limits)
        planner = Planner(os.path.realpath(target), on_conflict)
        chosen: list[tuple[str, Item]] = []
        for source in sources:
            haul = _read(source, target, limits, spool, budget)
            chosen += choose(haul, channel)
            outcome.left += haul.left
            outcome.failed += haul.failed
        with Bar("Comparing", len(chosen)) as bar:
            for path, item in chosen:
                planner.plan(path, item)
                bar.move(1)
        outcome.decisions = planner.decisions
        if not dry:
            _write(planner.target, [one for one in outcome.decisions if one.fate in WRITTEN])
    return outcome


def _read(source: Path, target: Path, limits: Limits, spool: Spool, budget: Budget) -> Haul:
    haul = Haul(limits)
    if not os.path.lexists(source):
        raise SourceError(f"There is no {source}.")
    if source.is_dir():
        if os.path.realpath(source) == os.path.realpath(target):
            raise SourceError(f"{source} is the target itself.")
        read_folder(source, target, haul)
    elif not source.is_file():
        raise SourceError(f"{source} is neither a file nor a folder.")
    elif is_archive(source):
        read_archive(source, haul, spool, budget)
    elif kind_of(source.name) in (FileKind.TEXT, FileKind.FILE):
        read_single(source, haul)
    else:
        raise SourceError(f"{source} is no archive that can be read (.zip, .tar, .tar.gz, .tar.xz), text or picture.")
    return haul


def _write(target: str, decisions: Iterable[Decision]) -> None:
    todo = list(decisions)
    with Bar("Writing", len(todo)) as bar:
        for _ in Writer(target).write(todo):
            bar.move(1)
