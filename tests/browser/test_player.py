"""The player, in a real Chromium. YouTube cannot be reached from tests: its addresses are answered by Playwright's
routes, with a stand-in for the script of the IFrame API and a page that speaks the messages of the real player.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import visit_page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NOTE = "3blue1brown/neural_network/"
VIDEO = "aircAruvnKk"

API = """
window.YT = { Player: function (frame, options) {
  const info = { currentTime: 0, playerState: -1, muted: false };
  const send = (message) => frame.contentWindow?.postMessage(
    JSON.stringify({ id: 1, channel: "widget", ...message }), "https://www.youtube-nocookie.com");
  const listen = setInterval(() => send({ event: "listening" }), 50);
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    const message = JSON.parse(event.data);
    if (message.info && typeof message.info === "object") Object.assign(info, message.info);
    if (message.event === "onReady") { clearInterval(listen); options.events.onReady({ target: this }); }
    if (message.event === "onStateChange") { info.playerState = message.info; options.events.onStateChange({ data: message.info }); }
    if (message.event === "onError") options.events.onError({ data: message.info });
  });
  for (const name of ["playVideo", "pauseVideo", "stopVideo", "seekTo", "loadVideoById", "mute", "unMute"])
    this[name] = (...args) => send({ event: "command", func: name, args });
  this.getCurrentTime = () => info.currentTime;
  this.getPlayerState = () => info.playerState;
  this.isMuted = () => info.muted;
  this.destroy = () => frame.remove();
} };
window.onYouTubeIframeAPIReady?.();
"""

EMBED = """<!doctype html><title>player</title><script>
const query = new URLSearchParams(location.search);
let time = Number(query.get("start")), state = 1, muted = false, ready = false;
const calls = [];
const say = (message) => parent.postMessage(JSON.stringify({ id: 1, channel: "widget", ...message }), "*");
const deliver = () => say({ event: "infoDelivery", info: { currentTime: time, playerState: state, muted } });
const commands = {
  playVideo() { state = 1; }, pauseVideo() { state = 2; }, stopVideo() { state = 5; },
  seekTo(seconds) { time = seconds; }, loadVideoById(video) { time = video.startSeconds; state = 1; },
  mute() { muted = true; }, unMute() { muted = false; },
};
addEventListener("message", (event) => {
  const message = JSON.parse(event.data);
  if (message.event === "listening" && !ready) {
    ready = true;
    if (ERROR) { say({ event: "onError", info: ERROR }); return; }
    say({ event: "onReady", info: null }); say({ event: "onStateChange", info: state }); deliver();
  }
  if (message.event === "command") {
    calls.push([message.func, ...message.args]); document.title = JSON.stringify(calls);
    commands[message.func](...message.args);
    say({ event: "onStateChange", info: state }); deliver();
  }
});
setInterval(() => { if (state === 1) { time += 0.1; deliver(); } }, 100);
</script>"""

# Every page of these tests is sent with the Content-Security-Policy of the manual (conftest.py).
Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Open]:
    """Return a function that opens a page of the demo; `page.asked` are the addresses asked outside of it."""
    pages: list[Page] = []

    def visit(
        path: str = NOTE, error: int = 0, blocked: bool = False, ready: str = ".vn-dock[data-ready]", **context: object
    ) -> Page:
        page = browser.new_context(**{"viewport": DESKTOP, **context}).new_page()  # type: ignore[arg-type]
        asked: list[str] = []

        def outside(route: Route) -> None:
            url = route.request.url
            asked.append(url)
            if blocked:
                route.abort()
            elif url == "https://www.youtube.com/iframe_api":
                route.fulfill(body=API, content_type="text/javascript")
            elif "/embed/" in url:
                route.fulfill(body=EMBED.replace("ERROR", str(error)), content_type="text/html")
            else:
                route.fulfill(body="<title>YouTube</title>", content_type="text/html")

        page.context.route(re.compile(r"^https?://(?!127\.0\.0\.1)"), outside)
        page.asked = asked  # type: ignore[attr-defined]
        page.faults = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))  # type: ignore[attr-defined]
        visit_page(page, address + path)
        page.locator(ready).first.wait_for(state="attached")
        pages.append(page)
        return page

    yield visit
    for page in pages:
        assert page.faults == []  # type: ignore[attr-defined]
        page.context.close()


def stamp(page: Page, label: str):  # type: ignore[no-untyped-def]
    return page.locator(".vn-text a.yt-timestamp", has_text=re.compile(rf"^{label}$"))


def calls(page: Page) -> str:
    """Return what the player was told, as JSON."""
    frame = next(frame for frame in page.frames if "/embed/" in frame.url)
    return frame.title()


def test_nothing_is_asked_before_the_reader_asks(visit: Open) -> None:
    page = visit()
    page.wait_for_timeout(500)
    assert page.asked == []  # type: ignore[attr-defined]
    assert page.locator(".vn-dock a").get_attribute("href") == f"https://www.youtube.com/watch?v={VIDEO}"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_click_plays_from_there_and_moves_nothing(visit: Open, viewport: object) -> None:
    page = visit(viewport=viewport)
    before = stamp(page, "2:40").bounding_box()
    stamp(page, "2:40").click()
    frame = page.locator(".vn-dock iframe")
    expect(frame).to_have_attribute(
        "src", re.compile(rf"^https://www\.youtube-nocookie\.com/embed/{VIDEO}\?.*\bstart=160\b")
    )
    source = frame.get_attribute("src") or ""
    for part in ("enablejsapi=1", "playsinline=1", "origin=http%3A%2F%2F127.0.0.1"):
        assert part in source
    assert frame.get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
    expect(stamp(page, "2:40")).to_have_attribute("aria-current", "true")
    expect(page.locator(".vn-dock [role=status]")).to_have_text("Playing from 2 minutes 40 seconds")
    assert stamp(page, "2:40").bounding_box() == before
    box = page.locator(".vn-dock").bounding_box()
    assert box is not None
    assert box["height"] <= 0.4 * page.viewport_size["height"]  # type: ignore[index]
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_the_next_click_seeks(visit: Open) -> None:
    page = visit()
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    stamp(page, "12:18").click()
    page.wait_for_timeout(300)
    assert calls(page) == '[["seekTo",738,true],["playVideo"]]'
    assert page.locator("iframe").count() == 1
    expect(stamp(page, "12:18")).to_have_attribute("aria-current", "true")
    expect(stamp(page, "2:40")).not_to_have_attribute("aria-current", "true")


def test_a_click_with_a_key_is_that_of_any_link(visit: Open) -> None:
    page = visit()
    with page.context.expect_page():
        stamp(page, "2:40").click(modifiers=["ControlOrMeta"])
    assert page.locator("iframe").count() == 0


def test_ticks_of_the_strip_play(visit: Open) -> None:
    page = visit()
    page.locator(".vn-strip a").first.dispatch_event("click")
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("start=160"))
    expect(stamp(page, "2:40")).to_have_attribute("aria-current", "true")


def test_it_follows_the_playhead_out_of_order(visit: Open) -> None:
    """7:15 stands before 6:53 in the note; in the video it is after it."""
    page = visit()
    stamp(page, "6:53").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.keyboard.press("l")
    page.keyboard.press("l")
    page.wait_for_timeout(200)
    expect(stamp(page, "6:53")).to_have_attribute("aria-current", "true")
    page.keyboard.press("l")
    expect(stamp(page, "7:15")).to_have_attribute("aria-current", "true", timeout=3000)
    expect(page.locator(".vn-text h2[data-vn-current]")).to_have_count(1)
    assert page.locator("[aria-current=true]").count() == 1


def test_from_moment_to_moment(visit: Open) -> None:
    page = visit()
    stamp(page, "4:35").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.get_by_role("button", name="Next moment").click()
    expect(stamp(page, "6:53")).to_have_attribute("aria-current", "true")
    page.wait_for_timeout(300)
    page.keyboard.press("[")
    expect(stamp(page, "4:35")).to_have_attribute("aria-current", "true")


def test_links_to_a_moment(visit: Open) -> None:
    page = visit(f"{NOTE}?t=740")
    expect(stamp(page, "12:18")).to_be_in_viewport()
    assert page.locator("[data-vn-shown]").count() == 1
    assert page.asked == []  # type: ignore[attr-defined]
    page.locator(".vn-dock a").click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("start=740"))
    page = visit(f"{NOTE}#t-275")
    page.locator(".vn-dock a").click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("start=275"))


def test_a_moment_of_another_video_says_so(visit: Open) -> None:
    page = visit()
    page.evaluate(
        "document.querySelector('.vn-text a.yt-timestamp').href = 'https://www.youtube.com/watch?v=fNk_zzaMoSs&t=30s'"
    )
    page.locator(".vn-text a.yt-timestamp").first.click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("/embed/fNk_zzaMoSs.*start=30"))
    expect(page.locator(".vn-dock__notice")).to_contain_text("another video")
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.get_by_role("button", name="Back to this page's video").click()
    page.wait_for_timeout(300)
    assert f'["loadVideoById",{{"videoId":"{VIDEO}","startSeconds":0}}]' in calls(page)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (2, "does not know"),
        (5, "player failed"),
        (100, "private or was deleted"),
        (101, "only be watched on YouTube"),
        (150, "only be watched on YouTube"),
        (153, "refused to play"),
        (999, "error 999"),
    ],
)
def test_a_video_that_does_not_play_is_said_and_links_are_links_again(visit: Open, error: int, words: str) -> None:
    page = visit(error=error)
    stamp(page, "2:40").click()
    expect(page.locator(".vn-dock__notice")).to_contain_text(words)
    link = page.locator(".vn-dock__notice a")
    assert link.get_attribute("href") == f"https://www.youtube.com/watch?v={VIDEO}&t=160s"
    stamp(page, "12:18").click()
    page.wait_for_url(f"https://www.youtube.com/watch?v={VIDEO}&t=738s")


def test_a_network_that_blocks_youtube(visit: Open) -> None:
    page = visit(blocked=True)
    stamp(page, "2:40").click()
    expect(page.locator(".vn-dock__notice")).to_contain_text("YouTube cannot be reached.", timeout=10_000)


def test_keys(visit: Open) -> None:
    page = visit()
    page.keyboard.press("k")  # nothing plays: nothing happens
    assert page.locator("iframe").count() == 0
    page.keyboard.press("?")
    expect(page.locator("dialog.vn-keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.vn-keys")).not_to_be_visible()
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.keyboard.press("k")
    page.locator(".vn-dock[data-state=paused]").wait_for()
    page.keyboard.press("m")
    page.keyboard.press("j")
    page.wait_for_timeout(200)
    assert re.findall(r'\["(\w+)"', calls(page)) == ["pauseVideo", "mute", "seekTo"]
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.closest('.vn-dock') !== null")
    page.keyboard.press("Escape")
    assert page.locator("iframe").count() == 0
    assert page.locator("[aria-current=true]").count() == 0
    expect(page.locator(".vn-dock a")).to_be_visible()


def test_the_scripts_may_be_loaded_twice(visit: Open) -> None:
    page = visit()
    for name in ("moments", "find"):
        page.evaluate(f"import(document.querySelector('script[src*=\"/{name}.js\"]').src + '?again')")
    page.wait_for_timeout(300)
    assert page.locator(".vn-dock__notice").count() == 1
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    assert page.locator("iframe").count() == 1
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    assert page.get_by_role("dialog", name="Search").count() == 1
    page = visit("search/?q=vectors", ready=".vn-result")
    page.evaluate("import(document.querySelector('script[src*=\"/search.js\"]').src + '?again')")
    page.wait_for_timeout(300)
    assert page.get_by_label("Channel").count() == 1


def test_a_player_that_cannot_be_loaded_leaves_the_link(visit: Open) -> None:
    page = visit()
    page.context.route("**/videonotes/session.js", lambda route: route.abort())
    stamp(page, "2:40").click()
    page.wait_for_url(f"https://www.youtube.com/watch?v={VIDEO}&t=160s")


def test_quick_clicks_before_the_player_is_loaded(visit: Open) -> None:
    """The last one counts, and there is one player."""
    page = visit()
    page.context.route("**/videonotes/session.js", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.evaluate(
        "for (const link of [...document.querySelectorAll('.vn-text a.yt-timestamp')].slice(0, 3)) link.click()"
    )
    page.locator(".vn-dock[data-state=playing]").wait_for()
    assert page.locator("iframe").count() == 1
    third = page.locator(".vn-text a.yt-timestamp").nth(2)
    expect(third).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wcag_with_the_player_open(visit: Open, viewport: object, scheme: str) -> None:
    page = visit(viewport=viewport, color_scheme=scheme)
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert result.violations_count == 0, result.generate_report()


def test_the_page_of_a_video_plays_its_timeline(visit: Open) -> None:
    page = visit(f"videos/{VIDEO}/")
    page.locator('.vn-timeline a[href^="https:"]').nth(2).click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("start=275"))


def test_a_section_is_played_to_its_end(visit: Open) -> None:
    """The section's moments are 4:35 to 14:20 out of order; it ends 20 seconds after its last one."""
    page = visit()
    page.get_by_role("button", name="Play this section: From one layer to the next").click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile("start=275"))
    expect(page.locator(".vn-dock__queue")).to_contain_text("From one layer to the next: weights and biases, 4:35 to ")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".vn-dock__queue")).to_be_hidden()


