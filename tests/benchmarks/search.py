"""What search finds and costs: videonotes, stock Material (lunr) and plain Pagefind over the same notes.

Every query of `queries.yml` is asked in Chromium; a query succeeds at 1 (at 5) when the
first (one of the first five) of the notes shown is accepted. Bytes are those that the server sends,
gzipped as a host of static files does, from the first key to the first result, with a cold cache.
"""

import argparse
import gzip
import json
import mimetypes
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as Unanswered
from scripts.find_browser import find_browser

from videonotes.core.names import visible

from .configuration import configuration

QUERIES = Path(__file__).with_name("queries.yml")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PACKED = (".html", ".js", ".css", ".json", ".svg", ".xml")
TIMED = 30
ASK = """async (query) => {
  const { Engine } = await import(new URL("/assets/javascripts/videonotes/engine.js", location.href));
  window.engine ??= new Engine("/search/");
  const { results } = await window.engine.search(query);
  return Promise.all(results.slice(0, 5).map(async ({ target, hit }) => target ? target.url : (await hit.data()).url));
}"""
ASK_PAGEFIND = """async (query) => {
  const pagefind = await import(new URL("/pagefind/pagefind.js", location.href));
  const { results } = await pagefind.search(query);
  return Promise.all(results.slice(0, 5).map(async (result) => (await result.data()).url));
}"""


class Server(BaseHTTPRequestHandler):
    """Serves a site, gzipped, and counts what it sends."""

    protocol_version = "HTTP/1.1"
    sent = 0
    texts = 0
    """Bytes of the full text among them."""

    def __init__(self, site: Path, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        """Send a file."""
        path = self.site / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        data = path.read_bytes() if path.is_file() else b""
        packed = path.suffix in PACKED
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200 if path.is_file() else 404)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        Server.sent += len(data)
        Server.texts += len(data) if "/search/text/" in self.path else 0

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Listener(ThreadingHTTPServer):
    """Lets a browser ask for many files at once."""

    request_queue_size = 128


def serve(site: Path) -> str:
    """Serve a site; return its address."""
    server = Listener(("127.0.0.1", 0), partial(Server, site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def build(folder: Path) -> None:
    """Build the three sites that are missing below `folder`, beside the notes in `docs`; tell their times."""
    docs = folder / "docs"
    for kind in ("videonotes", "plain"):
        if (folder / kind).exists():
            continue
        settings = json.loads(configuration(kind, docs, folder / kind))
        if kind == "plain":
            settings["plugins"] = ["search"]
        config = folder / f"{kind}.yml"
        config.write_text(json.dumps(settings), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)], check=True)
        print(f"{kind}: built in {time.perf_counter() - start:.0f} s", flush=True)
    if not (folder / "plain/pagefind").exists():
        program = [sys.executable, "-m", "pagefind", "--silent"]
        subprocess.run([*program, "--site", str(folder / "plain"), "--root-selector", "article"], check=True)


def path_of(url: str) -> str:
    """Return the path of the note that a URL shows, without `.md`."""
    return visible(unquote(urlsplit(url).path)).strip("/").removesuffix("/index.html")


def ask_lunr(page: Page, query: str) -> list[str]:
    """Ask Material's own search; return the URLs of its first five pages."""
    field = page.locator("[data-md-component=search-query]")
    for text in ("", query):
        field.fill(text)
        field.press("End")  # Material's search looks at the field when a key goes up
        if not text:
            page.get_by_text("Type to start searching").wait_for()
    with suppress(Unanswered):  # it says nothing of some queries
        page.get_by_text(re.compile(r"matching document")).wait_for(timeout=3000)
    links = page.locator(".md-search-result__item > a").evaluate_all("(links) => links.map((link) => link.href)")
    return list(dict.fromkeys(link.partition("?")[0].partition("#")[0] for link in links))[:5]


