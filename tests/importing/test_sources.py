"""What is taken from folders, vaults and loose files, and the names it gets."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from videonotes.importing.safe_names import safe_part
from videonotes.importing.texts import is_junk, look

from .conftest import Bench, Files, note, tree

STAMP = '<a class="yt-timestamp" data-t="00:19:35">[00:19:35]</a>'

VAULT: Files = {
    ".obsidian/app.json": "{}",
    ".obsidian/templates.json": json.dumps({"folder": "Templates"}),
    ".obsidian/plugins/templater-obsidian/data.json": json.dumps({"templates_folder": "/meta/templater/"}),
    ".obsidian/themes/a.md": note("Theme"),
    ".trash/gone.md": note("Gone"),
    "Templates/daily.md": note("Daily"),
    "meta/templater/video.md": note("Video"),
    "meta/about.md": note("About"),
    "Root note.md": note("Root"),
    "2024-05-01.md": "No frontmatter, [[Root note]]",
    "202405011230.md": "Zettel [[2024-05-01]]",
    "000_f4126b9f2da6e7b4.md": note("Linked by this name"),
    "Cooking/Bread.md": note("Bread", "![[loaf.png]] ![[talk.mp3]]"),
    "Cooking/loaf.png": b"\x89PNG",
    "Cooking/Plain.md": "Only words.",
    "Cooking/Empty.md": "",
    "Cooking/Sauces/Red.md": note("Red", "See [[Bread|bread]]."),
    "Cooking/callout.md": "> [!note]\n> [[Bread]]",
    "Cooking/tasks.md": "- [ ] [[Bread]]",
    "Cooking/bom.md": b"\xef\xbb\xbf" + note("Bom"),
    "Cooking/crlf.md": note("Crlf").replace(b"\n", b"\r\n"),
    "Cooking/latin.md": b"caf\xe9 [[Bread]]",
    "Cooking/Ünïcode ñame.md": note("Unicode"),
    "attachments/talk.mp3": b"ID3",
    "attachments/clip.mp4": b"mp4",
    "attachments/paper.PDF": b"%PDF",
    "attachments/drawing.svg": "<svg/>",
    "board.canvas": "{}",
    "sheet.xlsx": b"PK",
    "script.js": "x",
    "page.html": "<p>",
    "data.json": "{}",
}
LEFT = {
    *(".obsidian/app.json", ".obsidian/templates.json", ".obsidian/plugins/templater-obsidian/data.json"),
    *(".obsidian/themes/a.md", ".trash/gone.md", "Templates/daily.md", "meta/templater/video.md"),
    *("board.canvas", "sheet.xlsx", "script.js", "page.html", "data.json"),
}


def expected() -> dict[str, bytes]:
    found = {}
    for path, content in VAULT.items():
        if path not in LEFT:
            place = path if "/" in path or not path.endswith(".md") else f"notes/{path}"
            found[place] = content if isinstance(content, bytes) else content.encode()
    return found


def test_a_vault_comes_as_it_is(bench: Bench) -> None:
    assert bench.run(bench.write(VAULT)) == 0
    assert bench.found() == expected()
    assert bench.count("templates of a vault") == 2
    assert bench.count("files of other kinds") == 5
    assert bench.count("hidden files and folders, settings, trash") == 2
    before = bench.found()
    assert bench.run(bench.folder / "source") == 0
    assert bench.count("Unchanged") == len(expected())
    assert bench.found() == before


@pytest.mark.parametrize("prefix", ["", "./", "My vault/", "./My vault/"])
def test_a_vault_in_an_archive_comes_without_its_own_folder(bench: Bench, prefix: str) -> None:
    members = [(prefix + path, content) for path, content in sorted(VAULT.items(), reverse=True)]
    for source in (bench.zip(*members), bench.tar(*members)):
        assert bench.run(source) == 0
        assert bench.found() == expected()
    assert bench.count("templates of a vault") == 2


@pytest.mark.parametrize(
    "settings", ["[" * 99_999, '{"folder": 1}', '{"folder": "/"}', '{"folder": ""}', '{"folder": ".."}', "[]", "\0"]
)
def test_odd_settings_of_a_vault_leave_nothing_out(bench: Bench, settings: str) -> None:
    source = bench.write({".obsidian/templates.json": settings, "c/a.md": note()})
    assert bench.run(source) == 0
    assert list(bench.found()) == ["c/a.md"]


LOOSE: Files = {
    "000_f4126b9f2da6e7b4.txt": note("History of Tea, Part 1!"),
    "001_0a1b2c3d4e5f6071.txt": note("Bread", "From: [[lennyspodcast]] <br/>\n\nWords."),
    "talk.txt": f"Boil {STAMP} it",
    "link.txt": "# How to *boil*\n\nsee [[water]]",
    "17.md": note("Seventeen"),
    "d41d8cd98f00b204e9800998ecf8427e.md": note("Hashed"),
    "123e4567-e89b-12d3-a456-426614174000.md": note("Identified"),
    "1984.md": note("A year"),
    "facade.md": note("A word"),
    "odd.markdown": note("From Elsewhere"),
    "fenced.txt": b"```markdown\n" + note("Fenced", "In [[a]] fence.") + b"```\n",
    "only_video.txt": "---\nvideoId: aircAruvnKk\n---\nWords",
    "evil.md": note("Evil", "From: [[../../etc]]"),
    "evil2.md": note("Evil", "From: [[..]]"),
    "evil3.md": note("Evil", "From: [[.git]]"),
    "broken.txt": "---\ntitle: a: b: c\nvideoId: x\n---\n",
    "README.txt": "Nothing of a note.",
    "binary.txt": b"\0\1\2[[x]]",
    "LICENSE": "Words alone.",
    "note_without_ending": note("No ending"),
}


def test_loose_texts_get_their_names_and_channels(bench: Bench) -> None:
    source = bench.write(LOOSE)
    assert bench.run(source, "--channel", "loose") == 0
    assert set(bench.found()) == {
        "loose/history_of_tea_part_1.md",
        "lennyspodcast/bread.md",
        "loose/talk.md",
        "loose/how_to_boil.md",
        "loose/seventeen.md",
        "loose/hashed.md",
        "loose/identified.md",
        "loose/1984.md",
        "loose/facade.md",
        "loose/from_elsewhere.md",
        "loose/fenced.md",
        "loose/only_video.md",
        "_.._etc/evil.md",
        "loose/evil2.md",
        "git/evil3.md",
        "loose/a_b_c.md",
        "loose/no_ending.md",
    }
    assert bench.found()["loose/history_of_tea_part_1.md"] == note("History of Tea, Part 1!")
    assert bench.count("texts that do not look like notes") == 3


def test_files_can_be_named_one_by_one(bench: Bench) -> None:
    source = bench.write(LOOSE)
    picture = bench.write({"tea.png": b"\x89PNG"}) / "tea.png"
    assert bench.run(source / "000_f4126b9f2da6e7b4.txt", source / "LICENSE", picture) == 0
    assert list(bench.found()) == ["notes/history_of_tea_part_1.md", "tea.png"]


@pytest.mark.parametrize(("stem", "junk"), [("000_f4126b9f2da6e7b4", True), ("0001", True), ("2024", False), ("2024-05-01", False), ("202405011230", False), ("deadbeef", False), ("decade1980", False), ("a1b2c3d4", True), ("tea", False), ("3_ways", False)])  # fmt: skip
def test_junk(stem: str, junk: bool) -> None:
    assert is_junk(stem) is junk


def test_look_is_fast_on_a_large_text_without_anything() -> None:
    assert not look(b"[ " * 2_000_000).is_note
    assert not look(b"word " * 1_000_000).is_note


def test_links_of_a_folder_are_not_followed(bench: Bench) -> None:
    bench.write({"secret.md": note("Secret")}, "elsewhere")
    source = bench.write({"c/a.md": note()})
    os.symlink(bench.folder / "elsewhere", source / "more")
    os.symlink(bench.folder / "elsewhere/secret.md", source / "c/secret.md")
    os.symlink(source, source / "loop")
    assert bench.run(source) == 0
    assert list(bench.found()) == ["c/a.md"]
    assert bench.count("links, devices and the like") == 3
    os.symlink(source, bench.folder / "named")
    assert bench.run(bench.folder / "named") == 0, "a source that is named may be a link"
    assert bench.count("Unchanged") == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_files_that_cannot_be_read_are_told(bench: Bench) -> None:
    source = bench.write({"c/a.md": note(), "c/b.md": note("B"), "d/c.md": note("C")})
    (source / "c/a.md").chmod(0)
    (source / "d").chmod(0)
    assert bench.run(source) == 1
    (source / "d").chmod(0o755)
    assert list(bench.found()) == ["c/b.md"]
    assert bench.count("Failed") == 2


def test_a_file_that_fails_is_told_and_others_come(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    source = bench.write({"c/a.md": note(), "c/b.md": note("B")})
    usual = os.open

    def refuse(path: str, *more: int) -> int:
        if str(path).endswith(os.path.join("source", "c", "a.md")):
            raise PermissionError(13, "Permission denied")
        return usual(path, *more)

    monkeypatch.setattr("videonotes.importing.folders.os.open", refuse)
    assert bench.run(source) == 1
    assert list(bench.found()) == ["c/b.md"]
    assert bench.err == "c/a.md could not be imported: Permission denied.\n"


def test_large_files_of_folders_are_told(bench: Bench) -> None:
    source = bench.write({"c/a.png": bytes(3000), "c/b.md": note()})
    assert bench.run(source, "--max-size", "0.002") == 1
    assert list(bench.found()) == ["c/b.md"]


def test_the_target_in_the_source_is_left_out(bench: Bench) -> None:
    bench.write({"old/a.md": note("Old")}, "docs")
    bench.write({"c/a.md": note()}, ".")
    assert bench.run(bench.folder) == 0
    assert list(bench.found()) == ["c/a.md", "old/a.md"]
    assert bench.run(bench.target) == 2


@pytest.mark.parametrize("name", ["../x", "/x", ""])
def test_a_channel_has_to_be_a_folder(bench: Bench, name: str) -> None:
    assert bench.run(bench.write({"a.md": note()}), "--channel", name) == 2
    assert not bench.target.exists()


def test_names_are_made_safe_for_all_file_systems(bench: Bench) -> None:
    decomposed, long = "cafe\u0301", "é" * 150
    members = [(f"c/{decomposed}.md", note()), (f"c/{long}.md", note("L")), ("c/bell\x07.md", note("B"))]
    assert bench.run(bench.tar(*members)) == 0
    names = [Path(path).name for path in bench.found()]
    assert "caf\u00e9.md" in names
    assert "bell.md" in names
    assert all(len(Path(name).stem.encode()) <= 200 for name in names)
    assert bench.run(bench.tar(*members)) == 0
    assert bench.count("Unchanged") == 3


def test_names_on_windows() -> None:
    assert safe_part("a: b?.md", windows=True) == "a_ b_.md"
    assert safe_part("con.md", windows=True) == "_con.md"
    assert safe_part("trailing. ", windows=True) == "trailing"
    assert safe_part("a: b?.md", windows=False) == "a: b?.md"
    assert safe_part("\ud800.md", windows=False) == "\ufffd.md"


def test_nothing_of_a_source_is_changed(bench: Bench) -> None:
    source = bench.write(VAULT)
    before = tree(source)
    bench.run(source)
    assert tree(source) == before
