"""Terms: the words by which a name is found. `assets/javascripts/videonotes/fold.js` reads names the same way."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .alphabet import without_marks
from .names import visible

STOP = frozenset(
    "a an and are as at be by can do does for from how i in into is it its my of on or should that the their this to"
    " vs was what when where which who why will with you your".split()
)
"""Words that do not tell one name from another."""

_RUN = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[^\W_]+(?:[-'’./&+][^\W_]+)+")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LETTER = re.compile("[łŁøØđĐħĦıßẞæÆœŒþÞðÐŋŊŧŦ]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def name_words(text: str) -> list[str]:
    """Return the words of a name, folded, in their order: `"Łódź at 9 a.m."` → `["lodz", "at", "9", "a", "m"]`."""
    return _RUN.findall(without_marks(text))


def telling_words(text: str) -> list[str]:
    """Return the words of a name that tell it from others, each once; all of them where there are no others."""
    found = dict.fromkeys(name_words(text))
    return [word for word in found if word not in STOP] or list(found)


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """Return a word without the ending of a plural: `theories` → `theory`, `boxes` → `box`, `glass` stays."""
    if len(word) < 4 or not word.isascii() or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word.removesuffix("s")


def name_terms(text: str) -> list[str]:
    """Return the terms under which a name is found, each once.

    These are its telling words, the parts of one in camel case, words joined by a sign as one, and
    each character, and each two, of scripts that do not space words: `"ProductLed"` → `productled`, `product`,
    `led`; `"product-led"` → `product`, `led`, `productled`.
    """
    text = visible(text)
    found = dict.fromkeys(telling_words(text))
    for match in _JOINED.finditer(text):
        found["".join(name_words(match[0]))] = None
    for run in _RUN.findall(unicodedata.normalize("NFC", text)):
        if len(parts := _PARTS.split(run)) > 1:
            found |= dict.fromkeys(map(without_marks, parts))
        if _UNSPACED.search(run):
            found |= dict.fromkeys(run[at : at + size] for size in (1, 2) for at in range(len(run) - size + 1))
    return list(found)


def plain_spellings(text: str) -> list[str]:
    """Return the words of `text` whose letters are no letters of A to Z with a mark, as these: `Łódź` → `lodz`.

    Marks alone are forgiven by every search engine; these letters are not.
    """
    found = {word for word in _RUN.findall(visible(text)) if _LETTER.search(word)} if _LETTER.search(text) else ()
    return sorted({without_marks(word) for word in found})
