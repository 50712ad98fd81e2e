"""The YAML block at the head of a note: metadata, and where the body begins.

Every scalar is read as a string, so that a video id such as `12345678901` or `1_234567890`
stays one. Broken YAML costs nothing but a finding: `key: value` lines are salvaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

_BLOCK = re.compile(r"(?P<blank>(?:[ \t]*\n)*+)---[ \t]*\n(?:(?P<yaml>.*?)\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
KNOWN_KEYS = (
    *("title", "videoId", "aliases", "tags", "description", "date", "draft", "unlisted", "lang"),
    *("publish", "generated", "reviewed", "videonotes"),
)
"""The keys that mean something here (note-format.md, section 1)."""

_KNOWN_KEY = re.compile(rf"^(?:{'|'.join(KNOWN_KEYS)})[ \t]*:", re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*\Z")

_TEXTS = frozenset({"title", "description"})
"""The keys whose value is always a text."""

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
    match = _block(text)
    return match.end() if match else 0


def _block(text: str) -> re.Match[str] | None:
    """Return the YAML block. Below empty lines it is one where it has a key of a note, else it is rules and text."""
    match = _BLOCK.match(text)
    return match if match and (not match["blank"] or _KNOWN_KEY.search(match["yaml"] or "")) else None


def read_frontmatter(text: str) -> Frontmatter:
    """Read the YAML block at the start of `text`, a file normalised by `normalise`."""
    match = _block(text)
    if not match:
        return Frontmatter()
    source, first = match["yaml"] or "", 2 + match["blank"].count("\n")
    try:
        data = read_yaml(source)
        if data is None or data == "":
            data = {}
        if isinstance(data, dict) and all(isinstance(key, str) for key in data):
            problem, line = _lost_text(source, data)
            if match["blank"] and not problem:
                problem, line = "empty lines stand before the frontmatter", -1
            return Frontmatter(data, match.end(), problem, first + line if problem else 0)
        problem, line = "the frontmatter is not a list of `key: value`", 0
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark is not None else 0
        reason = getattr(error, "problem", None) or "it cannot be read"
        problem = f"the frontmatter is not valid YAML: {reason}"
    return Frontmatter(_salvage(source), match.end(), problem, first + line)


def _lost_text(source: str, data: dict[str, Any]) -> tuple[str, int]:
    """Give `data` the texts that YAML takes for something else; return what is wrong and in which line of `source`.

    `title: !bang` is a tag, `title: *x* y` an alias, `title: # 1` a comment.
    """
    problem, at = "", 0
    for number, line in enumerate(source.split("\n")):
        match = _PAIR.match(line)
        if not match or match[1] not in _TEXTS:
            continue
        value = data.get(match[1])
        if match[2][:1] in ("!", "&", "#"):
            data[match[1]] = match[2]
        elif isinstance(value, str):
            continue
        if not problem:
            problem, at = f"`{match[1]}` is no text as YAML reads it", number
    return problem, at


def _salvage(source: str) -> dict[str, Any]:
    """Read what can be read of broken YAML: each top-level key with the lines below it by itself."""
    data: dict[str, Any] = {}
    entries: list[list[str]] = []
    for line in source.split("\n"):
        if _PAIR.match(line):
            entries.append([line])
        elif entries:
            entries[-1].append(line)
    for lines in entries:
        match = _PAIR.match(lines[0])
        assert match is not None
        try:
            value = read_yaml("\n".join(lines))[match[1]]
        except (yaml.YAMLError, ValueError, RecursionError, LookupError, TypeError):
            value = _written(match[2], lines[1:])
        data.setdefault(match[1], value)
    return data


def _written(value: str, below: list[str]) -> str | list[str]:
    """Return the value of a key as it is written: the items below it, else the text with what goes on below it."""
    items = [line.strip()[1:] for line in below if line.strip().startswith("- ")]
    if not value and items:
        return [_unquoted(item) for item in items]
    return _unquoted(" ".join([value, *(line.strip() for line in below if line.startswith((" ", "\t")))]))


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def as_strings(value: Any) -> tuple[str, ...]:
    """Return a YAML value that may be a list or one string as a tuple of non-empty strings."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if isinstance(item, str) and (text := item.strip()))


def as_flag(value: Any) -> bool:
    """Return whether a YAML scalar, read as a string, says yes."""
    return isinstance(value, str) and value.strip().lower() in {"true", "yes", "on", "1"}


def denies(value: Any) -> bool:
    """Return whether a YAML scalar, read as a string, says no."""
    return isinstance(value, str) and value.strip().lower() in {"false", "no", "off", "0"}


def read_model(value: object) -> str:
    """Return the model that `generated` names, `"true"` where it only says yes, `""` where it says no or nothing."""
    if denies(value):
        return ""
    return "true" if as_flag(value) else ", ".join(as_strings(value))
