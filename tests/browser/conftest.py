"""What the browser tests share: the demo, as `mkdocs build` makes it, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, sync_playwright
from scripts.find_browser import find_browser

ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


_MANUAL = (ROOT / "docs/guide/watching.md").read_text("utf-8")
POLICY = " ".join(_MANUAL.partition("## Content-Security-Policy")[2].split("```")[1].split())


class Quiet(SimpleHTTPRequestHandler):
    """Serves a site as a host of static files does: with its own page for missing addresses."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's page for missing addresses."""
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Send the policy of the manual with every page."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that lets a browser ask for many modules at once: by default, five may wait and the sixth is refused."""

    request_queue_size = 128


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site until the end of the block; yield its address."""
    server = Server(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the demo; return its address."""
    site = tmp_path_factory.mktemp("demo")
    build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site), site_url="https://notes.example/"))
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield chromium
        chromium.close()


def visit_page(page: Page, url: str) -> None:
    """Open an address, and wait for the first frame: what is pressed before it is shown, Chromium drops."""
    page.goto(url, wait_until="networkidle")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
