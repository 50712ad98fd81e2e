"""Which files are notes where no option says so: an existing documentation site, flat notes, folders of notes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Build, Site, note, stamp

PAGE = "# How to set it up\n\n!!! tip\n    Press ++ctrl+c++\n"
EXTENSIONS = ["admonition", "pymdownx.keys"]


def notes_of(site: Site) -> list[str]:
    return [path for path in site.pages() if site.page(path).select_one("article .vn-note")]


def build_by_contents(build: Build, files: dict[str, str], **config: Any) -> Site:
    return build(files, {"notes": []}, markdown_extensions=EXTENSIONS, **config)


def test_pages_of_an_existing_site_stay_pages(build: Build) -> None:
    files = {
        "index.md": f"# Home {stamp('00:01:02')}\n[[bread]]\n",
        "howto/setup.md": PAGE + "\nSee [[bread]].\n",
        "howto/more.md": PAGE,
        "cooking/bread.md": note(stamp("00:01:02")),
    }
    site = build_by_contents(build, files)
    assert notes_of(site) == ["cooking/bread/index.html"]
    setup = site.page("howto/setup/index.html")
    assert setup.select_one("div.admonition.tip kbd.key-control")
    assert setup.select_one('a.wikilink[href="../../cooking/bread/"]')
    assert site.said("2 files have neither a videoId nor a timestamp, such as howto/more.md")


@pytest.mark.parametrize(
    ("text", "is_note"),
    [
        (note("x"), True),
        (note("x", video="empty"), True),
        (f"Text {stamp('00:01:02')}", True),
        ("[[bread]]", False),
        ("[00:01:02] without a video", False),
        (f"```\n{stamp('00:01:02')}\n```", False),
        ("", False),
    ],
)
def test_a_video_or_a_timestamp_makes_a_note(build: Build, text: str, is_note: bool) -> None:
    site = build_by_contents(build, {"a/one.md": text, "b/bread.md": note("x")})
    assert ("a/one/index.html" in notes_of(site)) == is_note


def test_a_folder_of_which_most_are_notes(build: Build) -> None:
    files = {f"c/{name}.md": note("x", title=name) for name in "ab"}
    files |= {"c/plain.md": "Text.", "half/a.md": note("x"), "half/plain.md": "Text.", "c/deep/plain.md": "Text."}
    assert notes_of(build_by_contents(build, files)) == [
        "c/a/index.html", "c/b/index.html", "c/plain/index.html", "half/a/index.html",
    ]  # fmt: skip


def test_what_the_navigation_names_is_a_page_unless_it_has_a_video(build: Build) -> None:
    files = {
        "index.md": "# Home\n",
        "c/a.md": note("x", title="A"),
        "c/b.md": note("x"),
        "c/page.md": f"# P\n{stamp('00:01:02')}",
    }
    nav = ["index.md", {"More": ["c/page.md", {"A": "c/a.md"}]}]
    assert notes_of(build_by_contents(build, files, nav=nav)) == ["c/a/index.html", "c/b/index.html"]


def test_notes_that_lie_flat(build: Build) -> None:
    files = {
        "index.md": "# Home\n",
        "bread.md": note(f"[[rye]] {stamp('00:01:02')}"),
        "rye.md": note("x", title="Rye"),
        "about.md": "x",
    }
    site = build_by_contents(build, files)
    assert notes_of(site) == ["about/index.html", "bread/index.html", "rye/index.html"]
    assert site.page("videos/qNPPoj1qUG0/index.html").select_one('a[href="../../bread/"]')


def test_options_decide_where_they_are_given(build: Build) -> None:
    files = {"c/a.md": note("x"), "c/plain.md": "Text.", "d/plain.md": "Text."}
    assert notes_of(build(files, {"notes": ["d/**"]})) == ["d/plain/index.html"]
    assert notes_of(build(files, {"notes": [], "pages": ["c/a.md"]})) == []


def test_a_private_note_says_nothing_of_those_beside_it(build: Build) -> None:
    files = {"c/plain.md": "Text.", "d/x.md": note("x")}
    private = {f"c/{name}.md": note("x").replace("---\n", "---\npublish: false\n", 1) for name in "ab"}
    assert notes_of(build_by_contents(build, {**files, **private})) == ["d/x/index.html"]
