"""Names: how the name of a note, a heading or a title is written, compared and put into a URL.

The rules are those of note-format.md, sections 1 and 2. *Fold* forgives case, punctuation and
spacing; *squash* forgives missing punctuation too, since the tools that write names drop it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 200
"""Bytes of a file's name (UTF-8). File systems allow 255, and what stands behind a name takes some."""

_RUN_ASCII = re.compile(r"[^a-z0-9]+")
_SPACES = re.compile(r"\s+")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9_/\s-]+")
_SLUG_SEPARATORS = re.compile(r"[\s/-]+")


def visible(text: str) -> str:
    """Return `text` in NFC, without the characters of Unicode category Cf (format, invisible)."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def _is_word(char: str) -> bool:
    # Combining marks belong to the letter before them: Indic vowel signs are not alphanumeric.
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=1 << 16)  # the same names and labels are written again and again
def fold(name: str) -> str:
    """Return the folded form of `name`, under which case, spacing and punctuation do not matter.

    NFKC, casefold, no Cf characters, every run of non-alphanumerics one `_`, none at the ends:
    `"Factors in Metabolism"` and `"factors_in_metabolism"` fold to the same.
    """
    if name.isascii():
        return _RUN_ASCII.sub("_", name.lower()).strip("_")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    spaced = (char if _is_word(char) else "" if unicodedata.category(char) == "Cf" else " " for char in folded)
    return "_".join("".join(spaced).split())


def squash(name: str) -> str:
    """Return only the alphanumerics of the folded `name`: `"Product-Led"` → `"productled"`."""
    return squash_folded(fold(name))


def squash_folded(name: str) -> str:
    """Return the same of a `name` that is folded already."""
    return name.replace("_", "")


def path_end(path: str) -> str:
    """Return the form of a path, or of its end, under which case, spaces and `.md` do not matter."""
    return "/".join(fold(part) for part in path.strip("/").removesuffix(".md").split("/"))


def words(name: str) -> str:
    """Return a note's `name` as a reader would write it: `"ai_agents"` → `"ai agents"`."""
    return _SPACES.sub(" ", visible(name).replace("_", " ")).strip()


def slug(text: str, default: str = "section") -> str:
    """Return `text` as the id of a heading or a part of a URL: lower case, words joined by `-`.

    Letters and digits of every script are kept. `default` is the answer where nothing is left.
    """
    if text.isascii():
        return _SLUG_SEPARATORS.sub("-", _NOT_IN_SLUG.sub("", text.lower())).strip("-_") or default
    lowered = visible(unicodedata.normalize("NFKC", text)).casefold()
    kept = "".join(char if char in "_-/" or char.isspace() or _is_word(char) else "" for char in lowered)
    return _SLUG_SEPARATORS.sub("-", kept).strip("-_") or default


def file_name(name: str) -> str:
    """Return `name` as the name of a file: what has over 200 bytes is cut, and ends with a part of its hash."""
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= LONGEST_NAME:
        return name
    end = hashlib.sha256(data).hexdigest()[:8]
    return f"{data[: LONGEST_NAME - 9].decode('utf-8', 'ignore').rstrip('-_')}-{end}"


def unique(candidate: str, taken: set[str]) -> str:
    """Return `candidate`, or `candidate_1`, `candidate_2`, … and add the answer to `taken`."""
    if candidate not in taken:
        taken.add(candidate)
        return candidate
    # Numbers are taken from 1 on: the first free one is found by doubling, then halving.
    free = 1
    while f"{candidate}_{free}" in taken:
        free *= 2
    low = free // 2
    while free - low > 1:
        middle = (low + free) // 2
        low, free = (middle, free) if f"{candidate}_{middle}" in taken else (low, middle)
    answer = f"{candidate}_{free}"
    taken.add(answer)
    return answer


def block_anchor(identifier: str) -> str:
    """Return the HTML id of the block that is marked `^identifier`."""
    return f"block-{identifier.lower()}"


def repeats_title(text: str, title: str) -> bool:
    """Return whether a heading says the title of its note once more."""
    return fold(text) == fold(title)


def heading_id(text: str, taken: set[str]) -> str:
    """Return the id of a heading with this text, and add it to the ids `taken` in its note."""
    candidate = slug(text)
    if re.fullmatch(r"t-\d+", candidate) or candidate.startswith(("__", "block-", "fn", "videonotes")):
        candidate = f"section-{candidate}"
    return unique(candidate, taken)
