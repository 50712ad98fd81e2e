"""Tooltips: Material's `content.tooltips` takes a `title` for HTML, and a note must not write any."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser

from .conftest import served

MARKUP = "<img src=x onerror=window.hacked=1>"
QUOTED = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
NUMBERS = MARKUP.replace("<", "&#60;").replace(">", "&#x3E;")
TWICE = QUOTED.replace("&", "&amp;")
NOTE = f"""---
title: Tips
videoId: qNPPoj1qUG0
---
<abbr title="{QUOTED}">one</abbr>
<abbr title="{NUMBERS}">two</abbr>
<abbr title="{TWICE}">three</abbr>

[four](other.md "{MARKUP}")
[five](other.md "{QUOTED}")
[[{QUOTED} | six]]
[[{NUMBERS} | seven]]
![[{QUOTED}.png | eight]]
<abbr title="AT&amp;T: 3">nine</abbr>
"""


@pytest.mark.parametrize("features", [["content.tooltips"], []], ids=["Material's tooltips", "the browser's"])
def test_a_title_is_text(browser: Browser, tmp_path: Path, features: list[str]) -> None:
    docs = tmp_path / "docs"
    (docs / "c").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n", "utf-8")
    (docs / "c/tips.md").write_text(NOTE, "utf-8")
    (docs / "c/other.md").write_text("x\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    theme = {"name": "material", "features": features}
    site = tmp_path / "site"
    plugins = ["videonotes"]
    build(
        load_config(str(tmp_path / "mkdocs.yml"), theme=theme, plugins=plugins, docs_dir=str(docs), site_dir=str(site))
    )
    with served(site) as address:
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(address + "c/tips/", wait_until="networkidle")
        shown = []
        titled = page.locator(".vn-text :is(abbr, a[href], span.wikilink)")
        count = titled.count()
        for number in range(count):
            titled.nth(number).hover()
            if features:
                tip = page.locator(".md-tooltip2--active, .md-tooltip--active").first
                tip.wait_for()
                shown.append(tip.inner_text())
                assert tip.locator("img").count() == 0
                page.mouse.move(5, 5)
                page.wait_for_timeout(300)
            else:
                shown.append(titled.nth(number).get_attribute("title"))
        assert page.evaluate("window.hacked") is None
        assert count >= 8
        seen = [text.replace("\u200b", "") for text in shown]
        assert sum(MARKUP in text for text in seen) >= 4
        assert "AT&T: 3" in seen
        page.context.close()
