"""A small vault of Obsidian's forms: every link of it leads somewhere, on the page and in the eyes of `verify`."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Build, Site
from videonotes.verify import verify_site

VIDEO = "qNPPoj1qUG0"
VAULT = {
    "index.md": "# Home\n",
    "vault/Home/Start.md": (
        "---\ntitle: Start\n---\n"
        "Paths: [[Plugins/Templates]], [[vault/Plugins/Templates.md]], [[Templates]], [x](Plugins/Templates.md), "
        "[y](../Plugins/Templates.md#Insert%20a%20date), [z](<../Plugins/Templates.md#Insert a date>), [w](Templates).\n\n"
        "Headings: [[Templates#Insert a date]], [[Templates#Use C++ & C#]], [[#Own part]], [o](#Own%20part).\n\n"
        "Blocks: [[Templates#^list]], [[Templates#^quote|the quote]], [[Templates#^row]], [b](../Plugins/Templates.md#^item).\n\n"
        "Names: [[TCP/IP]], [[C#]], [[C# tips]], [[24/7 work]].\n\n"
        "Files: [[manual.pdf]], [[manual.pdf#page=3|page three]], [[files/plan.png|see]], [p](../files/manual.pdf).\n\n"
        "![[plan.png|300]]\n\n![[manual.pdf#page=2]]\n\n![[data.csv]]\n\n![[Puppy]]\n\n![a plan|120](../files/plan.png)\n\n"
        f"![](https://www.youtube.com/watch?v={VIDEO})\n\n![](https://youtu.be/{VIDEO}?t=30)\n\n"
        "![[Templates#^item]]\n\n![[Templates#Insert a date]]\n\n"
        "## Own part\n\nEnd.\n"
    ),
    "vault/Plugins/Templates.md": (
        f"---\ntitle: Templates\nvideoId: {VIDEO}\n---\n"
        "## Insert a date\n\n- one ^item\n- two\n\n^list\n\n> Said so.\n\n^quote\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 ^row |\n\n## Use C++ & C#\n\n"
        f'At <a class="yt-timestamp" data-t="00:01:00">[00:01:00]</a>, see [the moment](#t-60).\n'
    ),
    "vault/Names/tcp_ip.md": "---\ntitle: TCP/IP\n---\nNets.\n",
    "vault/Names/C#.md": "---\ntitle: C#\n---\nA language.\n",
    "vault/Names/c_tips.md": "---\ntitle: C# tips\n---\nFor it.\n",
    "vault/Names/24_7 work.md": "---\ntitle: 24/7 work\n---\nAll day.\n",
    "vault/files/manual.pdf": "%PDF",
    "vault/files/plan.png": "png",
    "vault/files/data.csv": "a,b",
    "vault/files/Puppy.png": "png",
}


@pytest.fixture
def site(build: Build) -> Site:
    return build(VAULT, {"notes": ["vault/**"]})


def test_every_link_leads_somewhere(site: Site) -> None:
    report = json.loads(site.read("videonotes.json"))
    assert report["wikilinks"]["unresolved"] == 0
    start = site.text("vault/Home/Start/index.html")
    assert [found.get_text() for found in start.select(".wikilink--missing, .wikilink--wanted")] == []
    found = {link.get_text(): link["href"] for link in start.select("p > a")}
    templates = "../../Plugins/Templates/"
    assert {text: found[text] for text in ("x", "y", "z", "w", "b", "o")} == {
        "x": templates,
        "y": f"{templates}#insert-a-date",
        "z": f"{templates}#insert-a-date",
        "w": templates,
        "b": f"{templates}#block-item",
        "o": "#own-part",
    }
    assert found["page three"].endswith("files/manual.pdf#page=3")
    assert found["manual.pdf"].endswith("files/manual.pdf#page=2")
    assert found["see"].endswith("files/plan.png")
    assert found["TCP/IP"].endswith("Names/tcp_ip/")
    assert found["C# tips"].endswith("Names/c_tips/")
    assert found["24/7 work"].endswith("Names/24_7%20work/")


def test_what_is_embedded(site: Site) -> None:
    start = site.text("vault/Home/Start/index.html")
    assert [(picture["src"].rpartition("/")[2], picture.get("width")) for picture in start.select("img")] == [
        ("plan.png", "300"),
        ("Puppy.png", None),
        ("plan.png", "120"),
    ]
    item, section = start.select(".vn-embed")
    assert [entry.get_text(strip=True) for entry in item.select("li")] == ["one"]
    assert [entry.get_text(strip=True) for entry in section.select("li")] == ["one", "two"]
    assert "youtube-nocookie" not in str(start)


def test_verify_reads_it_likewise(site: Site) -> None:
    result = verify_site(site.folder, site.docs)
    assert [str(failure) for failure in result.failures] == []
