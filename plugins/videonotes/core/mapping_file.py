"""Files of facts beside the notes: a mapping in YAML, whose entries are read one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from .findings import Finding, FindingCode
from .frontmatter import normalise, read_yaml


class FileEntry(NamedTuple):
    """An entry of a file: its key and value as YAML has them, scalars as strings, and its line, from 1."""

    key: Any
    value: Any
    line: int


def read_mapping(path: str, text: str, code: FindingCode, entry: str) -> tuple[list[FileEntry], list[Finding]]:
    """Return the entries of the file at `path`; `entry` says how one is written. What is no mapping is a finding."""
    source = normalise(text)
    try:
        data = read_yaml(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        message = f"the file is not valid YAML: {getattr(error, 'problem', None) or 'it is nested too deep'}"
        return [], [Finding(code, path, mark.line + 1 if mark else 1, 1, message, "Correct the line; nothing was read")]
    if not data:
        return [], []
    if not isinstance(data, dict):
        return [], [Finding(code, path, 1, 1, f"this is not a list of `{entry}`", f"Write a line `{entry}` for each")]
    lines = {line.split(":")[0].strip("'\" "): number for number, line in enumerate(source.split("\n"), 1)}
    return [FileEntry(key, value, lines.get(str(key), 1)) for key, value in data.items()], []
