"""Pictures on other sites, and what an author's frontmatter says to templates."""

from __future__ import annotations

import pytest

from tests.conftest import Build

NOTE = (
    "---\ntitle: A\nvideoId: qNPPoj1qUG0\nhide: [toc]\ncomments: false\nicon: no/such\nsubtitle: <b>x</b>\n---\n"
    "![map](https://pictures.example/map.png) ![](https://pictures.example/plan.png)\n\n"
    "<img src='https://pictures.example/raw.png' alt='raw'>\n\n![](https://youtu.be/qNPPoj1qUG0?t=30)\n\n"
    "![small|120x80](here.png)\n"
)
FILES = {"index.md": "# Home", "ch/a.md": NOTE, "ch/here.png": "png"}


@pytest.mark.parametrize(("images", "lazy"), [("link", []), ("lazy", ["lazy"] * 3), ("load", [None] * 3)])
def test_pictures_from_elsewhere(build: Build, images: str, lazy: list[str | None]) -> None:
    text = build(FILES, {"images": images}).text("ch/a/index.html")
    pictures = [picture for picture in text.find_all("img") if "example" in picture["src"]]
    assert [picture.get("loading") for picture in pictures] == lazy
    links = {link.get_text(): link["href"] for link in text.find_all("a", class_="vn-picture")}
    assert list(links) == ([] if lazy else ["map", "plan.png", "raw"])
    moment = text.select_one("a.yt-timestamp")
    assert moment is not None
    assert moment["data-t"] == "30"
    (small,) = [picture for picture in text.find_all("img") if "here.png" in picture["src"]]
    assert (small["alt"], small["width"], small["height"]) == ("small", "120", "80")


def test_keys_of_the_author_reach_material(build: Build) -> None:
    site = build(FILES)
    page = site.page("ch/a/index.html")
    assert page.select_one(".md-sidebar--secondary[hidden]") is not None
    assert "<b>x</b>" not in site.read("ch/a/index.html")
