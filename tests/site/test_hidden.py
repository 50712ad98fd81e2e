"""Aliases and moves; drafts and unlisted notes, which no output may name."""

from __future__ import annotations

import gzip

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from tests.conftest import Build, note, stamp
from videonotes.verify import verify_site

URL = "https://x.test/n/"
SECRET = f"""---
title: Quiet Zebra
videoId: hushhush123
unlisted: true
aliases: [Striped Horse]
date: 2030-01-01
---
## Zebra part
A zebra sentence {stamp("00:00:42")} on [[open]] and [[savannah]].

### [Zebra film](https://youtu.be/hushhush456)
"""
FILES = {
    "c/c.md": "# Hub\n\n[[secret]] and [[open]].",
    "c/open.md": note(
        "To [[secret | that one]], [[Striped Horse]], [[c/secret]], [here](secret.md) and [[savannah]].\n\n![[secret]]",
        title="Open",
    ),
    "c/more.md": note("To [[Quiet Zebra|it]] and [[savannah]].", "hushhush123", "More"),
    "c/secret.md": SECRET,
    "guide.md": "# Guide\n\nSee [[secret|this]].",
    "videos.yml": "hushhush123: {title: Known film, published: 2024-01-01}\n",
}


def test_an_unlisted_note_is_built_and_in_no_other_output(build: Build) -> None:
    site = build(FILES, site_url=URL)
    own = {"c/secret/index.html"}
    page = site.page("c/secret/index.html")
    assert page.select_one('meta[name="robots"][content="noindex"]')
    assert "A zebra sentence" in site.text("c/secret/index.html").get_text()
    names = ("zebra", "c/secret", "../secret", "hushhush456")
    for file in site.folder.rglob("*"):
        path = file.relative_to(site.folder).as_posix()
        texts = {".html", ".xml", ".json", ".txt", ".md", ".vtt", ".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter"}
        if file.is_file() and path not in own and file.suffix in texts:
            data = file.read_bytes()
            data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            text = data.decode("utf-8", "replace").lower().replace("quiet_zebra", "")
            assert not [name for name in names if name in text], path
    assert not (site.folder / "c/secret/index.md").exists()
    assert not (site.folder / "c/striped_horse").exists()
    assert not (site.folder / "videos.yml").exists()
    assert verify_site(site.folder).failures == []


def test_links_to_an_unlisted_note_are_text(build: Build) -> None:
    site = build(FILES)
    text = site.text("c/open/index.html")
    assert [link["href"] for link in text.select("a")] == ["../../concepts/wanted/savannah/"]
    assert "To that one, Striped Horse, secret, here and savannah." in " ".join(text.get_text().split())
    assert site.text("c/more/index.html").get_text().strip() == "To it and savannah."


def test_it_does_not_ask_for_names(build: Build) -> None:
    """Two listed notes want the savannah; the unlisted one does not count."""
    page = build(FILES).page("concepts/wanted/savannah/index.html")
    assert [link.get_text() for link in page.select(".vn-mention")] == ["More", "Open"]


def test_a_video_of_unlisted_notes_alone_has_no_page(build: Build) -> None:
    site = build({"c/a.md": "Text.", "c/secret.md": SECRET})
    assert not (site.folder / "videos").exists()
    source = site.page("c/secret/index.html").select_one(".vn-source a")
    assert source is not None
    assert source["href"] == "https://www.youtube.com/watch?v=hushhush123"


def test_drafts_are_not_built(build: Build) -> None:
    site = build({"c/a.md": "To [[wip]].", "c/wip.md": "---\ntitle: Unfinished\ndraft: true\n---\nText."}, site_url=URL)
    for file in site.folder.rglob("*"):
        if file.is_file() and file.suffix in {".html", ".xml", ".json", ".txt", ".md"}:
            assert "Unfinished" not in file.read_text("utf-8"), file
    assert verify_site(site.folder).failures == []


