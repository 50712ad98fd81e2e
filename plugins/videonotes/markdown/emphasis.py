"""Emphasis: which runs of `*`, `_`, `~~` and `==` belong together (CommonMark 0.31, section 6.2).

The algorithm is the delimiter stack of the specification's appendix, linear in the number of runs.
One leniency: next to a letter of a script without spaces a run need not be beside a space or punctuation, since there
is none (`**注意：**文`).
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
    char, count = text[start], end - start
    if char in "~=" and count != 2:
        return Run(char, count, False, False, count)
    left, right = _flanks(after, before), _flanks(before, after)
    if char == "_":
        left, right = left and (not right or _is_punctuation(before)), right and (not left or _is_punctuation(after))
    if before in "([{" and after in ")]}":
        left = False  # "COUNT(*)": it stands for itself, and may only end what began before it
    return Run(char, count, left, right, count)


def _flanks(inside: str, outside: str) -> bool:
    """Whether a run may begin or end an element: `inside` is the character within it, `outside` the one beyond."""
    return not inside.isspace() and (
        not _is_punctuation(inside) or outside.isspace() or _is_punctuation(outside) or _is_unspaced(outside)
    )


def _is_unspaced(char: str) -> bool:
    """Whether a letter is of a script that puts no spaces between words (Chinese, Japanese, Thai, …)."""
    return not char.isascii() and unicodedata.category(char) == "Lo" and unicodedata.bidirectional(char) == "L"


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
