"""The rule of imports: core knows nothing of Markdown's host, Markdown nothing of MkDocs."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import videonotes

PACKAGE = Path(videonotes.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
ALLOWED = {
    "core": {"yaml"},
    "markdown": {"markdown", "pymdownx", "latex2mathml"},
    "verify": {"bs4", "yaml"},
    "site": {"cbor2", "click", "jinja2", "mkdocs", "yaml", "zstandard"},
}
BELOW = {"core": set(), "markdown": {"core"}, "verify": set(), "site": {"core", "markdown"}}


def imports(file: Path) -> set[tuple[str, ...]]:
    """Return what a file imports: `("mkdocs",)`, or `("videonotes", part)` for one of our own."""
    found: set[tuple[str, ...]] = set()
    home = ["videonotes", *file.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {tuple(alias.name.split(".")[:1]) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").split(".") if node.module else []
            full = [*home[: len(home) - node.level + 1], *module] if node.level else module
            if full[0] == "videonotes" and len(full) == 1:
                full = [full[0], home[1] if len(home) > 1 else ""]
            found.add(tuple(full[:2]) if full[0] == "videonotes" else tuple(full[:1]))
    return found


def test_there_are_files_to_check() -> None:
    assert {file.relative_to(PACKAGE).parts[0] for file in FILES} >= set(ALLOWED)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_go_one_way(file: Path) -> None:
    part = file.relative_to(PACKAGE).parts[0]
    if part not in ALLOWED:
        return
    for name in imports(file):
        if name[0] == "videonotes":
            assert name[1] in {part, *BELOW[part]}, f"{file.name} imports {'.'.join(name)}"
        elif name[0] not in sys.stdlib_module_names:
            assert name[0] in ALLOWED[part], f"{file.name} imports {name[0]}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_files_stay_readable(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 350
