"""When Python looks for garbage in cycles: seldom. A build makes millions of records that stay, and few cycles."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

RARELY = (100_000, 20, 100)
"""The thresholds of a process that renders pages."""


@contextmanager
def lasting_records() -> Iterator[None]:
    """Make records that last for the build: Python does not look through them for garbage, again and again."""
    _freeze_at_exit()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def end_of_records() -> None:
    """Let Python look for garbage everywhere again."""
    gc.unfreeze()


@cache
def _freeze_at_exit() -> None:
    """Looking through all records once more when the process ends would take as long as a phase of the build."""
    atexit.register(gc.freeze)