def test_the_moments_of_a_note_are_played_one_after_another(visit: Open) -> None:
    page = visit()
    page.get_by_role("button", name=re.compile("^Play the moments of this note")).click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    expect(page.locator(".vn-dock__queue")).to_contain_text("1 of 7: Neural network, 2:40 to 2:53")
    page.keyboard.press("l")
    expect(page.locator(".vn-dock__queue")).to_contain_text("2 of 7: Neural network, 2:53 to 3:38", timeout=10_000)
    for _ in range(5):
        page.keyboard.press("l")
    expect(page.locator(".vn-dock__queue")).to_contain_text("3 of 7: From one layer", timeout=10_000)
    assert '["seekTo",275,true]' in calls(page)
    page.keyboard.press("Escape")
    expect(page.locator(".vn-dock__queue")).to_be_hidden()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_moves(visit: Open, address: str, viewport: object) -> None:
    """CLS is 0: on loading, however late the scripts come, and when the player opens."""
    page = visit(viewport=viewport)
    page.route("**/videonotes/*.js", lambda route: (page.wait_for_timeout(200), route.continue_()))
    page.goto(address + NOTE, wait_until="load")
    page.locator(".vn-dock[data-ready]").wait_for(state="attached")
    page.evaluate(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shift += entry.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0


def test_what_was_heard_is_kept_and_forgotten(visit: Open, address: str) -> None:
    page = visit()
    stamp(page, "2:40").click()
    expect(page.locator(".vn-strip a[data-vn-heard]")).to_have_count(1)
    page.wait_for_timeout(2500)
    visit_page(page, f"{address}3blue1brown/weights_and_biases/")
    page.get_by_role("button", name=re.compile(r"^Go on at 2:4\d$")).click()
    expect(page.locator(".vn-dock iframe")).to_have_attribute("src", re.compile(r"start=16\d"))
    visit_page(page, f"{address}{NOTE}")
    expect(page.locator(".vn-strip a[data-vn-heard]")).to_have_count(1)
    page.keyboard.press("?")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save what you have heard as a file").click()
    assert download.value.suggested_filename == "videonotes-heard.json"
    page.get_by_role("button", name="Forget everything").click()
    expect(page.locator(".vn-strip a[data-vn-heard]")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('videonotes.heard')") is None


def test_a_browser_that_keeps_nothing(visit: Open) -> None:
    page = visit()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })")
    page.reload(wait_until="networkidle")
    page.faults.clear()  # type: ignore[attr-defined]  # Material's own script reads the storage unguarded
    stamp(page, "2:40").click()
    expect(stamp(page, "2:40")).to_have_attribute("aria-current", "true")
    page.locator(".vn-dock[data-state=playing]").wait_for()


