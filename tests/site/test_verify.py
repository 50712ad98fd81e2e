"""The site checker can fail: each rule, on a page that breaks it and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Build, note, stamp
from videonotes.cli import main
from videonotes.verify import verify_site
from videonotes.verify.words import missing_words, source_words

FILES = {
    "c/c.md": "Hub.",
    "c/a.md": note(f"Some [[b | words]] here {stamp('00:01:02')}.\n\n- x\n"),
    "c/b.md": note("Back to [[a]]."),
}
TEXT = '<div class="vn-text">'


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("C1 link", 'href="../b/"', 'href="../nowhere/"'),
        ("C1 fragment", 'href="../b/"', 'href="../b/#nowhere"'),
        ("C1 link", 'href="../b/"', 'href="http://[bad"'),
        ("C2 literal [[", "Some ", "Some [[x]] "),
        ("C2 list marker", "<li>x</li>", "<li>*   x</li>"),
        ("C2 markup shown", "Some ", 'Some &lt;a class="yt-timestamp" '),
        ("C2 markup shown", "Some ", "&amp;#x003C3; Some "),
        ("C2 money as math", "Some ", '<math><annotation encoding="application/x-tex">5 million for</annotation></math>Some '),
        ("C3 stamp", "t=62s", "t=NaNs"),
        ("C3 stamp", "t=62s", "t=63s"),
        ("C3 stamp", ">1:02<", "><"),
        ("C3 NaN", "Some ", "Some NaN "),
        ("C3 stamp", "Some ", '<span class="yt-timestamp yt-timestamp--invalid">1</span>Some '),
        ("C3 stamp", 'data-t="62" data-v="qNPPoj1qUG0" href="https://www.youtube.com/watch?v=qNPPoj1qUG0&amp;t=62s"',
         'data-t="43200" data-v="qNPPoj1qUG0" href="https://www.youtube.com/watch?v=qNPPoj1qUG0&amp;t=43200s"'),
        ("C4 duplicate id", TEXT, f'<p id="__toc"></p><p id="__toc"></p>{TEXT}'),
        ("C4 nested anchor", ">words<", '><a href="../b/">words</a><'),
        ("C4 unclosed", "Some ", "<b>Some "),
        ("C4 unclosed", "Some ", "</b>Some "),
        ("C4 nesting", "Some ", "<div>x</div>Some "),
        ("C4 element", "Some ", "<iframe></iframe>Some "),
        ("C4 attribute", "Some ", '<b onclick="x()">y</b>Some '),
        ("C4 attribute", "Some ", '<b style="x">y</b>Some '),
        ("C4 URL", "Some ", '<a href="java&#10;script:x">y</a>Some '),
        ("C5 words", "Some ", ""),
        ("C5 words", "c/a.md", "c/gone.md"),
    ],
)  # fmt: skip
def test_each_rule_can_fail(build: Build, rule: str, old: str, new: str) -> None:
    site = build(FILES)
    assert verify_site(site.folder).failures == []
    page = site.folder / "c/a/index.html"
    html = page.read_text("utf-8")
    assert old in html
    page.write_text(html.replace(old, new, 1), "utf-8")
    failures = verify_site(site.folder).failures
    assert rule in {failure.rule for failure in failures}
    assert {failure.page for failure in failures} == {"c/a/index.html"}


def test_a_stamp_past_the_end_of_its_video(build: Build) -> None:
    site = build(FILES)
    (site.docs / "videos.yml").write_text("qNPPoj1qUG0: {duration: 0:01:01}\n", "utf-8")
    (failure,) = verify_site(site.folder).failures
    assert str(failure).startswith("c/a/index.html: C3 stamp: past the end of its video")


def test_a_note_without_a_page(build: Build) -> None:
    site = build(FILES)
    (site.folder / "c/c/index.html").unlink(missing_ok=True)
    (site.folder / "c/b/index.html").unlink()
    rules = {(failure.page, failure.rule) for failure in verify_site(site.folder).failures}
    assert ("videonotes.json", "C5 words") in rules


def test_command(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    site = build(FILES)
    assert main(["verify", str(site.folder)]) == 0
    assert capsys.readouterr().out.endswith("0 failures\n")
    page = site.folder / "c/a/index.html"
    page.write_text(page.read_text("utf-8").replace("Some ", "<b>"), "utf-8")
    assert main(["verify", str(site.folder)]) == 1
    assert "c/a/index.html: C5 words: 1 missing: some" in capsys.readouterr().out
    assert main(["verify", str(site.folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["by_rule"]["C5 words"] == 1
    assert told["notes"] == 3


def test_a_folder_that_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 2
    assert "cannot be checked" in capsys.readouterr().err


def test_many_pages_are_read_in_parallel(build: Build) -> None:
    site = build({f"c/n{number}.md": note(f"Note {number}.") for number in range(60)})
    (site.folder / "c/n7/index.html").write_text("<p>", "utf-8")
    assert {failure.page for failure in verify_site(site.folder, workers=2).failures} == {
        "c/n7/index.html",
        "videonotes.json",
    }


def test_words_of_a_source() -> None:
    source = note(
        f"From: [[x]] **bo**ld `co[[de]]` [[a | la]]bel {stamp('00:01:00')} [00:02:00] H<sub>2</sub>O <script>\n"
        "> [!INFO] Head\n> [l](https://x.y/z) \\*star\\* %%gone%%\n1. one\n- [x] done ^id\n```py\nfenced\n```\n"
    )
    assert source_words(source) == "from bold co de label h2o script head l star one done fenced".split()


def test_missing_words_are_told_in_place() -> None:
    assert missing_words("a b c d", "a c x d") == ["b"]
    assert missing_words("a b", "A, B!") == []
    assert missing_words("b a", "a b") != []
