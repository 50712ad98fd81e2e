"""What is there already: conflicts, second imports, links in the target, dry runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from videonotes.importing import writing

from .conftest import Bench, note

OLD, NEW = note("Bread", "Old [[tea]]"), note("Bread", "New [[tea]]")


@pytest.mark.parametrize(
    ("policy", "found", "fate"),
    [
        ("skip", {"c/bread.md": OLD}, "Skipped"),
        ("replace", {"c/bread.md": NEW}, "Replaced"),
        ("rename", {"c/bread.md": OLD, "c/bread_1.md": NEW}, "Renamed"),
    ],
)
def test_a_conflict(bench: Bench, policy: str, found: dict[str, bytes], fate: str) -> None:
    other = {"c/other.md": b"other", "mine.txt": b"mine"}
    bench.write({"c/bread.md": OLD, **other}, "docs")
    source = bench.write({"c/bread.md": NEW, "c/tea.md": note()})
    assert bench.run(source, "--on-conflict", policy) == 0
    assert bench.found() == {**found, **other, "c/tea.md": note()}
    assert bench.count(fate) == 1
    assert bench.count("Imported") == 1
    state = {path: path.stat().st_mtime_ns for path in bench.target.rglob("*")}
    assert bench.run(source, "--on-conflict", policy) == 0
    assert {path: path.stat().st_mtime_ns for path in bench.target.rglob("*")} == state
    assert bench.count("Imported") == bench.count("Replaced") == bench.count("Renamed") == 0


@pytest.mark.parametrize("policy", ["skip", "replace", "rename"])
def test_files_of_one_import_with_one_name(bench: Bench, policy: str) -> None:
    source = bench.write({f"00{number}.txt": note("Same Title", f"{number} [[x]]") for number in range(8)})
    assert bench.run(source, "--on-conflict", policy) == 0
    found = bench.found()
    last = 7 if policy == "replace" else 0
    assert found["notes/same_title.md"] == (source / f"00{last}.txt").read_bytes()
    assert len(found) == (8 if policy == "rename" else 1)
    assert bench.count("Skipped") == (0 if policy == "rename" else 7)
    assert bench.run(source, "--on-conflict", policy) == 0
    assert bench.found() == found
    assert bench.count("Imported") == bench.count("Replaced") == bench.count("Renamed") == 0


def test_a_renamed_copy_is_found_where_one_before_it_is_gone(bench: Bench) -> None:
    source = bench.write({f"00{number}.txt": note("Same", f"{number} [[x]]") for number in range(4)})
    bench.run(source, "--on-conflict", "rename")
    (bench.target / "notes/same_1.md").unlink()
    assert bench.run(source, "--on-conflict", "rename") == 0
    assert bench.count("Unchanged") == 3
    assert bench.count("Renamed") == 1
    assert sorted(bench.found()) == ["notes/same.md", "notes/same_1.md", "notes/same_2.md", "notes/same_3.md"]


@pytest.mark.parametrize("policy", ["skip", "replace", "rename"])
def test_many_files_with_one_name_take_no_long(bench: Bench, policy: str) -> None:
    source = bench.tar(*((f"{number:05}.txt", note("Same", f"{number} [[x]]")) for number in range(2_000)))
    assert bench.run(source, "--on-conflict", policy) == 0
    assert bench.run(source, "--on-conflict", policy) == 0
    assert bench.count("Imported") == bench.count("Replaced") == bench.count("Renamed") == 0


def test_names_that_differ_in_case_are_conflicts(bench: Bench) -> None:
    members = [("C/Bread.md", OLD), ("c/bread.md", NEW), ("c/STRASSE.md", OLD), ("c/straße.md", OLD)]
    source = bench.tar(*members)
    assert bench.run(source) == 0
    assert bench.found() == {"C/Bread.md": OLD, "C/STRASSE.md": OLD}
    assert bench.count("Skipped") == 1
    assert bench.count("Unchanged") == 1
    assert bench.run(source, "--on-conflict", "rename") == 0
    assert bench.found() == {"C/Bread.md": OLD, "C/STRASSE.md": OLD, "C/bread_1.md": NEW}


def test_composed_and_decomposed_names_are_one(bench: Bench) -> None:
    bench.write({"c/cafe\u0301.md": OLD}, "docs")
    assert bench.run(bench.write({"c/caf\u00e9.md": OLD})) == 0
    assert bench.count("Unchanged") == 1
    assert len(bench.found()) == 1


@pytest.mark.parametrize("policy", ["skip", "replace", "rename"])
def test_nothing_is_written_through_links_of_the_target(bench: Bench, policy: str) -> None:
    elsewhere = bench.write({"bread.md": b"mine"}, "elsewhere")
    bench.target.mkdir()
    os.symlink(elsewhere, bench.target / "c")
    (bench.target / "d").mkdir()
    os.symlink(elsewhere / "bread.md", bench.target / "d/bread.md")
    os.symlink(elsewhere / "new.md", bench.target / "d/new.md")
    source = bench.write({"c/bread.md": NEW, "c/deep/x.md": NEW, "d/bread.md": NEW, "d/new.md": NEW})
    assert bench.run(source, "--on-conflict", policy) == 1
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == {"bread.md": b"mine"}
    assert (bench.target / "d/bread.md").is_symlink()
    assert bench.err.count("a link stands in its way") == 2
    assert bench.found() == ({"d/bread_1.md": NEW, "d/new_1.md": NEW} if policy == "rename" else {})


def test_a_link_that_comes_meanwhile_is_not_followed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = bench.write({}, "elsewhere")
    elsewhere.mkdir()
    usual = writing.Writer.write

    def late(self: writing.Writer, decisions: object) -> object:
        bench.target.mkdir()
        os.symlink(elsewhere, bench.target / "c")
        (bench.target / "d").mkdir()
        (bench.target / "d/a.md").write_bytes(b"mine")
        return usual(self, decisions)  # type: ignore[arg-type]

    monkeypatch.setattr(writing.Writer, "write", late)
    assert bench.run(bench.write({"c/a.md": NEW, "d/a.md": NEW})) == 1
    assert list(elsewhere.iterdir()) == []
    assert (bench.target / "d/a.md").read_bytes() == b"mine"
    assert bench.count("Failed") == 2


def test_files_and_folders_of_one_name(bench: Bench) -> None:
    bench.write({"c": b"a file", "d/bread.md/inside.txt": b"x"}, "docs")
    source = bench.write({"c/bread.md": NEW, "d/bread.md": NEW})
    assert bench.run(source, "--on-conflict", "replace") == 1
    assert bench.found() == {"c": b"a file", "d/bread.md/inside.txt": b"x"}
    assert bench.count("Failed") == 2


@pytest.mark.parametrize("policy", ["skip", "replace", "rename"])
def test_a_dry_run_changes_nothing_and_says_what_would_happen(bench: Bench, policy: str) -> None:
    source = bench.write({"c/bread.md": NEW, "c/tea.md": note(), "c/same.md": OLD})
    assert bench.run(source, "--dry-run", "--on-conflict", policy) == 0
    assert not bench.target.exists()
    bench.write({"c/bread.md": OLD, "c/same.md": OLD}, "docs")
    before = bench.found()
    assert bench.run(source, "--dry-run", "--on-conflict", policy) == 0
    assert bench.found() == before
    said = bench.out
    assert "imported: c/tea.md\n" in said
    assert "unchanged: c/same.md\n" in said
    fate = {"skip": "skipped: c/bread.md (", "replace": "replaced: c/bread.md\n", "rename": "renamed: c/bread_1.md\n"}
    assert fate[policy] in said
    assert bench.run(source, "--on-conflict", policy) == 0
    assert said.endswith(bench.out), "a dry run has the summary of a real one"


def test_a_target_that_cannot_be_written_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "put_file", full)
    assert bench.run(bench.write({"c/a.md": NEW})) == 1
    assert bench.err == "c/a.md could not be imported: No space left on device.\n"


def test_a_target_that_is_a_file(bench: Bench) -> None:
    Path(bench.target).write_bytes(b"")
    assert bench.run(bench.write({"c/a.md": NEW})) == 2


def test_a_target_may_be_a_link_itself(bench: Bench) -> None:
    (bench.folder / "real").mkdir()
    os.symlink(bench.folder / "real", bench.target)
    assert bench.run(bench.write({"c/a.md": NEW})) == 0
    assert (bench.folder / "real/c/a.md").read_bytes() == NEW


def test_a_bar_is_shown_on_a_terminal(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert bench.run(bench.write({"c/a.md": NEW}), bench.zip(("c/b.md", OLD)), bench.tar(("c/c.md", note()))) == 0
    assert "Writing" in bench.err
    assert "Writing" not in bench.out
    assert len(bench.found()) == 3
