"""Link definitions at the beginning of a paragraph: `[label]: address "title"` (CommonMark 0.31, section 4.7).

One leniency: a line such as `[Music]: laughing` is text, unless something in the note asks for that label.
"""

from __future__ import annotations

import re

from .blocks import Definition, Leaf, fold_label
from .escapes import unescaped

_SPACE = r"[ \t]*(?:\n[ \t]*)?"
_DEFINITION = re.compile(
    rf"\[((?!\^)(?:[^\[\]\\]|\\[\s\S]){{1,999}}+)\]:{_SPACE}(?:<((?:[^<>\n\\]|\\.)*+)>|((?!<)[^\s\x00-\x1f\x7f]++))"
)
_TITLE = re.compile(
    r"(?:[ \t]+|[ \t]*\n[ \t]*)"
    r"""("(?:[^"\\]|\\[\s\S])*+"|'(?:[^'\\]|\\[\s\S])*+'|\((?:[^()\\]|\\[\s\S])*+\))[ \t]*(?:\n|\Z)"""
)
_END = re.compile(r"[ \t]*(?:\n|\Z)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\[\s\S]){1,999}+)\](?!:)")


class Definitions:
    """The link definitions of a text: the first one of each label counts."""

    def __init__(self, source: str, start: int) -> None:
        self.found: dict[str, Definition] = {}
        self._source = source, start
        self._wanted: set[str] | None = None

    def take(self, leaf: Leaf) -> None:
        """Take the definitions at the beginning of a paragraph out of it, with their lines."""
        text = leaf.text
        position = 0
        while text.startswith("[", position) and (match := _DEFINITION.match(text, position)):
            label = fold_label(match[1])
            end = _TITLE.match(text, match.end())
            title = unescaped(end[1][1:-1]) if end else ""
            end = end or _END.match(text, match.end())
            address = match[3] if match[2] is None else match[2]
            if not end or not label or not (match[3] is None or title or self._is_address(address, label)):
                break
            self.found.setdefault(label, Definition(unescaped(address), title))
            position = end.end()
        del leaf.lines[: text.count("\n", 0, position) + (position == len(text) > 0)]

    def _is_address(self, address: str, label: str) -> bool:
        if any(sign in address for sign in "/.#"):
            return True
        if self._wanted is None:
            source, start = self._source
            self._wanted = {fold_label(match[1]) for match in _LABEL.finditer(source, start)}
        return label in self._wanted
