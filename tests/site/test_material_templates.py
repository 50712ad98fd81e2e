"""Material's templates that ours stand in for, extend or include: which of them have changed since someone looked.

After Material is raised, look at those that this test names, then run this file as a program: it notes their hashes.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import material
import pytest

import videonotes

NOTED = Path(__file__).with_name("material_templates.json")
OURS = Path(videonotes.__file__).parent / "theme"
MATERIAL = Path(material.__file__).parent / "templates"
_USED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


def used() -> dict[str, str]:
    """Return the hashes of Material's templates that ours go by, by their paths."""
    paths = {"base.html", *(file.relative_to(OURS).as_posix() for file in OURS.rglob("*.html"))}
    for file in OURS.rglob("*.html"):
        paths |= set(_USED.findall(file.read_text("utf-8")))
    known = [path for path in sorted(paths) if (MATERIAL / path).is_file()]
    return {path: sha256((MATERIAL / path).read_bytes()).hexdigest()[:16] for path in known}


def test_templates_of_material_are_those_that_were_looked_at() -> None:
    noted = json.loads(NOTED.read_text("utf-8"))
    if [*map(int, version("mkdocs-material").split(".")[:3])] < [*map(int, noted["material"].split(".")[:3])]:
        pytest.skip("an older Material than the one that was looked at")
    now = used()
    changed = sorted(path for path in {*now, *noted["templates"]} if now.get(path) != noted["templates"].get(path))
    assert changed == [], f"look at these, then run {Path(__file__).name}"


if __name__ == "__main__":
    NOTED.write_text(
        json.dumps({"material": version("mkdocs-material"), "templates": used()}, indent=1) + "\n", encoding="utf-8"
    )
