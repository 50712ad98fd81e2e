"""When notes were written: from their frontmatter, else from one `git log` of the whole folder."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..core.note import Note

log = logging.getLogger("mkdocs.plugins.videonotes")

_COMMIT = "\x01"


@dataclass(frozen=True, slots=True)
class Dates:
    """When each file was committed first and last, in UTC (ISO 8601), by its path below the folder of the notes."""

    created: Mapping[str, str] = field(default_factory=dict)
    modified: Mapping[str, str] = field(default_factory=dict)

    def published(self, note: Note) -> str:
        """Return the day or time a note is from: its `date`, else its first commit, else `""`."""
        return note.date or self.created.get(note.path, "")

    def changed(self, note: Note) -> str:
        """Return the day or time of the last change to a note that is known, else `""`."""
        return max(note.date, self.modified.get(note.path, ""))


def read_dates(folder: str) -> Dates:
    """Read the history of the files below `folder`. Without git, or with a shallow clone, nothing is known."""

    def git(*arguments: str) -> str:
        environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
        command = ["git", "-C", folder, "-c", "core.quotePath=false", *arguments]
        done = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603 - no shell
        return done.stdout.decode(errors="replace")

    try:
        if git("rev-parse", "--is-shallow-repository").strip() == "true":
            log.info("The clone is shallow, so that git tells no dates. In CI, fetch the whole history.")
            return Dates()
        output = git("log", f"--format={_COMMIT}%ct", "--name-only", "--no-renames", "--relative", "-z", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return Dates()
    return _parse(output)


def _parse(output: str) -> Dates:
    created: dict[str, str] = {}
    modified: dict[str, str] = {}
    for commit in output.split(_COMMIT)[1:]:  # the newest first
        seconds, *names = commit.split("\0")
        time = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for path in filter(None, (name.strip("\n") for name in names)):
            modified.setdefault(path, time)
            created[path] = time
    return Dates(created, modified)
