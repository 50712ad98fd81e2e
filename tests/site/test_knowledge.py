"""The pages that lead through a collection: home, channels, videos, concepts, and what stands around a note."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort, PluginError

from tests.conftest import Build, note, stamp
from videonotes.verify import verify_site

VIDEO, OTHER = "qNPPoj1qUG0", "aircAruvnKk"
HUB = f"""---
title: Lex
---
What this channel is about.

### [The talk](https://www.youtube.com/watch?v={VIDEO})
- [[agi | General intelligence]]
- [[scaling laws]]

### [The talk](https://youtu.be/{VIDEO})
- [[agi]]

### [Another talk](https://youtu.be/{OTHER})
- [[rlhf]]
"""
SIDECAR = f"""
{VIDEO}: {{published: 2024-05-01, duration: 1:00:00, chapters: [{{start: 0, title: Begin}}, {{start: 20:00, title: Then}}]}}
{OTHER}: {{title: Newer, published: 2024-06-01}}
"""
FILES = {
    "lex/lex.md": HUB,
    "lex/agi.md": note(
        f"From: [[lex]]\n\n## What\nIt is general {stamp('00:19:35')} and needs [[scaling laws]] {stamp('00:00:10')}.",
        title="AGI",
    ),
    "lex/rlhf.md": note(f"People judge {stamp('00:01:00')}, says [[agi | the goal]].", OTHER, "RLHF"),
    "lex/more.md": note(f"Both at once: [[agi]] {stamp('00:19:35')}, [[scaling laws | laws of scale]].", title="More"),
    "other/other.md": "Notes of [[lex]].",
    "other/łódź.md": note("A place near [[agi]].", "empty", "Łódź"),
    "other/tokyo.md": note("都市", "empty", "東京"),
    "videos.yml": SIDECAR,
}


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(element.get_text(" ").split()) for element in page.select(selector)]


def links(page: BeautifulSoup, selector: str) -> list[tuple[str, str]]:
    return [(str(element["href"]), element.get_text(" ", strip=True)) for element in page.select(selector)]


def test_all_of_it_is_sound(build: Build) -> None:
    for settings in (
        {},
        {"site_url": "https://x.test/n/"},
        {"use_directory_urls": False, "site_url": "https://x.test/"},
    ):
        site = build(FILES, **settings)
        assert verify_site(site.folder).failures == []
        assert site.said("WARNING") == []


def test_home(build: Build) -> None:
    page = build(FILES).page("index.html")
    assert texts(page, ".vn-figures div") == ["notes 5", "videos 2", "moments 4", "channels 2"]
    assert links(page, ".vn-cards a") == [("lex/", "Lex"), ("other/", "other")]
    assert texts(page, ".vn-cards li")[0] == "Lex 3 notes · 2 videos newest 2024-06-01"
    assert links(page, ".vn-newest a") == [(f"videos/{OTHER}/", "Newer"), (f"videos/{VIDEO}/", "The talk")]
    assert texts(page, ".vn-chips li")[0] == "AGI 4"
    form = page.select_one("form[role=search]")
    assert form is not None
    assert form["action"] == "search/"


def test_an_own_home(build: Build) -> None:
    page = build({**FILES, "index.md": "---\ntemplate: home.html\n---\n# Welcome\n\nTo [[agi]]."}).page("index.html")
    assert texts(page, "h1") == ["Welcome"]
    assert texts(page, ".vn-figures dd")[0] == "5"


def test_a_note_by_chance_is_any_of_them(build: Build) -> None:
    files = {f"c/n{number}.md": note("x", title=f"N{number}") for number in range(250)}
    site = build(files)
    assert site.page("index.html").select_one("#videonotes-chance[data-pages='3']")
    found = [
        link
        for number in (1, 2, 3)
        for link in links(site.page(f"concepts/chance/{number}/index.html"), ".vn-titles a")
    ]
    assert len(set(found)) == 250
    assert found != sorted(found)


def test_a_hub_shows_each_video_once_with_the_labels_of_its_author(build: Build) -> None:
    page = build(FILES).page("lex/index.html")
    assert links(page, ".vn-video h3 a") == [(f"../videos/{OTHER}/", "Newer"), (f"../videos/{VIDEO}/", "The talk")]
    assert texts(page, ".vn-video .vn-facts") == ["2024-06-01 1 moment", "2024-05-01 1:00:00 3 moments"]
    assert texts(page, ".vn-video li") == ["RLHF", "General intelligence", "scaling laws", "AGI", "More"]
    assert texts(page, ".vn-text") == ["What this channel is about."]


def test_a_hub_is_sorted_without_a_script(build: Build) -> None:
    site = build(FILES)
    page = site.page("lex/index.html")
    assert links(page, ".vn-orders a") == [("./", "newest"), ("by-title/", "title"), ("by-links/", "most linked")]
    assert texts(site.page("lex/by-title/index.html"), ".vn-video h3") == ["Newer", "The talk"]
    assert texts(site.page("lex/by-links/index.html"), ".vn-video h3") == ["The talk", "Newer"]


def test_words_of_a_hub_that_are_no_list_stay(build: Build) -> None:
    hub = f"# Lex\n\n### [The talk](https://youtu.be/{VIDEO})\nSee [[agi]], which is long.\n\n## Books\n- [[agi]]\n"
    site = build({**FILES, "lex/lex.md": hub})
    assert texts(site.page("lex/index.html"), ".vn-text") == ["The talk See AGI , which is long. Books AGI"]
    assert verify_site(site.folder).failures == []


def test_a_large_channel_is_paged(build: Build) -> None:
    files = {f"c/n{n}.md": note("[[c]]", f"video{n // 2:06}", f"N{n:03}") for n in range(400)}
    site = build({**files, "c/c.md": "Hub."}, site_url="https://x.test/")
    first, second = site.page("c/index.html"), site.page("c/page/2/index.html")
    assert links(first, ".vn-section[aria-labelledby=videonotes-videos] .vn-pager a[rel=next]") == [("page/2/", "Next")]
    assert first.select_one("link[rel=next]")["href"] == "page/2/"  # type: ignore[index]
    assert second.select_one("link[rel=prev]")["href"] == "../../"  # type: ignore[index]
    assert second.select_one("link[rel=canonical]")["href"] == "https://x.test/c/page/2/"  # type: ignore[index]
    assert (
        len(first.select(".vn-video"))
        + len(second.select(".vn-video"))
        + len(site.page("c/page/3/index.html").select(".vn-video"))
        == 200
    )
    mentions = first.select(".vn-mention")
    assert len(mentions) == 100
    assert len(first.select("details .vn-mention")) == 90
    assert len(site.page("c/linked-from/4/index.html").select(".vn-mention")) == 100
    assert verify_site(site.folder).failures == []


def test_a_channel_without_a_hub_and_notes_without_a_channel(build: Build) -> None:
    site = build(
        {"c/a.md": "[[c]] and [[lone]]", "lone.md": note("No channel. [[a]]", title="Lone")},
        {"notes": ["**.md"]},
    )
    assert texts(site.page("c/index.html"), "h1") == ["c"]
    assert links(site.page("c/a/index.html"), ".vn-text a") == [("../", "c"), ("../../lone/", "Lone")]
    assert links(site.page("lone/index.html"), ".vn-crumbs a") == [
        ("..", "Home"),
        ("../videos/qNPPoj1qUG0/", "Video on “Lone”"),
    ]
    assert links(site.page("index.html"), ".vn-titles a") == [("lone/", "Lone")]
    assert verify_site(site.folder).failures == []


@pytest.mark.parametrize("name", ["videos", "concepts", "search"])
def test_a_folder_in_the_way(build: Build, name: str) -> None:
    files = {f"{name}/a.md": note("x")}
    with pytest.raises(Abort) as aborted:
        build(files)
    problem = aborted.value.__context__
    assert isinstance(problem, PluginError)
    assert f"{name}/a.md is in the way" in str(problem)
    assert f"`folders: {{{name}: …}}`" in str(problem)
    site = build(files, {"folders": {name: "generated"}})
    assert f"{name}/a/index.html" in site.pages()
    assert verify_site(site.folder).failures == []


def test_the_page_of_a_video(build: Build) -> None:
    page = build(FILES).page(f"videos/{VIDEO}/index.html")
    assert texts(page, "h1") == ["The talk"]
    assert links(page, ".vn-player a") == [(f"https://www.youtube.com/watch?v={VIDEO}", "Watch on YouTube")]
    assert texts(page, ".vn-numbered li") == ["AGI 2", "More 1"]
    assert texts(page, ".vn-section h3") == ["Begin 0:00"]  # no moment is in the other chapter
    assert texts(page, ".vn-timeline > li") == [
        "0:10 1 What It is general and needs scaling laws.",
        "19:35 It is general and needs scaling laws. 2 More Both at once: AGI, laws of scale.",
    ]
    ids = {element["id"] for element in page.select("[id]")}
    assert {link["href"] for link in page.select('.vn-timeline a[href^="#"]')} <= {f"#{name}" for name in ids}


def test_a_sentence_that_goes_on_stands_once(build: Build) -> None:
    text = f"One thing {stamp('00:00:10')} and on {stamp('00:00:20')}. Another {stamp('00:00:20')}."
    page = build({"c/a.md": note(text)}).page(f"videos/{VIDEO}/index.html")
    assert texts(page, ".vn-timeline > li") == ["0:10 1 T One thing and on.", "0:20 One thing and on. Another."]
    page = build({"c/a.md": note(text.replace("Another " + stamp("00:00:20") + ".", ""))}).page(
        f"videos/{VIDEO}/index.html"
    )
    assert texts(page, ".vn-timeline > li") == ["0:10 0:20 1 T One thing and on."]


def test_a_long_timeline_is_paged(build: Build) -> None:
    text = "\n\n".join(f"{'Word ' * 60}{stamp(f'00:{n // 60:02}:{n % 60:02}')}." for n in range(900))
    site = build({"c/a.md": note(text)})
    pages = [site.page(path) for path in site.pages() if path.startswith(f"videos/{VIDEO}/")]
    assert [texts(page, ".vn-pager [aria-current]") for page in pages] == [["1"], ["2"], ["3"], ["4"]]
    assert sum(len(page.select(".vn-timeline > li")) for page in pages) == 900
    assert verify_site(site.folder).failures == []


def test_concepts_by_letter_and_script(build: Build) -> None:
    site = build({**FILES, "lex/agi.md": FILES["lex/agi.md"].replace("title: AGI", "title: AGI\naliases: [Strong AI]")})
    page = site.page("concepts/index.html")
    letters = ["A", "L", "M", "R", "S", "Chinese characters"]
    assert texts(page, ".vn-letters a") == letters
    assert texts(page, ".vn-index li")[0] == "AGI 4"
    assert texts(site.page("concepts/l/index.html"), ".vn-index li") == ["Łódź"]
    assert texts(site.page("concepts/chinese-characters/index.html"), ".vn-index li") == ["東京"]
    found = links(site.page("concepts/s/index.html"), ".vn-index a")
    assert found == [("../wanted/scaling-laws/", "Scaling laws"), ("../../lex/agi/", "Strong AI")]


def test_wanted_names_by_demand(build: Build) -> None:
    site = build({**FILES, "lex/x.md": note("[[nothing like it]]", title="X")})
    page = site.page("concepts/wanted/index.html")
    assert texts(page, ".vn-demand li") == [
        "Scaling laws 3 in AGI , Lex , More",
        "Nothing like it 1 in X",
    ]
    assert links(page, ".vn-demand strong a") == [("scaling-laws/", "Scaling laws")]


def test_a_stub_says_how_it_is_called_and_what_is_near(build: Build) -> None:
    site = build({**FILES, "lex/scale.md": note("x", title="Laws of growth")})
    page = site.page("concepts/wanted/scaling-laws/index.html")
    assert texts(page, ".vn-labels span") == ["laws of scale"]
    assert texts(page, ".vn-titles li") == ["Laws of growth"]
    assert texts(page, ".vn-mention") == ["AGI", "More", "Lex"]


def test_a_stub_that_many_want_is_paged(build: Build) -> None:
    site = build({f"c/n{n}.md": note("About [[wanted thing]] and more.", title=f"N{n}") for n in range(120)})
    assert len(site.page("concepts/wanted/wanted-thing/index.html").select(".vn-mention")) == 100
    assert len(site.page("concepts/wanted/wanted-thing/page/2/index.html").select(".vn-mention")) == 20
    assert verify_site(site.folder).failures == []


def test_backlinks_are_grouped_by_video_and_hubs_come_last(build: Build) -> None:
    page = build(FILES).page("lex/agi/index.html")
    assert texts(page, ".vn-group") == [
        "The talk More Both at once: AGI , laws of scale. 19:35",
        "Newer RLHF People judge, says the goal . 1:00",
        "Notes without a video Łódź A place near AGI .",
        "Channels Lex",
    ]
    assert links(page, ".vn-group > p a")[0] == (f"../../videos/{VIDEO}/", "The talk")


def test_siblings_and_related_notes(build: Build) -> None:
    files = {
        **FILES,
        "lex/far.md": note("On [[scaling laws]] and [[rare thing]].", OTHER, "Far"),
        "lex/near.md": note("On [[rare thing]].", "empty", "Near"),
    }
    page = build(files).page("lex/far/index.html")
    assert texts(page, "[aria-labelledby=videonotes-siblings] li") == ["RLHF"]
    assert texts(page, ".vn-related li") == [
        "Near both on rare thing",
        "AGI both on scaling laws",
        "More both on scaling laws",
    ]


def test_the_coverage_strip(build: Build) -> None:
    site = build(FILES)
    page = site.page("lex/agi/index.html")
    ticks = page.select(".vn-strip svg a")
    assert [tick["href"] for tick in ticks] == [f"https://youtu.be/{VIDEO}?t=10", f"https://youtu.be/{VIDEO}?t=1175"]
    assert texts(page, ".vn-strip title") == ["0:10", "19:35"]
    assert texts(page, ".vn-strip p") == ["0:00 2 moments 1:00:00"]
    unknown = site.page("lex/rlhf/index.html")
    assert texts(unknown, ".vn-strip p") == ["0:00 1 moment up to the last one noted 1:00"]
    assert not site.page("other/łódź/index.html").select(".vn-strip")


def test_the_page_for_missing_addresses(build: Build) -> None:
    page = build(FILES, site_url="https://x.test/n/").page("404.html")
    nearest = page.select_one("#videonotes-nearest")
    assert nearest is not None
    assert nearest["data-search"] == "/n/search/"
    form = page.select_one("form[role=search]")
    assert form is not None
    assert form["action"] == "/n/search/"
    root = build(FILES).page("404.html").select_one("#videonotes-nearest")
    assert root is not None
    assert root["data-search"] == "/search/"


def test_lang(build: Build) -> None:
    site = build({"c/a.md": "---\ntitle: Sieć\nlang: pl\n---\nTekst."})
    assert site.page("c/a/index.html").select_one(".vn-note")["lang"] == "pl"  # type: ignore[index]
    assert site.page("c/a/index.html").html["lang"] == "pl"  # type: ignore[index]
    assert site.page("index.html").html["lang"] == "en"  # type: ignore[index]


def test_the_player_is_optional(build: Build) -> None:
    page = build(FILES).page("lex/agi/index.html")
    dock = page.select_one(".vn-dock")
    assert dock is not None
    assert dock["data-video"] == VIDEO
    assert page.select('script[type="module"][src$="moments.js"]')
    assert not page.select("img")
    shown = build(FILES, {"player": {"thumbnails": True}}).page("lex/agi/index.html").select_one(".vn-dock img")
    assert shown is not None
    assert shown["src"] == f"https://i.ytimg.com/vi/{VIDEO}/hqdefault.jpg"
    options = {"player": {"shortcuts": False, "progress": False, "follow": True}}
    dock = build(FILES, options).page(f"videos/{VIDEO}/index.html").select_one(".vn-dock")
    assert dock is not None
    assert {"data-keyless", "data-forgetful", "data-follow"} <= set(dock.attrs)
    site = build({**FILES, "videos.yml": f"{VIDEO}: {{status: gone}}\n"}, {"player": {"enabled": True}})
    assert not site.page("lex/agi/index.html").select(".vn-dock")
    assert "no longer on YouTube" in site.page("lex/agi/index.html").get_text()
    off = build(FILES, {"player": {"enabled": False}})
    assert not off.page("lex/rlhf/index.html").select(".vn-dock, script[src$='moments.js']")
