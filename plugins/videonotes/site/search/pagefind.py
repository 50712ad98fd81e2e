"""Pagefind: how it is run, and what it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ...markdown.markup import TIMESTAMP

UNSPACED = ("zh", "ja")
"""Languages whose words only Pagefind's extended binary finds."""

NO_TEXT = f"a.{TIMESTAMP}, annotation"
"""Timestamps and the source of formulas. Pagefind keeps the ids of timestamps, with their places."""

_CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}
"""Has Pagefind divide its index into smaller files, so that a reader who asks for "attention" does not load all places
of "at" with it. By default it is 20,000; a Pagefind that does not know the variable makes larger files.
"""


class SearchError(Exception):
    """Pagefind is missing or failed. The message says what to do."""


def run_pagefind(pages: Path, output: Path, language: str) -> None:
    """Run Pagefind over a folder of pages. Raises `SearchError`."""
    command = [sys.executable, "-m", "pagefind", "--quiet", "--site", str(pages), "--output-path", str(output)]
    command += ["--exclude-selectors", NO_TEXT, "--force-language", language]
    try:
        done = subprocess.run(  # noqa: S603
            command, env={**os.environ, **_CHUNK}, capture_output=True, text=True, check=False, errors="replace"
        )
    except OSError as error:
        raise SearchError(f"Pagefind cannot be run: {error}") from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise SearchError(f"Pagefind failed ({said[:200]}). `pip install 'pagefind[bin]'` installs it")


def has_extended() -> bool:
    """Return whether Pagefind's extended binary is there, which finds the words of Chinese and Japanese."""
    return find_spec("pagefind_bin_extended") is not None or shutil.which("pagefind_extended") is not None
