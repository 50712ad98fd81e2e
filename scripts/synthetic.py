"""Notes that are made up, as many as wanted, the same in every run: sizes, links and timestamps spread as in real ones.

The deciles below were read off 15,005 real notes. Words are made of syllables; a fifth of the links lead nowhere.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

LINKS = (1, 3, 4, 5, 6, 7, 8, 10, 13, 19, 60)
STAMPS = (0, 7, 17, 24, 30, 36, 43, 50, 60, 74, 300)
HEADINGS = (0, 3, 4, 5, 6, 6, 7, 9, 10, 13, 30)
ON_VIDEO = (1, 1, 1, 1, 1, 1, 5, 5, 5, 8, 69)
"""Deciles, from the least to the most: wikilinks, timestamps, headings of a note, notes on a video."""

CHANNEL = 225
"""Notes of a channel, on average."""

DEAD = 0.2
SHIFTED = 0.18
WORDS = 10
"""Words between two timestamps, on average: a real note has some 180 bytes for each."""

_SYLLABLES = [first + vowel + last for first in "bdfgklmnprstvw" for vowel in "aeiou" for last in ("", "n", "r", "s")]


def spread(random: Random, deciles: tuple[int, ...]) -> int:
    """Return a number drawn as the deciles say."""
    place = random.random() * (len(deciles) - 1)
    low = int(place)
    return round(deciles[low] + (deciles[low + 1] - deciles[low]) * (place - low))


def word(random: Random) -> str:
    """Return a word: a few of them are frequent, most are rare."""
    number = int(random.paretovariate(0.7)) % 60_000
    first, second, third = number % 280, number // 280 % 280, number // 78_400
    return _SYLLABLES[first] + (_SYLLABLES[second] if number >= 280 else "") + ("s" if third else "")


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
    stamps, headings = spread(random, STAMPS), max(1, spread(random, HEADINGS))
    shifted = random.random() < SHIFTED
    pieces = [""] * max(1, stamps)
    for _ in range(spread(random, LINKS)):
        place = random.randrange(len(pieces))
        pieces[place] += f" [[{target(random, names, number)} | {words(random, 2)}]]"
    seconds = 0
    lines = [f"---\ntitle: {words(random, 4).capitalize()}\nvideoId: {video}\n---\n\nFrom: [[{channel}]] <br/>\n"]
    for place, piece in enumerate(pieces):
        if place % max(1, len(pieces) // headings) == 0:
            lines.append(f"\n## {words(random, 3).capitalize()}\n")
        seconds += random.randrange(1, 90)
        hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
        time = f"{seconds // 60:02}:{rest:02}:00" if shifted else f"{hours:02}:{minutes:02}:{rest:02}"
        stamp = f' <a class="yt-timestamp" data-t="{time}">[{time}]</a>' if stamps else ""
        lines.append(f"{'*   ' if place % 3 else ''}{words(random, 2 * WORDS).capitalize()}{piece}{stamp}.\n")
    return "\n".join(lines)


def target(random: Random, names: list[tuple[str, str]], number: int) -> str:
    """Return what a link names: mostly a note, of the own channel, and few notes very often."""
    if random.random() < DEAD:
        return f"wanted {int(random.paretovariate(0.5)) % (len(names) or 1)}"
    channels = max(1, len(names) // CHANNEL)
    place = int(random.paretovariate(0.3)) * channels + number % channels
    return names[place % len(names)][1]