def test_the_menu_of_a_timestamp(visit: Open, address: str) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    stamp(page, "2:53").focus()
    page.keyboard.press(".")
    menu = page.get_by_role("menu")
    expect(menu.get_by_role("menuitem").first).to_be_focused()
    assert menu.get_by_role("menuitem").all_inner_texts()[:3] == [
        "Copy link to this moment", "Copy as a quote", "Open on YouTube",
    ]  # fmt: skip
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(stamp(page, "2:53")).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{NOTE}?t=173"
    page.keyboard.press(".")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "> The picture of a digit has 28 × 28 pixels, so the first layer has 784 of them, and the last has ten, one for each digit.\n"
        f">\n> [Neural network]({address}{NOTE}?t=173), [But what is a neural network? | Deep learning chapter 1 at 2:53]"
        f"(https://www.youtube.com/watch?v={VIDEO}&t=173s)\n"
    )
    page.keyboard.press(".")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(stamp(page, "2:53")).to_be_focused()
    assert page.asked == []  # type: ignore[attr-defined]


def test_other_notes_at_this_moment(visit: Open) -> None:
    page = visit("3blue1brown/weights_and_biases/")
    link = page.locator(".vn-text a.yt-timestamp", has_text="12:18")
    link.focus()
    page.keyboard.press(".")
    page.get_by_role("menuitem", name="Also at 12:18: Neural network").click()
    page.wait_for_url("**/neural_network/#t-738")
    expect(stamp(page, "12:18")).to_be_in_viewport()


