"""Private notes, of which nothing may be in a site."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Mapping
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from tests.conftest import Build, Site, note, stamp
from tests.sites import read_site
from videonotes.verify import verify_site

URL = "https://x.test/n/"
SECRET = f"""---
title: Hidden Okapi
videoId: okapivid123
publish: false
aliases: [Striped Horse, okapi film]
tags: [giraffid]
date: 2030-01-01
---
## Quagga part
A quagga sentence {stamp("00:00:42")} on [[open]] and [[savannah]] for okapis. ^tapir

### [Quagga film](https://youtu.be/okapivid456)
"""
LINKS = """---
title: Open
up: "[[zq_okapi]]"
near: "[[zq_okapi|that one]]"
description: Near [[zq_okapi]] and all that.
---
# About [[zq_okapi|one]]

To [[zq_okapi | that one]], [[Striped Horse]], [[c/zq_okapi]], [[../c/zq_okapi.md]], [here](zq_okapi.md "Hidden Okapi") and [[savannah]].
[[Hidden Okapi#Quagga part | its part]], [[zq_okapi#^tapir]], [by reference][ref], [root](/c/zq_okapi.md#quagga-part), ![alt](zq_okapi.md).
[[striped_horse]] ![[zq_okapi]] [**bold [[open|self]]** `code`](./zq_okapi.md) <a href="zq_okapi.md">raw</a> [[moved_okapi|moved]] [x](moved_okapi.md)
%% not [[zq_okapi]] or [y](zq_okapi.md) %% ^[A footnote on [it](zq_okapi.md)] and[^1]
[label](open.md "t") with [a [[zq_okapi]] in it](open.md). [[zq_okapi|<a class="yt-timestamp" data-t="00:00:10">[00:10]</a>]].

![[zq_okapi#Quagga part]]

Lost [[zq_okapi here.

Or [Hidden Okapi]], [[Hidden
Okapi]].

<!--
[[zq_okapi]]
-->

[[zq_okapi|- no list]]

[[zq_okapi|12. no list]]

- [[zq_okapi | first]]
\t- [[zq_okapi|second]]
> [[zq_okapi|
> over lines]]

| [[zq_okapi\\|cell]] | b |
|---|---|
| [[zq_okapi]] | [c](zq_okapi.md) |

[^1]: Below: [[zq_okapi]].

[ref]: zq_okapi.md "Hidden Okapi"
[unused]: <zq_okapi.md>
"""
FILES = {
    "c/c.md": "# Hub\n\n[[zq_okapi]] and [[open]].\n\n## [A film](https://youtu.be/aaaaaaaaaaa)\n\n- [[zq_okapi|what it says]]",
    "c/open.md": LINKS,
    "c/more.md": note("To [[Hidden Okapi|it]] and [[savannah]]. " + stamp("00:00:42"), title="More"),
    "guide.md": "# Guide\n\nSee [[zq_okapi|this]], [[okapi film]] and [that](c/zq_okapi.md), [r], [ab][r].\n\n"
    "1.  One\n\n    deep [link](c/zq_okapi.md)\n\n<div><a href='c/zq_okapi.md'>raw</a></div>\n\n[r]: c/zq_okapi.md 'Hidden Okapi'\n",
    "videos.yml": "okapivid123: {title: Okapi film, published: 2024-01-01}\n",
    "redirects.yml": "c/moved_okapi: c/zq_okapi\nc/further_okapi: c/moved_okapi\nc/zq_okapi: c/open\nc/elder: c/open\n",
}
ODD = """---
title: "broken: [yaml
see: [[zq_okapi]]
---
> A [link over
> lines](zq_okapi.md), [[open|see [[zq_okapi]]]] and ^[a footnote on [[zq_okapi]]]

<table><tr><td>[[zq_okapi|cell]]</td></tr></table>

<pre>[[zq_okapi]]</pre>

<details><summary>On [[zq_okapi]]</summary>

> [!note] [[zq_okapi]]
> On [[[zq_okapi]]] and [it]([[zq_okapi]]), [![a [[zq_okapi]]](none.png)](zq_okapi.md)

</details>

[Shortcut]

[shortcut]: <zq_okapi.md>
  'Hidden
  Okapi'

Text.
1.	[[zq_okapi]]
>	[[zq_okapi]]

## [[zq_okapi]]

Heading of [[zq_okapi|two]]
===
"""
NAMES = ("okapi", "striped", "giraffid", "quagga", "tapir")
"""Parts of what is said in the private note and of it alone."""


def texts(site: Site) -> Mapping[str, str]:
    """Return all files of a site as text, what is packed unpacked, but for the theme's."""
    found = {}
    for file in site.folder.rglob("*"):
        path = file.relative_to(site.folder).as_posix()
        if file.is_file():
            data = file.read_bytes()
            data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            found[path] = f"{path}\n{data.decode('utf-8', 'replace')}".lower()
    return found


def named(site: Site) -> list[tuple[str, str]]:
    return [(path, name) for path, text in texts(site).items() for name in NAMES if name in text]


def test_a_private_note_is_nowhere(build: Build) -> None:
    site = build({**FILES, "c/zq_okapi.md": SECRET}, site_url=URL)
    assert named(site) == []
    assert len(texts(site)) > 50
    assert (site.folder / "c/elder/index.html").exists()
    assert verify_site(site.folder).failures == []


def test_nor_do_odd_texts_name_it(build: Build) -> None:
    site = build({**FILES, "c/odd.md": ODD, "c/zq_okapi.md": SECRET}, site_url=URL)
    assert named(site) == []
    text = site.text("c/odd/index.html")
    assert " ".join(text.get_text(" ").split()) == (
        "A link over lines, see a private note and 1 cell a private note On a private note a private note On a private note "
        "and it, a a private note Shortcut Text. a private note a private note a private note Heading of two "
        "a footnote on a private note \u21a9"
    )


def test_links_to_it_are_their_labels(build: Build) -> None:
    site = build({**FILES, "c/zq_okapi.md": SECRET}, site_url=URL)
    said = " ".join(site.text("c/open/index.html").get_text(" ").split())
    assert "About one To that one, a private note, a private note, a private note, here and savannah" in said
    assert "its part , a private note, by reference, root, alt. a private note a private note" in said.replace(
        "its part,", "its part ,"
    )
    assert "bold self code raw moved x" in said
    assert "a private note Lost a private note here. Or a private note, a private note." in said
    assert "a a private note in it . a private note" in said
    assert "- no list 12. no list first second over lines cell b a private note c" in said
    assert [link.get_text() for link in site.text("c/open/index.html").select("a.wikilink")] == [
        "savannah",
        "self",
    ]
    guide = site.page("guide/index.html").select_one("article")
    assert guide is not None
    assert not guide.select("p a, div a[href]")
    assert "See this, a private note and that, r, ab." in guide.get_text()
    hub = " ".join(site.text("c/index.html").get_text().split())
    assert hub == "a private note and Open. A film what it says"


def test_the_rest_of_the_site_is_as_if_it_were_not_there(build: Build, tmp_path: Path) -> None:
    other = {
        "c/open.md": note("To [[else]] and [[savannah]]. " + stamp("00:00:40"), "okapivid123", "Open"),
        "c/else.md": note("To [[open]] and [[savannah]]. " + stamp("00:01:10"), "okapivid123", "Else"),
        "videos.yml": FILES["videos.yml"],
    }
    links = {
        "c/c.md": "# Hub\n\n[[open]] and [[zq_okapi]].\n",
        "c/link.md": note("To [[zq_okapi|it]], [[open]] and [[Striped Horse]]: [there](zq_okapi.md)", title="Link"),
        "guide.md": "# Guide\n\nSee [[okapi film]] and [that](c/zq_okapi.md).\n",
        "redirects.yml": FILES["redirects.yml"],
    }
    labels = {
        "c/c.md": "# Hub\n\n[[open]] and a private note.\n",
        "c/link.md": note("To it, [[open]] and a private note: there", title="Link"),
        "guide.md": "# Guide\n\nSee a private note and that.\n",
        "redirects.yml": "c/elder: c/open\n",
    }
    hidden = read_site(build({**other, **links, "c/zq_okapi.md": SECRET}, site_url=URL).folder, numbered=False)
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    absent = read_site(build({**other, **labels}, site_url=URL).folder, numbered=False)
    assert [path for path in sorted({*hidden, *absent}) if hidden.get(path) != absent.get(path)] == []


def test_a_note_that_becomes_private_goes_and_comes_back(build: Build) -> None:
    public = SECRET.replace("publish: false\n", "")
    first = build({**FILES, "c/zq_okapi.md": public}, site_url=URL)
    assert (first.folder / "c/zq_okapi/index.html").exists()
    before = read_site(first.folder, numbered=False)
    assert named(build({**FILES, "c/zq_okapi.md": SECRET}, site_url=URL)) == []
    again = build({**FILES, "c/zq_okapi.md": public}, site_url=URL)
    assert read_site(again.folder, numbered=False) == before


def test_the_option_private(build: Build) -> None:
    files = {
        "c/zq_okapi.md": SECRET.replace("publish: false", "publish: true\ndraft: true"),
        "c/more.md": FILES["c/more.md"],
        "diary/index.md": "# Okapi days",
        "diary/day.md": "On [[zq_okapi]].",
        "okapi.md": "# Okapi page",
        "guide.md": "# Guide\n\n[[okapi]], [[diary]], [[day]], [x](okapi.md).",
    }
    nav = ["guide.md", {"Private": ["okapi.md", {"Okapi days": "diary/index.md"}]}, {"One": "okapi.md"}]
    site = build(files, {"private": ["diary/**", "**/zq_okapi.md", "okapi.md"]}, site_url=URL, nav=nav)
    assert named(site) == []
    assert [path for path, text in texts(site).items() if path.startswith("diary") or "okapi" in text] == []
    assert "a private note, a private note, a private note, x." in site.read("guide/index.html")
    assert site.said("okapi") == []
    assert verify_site(site.folder).failures == []


def test_private_notes_are_not_served(build: Build) -> None:
    site = build(
        {**FILES, "c/zq_okapi.md": SECRET.replace("publish: false", "publish: off\ndraft: true")}, site_url=URL
    )
    config = load_config(str(site.docs.parent / "mkdocs.yml"), theme="material", plugins=["videonotes"])
    config.plugins.on_startup(command="serve", dirty=False)
    mkdocs_build(config, serve_url="http://127.0.0.1/")
    assert named(site) == []


def test_a_private_hub_and_home(build: Build) -> None:
    files = {
        "index.md": "---\npublish: no\n---\n# Okapi",
        "c/index.md": "---\npublish: 0\ntitle: Okapi\n---\nx",
        "c/a.md": "[[c]]",
    }
    site = build(files, site_url=URL)
    assert named(site) == []
    assert (site.folder / "index.html").exists()
    assert [link["href"] for link in site.text("c/a/index.html").select("a")] == []
    assert verify_site(site.folder).failures == []


def test_findings_on_it_are_not_counted(build: Build) -> None:
    site = build({"c/a.md": "Text.", "c/b.md": "---\npublish: false\nvideoId: none at all\n---\n[[nothing]] \x00"})
    (site.docs / "c/b.md").write_bytes(b"---\npublish: false\n---\n\xff")
    site = build({"c/a.md": "Text."})
    assert '"findings": {}' in site.read("videonotes.json")
    assert '"notes": 1,' in site.read("videonotes.json")


def test_verify_finds_what_is_left_of_it(build: Build) -> None:
    site = build({"c/a.md": "Text.", "c/b.md": "Text of [[a]]."}, site_url=URL)
    (site.docs / "c/b.md").write_text("---\npublish: false\n---\nText of [[a]].", "utf-8")
    failures = verify_site(site.folder).failures
    assert "a private note has a page" in [failure.detail for failure in failures if failure.rule == "hidden"]
    (site.folder / "c/b/index.html").unlink()
    said = {str(failure) for failure in verify_site(site.folder).failures if failure.rule == "hidden"}
    assert "c/b/index.md: hidden: it is the page of the private c/b.md" in said
    assert "feed.xml: hidden: it names the private c/b/" in said
