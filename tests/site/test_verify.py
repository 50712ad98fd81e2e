"""The site checker can fail: each rule, on a page that breaks it and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Build, Site, note, stamp
from videonotes.commands import main
from videonotes.verify import verify_site
from videonotes.verify.words import missing_words, source_words

FILES = {
    "c/c.md": "Hub.",
    "c/a.md": note(f"Some [[b | words]] here {stamp('00:01:02')}.\n\n- x\n"),
    "c/b.md": note("Back to [[a]]."),
}
ONE = {
    **FILES,
    "c/c.md": "---\ntitle: Hub\n---\nAll.",
    "c/a.md": note(
        f"From: [[c]] <br/>\n\n## Part\nSome [[b | words]] here {stamp('00:01:02')}.\n\n- x\n\n## Part\n## Next\nEnd.\n"
    ),
}
"""The rules on one page are tried on `c/a.md` of this."""

TEXT = '<div class="vn-text" '


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("link", 'href="../b/"', 'href="../nowhere/"'),
        ("fragment", 'href="../b/"', 'href="../b/#nowhere"'),
        ("link", 'href="../b/"', 'href="http://[bad"'),
        ("brackets", "Some ", "Some [[x]] "),
        ("list-marker", "<li>x</li>", "<li>*   x</li>"),
        ("markup", "Some ", 'Some &lt;a class="yt-timestamp" '),
        ("markup", "Some ", "&amp;#x003C3; Some "),
        ("money", "Some ", '<math><annotation encoding="application/x-tex">5 million for</annotation></math>Some '),
        ("stamp", "t=62s", "t=NaNs"),
        ("stamp", "t=62s", "t=63s"),
        ("stamp", ">1:02</a>", "></a>"),
        ("not-a-number", "Some ", "Some NaN "),
        ("stamp", "Some ", '<span class="yt-timestamp yt-timestamp--invalid">1</span>Some '),
        ("stamp", 'data-t="62" data-v="qNPPoj1qUG0" href="https://www.youtube.com/watch?v=qNPPoj1qUG0&amp;t=62s"',
         'data-t="43200" data-v="qNPPoj1qUG0" href="https://www.youtube.com/watch?v=qNPPoj1qUG0&amp;t=43200s"'),
        ("duplicate-id", TEXT, f'<p id="__toc"></p><p id="__toc"></p>{TEXT}'),
        ("nested-anchor", ">words<", '><a href="../b/">words</a><'),
        ("unclosed", "Some ", "<b>Some "),
        ("unclosed", "Some ", "</b>Some "),
        ("nesting", "Some ", "<div>x</div>Some "),
        ("element", "Some ", "<iframe></iframe>Some "),
        ("attribute", "Some ", '<b onclick="x()">y</b>Some '),
        ("attribute", "Some ", '<b style="x">y</b>Some '),
        ("url", "Some ", '<a href="java&#10;script:x">y</a>Some '),
        ("words", "Some ", ""),
        ("words", '<a href="../">Hub</a>', ""),
        ("markup", "Some ", 'Some class="yt="yt-timestamp" '),
        ("markup", "Some ", "Some [0:36](#t=00:00:36) "),
        ("markup", "Some ", "Some 0:36](&lt;a "),
        ("block-id", "<li>x</li>", "<li>x ^id-1</li>"),
        ("block-id", "<li>x</li>", "<li>x</li></ul><p>^id</p><ul><li>y</li>"),
        ("block-id", "<li>x</li>", "<li><em>x</em> <b>^id</b>\n<ul><li>y</li></ul></li>"),
        ("comment", "Some ", "Some %% todo %% "),
        ("comment", "<li>x</li>", "<li>%%</li><li>x</li>"),
        ("footnote", "Some ", "Some [^1] "),
        ("footnote", "<li>x</li>", "<li>x</li></ul><p>[^note]: y</p><ul><li>z</li>"),
        ("heading", '<h2 id="part">Part', '<h2 id="part">Part Next'),
        ("heading", '<h2 id="part">Part', '<h2 id="part">Part Some words'),
        ("picture", "Some ", '<img src="https://x.test/p.png" alt="">Some '),
        ("picture", "Some ", '<video poster="//x.test/p.png"></video>Some '),
    ],
)  # fmt: skip
def test_each_rule_can_fail(build: Build, rule: str, old: str, new: str) -> None:
    site = build(ONE)
    assert verify_site(site.folder).failures == []
    page = site.folder / "c/a/index.html"
    html = page.read_text("utf-8")
    assert old in html
    page.write_text(html.replace(old, new, 1), "utf-8")
    failures = verify_site(site.folder).failures
    assert rule in {failure.rule for failure in failures}
    assert {failure.page for failure in failures} == {"c/a/index.html"}


@pytest.mark.parametrize(
    "body",
    [
        '[a](<my file.md>) and [b][r].\n\n[r]: <https://x.test/a b> "A title"\n',
        "One [docs], [b][docs].\n\n[docs]: https://x.test/docs\n  'Two words'\n",
        "[a](https://x.test/ 'A title') [b](https://x.test/ (another)).",
        "\\[[x]], [\\[y]] and `[[z]]`.",
        "A [[line end\nwithin]] it.",
        "The [b]], b]], [[b goes, [two words]] on, no_such | thing]] and no_name]].",
        "\\[[b]] and \\[\\[b]] of [b](  [[b]]).",
        f"[[b | ({stamp('00:01:00')})]. More [[00:01:02]]({stamp('00:01:02')}).",
        "One.[^1]\n\n[^1]: The note.\n    More of it.\n\nText after it.\n\n- [^two]: Not one of the list.\n",
        "One[^1] of two[^2].\n\n[^2]: Second.\n\n[^1]: First, `code` and **bold**.\n\n## End\n",
        "A [^none] that is not defined, \\[^1] of a[^1].\n\n[^1]: x\n",
        "One %% of two",
        "All of it\n\n%%",
        "\\%%kept\\%% as it is, 5 %",
        "A caret \\^id",
        "x ^2 + y\n\n`a ^id`",
        "## Part\n\n## Part two\n\nPart\n\nsetext two\n---\n",
        "## About [[b]]\n\nNext",
        "```markdown\nAll of [[b]].\n\n```py\ncode = 1\n```\n\n## Part\n```\n",
        "## Head\n~~~MD\nAll of [[b]].\n",
        "```md\n[[not | a whole note]]\n```\n\nMore `[[b]]`.\n",
    ],
)
def test_right_pages_pass(build: Build, body: str) -> None:
    assert verify_site(build({**FILES, "c/a.md": note(body)}).folder).failures == []


def test_a_stamp_past_the_end_of_its_video(build: Build) -> None:
    site = build(FILES)
    (site.docs / "videos.yml").write_text("qNPPoj1qUG0: {duration: 0:01:01}\n", "utf-8")
    failures = [str(failure) for failure in verify_site(site.folder).failures]
    assert [failure.split(":")[0] for failure in failures] == ["c/a/index.html", "videos/qNPPoj1qUG0/index.html"]
    assert all("stamp: past the end of its video" in failure for failure in failures)


def test_a_note_without_a_page(build: Build) -> None:
    site = build(FILES)
    (site.folder / "c/c/index.html").unlink(missing_ok=True)
    (site.folder / "c/b/index.html").unlink()
    rules = {(failure.page, failure.rule) for failure in verify_site(site.folder).failures}
    assert ("videonotes.json", "words") in rules


def broken(site: Site, path: str, old: str, new: str) -> set[tuple[str, str]]:
    """Return the `(page, rule)` that the checker tells after `old` became `new` in a file of a site without faults."""
    assert verify_site(site.folder).failures == []
    file = site.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return {(failure.page, failure.rule) for failure in verify_site(site.folder).failures}


def test_a_page_of_an_unknown_note(build: Build) -> None:
    found = broken(build(FILES), "c/a/index.html", 'data-vn-source="c/a.md"', 'data-vn-source="c/gone.md"')
    assert ("c/a/index.html", "words") in found


def test_backlinks_are_compared_with_the_texts(build: Build) -> None:
    site = build(FILES)
    listed = '<a class="vn-mention" href="../b/">'
    assert broken(site, "c/a/index.html", listed, '<a href="../b/">') == {("c/a.md", "backlink")}
    site = build(FILES)
    (site.docs / "c/b.md").write_text(note("Back to nothing. [[nowhere]]"), "utf-8")
    told = [str(failure) for failure in verify_site(site.folder).failures]
    assert "c/a.md: backlink: c/b.md is listed and does not link here" in told
    site = build(FILES)
    twice = f"{listed}twice</a>{listed}"
    assert broken(site, "c/a/index.html", listed, twice) == {("c/a.md", "backlink")}


def test_every_line_of_a_hub_is_somewhere(build: Build) -> None:
    hub = "An introduction.\n\n### [The talk](https://youtu.be/qNPPoj1qUG0)\n- [[a | the first]]\n"
    files = {**FILES, "c/c.md": hub}
    assert broken(build(files), "c/index.html", ">the first<", "><") == {("c/c.md", "words")}
    assert broken(build(files), "c/index.html", "introduction", "") == {("c/c.md", "words")}


def test_pages_that_no_links_lead_to(build: Build) -> None:
    site = build(FILES)
    (site.folder / "lost.html").write_text("<title>Lost</title>", "utf-8")
    (failure,) = verify_site(site.folder).failures
    assert (failure.page, failure.rule) == ("lost.html", "reachable")


def test_pages_that_are_too_large(build: Build) -> None:
    big = f"<p>{'x' * 300_000}</p></article>"
    assert broken(build(FILES), "c/index.html", "</article>", big) == {("c/index.html", "size")}
    own = build({**FILES, "c/b.md": note(f"Back to [[a]]. {'word ' * 70_000}")})
    assert verify_site(own.folder).failures == []


@pytest.mark.parametrize(
    ("path", "old", "new", "rule"),
    [
        ("feed.xml", "<title>T</title>", "<title></title>", "feed"),
        ("feed.xml", "</channel>", "", "feed"),
        ("feed.json", '"id"', '"di"', "feed"),
        ("c/feed.json", "/c/a/", "/c/gone/", "feed"),
        ("sitemap.xml", "/c/a/", "/c/gone/", "sitemap"),
        ("sitemap.xml", "<urlset", "<urls", "sitemap"),
        ("c/a/index.html", '"headline":"T",', "", "json-ld"),
        ("c/a/index.html", '"@graph":[', '"@graph":', "json-ld"),
        ("c/a/index.html", '"position":2', '"position":7', "json-ld"),
        ("c/a/index.html", "<title>", '<meta name="robots" content="noindex"><title>', "sitemap"),
        ("c/a/index.html", 'canonical" href="https://x.test/n/c/a/', 'canonical" href="https://x.test/n/c/z/', "canonical"),
        ("c/a/index.html", "<title>", "<title></title><x>", "head"),
        ("videos/qNPPoj1qUG0/index.html", '"uploadDate":"2024-05-01",', "", "json-ld"),
        ("videos/qNPPoj1qUG0/index.html", '"startOffset":62,', "", "json-ld"),
        ("videos/qNPPoj1qUG0/index.html", '"endOffset":63', '"endOffset":2', "json-ld"),
        ("videos/qNPPoj1qUG0/moments.vtt", "WEBVTT", "", "webvtt"),
        ("videos/qNPPoj1qUG0/moments.vtt", "01:02.000 -->", "99:02.000 -->", "webvtt"),
        ("videos/qNPPoj1qUG0/moments.vtt", "-->", "->", "webvtt"),
        ("videos/qNPPoj1qUG0/moments.json", "{", "", "json"),
        ("notes.json", "{", "", "json"),
    ],
)  # fmt: skip
def test_what_machines_read(build: Build, path: str, old: str, new: str, rule: str) -> None:
    files = {
        **FILES,
        "c/a.md": note(f"## Part\n\nSome [[b | words]] here {stamp('00:01:02')}.\n\n- x\n"),
        "videos.yml": "qNPPoj1qUG0: {title: The talk, published: 2024-05-01}\n",
    }
    assert rule in {found for _, found in broken(build(files, site_url="https://x.test/n/"), path, old, new)}


def test_what_must_not_be_there(build: Build) -> None:
    files = {**FILES, "c/secret.md": "---\ntitle: Hush\nunlisted: true\n---\nText.", "c/d.md": "Draft."}
    site = build(files, site_url="https://x.test/n/")
    link = '<a href="secret/">x</a></article>'
    assert ("c/index.html", "hidden") in broken(site, "c/index.html", "</article>", link)
    site = build(files, site_url="https://x.test/n/")
    assert ("llms.txt", "hidden") in broken(site, "llms.txt", "# Test", "# Test https://x.test/n/c/secret/")
    (site.docs / "c/d.md").write_text("---\ndraft: true\n---\nDraft.", "utf-8")
    assert ("c/d.md", "hidden") in {(failure.page, failure.rule) for failure in verify_site(site.folder).failures}


def test_command(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    site = build(FILES)
    assert main(["verify", str(site.folder)]) == 0
    assert capsys.readouterr().out.endswith("0 failures\n")
    page = site.folder / "c/a/index.html"
    page.write_text(page.read_text("utf-8").replace("Some ", "<b>"), "utf-8")
    assert main(["verify", str(site.folder)]) == 1
    assert "c/a/index.html: words: 1 missing: some" in capsys.readouterr().out
    assert main(["verify", str(site.folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["by_rule"]["words"] == 1
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
