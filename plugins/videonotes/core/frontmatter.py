"""The YAML block at the head of a note: metadata, and where the body begins.

Every scalar is read as a string, so that a video id such as `12345678901` or `1_234567890`
stays one. Broken YAML costs nothing but a finding: `key: value` lines are salvaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

_BLOCK = re.compile(r"---[ \t]*\n(?:(.*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\Z")

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""PyYAML's base loader: scalars stay strings, nothing else is made but lists and mappings."""


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What the head of a file says.

    `body` is the offset at which the note's text begins. `problem` tells what is wrong with the
    YAML, at line `line` of the file; it is empty where nothing is.
    """

    data: dict[str, Any] = field(default_factory=dict)
    body: int = 0
    problem: str = ""
    line: int = 0


def normalise(text: str) -> str:
    """Return `text` without a byte-order mark, with line feeds as its only line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_yaml(text: str) -> Any:
    """Read YAML with every scalar as a string. Raises `yaml.YAMLError`."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - it makes strings, lists and mappings only


def body_offset(text: str) -> int:
    """Return the offset at which the text of a note begins in a file normalised by `normalise`."""
    match = _BLOCK.match(text)
    return match.end() if match else 0


def read_frontmatter(text: str) -> Frontmatter:
    """Read the YAML block at the start of `text`, a file normalised by `normalise`."""
    match = _BLOCK.match(text)
    if not match:
        return Frontmatter()
    source = match[1] or ""
    try:
        data = read_yaml(source)
        if data is None or data == "":
            data = {}
        if isinstance(data, dict) and all(isinstance(key, str) for key in data):
            return Frontmatter(data, match.end())
        problem, line = "the frontmatter is not a list of `key: value`", 2
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = 2 + (mark.line if mark is not None else 0)
        reason = getattr(error, "problem", None) or "it cannot be read"
        problem = f"the frontmatter is not valid YAML: {reason}"
    return Frontmatter(_salvage(source), match.end(), problem, line)


def _salvage(source: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for line in source.split("\n"):
        match = _PAIR.match(line)
        if not match:
            continue
        value = match[2]
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        data.setdefault(match[1], value)
    return data


def as_strings(value: Any) -> tuple[str, ...]:
    """Return a YAML value that may be a list or one string as a tuple of non-empty strings."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if isinstance(item, str) and (text := item.strip()))


def as_flag(value: Any) -> bool:
    """Return whether a YAML scalar, read as a string, says yes."""
    return isinstance(value, str) and value.strip().lower() in {"true", "yes", "on", "1"}
