"""What a reader downloads of a built site, in Chromium, gzipped, with a cold cache."""

import gzip
import re
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from scripts.find_browser import find_browser

from .search import ARGUMENTS, Server, measure, serve

NOTES = 5
QUERIES = ("neural networks", "growth strategy", "learning", "history of science", "health")


def open_note(browser: Browser, address: str, path: str) -> tuple[int, int, int]:
    """Open a page; return its requests, those to third parties, and the bytes that were sent."""
    page = browser.new_context().new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    begin = Server.sent
    page.goto(address + path, wait_until="networkidle")
    page.context.close()
    return len(urls), sum(not url.startswith((address, "data:")) for url in urls), Server.sent - begin


def frame(file: Path) -> int:
    """Return the gzipped bytes of a page's HTML without its article."""
    text = re.sub(r"<article.*</article>", "", file.read_text("utf-8"), flags=re.DOTALL)
    return len(gzip.compress(text.encode(), 6))


def reader_costs(site: Path) -> dict[str, float]:
    """Return requests and kilobytes of notes, and of the first answers of a search."""
    notes = sorted(file.parent for file in site.glob("*/*/index.html") if 'class="vn-note"' in file.read_text("utf-8"))
    chosen = notes[:: max(1, len(notes) // NOTES)][:NOTES]
    paths = [f"{note.relative_to(site).as_posix()}/" for note in chosen]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        address = serve(site)
        opened = [open_note(browser, address, path) for path in paths]
        costs = [measure(browser, address, paths[0], query) for query in QUERIES]
        browser.close()
    return {
        "note: requests": max(requests for requests, _, _ in opened),
        "note: third parties": max(others for _, others, _ in opened),
        "note: kB": max(sent for _, _, sent in opened) / 1000,
        "note: kB of frame": max(frame(note / "index.html") for note in chosen) / 1000,
        "first concept: kB": max(cost[2] for cost in costs) / 1000,
        "first text: kB": max(cost[3] for cost in costs) / 1000,
    }
