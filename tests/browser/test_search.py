"""Searching, in a real Chromium: the dialog and the page, over the demo and over a site of several languages."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import served, visit_page
from tests.browser.test_pages import DESKTOP, PHONE, open_page
from tests.conftest import Build, note
from videonotes.core.alphabet import without_marks
from videonotes.core.terms import name_terms, telling_words

DOCS = Path(__file__).parents[2] / "docs"
NOTE = "3blue1brown/weights_and_biases/"


def options(page: Page) -> list[str]:
    return page.locator("[role=option] b").all_inner_texts()


def groups(page: Page) -> list[str]:
    return page.locator(".vn-find__group").all_inner_texts()


def chosen(page: Page) -> str:
    """Return the option that a screen reader is told of."""
    name = page.get_by_role("combobox").get_attribute("aria-activedescendant")
    return page.locator(f"#{name} b").inner_text() if name else ""


@pytest.mark.parametrize("key", ["/", "s", "Control+k", "Meta+k", "button"])
def test_the_ways_into_the_dialog(browser: Browser, address: str, key: str) -> None:
    page, faults = open_page(browser, address, NOTE, viewport=DESKTOP)
    before = page.url
    if key == "button":
        page.get_by_role("link", name="Search", exact=True).first.click()
    else:
        page.keyboard.press(key)
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.get_by_text("Most linked concepts").wait_for()
    assert page.get_by_role("combobox").input_value() == ""
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == before
    assert faults == []
    page.context.close()


def test_typing_in_a_field_opens_nothing(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "3blue1brown/", viewport=DESKTOP)
    page.get_by_label("Filter this page").press_sequentially("s/")
    assert page.get_by_label("Filter this page").input_value() == "s/"
    assert page.get_by_role("dialog").count() == 0
    page.context.close()


def test_concepts_first_then_pages_with_moments_by_keyboard(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "", viewport=DESKTOP)
    page.keyboard.press("/")
    page.keyboard.type("sigm")
    page.get_by_role("group", name="Concepts").get_by_role("option", name="Sigmoid and ReLU").wait_for()
    page.get_by_role("group", name="Pages").wait_for()
    assert groups(page) == ["Concepts", "Pages"]
    expect(page.locator(".vn-find__said")).to_have_text(re.compile(r"concept.*page"))
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    assert chosen(page) == ""
    page.keyboard.press("ArrowUp")
    assert chosen(page) == options(page)[-1]
    page.keyboard.press("ArrowDown")
    assert chosen(page) == options(page)[0] == "Sigmoid and ReLU"
    assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/sigmoid_and_relu/")
    assert faults == []
    page.context.close()


def test_a_moment_of_a_result_opens_the_note_there(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "", viewport=PHONE, has_touch=True, is_mobile=True)
    page.get_by_role("link", name="Search", exact=True).first.tap()
    page.get_by_role("combobox").fill("sigmoid")
    moment = page.locator(".vn-find__part").first
    moment.wait_for()
    time = moment.locator(".vn-find__time").inner_text()
    assert page.locator(".vn-find__words mark").first.inner_text().lower().startswith("sigmoid")
    moment.tap()
    page.wait_for_url(re.compile(r"\?t=\d+$"))
    minutes, seconds = time.split(":")
    assert page.url.endswith(f"?t={60 * int(minutes) + int(seconds)}")
    assert page.locator(f"#t-{60 * int(minutes) + int(seconds)}").count() == 1
    assert faults == []
    page.context.close()


def test_enter_without_a_choice_shows_all_results_and_control_enter_a_new_tab(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "", viewport=DESKTOP)
    page.keyboard.press("/")
    page.keyboard.type("vector")
    page.get_by_role("group", name="Concepts").wait_for()
    page.keyboard.press("ArrowDown")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    opened.value.wait_for_url("**/vectors/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("combobox").fill("vector space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=vector%20space")
    page.context.close()


def test_recent_searches_are_kept_here_and_can_be_cleared(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, NOTE, viewport=DESKTOP)
    for query in ("relu", "panko"):
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(query)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/search/?q={query}")
        visit_page(page, address + NOTE)
    page.keyboard.press("/")
    page.get_by_role("group", name="Recent searches").wait_for()
    assert options(page)[:2] == ["panko", "relu"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.get_by_role("combobox").input_value() == "panko"
    page.get_by_role("combobox").fill("")
    page.get_by_role("button", name="Clear recent searches").click()
    expect(page.get_by_role("group", name="Recent searches")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('searches')).length") == 0
    page.context.close()


def test_storage_that_throws_harms_nothing(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, NOTE, viewport=DESKTOP)
    page.evaluate("Storage.prototype.getItem = Storage.prototype.setItem = function () { throw new Error('no') }, 0")
    page.keyboard.press("/")
    page.keyboard.type("vectors")
    page.get_by_role("group", name="Concepts").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=vectors")
    assert faults == []
    page.context.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("weights biases", "Weights and biases"),
        ("WEIGHTS-AND-BIASES", "Weights and biases"),
        ("wieghts", "Weights and biases"),
        ("relu", "Sigmoid and ReLU"),
        ("what is a neural network", "Neural network"),
        ('"gradient descent"', "Gradient Descent"),
    ],
)
def test_queries_are_forgiven_how_they_are_written(browser: Browser, address: str, query: str, first: str) -> None:
    page, _ = open_page(browser, address, f"search/?q={query}", viewport=DESKTOP)
    title = page.locator(".vn-result__title").first
    title.wait_for()
    assert title.inner_text() == first
    page.context.close()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("objectives and key results", "How OKRs are set"),
        ("what a z score is", "Zscores, Tscores"),
    ],
)
def test_words_are_found_by_their_initials_and_joined(browser: Browser, build: Build, query: str, first: str) -> None:
    notes = {"lex/okr.md": note("Text.", title="How OKRs are set"), "lex/z.md": note("Text.", title="Zscores, Tscores")}
    others = {f"lex/{number}.md": note("Text.", title=f"Key objects {number}") for number in range(9)}
    with served(build({**notes, **others}).folder) as address:
        page, _ = open_page(browser, address, "lex/z/", viewport=DESKTOP)
        page.keyboard.press("/")
        page.get_by_role("combobox").fill(query)
        expect(page.locator("[role=group][aria-label=Concepts] b").first).to_have_text(first)
        page.context.close()


def test_a_reader_who_types_faster_than_names_come_loads_few_of_them(browser: Browser, build: Build) -> None:
    word = "differentials"
    titles = [f"{word} {number}" for number in range(200)] + [f"{word[:length]}x" for length in range(1, len(word))]
    notes = {f"lex/{at}.md": note("Text.", title=title) for at, title in enumerate(titles)}
    with served(build(notes).folder) as address:
        page, _ = open_page(browser, address, "lex/0/", viewport=DESKTOP)
        loaded = []

        def answer(route: Route) -> None:
            loaded.append(route.request.url.rpartition("/")[2])
            time.sleep(0.05)
            route.continue_()

        page.route("**/search/names/*_.json", answer)
        page.keyboard.press("/")
        page.get_by_text("Most linked concepts").wait_for()
        page.keyboard.type(word)
        page.get_by_role("group", name="Pages").wait_for()
        assert "differentials_.json" in loaded
        assert len(loaded) < len(word) // 2
        page.context.close()


def test_nothing_found_offers_the_nearest(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "search/?q=vectors xyzzyqq", viewport=DESKTOP)
    page.locator(".vn-result").first.wait_for()
    assert "Vectors" in page.locator(".vn-result__title").all_inner_texts()
    page.get_by_role("searchbox").fill("xyzzyqq")
    page.get_by_text("Nothing has these words.").wait_for()
    visit_page(page, address)
    page.keyboard.press("/")
    page.keyboard.type("xyzzyqq")
    page.get_by_text("Nothing has these words.").wait_for()
    assert faults == []
    page.context.close()


def test_the_search_page_is_its_address(browser: Browser, address: str) -> None:
    page, faults = open_page(browser, address, "search/?q=the+network", viewport=DESKTOP)
    said = page.locator("#videonotes-said")
    expect(said).to_have_text(re.compile(r"\d+ results?"))
    channel = page.get_by_label("Channel")
    expect(channel.locator("option")).not_to_have_count(1)
    everything = int(said.inner_text().split()[0])
    label = channel.locator("option[value='3blue1brown']").inner_text()
    channel.select_option("3blue1brown")
    page.wait_for_url("**/search/?q=the+network&channel=3blue1brown")
    expect(said).to_have_text(label.rpartition("(")[2].rstrip(")") + " results")
    page.get_by_label("Kind").select_option("note")
    page.wait_for_url("**&kind=note")
    page.go_back()
    page.wait_for_url("**/search/?q=the+network&channel=3blue1brown")
    page.go_back()
    expect(said).to_have_text(f"{everything} results")
    assert channel.input_value() == ""
    page.goto(f"{address}search/?q=network&channel=3blue1brown&kind=video")
    page.locator(".vn-result").first.wait_for()
    assert channel.input_value() == "3blue1brown" or page.get_by_label("Kind").input_value() == "video"
    assert "network · Search" in page.title()
    assert faults == []
    page.context.close()


def test_more_results_and_the_way_back(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "search/?q=neural panko vector rice", viewport=DESKTOP)
    results = page.locator(".vn-result")
    expect(results).to_have_count(10)
    page.get_by_role("button", name="More results").click()
    expect(results.nth(10).locator("a").first).to_be_focused()
    results.nth(10).locator("a").first.click()
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()
    expect(results).not_to_have_count(0)
    assert page.get_by_role("searchbox").input_value() == "neural panko vector rice"
    page.context.close()


def test_the_form_of_the_home_leads_to_the_search_page(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "", viewport=DESKTOP)
    page.get_by_role("searchbox").fill("sigmoid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=sigmoid")
    expect(page.locator(".vn-result__title").first).to_have_text("Sigmoid and ReLU")
    page.context.close()


def test_the_search_page_without_javascript(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "", viewport=DESKTOP, java_script_enabled=False)
    page.get_by_role("link", name="Search", exact=True).first.click()
    page.wait_for_url("**/search/")
    expect(page.locator("#videonotes-plain")).to_contain_text("needs JavaScript")
    page.locator("#videonotes-plain a").click()
    page.wait_for_url("**/concepts/")
    page.context.close()


def test_a_full_text_that_cannot_be_loaded_leaves_the_names(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, NOTE, viewport=DESKTOP)
    page.context.route("**/search/text/**", lambda route: route.abort())
    page.keyboard.press("/")
    page.keyboard.type("vectors")
    page.get_by_text("The full text could not be loaded.").wait_for()
    assert options(page)[0] == "Vectors"
    page.goto(f"{address}search/?q=vectors")
    page.get_by_text("The full text could not be loaded: these are names alone.").wait_for()
    assert page.locator(".vn-result__title").first.inner_text() == "Vectors"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_are_seen_in_both_schemes(browser: Browser, address: str, scheme: str) -> None:
    """axe-core passes over buttons without a background of their own."""
    page, _ = open_page(browser, address, "search/?q=neural panko vector rice", viewport=DESKTOP, color_scheme=scheme)
    page.get_by_role("button", name="More results").wait_for()
    for name in ("Search", "More results"):
        button = page.get_by_role("button", name=name)
        assert button.evaluate(
            """(element) => {
              const light = (color) => {
                const [r, g, b] = color.match(/[0-9.]+/g).map(Number);
                return 0.3 * r + 0.6 * g + 0.1 * b;
              };
              const behind = getComputedStyle(document.body).backgroundColor;
              return Math.abs(light(getComputedStyle(element).color) - light(behind)) > 110;
            }"""
        )
    page.context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_dialog_is_accessible(browser: Browser, address: str, scheme: str, viewport: object) -> None:
    """WCAG 2.2 AA, as far as axe-core can tell: without a query, with results, with none."""
    page, faults = open_page(browser, address, NOTE, viewport=viewport, color_scheme=scheme)
    page.keyboard.press("/")
    found = {}
    for query, shown in (("", "Most linked concepts"), ("network", "Pages"), ("xyzzyqq", "Nothing has these words.")):
        page.get_by_role("combobox").fill(query)
        page.get_by_text(shown, exact=True).first.wait_for()
        page.keyboard.press("ArrowDown")
        result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        if result.violations_count:
            found[query] = result.generate_report()
    assert found == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
    assert faults == []
    page.context.close()


def test_scripts_read_names_as_the_build_does(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "search/", viewport=DESKTOP)
    titles = re.findall(
        r"^title: (.+)$", "\n".join(file.read_text("utf-8") for file in DOCS.rglob("*.md")), re.MULTILINE
    )
    names = [*titles, "ProductLed Growth", "Node.js & C++", "Łódź, a city", "Straße nach Ærø", "Gödel’s theorem",
             "人工知能とは", "What is it?", "e-mail 2.0", "LLMs vs ChatGPT", "Ünïcödé ①"]  # fmt: skip
    read = page.evaluate(
        """async (names) => {
          const { fold, telling, terms } = await import(new URL("../assets/javascripts/videonotes/fold.js", location.href));
          return names.map((name) => [fold(name), telling(name), terms(name)]);
        }""",
        names,
    )
    assert len(names) > 30
    for name, (folded, telling, terms) in zip(names, read, strict=True):
        assert folded == without_marks(name), name
        assert telling == telling_words(name), name
        assert sorted(terms) == sorted(name_terms(name)), name
    page.context.close()


def test_words_with_the_same_stem_and_words_spelled_nearly_so(browser: Browser, address: str) -> None:
    page, _ = open_page(browser, address, "search/", viewport=DESKTOP)
    stems, distances = page.evaluate(
        """async () => {
          const { stem, distance } = await import(new URL("../assets/javascripts/videonotes/fold.js", location.href));
          const same = [["rinse", "rinsing", "rinses", "rinsed"], ["run", "runs", "running"], ["theory", "theories"], ["glass"], ["analysis"], ["ai"]];
          return [same.map((words) => [...new Set(words.map(stem))]),
            [["positoning", "positioning", 2], ["entaglement", "entanglement", 2], ["wieghts", "weights", 1], ["abcd", "wxyz", 2], ["same", "same", 1]]
              .map(([one, other, most]) => distance(one, other, most))];
        }"""
    )
    assert stems == [["rins"], ["run"], ["theor"], ["glass"], ["analysis"], ["ai"]]
    assert distances == [1, 1, 1, 3, 0]
    page.context.close()
