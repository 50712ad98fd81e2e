"""Private notes, of which nothing may be in a site."""

from __future__ import annotations

import gzip
from collections.abc import Mapping

import pytest

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
%% not [[zq_okapi]] or [y](zq_okapi.md) %% ^[A footnote on [[zq_okapi]]] and[^1] lost [[zq_okapi and zq_okapi]].
Or [Hidden Okapi]], [[Hidden
Okapi]].
[label](open.md "t") with [a [[zq_okapi]] in it](open.md); [[open|see [[zq_okapi]]]] [[zq_okapi|<a class="yt-timestamp" data-t="00:00:10">[00:10]</a>]].

![[zq_okapi#Quagga part]]

<!--
[[zq_okapi]]
-->

[[zq_okapi|- no list]]

[[zq_okapi|12. no list]]

- [[zq_okapi | first]]
\t- [[zq_okapi|second]]
> [[zq_okapi|
> over lines]] and [two
> lines](zq_okapi.md)

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
    assert (site.folder / "c/elder/index.html").exists()
    assert verify_site(site.folder).failures == []


def test_links_to_it_are_their_labels(build: Build) -> None:
    site = build({**FILES, "c/zq_okapi.md": SECRET}, site_url=URL)
    said = " ".join(site.text("c/open/index.html").get_text(" ").split())
    assert "About one To that one, a private note, a private note, a private note, here and savannah" in said
    assert "its part , a private note, by reference, root, alt. a private note a private note" in said.replace(
        "its part,", "its part ,"
    )
    assert "bold self code raw moved x" in said
    assert "lost a private note and a private note . Or a private note, a private note." in said
    assert "a a private note in it ; see a private note a private note" in said
    assert "- no list 12. no list first second over lines and two lines cell b a private note c" in said
    assert [link.get_text() for link in site.text("c/open/index.html").select("a.wikilink")] == [
        "savannah",
        "self",
        "see a private note",
    ]
    guide = site.page("guide/index.html").select_one("article")
    assert guide is not None
    assert not guide.select("p a, div a[href]")
    assert "See this, a private note and that, r, ab." in guide.get_text()
    hub = " ".join(site.text("c/index.html").get_text().split())
    assert hub == "a private note and Open. A film what it says"
