"""Sites from plain `mkdocs build`, with real files, Material and all."""

from __future__ import annotations

import json
import re

import pytest
from mkdocs.config.base import ValidationError
from mkdocs.exceptions import Abort

from tests.conftest import Build, note, stamp
from videonotes.verify import verify_site

SMALL = {
    "lex/lex.md": "---\ntitle: Lex\n---\n### [The Talk](https://www.youtube.com/watch?v=qNPPoj1qUG0)\n- [[agi]]\n",
    "lex/agi.md": note(
        f"From: [[lex]] <br/>\n\nWords on [[scaling_laws | scaling]] are said here {stamp('00:19:35')}.\n\n## Part\n",
        title="AGI",
    ),
    "lex/other.md": note(
        f"It is [[AGI | general]] and follows [[Scaling Laws]] too {stamp('00:01:00')}.\n", title="Other"
    ),
}


def test_the_least_configuration(build: Build) -> None:
    site = build(SMALL)
    page = site.page("lex/agi/index.html")
    assert [item.get_text() for item in page.select("h1")] == ["AGI"]
    source = page.select_one(".vn-source a")
    assert source is not None
    assert (source["href"], source.get_text()) == ("../../videos/qNPPoj1qUG0/", "The Talk")
    moment = page.select_one(".vn-text a.yt-timestamp")
    assert moment is not None
    assert moment["href"] == "https://www.youtube.com/watch?v=qNPPoj1qUG0&t=1175s"
    crumbs = [(link.get_text(), link["href"]) for link in page.select(".vn-crumbs a")]
    assert crumbs == [("Home", "../.."), ("Lex", "../"), ("The Talk", "../../videos/qNPPoj1qUG0/")]
    assert [link["href"] for link in page.select(".vn-text a.wikilink")] == ["../../concepts/wanted/scaling-laws/"]
    assert verify_site(site.folder).failures == []
    assert site.said("WARNING") == []


def test_backlinks_have_their_sentence_and_moment(build: Build) -> None:
    page = build(SMALL).page("lex/agi/index.html")
    notes = [link.get_text() for link in page.select(".vn-mention")]
    assert notes == ["Other", "Lex"]  # hubs come last
    sentence = page.select("[data-vn-backlinks] li p")[-1]
    assert sentence.get_text(" ", strip=True) == "It is general and follows Scaling Laws too. 1:00"
    mark = sentence.select_one("mark")
    assert mark is not None
    assert mark.get_text() == "general"


def test_a_stub_lists_every_mention(build: Build) -> None:
    page = build(SMALL).page("concepts/wanted/scaling-laws/index.html")
    assert [item.get_text() for item in page.select("h1")] == ["Scaling Laws"]
    assert [item.get_text() for item in page.select(".vn-mention")] == ["AGI", "Other"]
    assert [item.get_text() for item in page.select(".vn-group .yt-timestamp")] == ["19:35", "1:00"]


def test_a_home_where_there_is_none(build: Build) -> None:
    page = build(SMALL).page("index.html")
    assert [link["href"] for link in page.select(".vn-cards a")] == ["lex/"]
    assert [item.get_text() for item in page.select(".vn-figures dd")] == ["2", "1", "2", "1"]


def test_no_page_carries_the_navigation_of_the_site(build: Build) -> None:
    files = {**SMALL, **{f"lex/n{number}.md": note("x", title=f"Note {number}") for number in range(60)}}
    page = build(files).page("lex/agi/index.html")
    assert len(page.select(".md-nav--primary a")) < 10
    assert "Note 59" not in page.get_text()


def test_nothing_is_fetched_from_a_third_party(build: Build) -> None:
    site = build(SMALL)
    for path in site.pages():
        for element in site.page(path).select("link[href], script[src], img[src], iframe"):
            address = str(element.get("href") or element.get("src"))
            assert not address.startswith(("http", "//")), f"{path}: {address}"


def test_counts_are_told_and_written(build: Build) -> None:
    site = build(SMALL)
    report = json.loads(site.read("videonotes.json"))
    assert report["wikilinks"]["all"] == 5
    assert report["wikilinks"]["resolved"] == 3
    assert report["wikilinks"]["unresolved"] == 2
    assert (report["stubs"], report["timestamps"]["as written"]) == (1, 2)
    assert "3 notes, 0 pages, 1 videos, 1 stubs" in site.messages
    assert "5 wikilinks: 3 resolved, 2 unresolved, of which 2 have a page that collects who asks" in site.messages


