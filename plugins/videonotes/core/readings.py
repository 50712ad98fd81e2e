"""Which stamps of a shifted note are minutes and seconds, and which are hours, minutes and seconds after all.

Many writers put `MM:SS:00` up to an hour and true `H:MM:SS` from then on (NOTE_FORMAT.md, section 3). Each stamp can
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
    options = {time: _options(time) for time in times if time.shiftable}
    readable = [time for time in times if options.get(time)]
    habit = _Habit.of(readable, bound)
    costs = {
        time: [
            (shifted, second, habit.cost(time, shifted) + (BEYOND if second > bound else 0.0))
            for shifted, second in two
        ]
        for time, two in options.items()
    }
    best: list[_Step] = [(0.0, 0, None, None)]
    for time in readable:
        change = habit.change if time.hours else 0.0
        best = [_step(best, bool(time.hours), change, *option) for option in costs[time]]
    return _exceptions(readable, min(best, key=_cost)[3], zeros)


def _options(time: Clock) -> list[tuple[bool, int]]:
    """Return the readings that a time of three parts can have: whether it is shifted, and its second."""
    readings = ((False, time.literal), (True, time.shifted))
    return [(shifted, second) for shifted, second in readings if second is not None and second < LONGEST]


def _cost(step: _Step) -> float:
    return step[0]


def _step(best: list[_Step], has_hours: bool, change: float, shifted: bool, second: int, own: float) -> _Step:
    """Return the cheapest sequence that ends with this reading of a stamp. Times without hours change no habit."""
    least, last = inf, best[0]
    for step in best:
        minutes = (second - step[1]) / 60
        cost = step[0] + (FORWARD_BY * log2(1 + minutes) if minutes >= 0 else BACK + BACK_BY * log2(1 - minutes))
        if step[2] is not None and step[2] != shifted:
            cost += change
        if cost < least:
            least, last = cost, step
    return least + own, second, shifted if has_hours else last[2], (shifted, last[3])


class _Habit(NamedTuple):
    """What the times of a note that can only be shifted show.

    `third` is how often their third part is not 0, `past_the_hour` whether their minutes go beyond 59, `change` the
    cost of another reading than before.
    """

    third: float
    past_the_hour: bool
    change: float

    @classmethod
    def of(cls, times: Sequence[Clock], bound: int) -> _Habit:
        certain = [time for time in times if (second := time.literal) is None or second > bound or second >= LONGEST]
        zeros = sum(time.seconds == 0 for time in times)
        third = (sum(time.seconds != 0 for time in certain) + UNSEEN[zeros < FILLERS * len(times)]) / (len(certain) + 1)
        last = max((time.hours * 60 + time.minutes for time in certain), default=3600)
        gap = log2(3600 / last) if 0 < last < 3600 else 0.0
        return cls(third, last > 3600, CHANGE + GAP_BY * gap)

    def cost(self, time: Clock, shifted: bool) -> float:
        """Return what reading `time` this way costs, wherever it stands."""
        if shifted:
            cost = -log(self.third if time.seconds else 1 - self.third)
            return cost + (LITERAL_ZERO_HOURS if time.seconds and not time.hours else 0.0)
        cost = 0.0 if time.seconds else ZERO_SECONDS
        if time.hours:
            cost += (PAST_THE_HOUR if self.past_the_hour else 0.0) + (HABIT if self.third > 0.5 else 0.0)
        return cost


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
