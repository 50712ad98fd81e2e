"""The manual names every option, every finding and every form of the format."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from videonotes.commands import videonotes
from videonotes.core.findings import BY_NUMBER, FindingCode, find_code
from videonotes.core.names import slug
from videonotes.site.config import LabelOptions, VideonotesConfig

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
DEV = ROOT / "docs" / "dev"
MANUAL = [
    *GUIDE.glob("*.md"),
    *DEV.glob("*.md"),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/index.md")),
]


def test_every_option_is_in_the_manual() -> None:
    text = (GUIDE / "options.md").read_text("utf-8")
    names = [name for name, _ in VideonotesConfig._schema]
    assert names
    for name in names:
        if name == "timestamps":
            name = ".".join([name, LabelOptions._schema[0][0]])
        assert f"`{name}`\n:" in text


def test_every_finding_is_in_the_manual_with_an_example_and_its_severity() -> None:
    text = (GUIDE / "findings.md").read_text("utf-8")
    sections = dict(re.findall(r"^### (VN\d+ [\w-]+)\n\n(.+?)(?=\n\n#|\Z)", text, re.MULTILINE | re.DOTALL))
    assert set(sections) == {f"{code.number} {code}" for code in FindingCode}
    assert [name for name, said in sections.items() if f"({find_code(name.split()[0]).severity}" not in said] == []  # type: ignore[union-attr]


def test_numbers_of_findings_never_change() -> None:
    known = "101-109 201-205 301-305 401-403 501-508"
    spans = [range(int(span[:3]), int(span[4:]) + 1) for span in known.split()]
    assert sorted(BY_NUMBER) == [f"VN{number}" for span in spans for number in span]
    assert find_code("vn101") is find_code("Unresolved-Link") is FindingCode.UNRESOLVED
    assert find_code("VN999") is None


def test_every_command_and_option_is_in_the_manual() -> None:
    context = click.Context(videonotes)
    text = "".join((GUIDE / name).read_text("utf-8") for name in ("index.md", "check.md", "import.md", "start.md"))
    names = videonotes.list_commands(context)
    assert names == ["check", "import", "init", "new", "schema", "verify"]
    assert [name for name in names if f"videonotes {name}" not in text] == []
    commands = [videonotes.get_command(context, name) for name in ("check", "import", "init", "new")]
    params = [parameter for command in commands if command for parameter in command.params]
    options = [option for parameter in params for option in parameter.opts if option.startswith("--")]
    assert {"--fix", "--to", "--ci", "--channel"} <= set(options)
    shown = text.replace("`findings` in `mkdocs.yml`", "--config-file")
    assert [
        option for option in options if option not in shown and option not in ("--format", "--most", "--name", "--edit")
    ] == []


def ids(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {slug(re.sub(r"[`*]", "", heading)) for heading in headings}


@pytest.mark.parametrize("page", MANUAL, ids=lambda page: page.name)
def test_links_of_the_manual_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for address in re.findall(r"\]\(([^()\s]+)\)", text):
        if re.match(r"[a-z]+:", address):
            continue
        path, _, fragment = address.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {address}"
        if fragment:
            assert fragment in ids(target), f"{page.name}: {address}"


@pytest.mark.parametrize("page", sorted(DEV.glob("*.md")), ids=lambda page: page.name)
def test_files_that_the_manual_names_exist(page: Path) -> None:
    bases = [
        ROOT,
        ROOT / "plugins/videonotes",
        *(ROOT / "plugins/videonotes" / part for part in ("core", "markdown", "site")),
        ROOT / "plugins/videonotes/theme/assets/javascripts/videonotes",
        ROOT / "plugins/videonotes/theme/assets/stylesheets/videonotes",
        DEV,
    ]
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    named = re.findall(r"`((?:[\w.-]+/)*[\w.-]+(?:\.(?:py|html|js|txt|md|css|svg|yml)|/))`", text)
    named += re.findall(
        r"`((?:scripts|tests|plugins|core|markdown|site|theme|\.ci)/[\w./-]+)", text
    )  # with arguments, too
    assert named or page.name == "decisions.md"
    for path in named:
        if path.startswith(("docs/cooking/", "cooking/")) or path in (
            "index.md",
            "redirects.yml",
            "docs/redirects.yml",
            "docs/videos.yml",
        ):
            continue  # examples
        assert any((base / path).exists() for base in bases), f"{page.name} names {path}"


def test_sections_that_code_cites_exist() -> None:
    text = (DEV / "note-format.md").read_text("utf-8")
    sections = set(re.findall(r"^## (\d+)\.", text, re.MULTILINE))
    cited = set()
    for file in [*(ROOT / "plugins").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        cited |= set(re.findall(r"note-format\.md,\s+sections? (\d+)", file.read_text("utf-8")))
    assert cited
    assert cited <= sections
