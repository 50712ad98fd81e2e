"""Emphasis: which runs of `*`, `_`, `~~` and `==` belong together (CommonMark 0.31, section 6.2).

The algorithm is the delimiter stack of the specification's appendix, linear in the number of runs.
One leniency: a run of `*` may close after punctuation and before a letter (`**Note:**text`), as
writers of scripts without spaces need it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

RUN = re.compile(r"[*_~=](?:(?<=\*)\**|(?<=_)_*|(?<=~)~+|(?<==)=+)")  # begins with a set: it is looked for fast
_TAGS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong", ("~", 2): "del", ("=", 2): "mark"}


@dataclass(slots=True)
class Run:
    """A run of delimiters: `left` of them are text, around it elements begin and end."""

    char: str
    count: int
    opens: bool
    closes: bool
    left: int = 0
    number: int = 0
    ends: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)


def make_run(text: str, start: int, end: int) -> Run:
    """Read the run of delimiters at `text[start:end]`."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens, closes = not after.isspace(), not before.isspace()
    char, count = text[start], end - start
    if char == "_":
        opens = opens and (not closes or _is_punctuation(before))
        closes = not before.isspace() and (after.isspace() or _is_punctuation(after))
    elif char in "~=" and count != 2:
        opens = closes = False
    return Run(char, count, opens, closes, count)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def pair(runs: list[Run]) -> None:
    """Match the runs of one text: sets which elements begin and end at each."""
    stack: list[Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}  # below which no opener of that kind is left
    for number, run in enumerate(runs):
        run.number = number
        if run.closes:
            _close(run, stack, bottoms)
        if run.opens and run.left:
            stack.append(run)


def _close(closer: Run, stack: list[Run], bottoms: dict[tuple[str, bool, int], int]) -> None:
    while closer.left:
        key = (closer.char, closer.opens, closer.count % 3)
        bottom = bottoms.get(key, -1)
        index = len(stack) - 1
        while index >= 0 and stack[index].number > bottom and not _fits(stack[index], closer):
            index -= 1
        if index < 0 or stack[index].number <= bottom:
            bottoms[key] = closer.number - 1
            return
        opener = stack[index]
        used = 2 if opener.left >= 2 and closer.left >= 2 else 1
        if closer.char in "~=" and used == 1:
            return
        tag = _TAGS[closer.char, used]
        opener.begins.append(tag)
        closer.ends.append(tag)
        opener.left -= used
        closer.left -= used
        del stack[index + 1 :]
        if not opener.left:
            stack.pop()


def _fits(opener: Run, closer: Run) -> bool:
    if opener.char != closer.char:
        return False
    if (opener.closes or closer.opens) and opener.char in "*_":
        return (opener.count + closer.count) % 3 != 0 or (opener.count % 3 == 0 and closer.count % 3 == 0)
    return True
