"""The first files of a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

_FILES = {
    "mkdocs.yml": "mkdocs.yml",
    "note.md": "docs/3blue1brown/what_a_network_is_made_of.md",
    "videos.yml": "docs/videos.yml",
    "gitignore": ".gitignore",
}
_WORKFLOWS = {"github": ("github.yml", ".github/workflows/site.yml"), "gitlab": ("gitlab.yml", ".gitlab-ci.yml")}


def first_files(site_name: str, ci: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that a new site has; `ci` is `github`, `gitlab` or empty."""
    files = list(_FILES.items())
    if ci:
        files.append(_WORKFLOWS[ci])
    folder = resources.files(__package__) / "files"
    for name, path in files:
        text = (folder / name).read_text("utf-8")
        # A text in JSON is one in YAML, whatever stands in it.
        yield path, text.replace("{{site_name}}", f"site_name: {json.dumps(site_name, ensure_ascii=False)}")


def write_first_files(folder: Path, site_name: str, ci: str, *, force: bool) -> Iterator[tuple[str, bool]]:
    """Write them; yield each path, and whether it was written: what is there stays, unless `force` is set.

    Raises `OSError`.
    """
    for path, text in first_files(site_name, ci):
        file = folder / path
        if file.is_symlink() or (file.exists() and not force):
            yield path, False
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        yield path, True
