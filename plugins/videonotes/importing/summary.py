"""What an import says at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .planning import Decision, Fate

_SHOWN = 20
"""Names that are told of each kind."""


def would(decisions: Iterable[Decision]) -> Iterator[str]:
    """Yield a line for each file: what would become of it."""
    for decision in decisions:
        yield f"{decision.fate}: {decision.path}" + (f" ({decision.why})" if decision.why else "")


def problems(decisions: Sequence[Decision], failed: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of the files that were skipped or renamed, and of those that could not be imported."""
    skipped = [f"{one.path} is skipped: {one.why}." for one in decisions if one.fate is Fate.SKIPPED]
    broken = [f"{one.path} could not be imported: {one.why}." for one in decisions if one.fate is Fate.FAILED]
    broken += [f"{name} could not be imported: {why}." for name, why in failed]
    for lines in (skipped, broken):
        yield from lines[:_SHOWN]
        if len(lines) > _SHOWN:
            yield f"… and {len(lines) - _SHOWN:,} more."


def summary(decisions: Sequence[Decision], left: Counter[str], failed: int) -> Iterator[str]:
    """Yield the lines of the summary."""
    counts = Counter(decision.fate for decision in decisions)
    notes = sum(one.fate is Fate.IMPORTED and one.item.look is not None for one in decisions)
    for fate in Fate:
        count = counts[fate] + (failed if fate is Fate.FAILED else 0)
        line = f"{fate.capitalize() + ':':<11}{count:>9,}"
        if fate is Fate.IMPORTED and count:
            line += f"  ({notes:,} notes, {count - notes:,} other files)"
        if count or fate in (Fate.IMPORTED, Fate.UNCHANGED):
            yield line
    if total := sum(left.values()):
        yield f"{'Left out:':<11}{total:>9,}"
        for reason, count in sorted(left.items()):
            if count:
                yield f"  {count:>9,}  {reason}"
