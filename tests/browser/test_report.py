"""The report in a real Chromium: its columns sort, and nothing of it sticks out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from tests.browser.conftest import served, visit_page

FILES = {
    "b/one.md": "[[x]] [[one]]",
    "b/two.md": "[[y]]",
    "a/three.md": "[[one]] [[two]] [[three]] [[z]]",
    "c/a_name_that_is_rather_long_and_has_no_end.md": "Text.",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a small site with a report; return the report's address."""
    folder = tmp_path_factory.mktemp("report")
    for path, text in FILES.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: R\ntheme: material\nplugins: [videonotes: {report: true, notes: ['*/**.md']}]\n", encoding="utf-8"
    )
    build(load_config(str(folder / "mkdocs.yml")))
    with served(folder / "site") as address:
        yield f"{address}report/"


def channels(page: Page) -> list[str]:
    return page.locator("tbody th").all_inner_texts()


def test_columns_sort(browser: Browser, report: str) -> None:
    page = browser.new_page()
    visit_page(page, report)
    assert channels(page) == ["b", "a", "c"]
    wanted = page.get_by_role("button", name="wanted")
    for order, direction in ((["b", "a", "c"], "descending"), (["c", "a", "b"], "ascending")):
        wanted.press("Enter")
        assert channels(page) == order
        assert page.locator("th[aria-sort]").evaluate_all("heads => heads.map((head) => head.ariaSort)") == [direction]
    page.get_by_role("button", name="channel").click()
    assert channels(page) == ["a", "b", "c"]
    page.get_by_role("button", name="shares").click()
    assert channels(page) == ["a", "b", "c"]
    page.get_by_role("button", name="notes").click()
    assert channels(page) == ["b", "a", "c"]
    assert page.locator("tfoot th").inner_text() == "All"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_it_fits(browser: Browser, report: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    visit_page(page, report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("summary").click()
    assert Axe().run(page).violations_count == 0
    context.close()


def test_without_a_script(browser: Browser, report: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(report)
    assert channels(page) == ["b", "a", "c"]
    assert page.locator("th button").count() == 0
    page.context.close()
