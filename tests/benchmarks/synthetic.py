"""Notes that are made up, as many as wanted, the same in every run: sizes, links and timestamps spread as in real ones.

The figures below were read off 15,005 real notes. Words are made of syllables; a fifth of the links lead nowhere.
"""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path
from random import Random

SHARES = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1)
"""Shares of the notes that have at most so many of something, as told below."""

LINKS = (1, 3, 4, 5, 6, 7, 8, 10, 12, 19, 26, 50, 500)
STAMPS = (0, 14, 21, 27, 33, 39, 45, 53, 62, 77, 90, 138, 417)
HEADINGS = (0, 3, 4, 5, 6, 6, 8, 9, 10, 13, 16, 22, 100)
BLOCKS = (1, 9, 12, 15, 18, 22, 25, 30, 36, 46, 57, 90, 500)
WORDS = (2, 245, 369, 484, 592, 702, 816, 939, 1089, 1315, 1515, 2017, 5197)
ON_VIDEO = (1, 1, 1, 1, 1, 1, 5, 5, 5, 8, 14, 30, 69)
"""Wikilinks, timestamps, headings, paragraphs and words of a note, notes on a video."""

CHANNEL = 225
"""Notes of a channel, on average."""

DEAD = 0.2
SHIFTED = 0.18
ITEMS = 0.5
"""Shares of links that lead nowhere, of notes with shifted timestamps, of paragraphs in lists."""

_SYLLABLES = [first + vowel + last for first in "bdfgklmnprstvw" for vowel in "aeiou" for last in ("", "n", "r", "s")]
_ENDINGS = ("", "ing", "tion", "ment")


def spread(random: Random, amounts: tuple[int, ...], share: float | None = None) -> int:
    """Return a number drawn as `amounts` say, or the one that a `share` of the notes have at most."""
    share = random.random() if share is None else share
    at = bisect_right(SHARES, share) - 1
    return round(amounts[at] + (amounts[at + 1] - amounts[at]) * (share - SHARES[at]) / (SHARES[at + 1] - SHARES[at]))


def word(random: Random) -> str:
    """Return a word: a few of them are frequent, most are rare."""
    number = int(random.paretovariate(0.2)) % 60_000
    first, second = number % 280, number // 280
    return _SYLLABLES[first] + (_SYLLABLES[second] if second else "") + _ENDINGS[number % 4]


def words(random: Random, count: int) -> str:
    """Return so many words."""
    return " ".join(word(random) for _ in range(count))


def write_notes(folder: Path, count: int) -> None:
    """Write `count` notes below `folder`, in channels."""
    random = Random(count)
    channels = max(1, count // CHANNEL)
    names = [
        (f"channel{number % channels}", f"{words(random, 3).replace(' ', '_')}_{number}") for number in range(count)
    ]
    video, left = "", 0
    for number, (channel, name) in enumerate(names):
        if not left:
            left = spread(random, ON_VIDEO)
            video = "".join(
                random.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") for _ in range(11)
            )
        left -= 1
        target = folder / channel / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(note(random, names, number, video), encoding="utf-8")


def note(random: Random, names: list[tuple[str, str]], number: int, video: str) -> str:
    """Return the text of a note."""
    channel = names[number][0]
    share = random.random()  # a note with many words has many timestamps and blocks
    stamps, blocks, total = (spread(random, amounts, share) for amounts in (STAMPS, BLOCKS, WORDS))
    headings = max(1, spread(random, HEADINGS))
    shifted = random.random() < SHIFTED
    pieces = [""] * max(1, stamps)
    for _ in range(spread(random, LINKS)):
        place = random.randrange(len(pieces))
        pieces[place] += f" [[{target(random, names, number)} | {words(random, 2)}]]"
    said = max(3, total // len(pieces))
    seconds = 0
    lines = [f"---\ntitle: {words(random, 4).capitalize()}\nvideoId: {video}\n---\n\nFrom: [[{channel}]] <br/>\n"]
    block: list[str] = []
    for place, piece in enumerate(pieces):
        if place % max(1, len(pieces) // headings) == 0:
            lines += [" ".join(block), f"\n## {words(random, 3).capitalize()}\n"]
            block = []
        seconds += random.randrange(1, 90)
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        time = f"{seconds // 60:02}:{rest:02}:00" if shifted else f"{hours:02}:{minutes:02}:{rest:02}"
        stamp = f' <a class="yt-timestamp" data-t="{time}">[{time}]</a>' if stamps else ""
        block.append(f"{words(random, said).capitalize()}{piece}{stamp}.")
        if random.random() * len(pieces) < blocks:
            lines.append(("* " if random.random() < ITEMS else "\n") + " ".join(block))
            block = []
    return "\n".join([*lines, " ".join(block), ""])


def target(random: Random, names: list[tuple[str, str]], number: int) -> str:
    """Return what a link names: mostly a note, of the own channel, and few notes very often."""
    if random.random() < DEAD:
        return f"wanted {int(random.paretovariate(0.5)) % (len(names) or 1)}"
    channels = max(1, len(names) // CHANNEL)
    place = int(random.paretovariate(0.3)) * channels + number % channels
    return names[place % len(names)][1]
