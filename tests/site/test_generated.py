"""Where words come from: notes that a model wrote say so, on their page and for other programs."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Build, Site
from videonotes.core.frontmatter import read_model
from videonotes.core.scan import scan
from videonotes.site.pages.credit import credit
from videonotes.verify import verify_site

URL = "https://x.test/n/"


def front(*lines: str, video: bool = True) -> str:
    head = ["title: T", *(["videoId: qNPPoj1qUG0"] if video else []), *lines]
    return "\n".join(["---", *head, "---", "A sentence that says a thing or two."])


@pytest.mark.parametrize(
    ("written", "model"),
    [
        *((yes, "true") for yes in ("true", "Yes", "on", "1")),
        *((no, "") for no in ("false", "No", "off", "0", "", "{a: b}")),
        ("GPT-4o", "GPT-4o"),
        ("[one, two]", "one, two"),
    ],
)
def test_what_the_frontmatter_says_of_the_model(written: str, model: str) -> None:
    assert scan("c/a.md", front(f"generated: {written}")).generated == model


def test_who_says_nothing_is_no_model() -> None:
    assert scan("c/a.md", front()).generated == ""
    assert read_model(None) == ""


def test_the_day_of_the_review() -> None:
    assert scan("c/a.md", front("reviewed: 2026/01/02")).reviewed == "2026-01-02"
    wrong = scan("c/a.md", front("reviewed: next week"))
    assert wrong.reviewed == ""
    assert [(finding.code, finding.line) for finding in wrong.findings] == [("frontmatter", 4)]
    assert "'next week'" in wrong.findings[0].message
    assert "reviewed: 2024-05-31" in wrong.findings[0].cure


def test_the_keys_are_known() -> None:
    assert scan("c/a.md", front("generated: x", "reviewed: 2026-01-02", "publish: true", "other: y")).meta == {
        "other": "y"
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("generated: true",), "Written by a model from the video; not reviewed."),
        (
            ("generated: GPT-4o", "reviewed: 2026-01-02"),
            "Written by GPT-4o from the video; reviewed on 2026-01-02.",
        ),
        (("reviewed: 2026-01-02",), ""),
    ],
)
def test_the_sentence(lines: tuple[str, ...], said: str) -> None:
    assert credit(scan("c/a.md", front(*lines))) == said


def test_a_note_without_a_video_is_not_from_one() -> None:
    assert credit(scan("c/a.md", front("generated: yes", video=False))) == "Written by a model; not reviewed."


def article(site: Site, page: str) -> dict[str, object]:
    script = site.page(page).select_one('script[type="application/ld+json"]')
    assert script is not None
    return next(entry for entry in json.loads(script.get_text())["@graph"] if "headline" in entry)


def test_it_is_said_everywhere(build: Build) -> None:
    files = {
        "c/c.md": "---\ntitle: Hub\ngenerated: A < B\n---\nText.",
        "c/model.md": front("generated: GPT-4o", "reviewed: 2026-01-02"),
        "c/person.md": front(),
    }
    site = build(files, site_url=URL)
    said = "Written by GPT-4o from the video; reviewed on 2026-01-02."
    lines = site.page("c/model/index.html").select(".vn-credit")
    assert [line.get_text() for line in lines] == [said]
    assert site.page("c/person/index.html").select(".vn-credit") == []
    assert [line.get_text() for line in site.page("c/index.html").select(".vn-credit")] == [
        "Written by A < B; not reviewed."
    ]
    data = article(site, "c/model/index.html")
    assert data["digitalSourceType"] == "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
    assert data["creditText"] == said
    assert {"digitalSourceType", "creditText"}.isdisjoint(article(site, "c/person/index.html"))
    items = {item["url"]: item.get("tags") for item in json.loads(site.read("feed.json"))["items"]}
    assert items == {f"{URL}c/model/": ["generated"], f"{URL}c/person/": None}
    items = [part.count("<category>generated</category>") for part in site.read("c/feed.xml").split("<item>")]
    assert sum(items) == 1
    assert f"A sentence that says a thing or two. {said}\n" in site.read("llms.txt")
    assert site.read("llms.txt").count("Written by") == 1
    assert verify_site(site.folder).failures == []


def test_the_option_wins_only_where_the_note_says_nothing(build: Build) -> None:
    files = {
        "c/silent.md": front() + "\ngenerated: no",
        "c/empty.md": front("generated:"),
        "c/no.md": front("generated: false"),
        "c/named.md": front("generated: GPT-4o"),
        "d/other.md": front(),
    }
    site = build(files, {"generated": ["c/**"]}, site_url=URL)
    said = {
        page: [line.get_text() for line in site.page(f"{page}/index.html").select(".vn-credit")]
        for page in ("c/silent", "c/empty", "c/no", "c/named", "d/other")
    }
    by_a_model = ["Written by a model from the video; not reviewed."]
    assert said == {
        "c/silent": by_a_model,
        "c/empty": by_a_model,
        "c/no": [],
        "c/named": ["Written by GPT-4o from the video; not reviewed."],
        "d/other": [],
    }
    again = build(files, site_url=URL)
    assert again.page("c/silent/index.html").select(".vn-credit") == []
