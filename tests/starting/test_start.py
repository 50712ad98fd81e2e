"""Beginning a site: what `init` makes builds and is right, what `new` writes is a note."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from videonotes.commands import main
from videonotes.core.scan import scan
from videonotes.verify import verify_site

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")


@pytest.mark.parametrize("ci", ["github", "gitlab", ""])
def test_a_new_site_builds_strictly_and_is_right(ci: str) -> None:
    name = 'Notes: "mine" # and {{ more }}'
    assert main(["init", "site here", "--name", name, *(["--ci", ci] if ci else [])]) == 0
    folder = Path("site here")
    config = load_config(str(folder / "mkdocs.yml"), strict=True)
    assert config.site_name == name
    build(config)
    result = verify_site(folder / "site")
    assert result.notes == 1
    assert result.failures == []
    assert main(["check", "-f", str(folder / "mkdocs.yml")]) == 0
    assert (folder / ".github/workflows/site.yml").exists() == (ci == "github")
    assert (folder / ".gitlab-ci.yml").exists() == (ci == "gitlab")


def test_what_is_there_stays(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mkdocs.yml").write_text("site_name: Mine\n")
    assert main(["init"]) == 0
    assert Path("mkdocs.yml").read_text() == "site_name: Mine\n"
    assert "there already, left as it is: mkdocs.yml" in capsys.readouterr().out
    assert main(["init", "--force"]) == 0
    assert "My notes" in Path("mkdocs.yml").read_text()


def test_a_folder_that_cannot_be_made(capsys: pytest.CaptureFixture[str]) -> None:
    Path("docs").write_text("a file")
    assert main(["init"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_actions_are_pinned_as_in_this_repository() -> None:
    own = "\n".join(file.read_text("utf-8") for file in (ROOT / ".github/workflows").glob("*.yml"))
    pins = dict(re.findall(r"uses: ([\w/-]+)@(\w+)", own))
    theirs = re.findall(
        r"uses: ([\w/-]+)@(\w{40})  # v", (ROOT / "plugins/videonotes/starting/files/github.yml").read_text("utf-8")
    )
    assert len(theirs) >= 5
    assert [name for name, commit in theirs if name in pins and pins[name] != commit] == []


@pytest.mark.parametrize(
    ("address", "video", "time"),
    [
        ("https://www.youtube.com/watch?v=aircAruvnKk&t=160s", "aircAruvnKk", "00:02:40"),
        ("https://youtu.be/aircAruvnKk?t=3700", "aircAruvnKk", "01:01:40"),
        ("https://youtube.com/shorts/aircAruvnKk", "aircAruvnKk", "00:00:00"),
        ("fNk_zzaMoSs", "fNk_zzaMoSs", "00:00:00"),
    ],
)
def test_a_note_on_a_video(address: str, video: str, time: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    capsys.readouterr()
    assert main(["new", address, "--channel", "mine", "--title", "A title"]) == 0
    assert capsys.readouterr().out == "docs/mine/a_title.md\n"
    note = scan("mine/a_title.md", Path("docs/mine/a_title.md").read_text("utf-8"))
    assert (note.title, note.video, note.findings) == ("A title", video, ())
    assert f'data-t="{time}"' in Path("docs/mine/a_title.md").read_text("utf-8")


TITLES = [
    "Colon: a story",
    '"Quoted" # sign',
    "- dash",
    "yes",
    "🍞 Brot/Teig\\..",
    "...",
    "x" * 300,
    "Two\nlines",
    "!bang",
    "日本語",
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_are_kept_and_names_are_safe(title: str) -> None:
    main(["init"])
    before = set(Path().rglob("*.md"))
    assert main(["new", "fNk_zzaMoSs", "--title", title, "--channel", "../a:b"]) == 0
    assert main(["new", "fNk_zzaMoSs", "--title", title, "--channel", "../a:b"]) == 0
    made = set(Path().rglob("*.md")) - before
    assert len(made) == 2
    for file in made:
        assert file.resolve().is_relative_to(Path("docs").resolve())
        assert len(file.name.encode()) <= 255
        note = scan(file.relative_to("docs").as_posix(), file.read_text("utf-8"))
        assert note.title == " ".join(title.split())
        assert note.findings == ()


def test_what_is_known_of_the_video_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init"])
    facts = {"fNk_zzaMoSs": {"title": "Vectors", "channel": "3blue1brown"}}
    Path("docs/videos.yml").write_text(yaml.safe_dump(facts))
    capsys.readouterr()
    assert main(["new", "fNk_zzaMoSs"]) == 0
    assert capsys.readouterr().out == "docs/3blue1brown/vectors.md\n"


def test_what_is_no_video_and_no_site(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "https://example.org/"]) == 2
    assert main(["new", "fNk_zzaMoSs"]) == 2
    assert "Traceback" not in capsys.readouterr().err
