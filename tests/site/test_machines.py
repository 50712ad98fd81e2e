"""What machines read: heads, JSON-LD, feeds, sitemap, and the files beside the pages."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build, Site, note, stamp
from videonotes.verify import verify_site

VIDEO = "qNPPoj1qUG0"
URL = "https://x.test/n/"
FILES = {
    "lex/lex.md": f"---\ntitle: Lex\n---\n### [The talk](https://youtu.be/{VIDEO})\n- [[agi]]\n",
    "lex/agi.md": (
        f"---\ntitle: AGI & <more>\nvideoId: {VIDEO}\ndate: 2024-05-02\n---\nFrom: [[lex]]<br/>\n\n"
        f'## First part\nIt is a "general" thing & more {stamp("00:00:30")}. See [[other | the *other*]] {stamp("00:00:31")}.\n\n'
        f"## Second part\nIt goes on at {stamp('00:12:34')} and ends. [[no such]] ![x](pic.png)\n\n"
        f"## Third part\nThe end {stamp('00:30:00')} of `code [[lex]]`.\n"
    ),
    "lex/other.md": note(f"Nothing but [[agi#First part]], says the talk {stamp('00:00:40')}.", title="Other"),
    "lex/pic.png": "no picture",
    "videos.yml": f"{VIDEO}: {{published: 2024-05-01, duration: 1:00:00}}\n",
}


@pytest.fixture
def site(build: Build) -> Site:
    return build(FILES, site_url=URL, site_description="Notes & more")


def data(site: Site, path: str) -> dict[str, dict[str, Any]]:
    (script,) = site.page(path).select('script[type="application/ld+json"]')
    return {entity["@type"]: entity for entity in json.loads(script.get_text())["@graph"]}


def metas(site: Site, path: str) -> dict[str, str]:
    found = site.page(path).select("meta[property], meta[name]")
    return {str(meta.get("property") or meta.get("name")): str(meta["content"]) for meta in found}


def test_the_head_of_a_note(site: Site) -> None:
    page = site.page("lex/agi/index.html")
    assert page.title is not None
    assert page.title.get_text() == "AGI & <more> - Test"
    meta = metas(site, "lex/agi/index.html")
    assert meta["description"] == 'It is a "general" thing & more.'
    assert meta["og:title"] == "AGI & <more>"
    assert meta["og:type"] == "article"
    assert meta["og:url"] == f"{URL}lex/agi/"
    assert meta["og:image"] == f"https://i.ytimg.com/vi/{VIDEO}/hqdefault.jpg"
    assert meta["twitter:card"] == "summary_large_image"
    links = {
        str(link["rel"][0]): str(link["href"]) for link in page.select("link[rel]") if link["rel"] != ["stylesheet"]
    }
    assert links["canonical"] == f"{URL}lex/agi/"
    assert [link["href"] for link in page.select("link[rel~=alternate]")] == ["index.md", "../../lex/feed.xml"]


def test_json_ld_of_a_note(site: Site) -> None:
    found = data(site, "lex/agi/index.html")
    assert [item["name"] for item in found["BreadcrumbList"]["itemListElement"]] == [
        "Home",
        "Lex",
        "The talk",
        "AGI & <more>",
    ]
    assert found["Article"]["headline"] == "AGI & <more>"
    assert found["Article"]["datePublished"] == "2024-05-02"
    assert found["Article"]["isBasedOn"] == f"https://www.youtube.com/watch?v={VIDEO}"


def test_json_ld_of_a_video(site: Site) -> None:
    video = data(site, f"videos/{VIDEO}/index.html")["VideoObject"]
    assert video["name"] == "The talk"
    assert video["uploadDate"] == "2024-05-01"
    assert video["duration"] == "PT3600S"
    assert [(clip["name"], clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]] == [
        ("First part", 30, 31),
        ("Second part", 754, 755),
        ("Third part", 1800, 1801),
    ]
    assert video["hasPart"][1]["url"] == f"{URL}videos/{VIDEO}/?t=754"


def test_no_video_object_where_its_date_is_not_known(build: Build) -> None:
    site = build({**FILES, "videos.yml": "{}"}, site_url=URL)
    assert "VideoObject" not in data(site, f"videos/{VIDEO}/index.html")
    assert verify_site(site.folder).failures == []


def test_json_ld_of_the_home(site: Site) -> None:
    action = data(site, "index.html")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{URL}search/?q={{search_term_string}}"


def test_rss(site: Site) -> None:
    root = ElementTree.fromstring(site.read("lex/feed.xml"))
    items = [{child.tag: child.text for child in item} for item in root.iter("item")]
    assert items[0] == {
        "title": "AGI & <more>",
        "link": f"{URL}lex/agi/",
        "guid": f"{URL}lex/agi/",
        "description": 'It is a "general" thing & more.',
        "category": "Lex",
        "pubDate": "Thu, 02 May 2024 00:00:00 +0000",
    }
    assert items[1]["title"] == "Other"
    assert "pubDate" not in items[1]


def test_json_feed(site: Site) -> None:
    feed = json.loads(site.read("feed.json"))
    assert feed["home_page_url"] == URL
    assert feed["feed_url"] == f"{URL}feed.json"
    assert feed["items"][0]["date_published"] == "2024-05-02T00:00:00Z"


def test_feed_items_are_limited(build: Build) -> None:
    files = {f"c/n{n}.md": f"---\ndate: 2024-01-{n + 1:02}\n---\nText" for n in range(9)}
    site = build(files, {"feed_items": 3}, site_url=URL)
    items = json.loads(site.read("feed.json"))["items"]
    assert [item["title"] for item in items] == ["n8", "n7", "n6"]


def test_sitemap(site: Site) -> None:
    root = ElementTree.fromstring(site.read("sitemap.xml"))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in root}
    assert found[f"{URL}lex/agi/"] == "2024-05-02"
    assert found[f"{URL}videos/{VIDEO}/"] == "2024-05-02"
    assert found[f"{URL}lex/other/"] is None
    assert f"{URL}lex/by-title/" not in found
    assert URL in found


def test_dates_from_git(build: Build, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "c").mkdir(parents=True)

    def git(day: str, *arguments: str) -> None:
        when = f"{day}T12:00:00+02:00"
        env = {
            "GIT_COMMITTER_DATE": when,
            "GIT_AUTHOR_DATE": when,
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "HOME": str(tmp_path),
        }
        options = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(docs), *options, *arguments], check=True, env=env, capture_output=True)

    git("2023-01-01", "init")
    for day, text in (("2023-02-03", "one"), ("2023-04-05", "two")):
        (docs / "c/łódź.md").write_text(text, "utf-8")
        git(day, "add", ".")
        git(day, "commit", "-m", text)
    site = build({"c/late.md": "Not committed."}, site_url=URL)
    feed = {item["title"]: item.get("date_published") for item in json.loads(site.read("feed.json"))["items"]}
    assert feed == {"łódź": "2023-02-03T10:00:00Z", "late": None}
    assert "<lastmod>2023-04-05T10:00:00Z</lastmod>" in site.read("sitemap.xml")


def test_the_markdown_of_a_note(site: Site) -> None:
    assert site.read("lex/agi/index.md") == (
        f"# AGI & <more>\n\nVideo: [The talk](https://www.youtube.com/watch?v={VIDEO})\n\n"
        f"From: [Lex]({URL}lex/)<br/>\n\n"
        f'## First part\nIt is a "general" thing & more [0:30](https://youtu.be/{VIDEO}?t=30).'
        f" See [the *other*]({URL}lex/other/) [0:31](https://youtu.be/{VIDEO}?t=31).\n\n"
        f"## Second part\nIt goes on at [12:34](https://youtu.be/{VIDEO}?t=754) and ends. no such ![x]({URL}lex/pic.png)\n\n"
        f"## Third part\nThe end [30:00](https://youtu.be/{VIDEO}?t=1800) of `code [[lex]]`.\n"
    )
    assert f"[AGI & <more>]({URL}lex/agi/#first-part)" in site.read("lex/other/index.md")


def test_a_stamp_in_a_label_in_the_markdown(build: Build) -> None:
    site = build({"c/a.md": note(f"[[b | the b ({stamp('00:01:00')})]] ends."), "c/b.md": note("x")}, site_url=URL)
    assert f"[T]({URL}c/b/) [1:00](https://youtu.be/{VIDEO}?t=60) ends." in site.read("c/a/index.md")


def test_chapters(site: Site) -> None:
    assert (
        site.read(f"videos/{VIDEO}/chapters.txt")
        == "0:00 The talk\n0:30 First part\n12:34 Second part\n30:00 Third part\n"
    )


def test_too_few_chapters_are_none(build: Build) -> None:
    site = build({"lex/a.md": note(f"## One\nText {stamp('00:00:05')}.")})
    assert not (site.folder / f"videos/{VIDEO}/chapters.txt").exists()
    assert "chapters.txt" not in site.read(f"videos/{VIDEO}/index.html")


def test_vtt(site: Site) -> None:
    assert site.read(f"videos/{VIDEO}/moments.vtt") == (
        "WEBVTT\n\n"
        '00:30.000 --> 00:31.000\nIt is a "general" thing &amp; more.\n\n'
        "00:31.000 --> 00:40.000\nSee the other.\n\n"
        "00:40.000 --> 01:25.000\nNothing but AGI &amp; &lt;more&gt;, says the talk.\n\n"
        "12:34.000 --> 13:19.000\nIt goes on at and ends.\n\n"
        "30:00.000 --> 30:45.000\nThe end of code [[lex]].\n"
    )


def test_moments(site: Site) -> None:
    found = json.loads(site.read(f"videos/{VIDEO}/moments.json"))
    assert (found["id"], found["title"], found["url"]) == (VIDEO, "The talk", f"{URL}videos/{VIDEO}/")
    assert found["notes"][0]["sections"] == ["First part", "Second part", "Third part"]
    assert found["columns"] == ["seconds", "note", "section"]
    assert found["moments"][0] == [[30], 0, 0]
    assert found["texts"] == "moments.vtt"


def test_the_list_of_notes(site: Site) -> None:
    assert json.loads(site.read("notes.json")) == {"notes": 2, "shards": ["notes-1.json"]}
    first, _ = json.loads(site.read("notes-1.json"))
    assert first == {
        "id": "lex/agi",
        "title": "AGI & <more>",
        "url": f"{URL}lex/agi/",
        "channel": "lex",
        "video": VIDEO,
        "links": ["lex/lex", "lex/other"],
    }


def test_llms(site: Site) -> None:
    text = site.read("llms.txt")
    assert text.startswith("# Test\n\n> Notes & more\n")
    assert f"- [Lex]({URL}lex/): 2 notes on 1 video of Lex." in text
    assert f'- [AGI & <more>]({URL}lex/agi/index.md): It is a "general" thing & more.' in text


def test_without_an_address_one_line_says_what_is_left_out(build: Build) -> None:
    site = build(FILES)
    (said,) = site.said("site_url is not set")
    for word in ("feeds", "sitemap", "llms.txt", "Markdown", "JSON-LD"):
        assert word in said
    names = {path.name for path in site.folder.rglob("*")}
    assert not names & {"feed.xml", "feed.json", "sitemap.xml", "sitemap.xml.gz", "llms.txt", "index.md"}
    assert {"notes.json", "moments.vtt", "moments.json", "chapters.txt"} <= names
    assert not site.page("lex/agi/index.html").select('script[type="application/ld+json"], link[rel=canonical]')


def test_a_file_of_the_author_wins(build: Build) -> None:
    site = build({**FILES, "llms.txt": "mine", "sitemap.xml": "<mine/>"}, site_url=URL)
    assert site.read("llms.txt") == "mine"
    assert site.read("sitemap.xml") == "<mine/>"


def test_builds_are_equal(build: Build) -> None:
    def read(site: Site) -> dict[Path, bytes]:
        """Return every file but the report, which tells of times."""
        files = (path for path in site.folder.rglob("*") if path.is_file() and path.name != "videonotes.json")
        return {path: path.read_bytes() for path in files}

    assert read(build(FILES, site_url=URL)) == read(build(FILES, site_url=URL))
