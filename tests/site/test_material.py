"""What Material offers on ordinary pages, on notes: edit buttons, comments, revision dates; directions of scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Build
from videonotes.site.host.styles import COMPONENTS
from videonotes.site.host.template_filters import direction
from videonotes.site.host.theme import THEME

NOTE = "---\ntitle: A\nlang: he\nrevision_date: May 2024\n---\n## Part\n\nText.\n"
FILES = {"index.md": "# Home", "ch/a.md": NOTE, "ch/b.md": "---\ntitle: B\n---\nText."}


def test_buttons_to_edit_and_view(build: Build) -> None:
    theme = {"name": "material", "features": ["content.action.edit", "content.action.view"]}
    site = build(FILES, theme=theme, repo_url="https://github.com/x/y", edit_uri="edit/main/docs/")
    for path in ("ch/a/index.html", "ch/b/index.html"):
        links = [link["href"] for link in site.page(path).select("article .md-content__button")]
        source = path.replace("/index.html", ".md")
        assert links == [f"https://github.com/x/y/{verb}/main/docs/{source}" for verb in ("edit", "raw")]
    assert not site.page("concepts/index.html").select("article .md-content__button")


def test_without_the_features_there_are_none(build: Build) -> None:
    site = build(FILES, repo_url="https://github.com/x/y", edit_uri="edit/main/docs/")
    assert not site.page("ch/a/index.html").select(".md-content__button")


def test_comments_and_dates(build: Build, tmp_path: Path) -> None:
    partials = tmp_path / "overrides" / "partials"
    partials.mkdir(parents=True)
    (partials / "comments.html").write_text("<p class=mine>{{ page.meta.comments }}</p>", encoding="utf-8")
    site = build(FILES, theme={"name": "material", "custom_dir": str(tmp_path / "overrides")})
    assert "<p class=mine>" in site.read("ch/a/index.html")
    assert "May 2024" in site.page("ch/a/index.html").select_one("article").get_text()  # type: ignore[union-attr]


def test_the_text_of_a_note_has_the_direction_of_its_language(build: Build) -> None:
    site = build(FILES)
    assert site.text("ch/a/index.html")["dir"] == "rtl"
    assert not site.text("ch/b/index.html").has_attr("dir")


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("he", "rtl"), ("ar-EG", "rtl"), ("en", "ltr"), ("az-Arab", "rtl"), ("ur_Latn", "ltr"), ("zh-Hant-TW", "ltr")],
)
def test_directions(lang: str, expected: str) -> None:
    assert direction(lang) == expected


def test_instant_navigation_is_left_out(build: Build) -> None:
    features = ["navigation.instant", "navigation.instant.prefetch", "navigation.top"]
    site = build(FILES, theme={"name": "material", "features": features})
    assert len(site.said("navigation.instant, navigation.instant.prefetch is left out")) == 1
    assert "navigation.instant" not in site.read("ch/a/index.html")
    assert "navigation.top" in site.read("ch/a/index.html")


def test_components_of_the_style_sheet_are_one_file(build: Build) -> None:
    folder = THEME / "assets/stylesheets/videonotes"
    assert {file.stem for file in folder.iterdir()} == set(COMPONENTS)
    site = build(FILES)
    text = site.read("assets/stylesheets/videonotes.css")
    for file in folder.iterdir():
        assert file.read_text("utf-8") in text
    assert not (site.folder / "assets/stylesheets/videonotes").exists()