def test_a_long_press_opens_the_menu(visit: Open) -> None:
    page = visit(viewport=PHONE, has_touch=True)
    box = stamp(page, "2:40").bounding_box()
    assert box is not None
    touch = {"pointerType": "touch", "bubbles": True, "clientX": box["x"] + 5, "clientY": box["y"] + 5}
    stamp(page, "2:40").dispatch_event("pointerdown", touch)
    expect(page.get_by_role("menu")).to_be_visible()
    stamp(page, "2:40").dispatch_event("pointerup", touch)
    stamp(page, "2:40").dispatch_event("click")
    assert page.locator("iframe").count() == 0
    page.locator("h1").dispatch_event("pointerdown", {**touch, "clientY": 5})
    expect(page.get_by_role("menu")).to_be_hidden()


def test_the_policy_is_on(visit: Open) -> None:
    """What the policy does not name is refused: the player above works under it."""
    page = visit()
    page.evaluate(
        "new Promise((done) => { const frame = document.createElement('iframe'); frame.src = 'https://example.org/';"
        " document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective)); document.body.append(frame); })"
        ".then((name) => { document.title = name; })"
    )
    assert page.title() == "frame-src"


def test_sizes_and_a_window_of_its_own(visit: Open) -> None:
    page = visit()
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    widths = []
    for _ in range(3):
        box = page.locator(".vn-dock").bounding_box()
        text = page.locator(".vn-text").bounding_box()
        assert box is not None
        assert text is not None
        assert box["x"] >= text["x"] + text["width"]
        widths.append(box["width"])
        page.get_by_role("button", name="Change the size").focus()
        page.keyboard.press("Enter")
    assert widths == sorted(set(widths))
    with page.context.expect_page():
        page.get_by_role("button", name="Open in a window of its own").click()
    page.locator(".vn-dock[data-state=paused]").wait_for()


