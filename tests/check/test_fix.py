"""Mending: the smallest change, nothing else touched, nothing that a page says changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.check.conftest import Make, Project, note
from videonotes.check import mending
from videonotes.core.frontmatter import read_frontmatter

TARGET = {"c/bread_crust.md": note("Text.", title="Bread crust")}
STAMP = '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>'


def mend(site: Project, *arguments: str) -> str:
    assert site.run("--fix", *arguments) == 0
    mended = site.read("c/a.md")
    site.run("--fix", *arguments)
    assert site.read("c/a.md") == mended  # twice changes nothing more
    return mended


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[Bread crust]]", "[[bread_crust]]"),
        ("[[ Bread Crust | a label ]]", "[[ bread_crust | a label ]]"),
        ("[[BreadCrust#Nowhere|x]]", "[[bread_crust#Nowhere|x]]"),
        ("![[Bread crust]]", "![[bread_crust]]"),
        ("[a label]([[Bread crust]])", "[a label]([[bread_crust]])"),
        ("| a |\n|---|\n| [[Bread crust\\|x]] |", "| a |\n|---|\n| [[bread_crust\\|x]] |"),
        ("`[[Bread crust]]`", "`[[Bread crust]]`"),
        ("[[bread_crust]]", "[[bread_crust]]"),
        ('<a class="yt-timestamp" data-t="01:02">[01:02]</a>', '<a class="yt-timestamp" data-t="00:01:02">[01:02]</a>'),
        ('<a class="yt-timestamp" data-t="00:01:02"></a>', STAMP),
        ('< a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>', STAMP),
        ('<a class="yt-timestamp" data-01:02">[00:01:02]</a>', STAMP),
        ('<a class="yt="yt-timestamp" data-t="00:01:02">[00:01:02]</a>', STAMP),
        ('<a data-t="62s" class="yt-timestamp">there</a>', '<a class="yt-timestamp" data-t="00:01:02">there</a>'),
        ('<a class="yt-timestamp" data-v="fNk_zzaMoSs" data-t="1:02">[1:02]</a>',
         '<a class="yt-timestamp" data-v="fNk_zzaMoSs" data-t="00:01:02">[1:02]</a>'),
        ("[00:01:02]", "[00:01:02]"),
    ],
)  # fmt: skip
def test_safe_changes(project: Make, written: str, expected: str) -> None:
    site = project({"c/a.md": note(f"Before {written}" if not written.startswith("|") else written), **TARGET})
    assert expected in mend(site)
    assert not {"loose-link", "untidy-timestamp"} & set(site.codes())


def test_everything_else_stays_byte_for_byte(project: Make) -> None:
    raw = (
        "\ufeff---\r\ntitle: T  \r\nvideoId: aircAruvnKk\r\n---\r\nx\ttab [[Bread crust]]\r\nlone\rreturn\r\n"
        + STAMP
        + "  \r\n"
    )
    site = project({"c/a.md": raw.encode("utf-8"), **TARGET})
    (site.folder / "docs/c/a.md").chmod(0o640)
    assert mend(site) == raw.replace("Bread crust", "bread_crust")
    assert (site.folder / "docs/c/a.md").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("title: Bread: a story", 'title: "Bread: a story"'),
        ("title: !bang", 'title: "!bang"'),
        ('title: "quoted" and more', 'title: "\\"quoted\\" and more"'),
        ("title: # 1", 'title: "# 1"'),
    ],
)
def test_frontmatter_that_is_no_yaml(project: Make, line: str, expected: str) -> None:
    source = f"---\n{line}\nvideoId: aircAruvnKk\n---\n{STAMP}\n"
    site = project({"c/a.md": source})
    mended = mend(site)
    assert mended == source.replace(line, expected)
    assert read_frontmatter(mended).data == read_frontmatter(source).data
    assert read_frontmatter(mended).problem == ""


def test_a_fence_around_the_whole_note(project: Make) -> None:
    site = project({"c/a.md": note(f"```markdown\nText {STAMP}\n```")})
    assert mend(site) == note(f"Text {STAMP}")


def test_judgements_are_written_down_when_asked(project: Make) -> None:
    times = ["19:35:00", "25:10:00", "31:40:00", "44:44:00"]
    body = "\n\n".join(f'x <a class="yt-timestamp" data-t="{time}">[{time}]</a>' for time in times)
    links = {f"c/l{n}.md": note("[[bakers_percentage | Baker’s percentage]]", title=f"L{n}") for n in range(3)}
    other = {"c/bakers_percentage.md": "---\ntitle: Bakers percentage\nvideoID: aircAruvnKk\n---\nx\n"}
    site = project({"c/a.md": note(body), **links, **other})
    assert mend(site) == note(body)
    assert mend(site, "--unsafe-fixes") == note(
        "\n\n".join(f'x <a class="yt-timestamp" data-t="00:{time[:5]}">[00:{time[:5]}]</a>' for time in times)
    )
    assert site.read("c/bakers_percentage.md") == "---\ntitle: Baker’s percentage\nvideoId: aircAruvnKk\n---\nx\n"
    assert not {"repaired-timestamps", "title-spelling", "misspelled-key"} & set(site.codes())


def test_a_diff_changes_nothing(project: Make) -> None:
    source = note("One.\n\nSee [[Bread crust]].")
    site = project({"c/a.md": source, **TARGET})
    assert site.run("--diff") == 0
    assert "--- a/docs/c/a.md" in site.out
    assert "-See [[Bread crust]]." in site.out
    assert "+See [[bread_crust]]." in site.out
    assert site.read("c/a.md") == source


def test_selection_and_ignored_codes_hold_for_mending_too(project: Make) -> None:
    body = '[[Bread crust]] <a class="yt-timestamp" data-t="01:02">[01:02]</a>'
    site = project({"c/a.md": note(body), "c/b.md": note(body, title="B", videonotes="{ignore: VN109}"), **TARGET})
    assert site.run("--fix", "--select", "VN109", "docs/c") == 0
    assert site.read("c/a.md") == note(body.replace("Bread crust", "bread_crust"))
    assert site.read("c/b.md") == note(body, title="B", videonotes="{ignore: VN109}")


def test_git_must_be_clean(project: Make) -> None:
    site = project({"c/a.md": note("[[Bread crust]]"), **TARGET})
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "notes"]):
        subprocess.run([*git, *command], cwd=site.folder, check=True)
    site.write({"c/bread_crust.md": note("Changed.", title="Bread crust")})
    assert site.run("--fix") == 2
    assert "not committed" in site.err
    assert site.run("--fix", "--force") == 0
    assert "[[bread_crust]]" in site.read("c/a.md")


def test_a_file_that_changes_meanwhile_is_left(project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = project({"c/a.md": note("[[Bread crust]]"), **TARGET})
    own = mending.plan

    def slow(*arguments: object) -> object:
        made = own(*arguments)  # type: ignore[arg-type]
        site.write({"c/a.md": "saved by somebody else"})
        return made

    monkeypatch.setattr("videonotes.commands.check.plan", slow)
    assert site.run("--fix") == 1
    assert "docs/c/a.md is left as it is: it has changed meanwhile." in site.err
    assert site.read("c/a.md") == "saved by somebody else"


def test_files_behind_links_are_left(project: Make) -> None:
    site = project(TARGET)
    outside = site.folder / "outside"
    outside.mkdir()
    for name in ("real.md", "deep.md"):
        (outside / name).write_text(note("[[Bread crust]]"), "utf-8")
    (site.folder / "docs/c/a.md").symlink_to(outside / "real.md")
    (site.folder / "docs/d").symlink_to(outside)
    assert site.run("--fix") == 0
    assert {file.read_text("utf-8") for file in outside.iterdir()} == {note("[[Bread crust]]")}
    assert (site.folder / "docs/c/a.md").is_symlink()


@pytest.mark.parametrize(
    "written",
    [
        '<a class="yt-timestamp" data-t="1:05-1:10">[1:05-1:10]</a>',
        '<a class="yt-timestamp" data-t="00:01:05">[1:05 - 1:10]',
        '<a class="yt-timestamp" data-t="01:05"><b>z</b></a>',
        '<a href="x" class="yt-timestamp" data-t="1:05" id="keep">lbl</a>',
        '<a class="yt-timestamp" data-t="1:05">[2:05]</a>',
        '<a class="yt-timestamp" data-t="1:05" data-t="2:05">[2:05]</a>',
        '<a class="yt-timestamp" data-t="01:05"\n>two lines</a>',
    ],
)
def test_what_would_be_lost_is_left(project: Make, written: str) -> None:
    site = project({"c/a.md": note(f"x {written} y")})
    assert mend(site) == note(f"x {written} y")


@pytest.mark.parametrize(
    "lines",
    [
        'title: Bad "quote" : x\ntitle: second',
        'title: "never closed',
        "title: A\ntags: [a, b",
        'title: A\nvideoId: "qNPPoj1qUG0',
        "title: A\naliases: &b [*b]",
    ],
)
def test_frontmatter_of_which_nobody_knows_what_it_means_is_left(project: Make, lines: str) -> None:
    source = f"---\n{lines}\n---\nText {STAMP}\n"
    site = project({"c/a.md": source})
    assert mend(site) == source


def test_a_key_is_not_written_twice(project: Make) -> None:
    site = project({"c/a.md": f"---\nVideoID: aircAruvnKk\nvideo_id: fNk_zzaMoSs\n---\n{STAMP}\n"})
    assert mend(site, "--unsafe-fixes").count("videoId:") == 1


def test_new_files_count_as_changes_in_git(project: Make) -> None:
    site = project({"c/a.md": note("[[Bread crust]]"), **TARGET})
    subprocess.run(["git", "init", "-q"], cwd=site.folder, check=True)
    assert site.run("--fix") == 2
    assert site.read("c/a.md") == note("[[Bread crust]]")


def test_what_would_change_a_page_is_left_and_told(project: Make) -> None:
    """The second link means the note of its own channel only as long as it is spelled so."""
    site = project({"c/a.md": note("Text."), "c/b.md": b"[[Bread crust]] \xff", **TARGET})
    assert site.run("--fix") == 0
    assert (site.folder / "docs/c/b.md").read_bytes() == b"[[Bread crust]] \xff"


@pytest.mark.parametrize("hook", ["videonotes-check", "videonotes-fix"])
def test_hooks_of_pre_commit_run_in_a_fresh_repository(project: Make, hook: str) -> None:
    root = Path(__file__).parents[2]
    hooks = {entry["id"]: entry for entry in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    site = project({"c/a.md": note(f"[[Bread crust]] {STAMP}"), **TARGET})
    subprocess.run(["git", "init", "-q"], cwd=site.folder, check=True)
    name, command, *arguments = hooks[hook]["entry"].split()
    assert (name, command, hooks[hook]["language"]) == ("videonotes", "check", "python")
    assert site.run(*arguments) == 0
    assert ("[[bread_crust]]" in site.read("c/a.md")) == (hook == "videonotes-fix")
