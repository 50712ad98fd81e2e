"""What a reader meets, in a real Chromium: the demo, as `mkdocs build` makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page

from tests.browser.conftest import visit_page

ROOT = Path(__file__).parents[2]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PAGES = ["", "3blue1brown/", "3blue1brown/by-title/", "videos/aircAruvnKk/", "concepts/", "concepts/n/", "concepts/wanted/",
         "concepts/chance/1/", "search/?q=neural", "3blue1brown/weights_and_biases/", "3blue1brown/vectors/", "aragusea/panko_as_a_binder/",
         "concepts/wanted/gradient-descent/", "guide/format/"]  # fmt: skip


def open_page(browser: Browser, address: str, path: str, **context: object) -> tuple[Page, list[str]]:
    """Open a page; return it, and what went wrong or outside on the way."""
    page = browser.new_context(**context).new_page()  # type: ignore[arg-type]
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: faults.append(request.url) if not request.url.startswith((address, "data:")) else None,
    )
    page.on(
        "response",
        lambda response: faults.append(f"{response.status} {response.url}") if response.status >= 400 else None,
    )
    if context.get("java_script_enabled", True):
        visit_page(page, address + path)
    else:
        page.goto(address + path, wait_until="networkidle")
    return page, faults


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_error_no_third_party_nothing_sticks_out(
    browser: Browser, address: str, path: str, scheme: str, viewport: object
) -> None:
    page, faults = open_page(browser, address, path, viewport=viewport, color_scheme=scheme)
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
    assert page.evaluate("document.body.dataset.mdColorScheme") == {"light": "default", "dark": "slate"}[scheme]
    page.context.close()


@pytest.mark.parametrize(
    "path", ["", "3blue1brown/", "3blue1brown/weights_and_biases/", "videos/aircAruvnKk/", "concepts/"]
)
def test_a_page_asks_for_few_files(browser: Browser, address: str, path: str) -> None:
    """Twelve, its own address among them; what more a reader uses is loaded with the first use."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    visit_page(page, address + path)
    assert len(asked) <= 12, asked
    page.context.close()


def test_a_timestamp_is_a_link_without_javascript(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "3blue1brown/neural_network/", java_script_enabled=False)
    page.context.route(
        "https://www.youtube.com/**", lambda route: route.fulfill(body="<title>video</title>", content_type="text/html")
    )
    page.locator(".vn-text a.yt-timestamp").first.click()
    assert page.url == "https://www.youtube.com/watch?v=aircAruvnKk&t=160s"
    page.context.close()


def test_by_keyboard_from_link_to_link(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "3blue1brown/neural_network/", viewport=DESKTOP)
    before_a_stamp = (
        "[...document.querySelectorAll('.vn-text a')].find((link, at, all) => all[at + 1]?.matches('.yt-timestamp'))"
    )
    page.evaluate(f"{before_a_stamp}.focus()")
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.classList.contains('yt-timestamp')")
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") != "none" or page.evaluate(
        f"getComputedStyle({focused}).backgroundColor !== getComputedStyle(document.querySelectorAll('.yt-timestamp')[1]).backgroundColor"
    )
    page.context.close()


def test_a_wikilink_leads_to_its_note_and_back(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "3blue1brown/neural_network/", viewport=PHONE, has_touch=True)
    page.locator(".vn-text a.wikilink", has_text="sigmoid").first.tap()
    page.wait_for_url("**/sigmoid_and_relu/")
    page.locator(".vn-mention", has_text="Neural network").tap()
    page.wait_for_url("**/neural_network/")
    assert faults == []
    page.context.close()


def test_formulas_and_tables_are_drawn(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "3blue1brown/weights_and_biases/", viewport=DESKTOP)
    formula = page.locator("math[display=block]").bounding_box()
    assert formula is not None
    assert formula["height"] > 15
    assert page.locator("math annotation").first.is_hidden()
    assert page.locator(".vn-text table tbody tr").count() == 3
    page.context.close()


def test_a_missing_address_offers_the_nearest_notes(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "3blue1brown/index.html", viewport=PHONE)
    page.goto(f"{address}3blue1brown/weights_biases/")
    first = page.locator("#videonotes-nearest a").first
    first.wait_for()
    assert first.inner_text() == "Weights and biases"
    assert page.locator("input[name=q]").input_value() == "weights biases"
    page.context.close()


def test_the_filter_of_a_channel(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "3blue1brown/", viewport=DESKTOP)
    page.get_by_label("Filter this page").fill("SIGMOID")
    assert page.locator(".vn-video:visible").count() == 1
    assert page.locator(".vn-video li:visible").all_inner_texts() == ["Sigmoid and ReLU"]
    assert page.locator(".vn-tools [role=status]").inner_text() == "1 of 2 videos"
    page.get_by_label("Filter this page").fill("")
    assert page.locator(".vn-video:visible").count() == 2
    assert faults == []
    page.context.close()


def test_a_random_note(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "", viewport=DESKTOP)
    page.get_by_role("link", name="A random note").click()
    page.wait_for_url(lambda url: "/3blue1brown/" in url or "/aragusea/" in url)
    assert page.locator(".vn-note h1").count() == 1
    assert faults == []
    page.context.close()


def test_a_random_note_without_a_server(browser: Browser, address: str, tmp_path: Path) -> None:
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(tmp_path), use_directory_urls=False))
    page = browser.new_page()
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="A random note").click()
    page.wait_for_url(lambda url: "/3blue1brown/" in url or "/aragusea/" in url)
    assert page.locator(".vn-note h1").count() == 1
    page.close()


def test_everything_is_there_without_javascript(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "", java_script_enabled=False, viewport=PHONE)
    page.locator(".vn-cards a").first.click()
    assert page.locator(".vn-video").count() == 2
    page.get_by_role("link", name="most linked").click()
    assert page.url.endswith("/3blue1brown/by-links/")
    page.locator(".vn-video h3 a").first.click()
    assert page.locator(".vn-timeline > li").count() > 5
    page.locator(".vn-numbered a").first.click()
    page.locator("details.vn-more, .vn-mention").first.wait_for()
    page.get_by_role("link", name="Concepts A to Z").click()
    page.locator(".vn-letters a").first.click()
    assert page.locator(".vn-index a").count() > 0
    page.get_by_role("link", name="Random notes").click()
    assert page.locator(".vn-titles a").count() == 13
    page.get_by_role("link", name="Search", exact=True).click()
    assert page.get_by_text("Searching needs JavaScript").is_visible()
    page.context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wcag(browser: Browser, address: str, scheme: str, viewport: object) -> None:
    """WCAG 2.2 AA, as far as axe-core can tell."""
    page, _ = open_page(browser, address, "", viewport=viewport, color_scheme=scheme)
    found = {}
    for path in [*PAGES, "404.html", "guide/pages/"]:
        page.goto(address + path, wait_until="networkidle")
        result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        if result.violations_count:
            found[path] = result.generate_report()
    page.context.close()
    assert found == {}


@pytest.mark.parametrize("path", ["", "3blue1brown/neural_network/"])
def test_the_logo_is_drawn_on_every_page(browser: Browser, address: str, path: str) -> None:
    page, _ = open_page(browser, address, path, viewport=DESKTOP)
    size = "link => ['width', 'clipPath'].map((name) => getComputedStyle(link, '::before')[name])"
    assert page.locator(".md-header .md-logo").evaluate(size) == ["24px", "polygon(33% 21%, 33% 79%, 79% 50%)"]
    page.context.close()