def test_following_is_an_option_and_stops_when_the_reader_moves(visit: Open, address: str) -> None:
    page = visit(viewport={"width": 1440, "height": 420})
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.keyboard.press("]")
    page.keyboard.press("]")
    page.wait_for_timeout(900)
    before = page.evaluate("scrollY")

    def follow(route: Route) -> None:
        body = route.fetch().text().replace('class="vn-dock"', 'class="vn-dock" data-follow')
        route.fulfill(body=body, content_type="text/html")

    page.context.route(f"{address}{NOTE}", follow)

    visit_page(page, address + NOTE)
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.keyboard.press("]")
    page.wait_for_timeout(300)
    page.keyboard.press("]")
    page.wait_for_timeout(1200)
    followed = page.evaluate("scrollY")
    assert followed > before
    page.mouse.move(400, 200)
    page.mouse.wheel(0, -2000)
    page.wait_for_timeout(300)
    page.keyboard.press("]")
    page.wait_for_timeout(1200)
    assert page.evaluate("scrollY") < followed


def test_messages_of_others_change_nothing(visit: Open) -> None:
    page = visit()
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    page.evaluate(
        """window.postMessage(JSON.stringify({event: "onError", info: 150, id: 1, channel: "widget"}), "*")"""
    )
    page.wait_for_timeout(300)
    expect(page.locator(".vn-dock__notice")).to_be_hidden()


