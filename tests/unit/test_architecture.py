"""The rule of imports: core knows nothing of Markdown's host, Markdown nothing of MkDocs."""

from __future__ import annotations

import ast
import re
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
    "check": {"click", "mkdocs", "rapidfuzz", "yaml"},
    "importing": {"click"},
    "starting": {"yaml"},
    "commands": {"click"},
}
BELOW = {
    "core": set(),
    "markdown": {"core"},
    "verify": set(),
    "site": {"core", "markdown"},
    "check": {"", "core", "site"},
    "importing": {"core", "site"},
    "starting": {"core"},
    "commands": {"", "core", "check", "importing", "site", "starting", "verify"},
}


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


ROOMS = {
    "host": set(),
    "incremental": {"host"},
    "pages": {"catalog", "urls"},
    "outputs": {"pages", "catalog", "urls", "gzips"},
    "search": {"incremental", "build", "catalog", "gzips"},
}
"""The rooms of `site`: what each may import of the others and of the modules beside them."""

HIGHER = (
    *("host", "gzips", "phases", "progress", "incremental", "config", "urls", "nearest", "git_history", "catalog"),
    *(
        "pages",
        "outputs",
        "note_rendering",
        "generated_pages",
        "private",
        "kinds",
        "sources",
        "build",
        "search",
        "sitewide",
    ),
    *("page_maker", "rendering", "report", "plugin"),
)
"""The rooms and modules of `site`, from the lowest: none imports a higher one."""


def imports_in_site(file: Path) -> set[str]:
    """Return the rooms of `site`, or the modules beside them, that a file imports."""
    home = ["videonotes", *file.relative_to(PACKAGE).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            full = [*home[: len(home) - node.level + 1], *(node.module or "").split(".")]
            if full[1] == "site" and len(full) > 2:
                found.add(full[2])
    return found


def test_there_are_files_to_check() -> None:
    assert {file.relative_to(PACKAGE).parts[0] for file in FILES} >= set(ALLOWED)
    names = {path.stem for path in (PACKAGE / "site").iterdir() if not path.name.startswith("__")}
    assert names == {*HIGHER, "generated"}


@pytest.mark.parametrize("file", sorted((PACKAGE / "site").rglob("*.py")), ids=lambda file: file.stem)
def test_rooms_of_the_site_import_lower_ones(file: Path) -> None:
    own = file.relative_to(PACKAGE / "site").with_suffix("").parts[0]
    found = imports_in_site(file) - {own, ""}
    if own in ROOMS:
        assert found <= ROOMS[own], f"{file.name} imports {found - ROOMS[own]}"
    elif own != "__init__":
        assert found <= set(HIGHER[: HIGHER.index(own)]), f"{file.name} imports a higher room"


def test_the_table_of_rooms_is_that_of_the_manual() -> None:
    page = Path(__file__).parents[2] / "docs/dev/architecture.md"
    table = page.read_text("utf-8").split("<!-- rooms -->")[1].split("\n\n")[1]
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    assert {re.findall(r"`(\w+)`", room)[0]: set(re.findall(r"`(\w+)`", allowed)) for room, allowed in rows} == ROOMS


@pytest.mark.parametrize("file", sorted((PACKAGE / "site/pages").glob("*.py")), ids=lambda file: file.stem)
def test_what_pages_show_knows_nothing_of_mkdocs(file: Path) -> None:
    assert ("mkdocs",) not in imports(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_privates_of_mkdocs_are_touched_in_one_room(file: Path) -> None:
    if "host" in file.parts:
        return
    tree = ast.parse(file.read_text("utf-8"))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"mkdocs", "material"}:
            assert not [alias.name for alias in node.names if alias.name.startswith("_")]
            modules |= {alias.asname or alias.name for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and isinstance(node.value, ast.Name):
            assert node.value.id not in modules, f"{file.name}:{node.lineno} touches {node.value.id}.{node.attr}"


def test_a_public_class_name_has_one_meaning() -> None:
    found: dict[str, list[str]] = {}
    for file in FILES:
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(str(file.relative_to(PACKAGE)))
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


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


def test_addresses_of_youtube_stand_in_one_module() -> None:
    """Scripts have two, `time.js` for links and `youtube.js` for the player; `verify` sees with other eyes."""
    address = re.compile(r"(?:https?:)?//(?:www\.|i\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|ytimg\.com)")
    for file in FILES:
        if file.name == "youtube.py" or "verify" in file.parts:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                assert not address.search(node.value), f"{file.name}:{node.lineno}"
    for template in (PACKAGE / "theme").rglob("*.html"):
        assert not address.search(template.read_text("utf-8")), template.name
    scripts = [script for script in (PACKAGE / "theme").rglob("*.js") if "youtu" in script.read_text("utf-8").lower()]
    with_addresses = {script.name for script in scripts if re.search(r"https:[/\\]", script.read_text("utf-8"))}
    assert with_addresses == {"time.js", "youtube.js"}
