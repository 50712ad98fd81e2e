"""A page that is put together from a kept frame is the page that its templates write."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Build, Site, note, stamp
from videonotes.site.host.page_shells import PageShells

FILES = {
    "index.md": "Welcome",
    "about.md": "# About\n\n## More\n\nText",
    "lex/lex.md": "---\ntitle: Lex\n---\nA channel",
    "lex/agi.md": note(f"## One\n\nA {stamp('00:00:10')}\n\n### Two & `x`\n\n[[rlhf]]", title="AGI & <more>"),
    "lex/rlhf.md": note("# Above\n\n## Below\n\n[[agi]] [[wanted thing]]", title="RLHF"),
    "lex/also.md": note("[[wanted thing]] neither", title="Also"),
    "lex/plain.md": note("[[wanted thing]] without headings"),
    "lex/only.md": note("# Only\n\nOne heading above all"),
    "lex/german.md": "---\ntitle: Deutsch\nlang: de\n---\nText",
    "lex/hidden.md": "---\ntitle: Hidden\nunlisted: true\n---\nText",
    "alone.md": note("", title="Alone"),
}


def pages(site: Site) -> dict[str, str]:
    return {path: site.read(path) for path in site.pages()}


@pytest.mark.parametrize(
    "config",
    [
        {"site_url": "https://example.org/x/"},
        {"use_directory_urls": False},
        {"nav": ["index.md", {"Lex": ["lex/agi.md", "lex/lex.md"]}], "repo_url": "https://github.com/a/b"},
        {"nav": [{"A": "about.md"}], "edit_uri": "edit/", "repo_url": "https://example.org/r", "site_author": "Me"},
        {"theme": {"name": "material", "features": ["navigation.path", "navigation.tabs", "navigation.footer"]}},
        {"markdown_extensions": [{"toc": {"permalink": True, "toc_depth": 2}}]},
    ],
)
def test_framed_pages_are_those_of_the_templates(
    build: Build, monkeypatch: pytest.MonkeyPatch, config: dict[str, Any]
) -> None:
    framed = pages(build(FILES, {"pages": ["about.md"]}, **deepcopy(config)))
    monkeypatch.setenv("VIDEONOTES_WITHOUT", "page-shells")
    monkeypatch.setattr("videonotes.site.incremental.page_cache.PageCache.find", lambda *_: {})
    assert framed == pages(build(FILES, {"pages": ["about.md"]}, **config))


def test_frames_are_shared(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = PageShells._make
    monkeypatch.setattr(
        PageShells, "_make", lambda self, context: made.append(context["page"].url) or make(self, context)
    )
    build({f"c/n{number}.md": note(f"## A\n\nText {number}") for number in range(9)}, {"workers": 0})
    assert len([url for url in made if url.startswith("c/n")]) == 1


def test_a_template_of_the_author_that_reads_more_of_a_page_is_rendered_for_each(build: Build, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "main.html").write_text(
        '{% extends "base.html" %}{% block footer %}<p id="own">{{ page and page.file.src_uri }}</p>{% endblock %}'
    )
    site = build(FILES, theme={"name": "material", "custom_dir": str(own)})
    found = {path: site.page(path).select_one("#own") for path in ("lex/agi/index.html", "lex/plain/index.html")}
    assert {path: own.get_text() for path, own in found.items() if own} == {
        "lex/agi/index.html": "lex/agi.md",
        "lex/plain/index.html": "lex/plain.md",
    }
    assert "without headings" in site.read("lex/plain/index.html")


def test_a_template_of_the_author_with_blocks_of_its_own_is_rendered_for_each(build: Build, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "videonotes"
    folder.mkdir(parents=True)
    (folder / "note.html").write_text(
        '{% extends "main.html" %}{% block content %}{{ page.content }}{% endblock %}'
        '{% block footer %}<p id="own">{{ data.title }}</p>{% endblock %}'
    )
    site = build(FILES, theme={"name": "material", "custom_dir": str(tmp_path / "own")})
    own = site.page("lex/plain/index.html").select_one("#own")
    assert own is not None
    assert own.get_text() == "T"


@pytest.mark.parametrize(("read", "shown"), [("data.path", "lex/plain.md"), ("head.title", "T")])
def test_a_template_of_the_author_that_reads_a_record_is_rendered_for_each(
    build: Build, tmp_path: Path, read: str, shown: str
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "main.html").write_text(
        '{% extends "base.html" %}{% block footer %}<p id="own">{{ data and ' + read + " }}</p>{% endblock %}"
        "{% block content %}{% if framed %}{{ framed }}{% else %}{{ super() }}{% endif %}{% endblock %}"
    )
    site = build(FILES, theme={"name": "material", "custom_dir": str(own)})
    assert [item.get_text() for item in site.page("lex/plain/index.html").select("#own")] == [shown]


def test_a_note_in_the_navigation_has_its_title_on_every_page(build: Build) -> None:
    site = build(FILES, {"workers": 0}, nav=["index.md", {"Lex": ["lex/agi.md", "lex/lex.md"]}])
    for path in site.pages():
        titles = [link.get_text().strip() for link in site.page(path).select('.md-nav--primary li a:not([href^="#"])')]
        assert titles == ["Home", "AGI & <more>", "Lex"], path


def test_notes_are_those_of_python_markdown(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "c/n.md": note(
            "# A & B\n\n- [[Nowhere <b>]]\n- x<br>y &lt; 1\n\n| a | b |\n|---|---|\n| `1<2` | $a<b$ |\n\n![[m]]\n"
        ),
        "c/m.md": note(
            "> [!note] Title\n> text\n\n1. one\n\n   two\n2. three\n\n```py\nx = 1 < 2\n```\n" + stamp("00:01:00")
        ),
    }
    short = pages(build(texts))
    monkeypatch.setenv("VIDEONOTES_WITHOUT", "serializer")
    monkeypatch.setattr("videonotes.site.incremental.page_cache.PageCache.find", lambda *_: {})
    assert short == pages(build(texts))
