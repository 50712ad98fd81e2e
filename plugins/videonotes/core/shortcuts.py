"""Shortcuts: faster ways to the same bytes. Each can be turned off, to see whether a fault is its own.

The environment variable `VIDEONOTES_WITHOUT` names those that are off, separated by commas.
"""

from __future__ import annotations

import os
from enum import StrEnum


class Shortcut(StrEnum):
    """What is done in a faster way than MkDocs and Python-Markdown do it."""

    PAGE_SHELLS = "page-shells"
    """What stands around an article is rendered once for all pages that have it in common (16 to 20% of CPU time)."""

    SERIALIZER = "serializer"
    """A note becomes HTML without the steps that find nothing in one (10 to 13% of CPU time)."""


def is_on(shortcut: Shortcut) -> bool:
    """Return whether a shortcut is taken."""
    return shortcut not in os.environ.get("VIDEONOTES_WITHOUT", "").replace(" ", "").split(",")
