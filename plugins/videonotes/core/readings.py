"""Which stamps of a shifted note are minutes and seconds, and which are hours, minutes and seconds after all.

Many writers put `MM:SS:00` up to an hour and true `H:MM:SS` from then on (note-format.md, section 3). Each stamp can
be read in two ways; of all sequences of readings the one with the least cost is taken, by a dynamic program over the
stamps in the order of the text. Costs are logarithms of odds, in nats: what is e times rarer costs one more.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log, log2
from typing import NamedTuple

from .timestamps import LONGEST, Clock

ZERO_SECONDS = 1.5
"""A true time ends with `:00` once in sixty, and round ones are named more often than that."""
BACK = 1.5
"""A leap back: texts follow their video, but for a look back every few sentences."""
BACK_BY = 0.4
"""For each doubling of the minutes that are leapt back over: far looks back are rarer than near ones."""
FORWARD_BY = 0.25
"""For each doubling of the minutes between two stamps: a text skips less than it looks back."""
BEYOND = 6.0
"""A reading beyond what the video's other notes, or its channel's, reach; of four hours, where none is known."""
CHANGE = 1.5
"""A stamp that is read otherwise than the one before it: writers change their habit once, at the hour."""
GAP_BY = 1.0
"""The same, for each halving of the hour by which the minutes of the note end before it: nothing changes there."""
LONG = 4 * 3600
"""Seconds that few videos last."""
PAST_THE_HOUR = 4.0
"""Hours in a note that also counts minutes beyond 59: its writer has no hours."""
LITERAL_ZERO_HOURS = 1.5
"""`00:MM:SS` as seconds, where the third parts of the note are not all 0: hours of zero are written on purpose."""


class Readings(NamedTuple):
    """The times of a shifted note that are read otherwise than its other ones: as written, or as shifted."""

    literal: frozenset[Clock] = frozenset()
    shifted: frozenset[Clock] = frozenset()

    def __repr__(self) -> str:
        """Return the same for the same times: pages are known by what the records that they read look like."""
        return f"Readings({sorted(self.literal)}, {sorted(self.shifted)})"


FILLERS = 0.04
"""The share of third parts that are 0 from which on a writer has fillers: seconds are 0 once in sixty."""
UNSEEN = 0.05, 0.25
"""How often a shifted time does not end with 0, before any is seen: with fillers, and without."""
HABIT = 2.0
"""Hours in a note whose shifted times end with hundredths: such writers shift all of their times."""

_Step = tuple[float, int, bool | None, "_Path"]
"""The cost of a sequence of readings, its last second, whether its last time with hours is shifted, the readings."""
_Path = tuple[bool, "_Path"] | None


def choose_readings(times: Sequence[Clock], *, zeros: bool, bound: int | None) -> Readings:
    """Return the readings of a shifted note's `times`, in the order of the text.

    `zeros` says that times that begin with `00:` are shifted, too; `bound` is the second beyond which nothing is
    likely to lie, `None` where nobody knows.
    """
    bound = LONG if bound is None else bound
    seconds = {time: _seconds(time) for time in set(times) if time.shiftable}
    readable = [time for time in times if seconds.get(time)]
    habit = _Habit.of([(time, seconds[time]) for time in readable], bound)
    own = habit.costs()
    best: list[_Step] = [(0.0, 0, None, None)]
    for time in readable:
        hours = time.hours > 0
        costs = own[hours, time.seconds > 0]
        readings = [
            (shifted, second, costs[shifted] + (BEYOND if second > bound else 0.0))
            for shifted, second in seconds[time].items()
        ]
        best = _step(best, hours, habit.change if hours else 0.0, readings)
    return _exceptions(readable, min(best, key=_cost)[3], zeros)


def _seconds(time: Clock) -> dict[bool, int]:
    """Return the second of each reading that a time of three parts can have, by whether it is shifted."""
    readings = ((False, time.literal), (True, time.shifted))
    return {shifted: second for shifted, second in readings if second is not None and second < LONGEST}


def _cost(step: _Step) -> float:
    return step[0]


def _step(best: list[_Step], has_hours: bool, change: float, readings: list[tuple[bool, int, float]]) -> list[_Step]:
    """Return the cheapest sequence that ends with each reading of a stamp. Times without hours change no habit."""
    found: list[_Step] = []
    for shifted, second, own in readings:
        least, last = inf, best[0]
        for step in best:
            cost, before, habit, _ = step
            minutes = (second - before) / 60
            cost += FORWARD_BY * log2(1 + minutes) if minutes >= 0 else BACK + BACK_BY * log2(1 - minutes)
            if habit is not shifted and habit is not None:
                cost += change
            if cost < least:
                least, last = cost, step
        found.append((least + own, second, shifted if has_hours else last[2], (shifted, last[3])))
    return found


class _Habit(NamedTuple):
    """What the times of a note that can only be shifted show.

    `third` is how often their third part is not 0, `past_the_hour` whether their minutes go beyond 59, `change` the
    cost of another reading than before.
    """

    third: float
    past_the_hour: bool
    change: float

    @classmethod
    def of(cls, times: Sequence[tuple[Clock, dict[bool, int]]], bound: int) -> _Habit:
        certain = [time for time, seconds in times if seconds.get(False, inf) > bound]
        zeros = sum(time.seconds == 0 for time, _ in times)
        third = (sum(time.seconds != 0 for time in certain) + UNSEEN[zeros < FILLERS * len(times)]) / (len(certain) + 1)
        last = max((time.hours * 60 + time.minutes for time in certain), default=3600)
        gap = log2(3600 / last) if 0 < last < 3600 else 0.0
        return cls(third, last > 3600, CHANGE + GAP_BY * gap)

    def costs(self) -> dict[tuple[bool, bool], tuple[float, float]]:
        """Return what reading a time costs, wherever it stands, by whether it has hours and a third part that is not
        0: as written, and as shifted.
        """
        hours_literal = (PAST_THE_HOUR if self.past_the_hour else 0.0) + (HABIT if self.third > 0.5 else 0.0)
        return {
            (hours, third): (
                (0.0 if third else ZERO_SECONDS) + (hours_literal if hours else 0.0),
                -log(self.third if third else 1 - self.third) + (LITERAL_ZERO_HOURS if third and not hours else 0.0),
            )
            for hours in (False, True)
            for third in (False, True)
        }


def _exceptions(times: Sequence[Clock], path: _Path, zeros: bool) -> Readings:
    """Return the times of which most are read otherwise than the rule of the note has it."""
    votes: dict[Clock, int] = {}
    for time in reversed(times):
        assert path is not None
        shifted, path = path
        votes[time] = votes.get(time, 0) + (1 if shifted else -1)
    return Readings(
        frozenset(time for time, vote in votes.items() if vote < 0 and (time.hours or zeros)),
        frozenset(time for time, vote in votes.items() if vote >= 0 and not (time.hours or zeros)),
    )