def test_drafts_are_shown_under_serve_and_marked(build: Build) -> None:
    site = build({"c/a.md": "To [[wip]].", "c/wip.md": "---\ntitle: Unfinished\ndraft: true\n---\nText."})
    plugins = [{"videonotes": {"notes": ["*/**.md"]}}]
    config = load_config(str(site.docs.parent / "mkdocs.yml"), theme="material", plugins=plugins)
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config, serve_url="http://127.0.0.1/")
    page = site.page("c/wip/index.html")
    assert "Draft" in page.select_one(".vn-draft").get_text()  # type: ignore[union-attr]
    assert page.select_one('meta[name="robots"][content="noindex"]')
    assert site.text("c/a/index.html").select_one("a")["href"] == "../wip/"  # type: ignore[index]


def test_an_alias_is_a_page_that_leads_on(build: Build) -> None:
    files = {"c/agi.md": "---\ntitle: AGI\naliases: [Strong AI, agi]\n---\nText.", "c/b.md": "[[strong ai]]"}
    site = build(files, site_url=URL)
    page = site.page("c/strong_ai/index.html")
    assert page.select_one('link[rel="canonical"]')["href"] == f"{URL}c/agi/"  # type: ignore[index]
    assert page.select_one('meta[http-equiv="refresh"]')["content"] == "0; url=../agi/"  # type: ignore[index]
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"  # type: ignore[index]
    assert page.select_one("a")["href"] == "../agi/"  # type: ignore[index]
    assert site.text("c/b/index.html").select_one("a")["href"] == "../agi/"  # type: ignore[index]
    assert "strong_ai" not in site.read("sitemap.xml")
    assert verify_site(site.folder).failures == []


def test_moved_notes(build: Build) -> None:
    moves = "c/old: c/older\nc/older.md: /c/new/#part\n/gone/: c/c\n"
    files = {
        "c/c.md": "Hub.",
        "c/new.md": "## Part\nText.",
        "c/b.md": "[[old]], [[c/older]], [x](old.md)",
        "redirects.yml": moves,
    }
    site = build(files)
    refresh = site.page("c/old/index.html").select_one('meta[http-equiv="refresh"]')
    assert refresh is not None
    assert refresh["content"] == "0; url=../new/#part"
    assert site.page("c/older/index.html").select_one("a")["href"] == "../new/#part"  # type: ignore[index]
    assert site.page("gone/index.html").select_one("a")["href"] == "../c/"  # type: ignore[index]
    links = [link["href"] for link in site.text("c/b/index.html").select("a")]
    assert links == ["../new/", "../new/#part", "../new/"]
    assert [link.get_text() for link in site.page("c/new/index.html").select(".vn-mention")] == ["b"]
    assert not (site.folder / "redirects.yml").exists()
    assert verify_site(site.folder).failures == []


def test_redirects_that_cannot_be(build: Build) -> None:
    moves = "c/a: c/b\nc/x: c/y\nc/y: c/x\nc/z: c/nowhere\nc/q: /\n"
    files = {"c/a.md": "x", "c/b.md": "---\naliases: a\n---\nx", "redirects.yml": moves}
    site = build(files, {"findings": {"redirect": "warning"}})
    said = " ".join(site.said(" redirect]"))
    assert "redirects.yml:1:1: the redirect of c/a.md: c/a.md is a page that exists" in said
    assert "c/x.md → c/y.md → c/x.md" in said
    assert "there is no c/nowhere.md" in said
    assert "c/b.md:1:1: the alias 'a' leads to c/a.md already" in said
    assert "leads nowhere" in said
    site = build({**files, "redirects.yml": "- x"}, {"findings": {"redirect": "warning"}})
    assert site.said("this is not a list of `old: new`")
    site = build({**files, "redirects.yml": "a: ["}, {"findings": {"redirect": "warning"}})
    assert site.said("the file is not valid YAML")
