"""Code spans: a run of backticks up to the next run of the same length (CommonMark 0.31, section 6.1)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

_RUN = re.compile(r"`+")


class CodeSpans:
    """The runs of backticks of a text, found when they are first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _runs(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for match in _RUN.finditer(self._text):
            found.setdefault(len(match[0]), []).append(match.start())
        return found

    def closing(self, start: int, end: int) -> int:
        """Return where the run that closes the one at `start:end` begins, or -1."""
        starts = self._runs.get(end - start, [])
        following = bisect_left(starts, end)
        return starts[following] if following < len(starts) else -1

    def end(self, start: int, end: int) -> int:
        """Return where the code span that begins with the run at `start:end` ends: with the run, if it is none."""
        closing = self.closing(start, end)
        return closing + end - start if closing >= 0 else end

    def value(self, start: int, end: int, closing: int) -> str:
        """Return the code between the run at `start:end` and the one at `closing`."""
        value = self._text[end:closing].replace("\n", " ")
        return value[1:-1] if value.strip() and value[0] == value[-1] == " " else value