def measure(browser: Browser, address: str, start: str, query: str) -> tuple[float, float, int, int]:
    """Type a query into the dialog; return milliseconds to the first concept and page, and bytes to each."""
    page = browser.new_context().new_page()
    page.goto(address + start, wait_until="networkidle")
    begin, Server.texts = Server.sent, 0
    page.keyboard.press("/")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.type(query[:2])
    page.wait_for_timeout(400)
    names = Server.sent - begin - Server.texts
    page.keyboard.type(query[2:])
    page.get_by_role("group", name="Pages").wait_for()
    page.wait_for_load_state("networkidle")
    texts = Server.sent - begin
    # Again, warm, in the page's own clock: from the key to what is shown.
    took = page.evaluate(
        """async (query) => {
          const input = document.querySelector("[role=combobox]");
          const list = document.querySelector("[role=listbox]");
          const shown = (label) => new Promise((done) => {
            const look = () => {
              if (!list.querySelector(`[role=group][aria-label^="${label}"]`)) return;
              watch.disconnect();
              done(performance.now());
            };
            const watch = new MutationObserver(look);
            watch.observe(list, { childList: true });
          });
          input.value = "";
          input.dispatchEvent(new Event("input"));
          await new Promise((done) => setTimeout(done, 300));
          const start = performance.now();
          const both = [shown("Concepts"), shown("Pages")];
          input.value = query;
          input.dispatchEvent(new Event("input"));
          return Promise.race([Promise.all(both), new Promise((done) => setTimeout(() => done([NaN, NaN]), 3000))])
            .then(([concepts, pages]) => [concepts - start, pages - start]);
        }""",
        query,
    )
    page.context.close()
    return took[0], took[1], names, texts


def table(queries: list[dict[str, Any]], answers: dict[str, list[list[str]]]) -> None:
    """Print what each search found, by class of query."""
    heads = "".join(f" {name}: @1 @5 MRR |" for name in answers)
    print(f"| class | queries |{heads}\n|---|---|{'---|' * len(answers)}")
    classes = list(dict.fromkeys(query["class"] for query in queries))
    for kind in [*classes, "all"]:
        own = [at for at, query in enumerate(queries) if kind in (query["class"], "all")]
        cells = []
        for found in answers.values():
            ranks = []
            for at in own:
                accepted = {visible(path) for path in queries[at]["accept"]}
                ranks.append(next((rank for rank, path in enumerate(found[at], 1) if path in accepted), 0))
            first, five = (sum(0 < rank <= limit for rank in ranks) / len(own) for limit in (1, 5))
            cells.append(f"{first:.2f} {five:.2f} {sum(1 / rank for rank in ranks if rank) / len(own):.2f}")
        print(f"| {kind} | {len(own)} | {' | '.join(cells)} |")


def main() -> None:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(prog="scripts/bench search", description=__doc__)
    parser.add_argument("notes", type=Path, help="a folder of channels")
    parser.add_argument("--queries", type=Path, default=QUERIES)
    parser.add_argument("--keep", type=Path, help="a folder for the sites, which a second run uses again")
    parser.add_argument("--costs", action="store_true", help="only bytes and times of videonotes")
    options = parser.parse_args()
    queries = yaml.safe_load(options.queries.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        if not (folder / "docs").exists():
            shutil.copytree(options.notes, folder / "docs")
            (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
        build(folder)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
            ours, plain = serve(folder / "videonotes"), serve(folder / "plain")
            if not options.costs:
                table(queries, compare(browser, ours, plain, [query["query"] for query in queries]))
            start = f"{queries[0]['accept'][0]}/"
            costs = [
                measure(browser, ours, start, query["query"]) for query in queries[:: max(1, len(queries) // TIMED)]
            ]
            browser.close()
    for at, what in enumerate(
        ("ms from key to concepts", "ms from key to pages", "bytes to concepts", "bytes to pages")
    ):
        values = sorted(cost[at] for cost in costs if cost[at] == cost[at])
        print(f"{what}: median {statistics.median(values):,.0f}, largest {values[-1]:,.0f}, of {len(values)} queries")


def compare(browser: Browser, ours: str, plain: str, queries: list[str]) -> dict[str, list[list[str]]]:
    """Return the paths of the first five notes that each search shows for each query."""
    answers: dict[str, list[list[str]]] = {}
    for name, address, script in (("videonotes", ours, ASK), ("pagefind", plain, ASK_PAGEFIND)):
        page = browser.new_page()
        page.goto(address)
        answers[name] = [[path_of(url) for url in page.evaluate(script, query)] for query in queries]
        page.close()
    page = browser.new_page()
    begin = Server.sent
    page.goto(plain)
    page.locator("[data-md-component=search-query]").fill("the")
    page.locator("[data-md-component=search-query]").press("End")
    page.get_by_text("matching documents").wait_for(timeout=300_000)
    print(f"lunr: {Server.sent - begin:,} bytes for every reader who searches")
    answers["lunr"] = [[path_of(url) for url in ask_lunr(page, query)] for query in queries]
    page.close()
    return answers


if __name__ == "__main__":
    main()
