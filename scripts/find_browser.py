"""Print the path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own. Exit 1: there is none."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Return the path of a Chromium that Playwright can drive, or `None`."""
    for candidate in (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)):
        if candidate and Path(candidate).exists():
            return candidate
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    browser = find_browser()
    if browser is None:
        sys.exit("No Chromium was found. Install one, or name it in the variable CHROMIUM.")
    print(browser)
