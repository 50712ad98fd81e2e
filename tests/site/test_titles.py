"""The option `titles`, and what the breadcrumbs of a note take over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Build, Files, Site, note, stamp
from videonotes.verify import verify_site

FILES = {
    "c/c.md": "Hub.\n\n- [[joe_rogans | Joe Rogan's]]\n",
    "c/joe_rogans.md": note(f"# Joe Rogans\n\nWords {stamp('00:01:02')}, and [[wanted]].", title="Joe Rogans"),
    "c/a.md": note("One of [[joe_rogans | Joe Rogan's]] guests, [[wanted]].", title="A"),
    "c/b.md": note("All of [[joe_rogans | Joe Rogan's]] guests, and [[Joe Rogans]], [[joe_rogans]].", title="B"),
}


@pytest.mark.parametrize(("titles", "shown"), [("labels", "Joe Rogan's"), ("source", "Joe Rogans")])
def test_titles_everywhere(build: Build, titles: str, shown: str) -> None:
    site = build(FILES, {"titles": titles}, site_url="https://x.test/")
    page = site.page("c/joe_rogans/index.html")
    assert [item.get_text() for item in page.select("h1")] == [shown]
    assert page.title is not None
    assert page.title.get_text().startswith(shown)
    assert site.text("c/b/index.html").get_text().strip() == f"All of Joe Rogan's guests, and {shown}, {shown}."
    for path in ("c/index.html", "concepts/wanted/wanted/index.html", "videos/qNPPoj1qUG0/index.html"):
        assert shown in [link.get_text() for link in site.page(path).select("a")], path
    assert f"<title>{shown}</title>" in site.read("feed.xml").replace("&#39;", "'")
    assert site.said("1 VN303 title-spelling, such as c/joe_rogans.md: 3 of the 3 labels")
    assert verify_site(site.folder).failures == []


def test_a_title_that_other_notes_change(build: Build, tmp_path: Path) -> None:
    def made(files: Files, *, clean: bool = False) -> dict[str, bytes]:
        if clean:
            shutil.rmtree(tmp_path / ".cache")
            shutil.rmtree(tmp_path / "site")
        site: Site = build(files, {"titles": "labels"})
        return {path: (site.folder / path).read_bytes() for path in site.pages()}

    before = made(FILES)
    changed = {**FILES, "c/a.md": note("Nobody is here, [[wanted]].", title="A")}
    after = made(changed)
    assert before["c/joe_rogans/index.html"] != after["c/joe_rogans/index.html"]
    assert after == made(changed, clean=True)


def test_a_heading_that_says_the_title_as_the_labels_do(build: Build) -> None:
    heading = note("# Joe Rogan's\n\nSee [[#Joe Rogan's]].", title="Joe Rogans")
    site = build({**FILES, "c/joe_rogans.md": heading}, {"titles": "labels"})
    assert [item.get_text() for item in site.page("c/joe_rogans/index.html").select("h1")] == ["Joe Rogan's"]
    assert verify_site(site.folder).failures == []


@pytest.mark.parametrize(
    ("hub", "line", "rest"),
    [
        ("c/c.md", "From: [[c]] <br/>\n\n", ""),
        ("c/index.md", "\n\nFrom: [[C | the hub]]<br>\n", ""),
        ("", "From: [[c]]\n- ", ""),
        ("c/c.md", "```md\nFrom: [[c]] <br/>\n\n", ""),
        # Each of these says more than the breadcrumbs.
        ("c/c.md", "From: [[c | a channel]]\n\n", "From: a channel"),
        ("c/c.md", "From: [[d]] <br/>\n\n", "From: D"),
        ("c/c.md", "From: [[c#Part]] <br/>\n\n", "From: The Hub"),
        ("c/c.md", "From: [[c]] and others\n\n", "From: The Hub and others"),
        ("c/c.md", "From: [[c]]\n---\n\n", "From: The Hub"),
        ("c/c.md", "From: [[c]]\n    goes on.\n\n", "From: The Hub goes on."),
        ("c/c.md", "From: [[ | c]] [[c]]\n\n", "From:"),
    ],
)
def test_the_breadcrumbs_say_where_a_note_is_from(build: Build, hub: str, line: str, rest: str) -> None:
    files = {
        "c/a.md": note(f"{line}Words {stamp('00:01:02')} [[a]]\n", title="A"),
        "d/d.md": "---\ntitle: D\n---\nAnother.",
    }
    site = build({**files, hub: "---\ntitle: The Hub\n---\n## Part\n"} if hub else files)
    text = " ".join(site.text("c/a/index.html").get_text().split())
    assert text.startswith(rest or "Words")
    assert [link["href"] for link in site.page("c/a/index.html").select(".vn-crumbs a")][1] == "../"
    target = "d/index.html" if "[[d]]" in line else "c/index.html"
    if hub:  # the link counts
        mentions = [link["href"] for link in site.page(target).select(".vn-mention")]
        assert len(mentions) == 1
    assert verify_site(site.folder).failures == []
