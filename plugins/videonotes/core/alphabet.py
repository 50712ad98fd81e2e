"""The alphabet of an index: under which letter, or script, a title stands, and in which order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?(?:LETTER|LIGATURE) (?:.* )?([A-Z]+)\Z")
_LETTERS = {"THORN": "t", "ETH": "d", "ENG": "n"}
_SCRIPTS = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "HANGUL": "Hangul",
}
DIGITS = "0–9"
OTHER = "Other"


@lru_cache(maxsize=1 << 12)
def base(char: str) -> str:
    """Return a letter without its marks, in lower case: `é` → `e`, `Ł` → `l`, `ß` → `s`; others as they are.

    Names of Unicode's character database say what decomposition does not: LATIN SMALL LETTER L
    WITH STROKE is an L.
    """
    plain = unicodedata.normalize("NFKD", char)[0].casefold()[:1]
    if plain.isascii():
        return plain
    match = _LATIN.match(unicodedata.name(char, "").partition(" WITH ")[0])
    return _LETTERS.get(match[1], match[1][0].lower()) if match else plain


def without_marks(text: str) -> str:
    """Return `text` in lower case, its letters without their marks: `Łódź` → `lodz`."""
    if text.isascii():
        return text.lower()
    return "".join(base(char) for char in text if unicodedata.category(char) not in ("Mn", "Cf"))


def letter(title: str) -> str:
    """Return the heading under which a title stands: `A` to `Z`, `0–9`, the name of its script, or `Other`."""
    for char in title:
        if not char.isalnum():
            continue
        plain = base(char)
        if plain.isdecimal():
            return DIGITS
        if plain.isascii():
            return plain.upper()
        script = unicodedata.name(char, "").split(" ")[0].split("-")[0]
        return _SCRIPTS.get(script, script.capitalize()) or OTHER
    return OTHER


def order(title: str) -> tuple[str, str]:
    """Return the key by which titles are sorted: letters without marks first, then as written."""
    return " ".join(re.findall(r"\w+", without_marks(title))), title


def heading_order(heading: str) -> tuple[int, str]:
    """Return the key by which headings are sorted: digits, A to Z, scripts, the rest."""
    if heading == DIGITS:
        return 0, heading
    return (3, "") if heading == OTHER else (1 if len(heading) == 1 else 2, heading)
