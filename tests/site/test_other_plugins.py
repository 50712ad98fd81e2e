"""Thirty notes beside plugins that sites have: each row of the table in docs/guide/plugins.md."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build, Site, note, stamp
from videonotes.verify import verify_site

URL = "https://notes.example/"
NOTES = {
    f"c/n{number}.md": note(
        f"See [[n{(number + 1) % 30}]] and {{{{ braces }}}}. {stamp(f'00:01:{number:02}')}", title=f"Note {number}"
    ).replace("---\n", f"---\ntags: [baking, t{number % 3}]\ndate: 2024-05-{number % 28 + 1:02}\n", 1)
    for number in range(30)
}
PAGES = {"index.md": "# Home\n", "guide/page.md": "# Page\n\nSee [[n1]].\n"}


def beside(build: Build, plugins: list[Any], files: dict[str, str] | None = None, **config: Any) -> Site:
    """Build beside other plugins; the site is right."""
    site = build(
        {**PAGES, **NOTES, **(files or {})}, site_url=URL, plugins=[{"videonotes": {"workers": 1}}, *plugins], **config
    )
    result = verify_site(site.folder)
    assert result.notes == 30
    assert [str(failure) for failure in result.failures] == []
    return site


@pytest.mark.parametrize(
    "plugin",
    ["search", "tags", "blog", "privacy", "meta", "awesome-nav", "rss", "macros", "autorefs"],
)
def test_the_site_is_right_beside(build: Build, plugin: str) -> None:
    options = {
        "rss": {"rss": {"use_git": False}},
        "privacy": {"privacy": {"assets": False}},
        "macros": {"macros": {"on_undefined": "keep"}},
    }
    beside(build, [options.get(plugin, plugin)])


def test_tags_list_notes(build: Build) -> None:
    site = beside(build, ["tags"], {"tags.md": "# Tags\n\n<!-- material/tags -->\n"})
    assert site.page("tags/index.html").select_one('a[href="../c/n3/"]')


def test_minified_pages_keep_their_words(build: Build) -> None:
    site = beside(build, [{"minify": {"minify_html": True}}])
    assert "\n\n" not in site.read("c/n1/index.html")


def test_dates_of_the_last_revision_stand_below_notes(build: Build, tmp_path: Path) -> None:
    for path, text in {**PAGES, **NOTES}.items():
        file = tmp_path / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "notes"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    site = beside(build, [{"git-revision-date-localized": {"type": "iso_date"}}])
    assert re.search(r"20\d\d-\d\d-\d\d", site.page("c/n1/index.html").select_one(".md-source-file").get_text())  # type: ignore[union-attr]


def test_redirects_lead_to_notes(build: Build) -> None:
    site = beside(build, [{"redirects": {"redirect_maps": {"old.md": "c/n1.md"}}}])
    assert "c/n1/" in site.read("old/index.html")


def test_macros_are_for_pages_and_text_in_notes(build: Build) -> None:
    site = beside(build, ["macros"], {"guide/macro.md": "# Sum\n\nThe sum is {{ 1 + 1 }}.\n"})
    assert "The sum is 2." in site.page("guide/macro/index.html").get_text()
    assert "{{ braces }}" in site.text("c/n1/index.html").get_text()


def test_documented_objects_are_linked(build: Build) -> None:
    page = "# API\n\n::: videonotes.core.names.fold\n\nSee [fold][videonotes.core.names.fold] and [[n1]].\n"
    site = beside(build, ["autorefs", "mkdocstrings"], {"guide/api.md": page})
    assert site.page("guide/api/index.html").select_one('a[href="#videonotes.core.names.fold"]')
    assert site.page("guide/api/index.html").select_one('a.wikilink[href="../../c/n1/"]')


def test_posts_of_a_blog_are_pages(build: Build) -> None:
    post = "---\ndate: 2024-01-31\n---\n# Post\n\nOn [[n1]].\n"
    site = beside(build, ["blog"], {"blog/index.md": "# Blog\n", "blog/posts/one.md": post})
    excerpt = site.page("blog/index.html").select_one(".md-post--excerpt")
    assert excerpt is not None
    assert excerpt.select_one('h2 a[href="2024/01/31/post/"]')
    assert excerpt.select_one('a.wikilink[href="../c/n1/"]')
    assert site.read("sitemap.xml").count(f"<loc>{URL}</loc>") == 1
    assert f"<loc>{URL}blog/</loc>" in site.read("sitemap.xml")


def test_a_plugin_that_hides_text_is_refused(build: Build) -> None:
    with pytest.raises(SystemExit):
        build(PAGES | NOTES, plugins=["videonotes", "encryptcontent"])
