"""What a check finds, and what it offers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.check.conftest import Make, note

STAMP = '<a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>'


def test_a_clean_site_has_nothing_wrong(project: Make) -> None:
    site = project({"c/a.md": note(f"See [[b]]. {STAMP}"), "c/b.md": note(f"See [[a]]. {STAMP}", title="U")})
    assert site.run("--fail-on", "info") == 0
    assert site.out == "Nothing is wrong.\n"


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        ("See [[nothing]].", "unresolved-link", 5, 5),
        ("See [[b#Nowhere]].", "unknown-heading", 5, 5),
        ("See b]].", "malformed-link", 5, 5),
        ("See [x](nowhere.md).", "dead-link", 5, 5),
        ("![[crumb.png]]", "missing-file", 5, 1),
        ("See [[The B Note]].", "loose-link", 5, 5),
        ('<a class="yt-timestamp" data-t="00:99:99">[00:99:99]</a>', "invalid-timestamp", 5, 1),
        ('<a class="yt-timestamp" data-t="01:02">[01:02]</a>', "untidy-timestamp", 5, 1),
        ('<a class="yt-timestamp" data-t="00:01:02"></a>', "untidy-timestamp", 5, 1),
    ],
)
def test_where_what_is_wrong(project: Make, body: str, code: str, line: int, column: int) -> None:
    site = project({"c/a.md": note(body), "c/b.md": note(STAMP, title="The B note")})
    found = [one for one in site.found() if one["name"] == code]
    assert [(one["path"], one["line"], one["column"]) for one in found] == [("docs/c/a.md", line, column)]
    assert found[0]["cure"]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("neural_nets", ["neural_net"]),
        ("Importance of neural nets", ["neural_net"]),
        ("theories of motion", ["theory_of_motion"]),
        ("motion_theory", ["theory_of_motion"]),
        ("entaglement", ["entanglement"]),
        ("something_else", []),
        ("net", []),
    ],
)
def test_notes_that_may_have_been_meant(project: Make, written: str, names: list[str]) -> None:
    site = project(
        {
            "c/a.md": note(f"[[{written}]]", title="A"),
            "c/neural_net.md": note(STAMP, title="Neural net"),
            "c/theory_of_motion.md": note(STAMP, title="Theory of motion"),
            "c/entanglement.md": note(STAMP, title="Entanglement"),
        }
    )
    (found,) = (one for one in site.found() if one["name"] == "unresolved-link")
    assert found["candidates"] == names
    assert found["cure"].startswith("Did you mean [[" if names else "Write that note")


def test_near_duplicates(project: Make) -> None:
    links = "\n\n".join(
        f'Text <a class="yt-timestamp" data-t="00:0{n}:00">[00:0{n}:00]</a> [[n{n}]].' for n in range(9)
    )
    site = project(
        {
            "c/growth_strategies.md": note(STAMP, title="Growth strategies"),
            "c/growth_strategy.md": note(STAMP, title="The growth strategy"),
            "c/x.md": note(links, title="One thing"),
            "c/y.md": note(links, title="Another thing"),
            "d/growth_strategy.md": note(STAMP, title="Growth strategy"),
        }
    )
    found = [(one["path"], one["message"]) for one in site.found("--select", "VN401")]
    assert [path for path, _ in found] == ["docs/c/growth_strategy.md", "docs/c/y.md"]
    assert "100% of its links and moments" in found[1][1]


@pytest.mark.parametrize(
    ("key", "meant"), [("videoID", "videoId"), ("alias", "aliases"), ("Title", "title"), ("descripton", "description")]
)
def test_keys_that_are_nearly_right(project: Make, key: str, meant: str) -> None:
    site = project({"c/a.md": f"---\n{key}: x\nhide: [toc]\nstatus: new\n---\n{STAMP}\n"})
    found = site.found("--select", "misspelled-key")
    assert [(one["line"], one["cure"]) for one in found] == [(2, f"Did you mean `{meant}`?")]


def test_notes_on_their_own(project: Make) -> None:
    site = project({"c/a.md": note("Text."), "c/b.md": note("[[a]]", title="B", videoId="fNk_zzaMoSs")})
    assert sorted((one["name"], one["path"][-4:]) for one in site.found("--select", "VN2,VN4")) == [
        ("lone-video", "a.md"), ("lone-video", "b.md"), ("no-timestamp", "a.md"), ("no-timestamp", "b.md"), ("orphan", "b.md"),
    ]  # fmt: skip


def test_notes_that_a_model_wrote_and_nobody_read(project: Make) -> None:
    files = {
        "c/a.md": note(STAMP, generated="true"),
        "c/b.md": note(STAMP, title="B", generated="Some model", reviewed="2026-01-31"),
        "d/c.md": note(STAMP, title="C"),
    }
    site = project(files, generated=["d/**"])
    assert [one["path"] for one in site.found("--select", "VN305")] == ["docs/c/a.md", "docs/d/c.md"]


def test_private_notes_are_not_told_of_and_their_neighbours_not_mended(project: Make) -> None:
    files = {
        "c/a.md": note("[[Secret note | x]] [[The B]]"),
        "c/b.md": note(STAMP, title="The B"),
        "c/secret_note.md": note("[[x]]", publish="false"),
    }
    site = project(files)
    assert not [one for one in site.found() if "secret" in str(one).lower()]
    assert site.run("--fix") == 0
    assert site.read("c/a.md") == files["c/a.md"]


def test_a_note_ignores_what_it_does_not_want_to_hear(project: Make) -> None:
    site = project(
        {
            "c/a.md": note("[[nothing]]", videonotes="{ignore: [VN101, orphan]}"),
            "c/b.md": note("[[nothing]]\n\n<!-- videonotes: ignore unresolved-link -->", title="B"),
            "c/d.md": note("[[nothing]]\n\n%% videonotes: ignore VN101, VN205 %%", title="D"),
            "c/e.md": note("[[nothing]]", title="E", videonotes="{ignore: VN999}"),
        }
    )
    assert [(one["name"], one["path"][-4:]) for one in site.found("--select", "VN101,VN3")] == [
        ("frontmatter", "e.md"), ("unresolved-link", "e.md"),
    ]  # fmt: skip


def test_the_option_findings_sets_severities(project: Make) -> None:
    files = {"c/a.md": note("[[nothing]] " + STAMP)}
    site = project(files, findings={"VN101": "info", "orphan": "ignore", "lone-video": "warning"})
    assert {one["name"]: one["severity"] for one in site.found()} == {
        "unresolved-link": "info",
        "lone-video": "warning",
    }
    assert site.run("--select", "VN101") == 0
    assert site.run("--select", "VN402") == 1


def test_paths_select_what_is_told(project: Make) -> None:
    site = project({"c/a.md": note("[[nothing]]"), "d/a.md": note("[[nothing]]")})
    assert {one["path"] for one in site.found("docs/d")} == {"docs/d/a.md"}
    assert {one["path"] for one in site.found("docs/c/a.md")} == {"docs/c/a.md"}
    assert site.run("elsewhere") == 2
    assert "There is no elsewhere" in site.err


def test_the_second_check_comes_from_the_cache_and_an_edit_is_seen(project: Make) -> None:
    site = project({"c/a.md": note("[[nothing]]")})
    first = site.found()
    assert site.found() == first
    site.write({"c/nothing.md": note(STAMP, title="N")})
    assert "unresolved-link" not in site.codes()
    (site.folder / ".cache/videonotes/check.sqlite").write_bytes(b"no database")
    assert "unresolved-link" not in site.codes()


def test_files_that_cannot_be_read(project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    site = project({"c/a.md": note("See [[b]]."), "c/b.md": b"---\ntitle: T\n---\n\xff\xfe", "c/c.md": note(STAMP)})
    (site.folder / "docs/c/c.md").unlink()
    (site.folder / "docs/c/c.md").symlink_to("nowhere.md")
    (site.folder / "docs/c/folder.md").mkdir()
    codes = site.codes()
    assert "encoding" in codes
    if os.geteuid():
        (site.folder / "docs/c/a.md").chmod(0)
        assert "unreadable-file" in site.codes()


def test_odd_files_are_told_and_left_out(project: Make) -> None:
    site = project({"c/a.md": note(STAMP), "c/fence.md": f"```markdown\n---\ntitle: F\n---\nText {STAMP}\n```\n"})
    os.mkfifo(site.folder / "docs/c/pipe.md")
    (Path(os.fsencode(site.folder / "docs/c").decode()) / "bad\udcff.md").write_text(note(STAMP, title="Odd"), "utf-8")
    found = {(one["path"], one["name"]) for one in site.found("--select", "VN3,VN5")}
    assert found == {("docs/c/pipe.md", "unreadable-file"), ("docs/c/fence.md", "fenced-note")}
    site.run()


def test_a_file_that_may_not_be_read(project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so that the file system is asked to say no."""
    site = project({"c/a.md": note("See [[b]]."), "c/b.md": note(STAMP, title="B")})
    real = open

    def refuse(file: object, *arguments: object, **keywords: object) -> object:
        if isinstance(file, str) and file.endswith("c/a.md"):
            raise PermissionError(13, "Permission denied", file)
        return real(file, *arguments, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    found = [one for one in site.found() if one["name"] == "unreadable-file"]
    assert [(one["path"], one["severity"]) for one in found] == [("docs/c/a.md", "error")]
    assert site.run() == 1


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("site_name: x\nplugins: []\n", "does not name the plugin"),
        ("plugins: [videonotes]\n", "mkdocs.yml has errors"),
        ("site_name: [\n", "mkdocs.yml"),
        ("site_name: x\ntheme: material\nplugins: [nothing_of_that_name]\n", "mkdocs.yml has errors"),
        ("site_name: x\ntheme: material\nplugins: [{videonotes: {findings: {VN9: info}}}]\n", "mkdocs.yml has errors"),
    ],
)
def test_what_cannot_be_checked_is_said_in_a_line(project: Make, config: str, said: str) -> None:
    site = project({"c/a.md": note("x")})
    (site.folder / "mkdocs.yml").write_text(config, "utf-8")
    assert site.run() == 2
    assert said in site.err
    assert "Traceback" not in site.err


def test_no_configuration_at_all(project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = project({})
    monkeypatch.chdir(tmp_path / "docs")
    assert site.run() == 2
    assert "mkdocs.yml" in site.err


def test_unknown_codes_are_refused(project: Make) -> None:
    site = project({})
    assert site.run("--select", "VN998") == 2
    assert "VN101 unresolved-link" in site.err
