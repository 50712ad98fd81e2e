"""Compare a tag with the version of the package and with the changelog. Exit 1: they do not agree."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_HEADING = re.compile(r"^## \[([^\]]+)\](.*)$", re.MULTILINE)
_DATE = re.compile(r" - \d{4}-\d\d-\d\d\Z")


def main() -> None:
    """Check the release of this folder by the tag that is named."""
    sys.exit("\n".join(faults(Path(), *sys.argv[1:])) or 0)


def faults(folder: Path, tag: str) -> list[str]:
    """Return what is wrong with the release `tag` of the project in a folder."""
    version = _VERSION.search((folder / "plugins/videonotes/__init__.py").read_text("utf-8"))
    if not version:
        return ["plugins/videonotes/__init__.py names no version."]
    found = [f"The tag is {tag}, the version {version[1]}."] if tag != f"v{version[1]}" else []
    changelog = (folder / "CHANGELOG.md").read_text("utf-8")
    headings = list(_HEADING.finditer(changelog))
    place = next((place for place, heading in enumerate(headings) if heading[1] == version[1]), None)
    if place is None:
        return [*found, f"CHANGELOG.md has no heading [{version[1]}]."]
    heading = headings[place]
    end = headings[place + 1].start() if place + 1 < len(headings) else len(changelog)
    if not _DATE.fullmatch(heading[2]):
        found.append(f"The heading [{version[1]}] of CHANGELOG.md has no date.")
    if not changelog[heading.end() : end].strip():
        found.append(f"CHANGELOG.md tells nothing of [{version[1]}].")
    return found


if __name__ == "__main__":
    main()