def test_an_api_that_does_not_come(visit: Open) -> None:
    """YouTube's script is answered, and never calls back: after 8 seconds the reader is told."""
    page = visit()
    page.context.route(
        "https://www.youtube.com/iframe_api", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    stamp(page, "2:40").click()
    page.wait_for_timeout(6000)
    expect(page.locator(".vn-dock__notice")).to_be_hidden()
    expect(page.locator(".vn-dock__notice")).to_contain_text("YouTube cannot be reached.", timeout=4000)


def test_the_media_session_names_note_and_section(visit: Open) -> None:
    page = visit()
    stamp(page, "4:35").click()
    expect(stamp(page, "4:35")).to_have_attribute("aria-current", "true")
    assert (
        page.evaluate("navigator.mediaSession.metadata.title")
        == "Neural network: From one layer to the next: weights and biases"
    )
    assert (
        page.evaluate("navigator.mediaSession.metadata.artist")
        == "But what is a neural network? | Deep learning chapter 1"
    )


def test_no_listeners_are_left_over(visit: Open, address: str) -> None:
    page = visit()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def listeners() -> float:
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "JSEventListeners")

    def there_and_back() -> None:
        page.goto(f"{address}3blue1brown/weights_and_biases/", wait_until="load")
        page.locator(".vn-dock[data-ready]").wait_for(state="attached")
        page.goto(address + NOTE, wait_until="load")
        page.locator(".vn-dock[data-ready]").wait_for(state="attached")

    for _ in range(3):
        there_and_back()
    before = listeners()
    for _ in range(25):
        there_and_back()
    assert listeners() <= before * 1.1


def test_in_print_there_is_no_player(visit: Open) -> None:
    page = visit()
    page.emulate_media(media="print")
    expect(page.locator(".vn-dock")).to_be_hidden()
    expect(page.locator(".vn-play").first).to_be_hidden()
    expect(stamp(page, "2:40")).to_be_visible()


def test_quick_presses_add_up(visit: Open) -> None:
    page = visit()
    stamp(page, "2:40").click()
    page.locator(".vn-dock[data-state=playing]").wait_for()
    for _ in range(3):
        page.keyboard.press("l")
    page.wait_for_timeout(300)
    first, second, third = (float(found) for found in re.findall(r'"seekTo",([\d.]+)', calls(page)))
    assert (second - first, third - second) == (10, 10)