def test_findings_fail_a_strict_build_only_if_asked(build: Build) -> None:
    build(SMALL, strict=True)
    with pytest.raises(Abort, match="Aborted with 2 warnings in strict mode"):
        build(SMALL, {"findings": {"unresolved-link": "warning"}}, strict=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"findings": {"nonsense": "info"}}, "There is no finding 'nonsense'. The codes: VN101 unresolved-link"),
        ({"findings": {"dead-link": "loud"}}, "'loud' is no level. The levels: ignore, info, warning"),
        ({"timestamps": {"label": "x"}}, "Expected one of: \\('youtube', 'source'\\)"),
        ({"notes": "x"}, "Expected a list of items"),
    ],
)
def test_a_wrong_option_says_what_is_allowed(
    build: Build, caplog: pytest.LogCaptureFixture, options: dict[str, object], message: str
) -> None:
    with pytest.raises((Abort, ValidationError)):
        build(SMALL, options)
    assert re.search(message, caplog.text)


def test_another_theme_is_told_the_cure(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        build(SMALL, theme="mkdocs")
    assert "set `theme: material`" in caplog.text


@pytest.mark.parametrize(
    ("folder", "url"),
    [
        ("\u2068cleo\u2069", "cleo"),
        ("two words", "two words"),
        ("@at.dot-dash", "@at.dot-dash"),
        ("日本語", "日本語"),
        ("Łódź", "Łódź"),
    ],
)
def test_names_of_folders(build: Build, folder: str, url: str) -> None:
    site = build({f"{folder}/{folder}.md": "x", f"{folder}/a.md": note(f"[[{folder}]] [[b]]"), f"{folder}/b.md": "x"})
    assert {f"{url}/index.html", f"{url}/a/index.html"} <= set(site.pages())
    assert [link["href"] for link in site.text(f"{url}/a/index.html").select("a.wikilink")] == ["../", "../b/"]
    assert verify_site(site.folder).failures == []


def test_urls_that_are_taken(build: Build) -> None:
    site = build({"c/a\u200b.md": "one", "c/a.md": "two", "c/A.md": "three"}, use_directory_urls=True)
    assert len([page for page in site.pages() if page.startswith("c/") and page.count("/") == 2]) == 3
    assert site.said("url-taken")
    assert verify_site(site.folder).failures == []


def test_windows_line_ends(build: Build) -> None:
    site = build({path: "\ufeff" + text.replace("\n", "\r\n") for path, text in SMALL.items()})
    assert len(site.text("lex/agi/index.html").select("a.yt-timestamp")) == 1
    assert verify_site(site.folder).failures == []


def test_bad_input_is_a_finding_never_a_stack_trace(build: Build) -> None:
    site = build(
        {
            "c/yaml.md": "---\ntitle: a: b: c\nvideoId: [x\n---\nText that stays.",
            "c/empty.md": "",
            "c/url.md": "[a](http://[bad) <a name=x>b</a> <img alt=y> ![[",
            "c/meta.md": "From: this is text\nand: this too\n",
            "c/rule.md": "---\nnot: closed\n\n- - -\n",
            "c/xss.md": '---\ntitle: \'"><script>alert(1)</script>\'\ndescription: \'"><b>\'\n---\n## a" onmouseover="x\n[[x"><i> | y]]',
            "videos.yml": "a: [",
        }
    )
    assert "Text that stays." in site.text("c/yaml/index.html").get_text()
    assert "From: this is text and: this too" in site.text("c/meta/index.html").get_text()
    assert "<script>alert(1)" not in site.read("c/xss/index.html")
    assert verify_site(site.folder).failures == []
    assert site.said("sidecar")
    assert site.said("frontmatter")


def test_a_file_that_is_not_utf8(build: Build, tmp_path: object) -> None:
    site = build(SMALL)
    (site.docs / "lex" / "latin.md").write_bytes("---\ntitle: Latin\n---\ncaf\xe9 [[agi]]".encode("latin-1"))
    site = build(SMALL)
    assert "caf\ufffd" in site.text("lex/latin/index.html").get_text()
    assert site.said("encoding")


def test_drafts_are_not_built(build: Build) -> None:
    site = build({**SMALL, "lex/draft.md": "---\ndraft: true\n---\n[[agi]]"})
    assert "lex/draft/index.html" not in site.pages()
    assert "draft" not in site.text("lex/agi/index.html").get_text()


def test_ordinary_pages_use_links_and_stamps_and_are_found(build: Build) -> None:
    files = {
        **SMALL,
        "guide/use.md": "---\ntitle: How to use it\n---\n# How to use it\n\n!!! note\n    See [[agi | **AGI**]] `[[code]]`.\n\n| a |\n|---|\n| [[other | o]] |\n",
        "index.md": "# Home\n\n[[lex]]",
        "lex/use.md": "[[How to use it]]",
    }
    site = build(files, {"pages": ["guide/**"]}, markdown_extensions=["admonition"])
    page = site.page("guide/use/index.html")
    assert [link["href"] for link in page.select("article a.wikilink")] == ["../../lex/agi/", "../../lex/other/"]
    assert page.select_one(".admonition a.wikilink strong") is not None
    assert [code.get_text() for code in page.select("article code")] == ["[[code]]"]
    link = site.text("lex/use/index.html").select_one("a.wikilink")
    assert link is not None
    assert link["href"] == "../../guide/use/"
    assert "How to use it" not in site.page("index.html").select("article")[0].get_text()
    assert verify_site(site.folder).failures == []


def test_labels_as_the_source_has_them(build: Build) -> None:
    moment = build(SMALL, {"timestamps": {"label": "source"}}).text("lex/agi/index.html").select_one("a.yt-timestamp")
    assert moment is not None
    assert moment.get_text() == "00:19:35"


def test_files_beside_notes(build: Build) -> None:
    files = {**SMALL, "lex/media.md": "![[pic.png|300]] ![[clip.mp4]] [doc](other.md#x) ![p](assets/pic.png)"}
    site = build({**files, "assets/pic.png": "x", "lex/clip.mp4": "x"})
    text = site.text("lex/media/index.html")
    assert [image["src"] for image in text.select("img")] == ["../../assets/pic.png"] * 2
    assert [video["src"] for video in text.select("video")] == ["../clip.mp4"]
    assert verify_site(site.folder).failures == []


def test_without_directory_urls(build: Build) -> None:
    site = build(SMALL, use_directory_urls=False)
    assert {"lex/agi.html", "lex/index.html"} <= set(site.pages())
    assert verify_site(site.folder).failures == []


def test_mermaid_is_source_unless_asked_for(build: Build) -> None:
    files = {"c/a.md": "```mermaid\ngraph TD; A-->B\n```"}
    assert build(files).text("c/a/index.html").select("pre.mermaid") == []
    assert build(files, {"mermaid": True}).text("c/a/index.html").select("pre.mermaid") != []


def test_the_same_input_gives_the_same_bytes(build: Build) -> None:
    first = build(SMALL)
    before = {path: first.read(path) for path in first.pages()}
    second = build(SMALL)
    assert {path: second.read(path) for path in second.pages()} == before


def test_serve_rebuilds_on_edit(build: Build) -> None:
    """`mkdocs serve` builds again with the same plugin; a second build must see the new text only."""
    site = build(SMALL)
    (site.docs / "lex/other.md").write_text(note("Nothing any more.", title="Other"), "utf-8")
    site = build({})
    assert "concepts/wanted/scaling-laws/index.html" not in site.pages()
    assert [link.get_text() for link in site.page("lex/agi/index.html").select(".vn-mention")] == ["Lex"]


def test_a_hub_has_the_url_of_its_folder_whatever_else_is_there(build: Build) -> None:
    site = build({"c/README.md": "readme", "c/c.md": note("hub", title="Hub"), "c/a.md": "[[c]]"})
    assert [item.get_text() for item in site.page("c/index.html").select("h1")] == ["Hub"]
    assert "readme" in site.text("c_1/index.html").get_text()
    assert verify_site(site.folder).failures == []
