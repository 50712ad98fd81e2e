"""How long the phases of a build take, and the memory it needs."""

from __future__ import annotations

import logging
import sys
import time

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

log = logging.getLogger("mkdocs.plugins.videonotes")


class Phases:
    """Seconds by phase, from the end of the one before it. Where no bar is shown, each says when it ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.last = time.monotonic()

    def end(self, name: str) -> None:
        """Count the time since the last phase ended to the one called `name`."""
        now = time.monotonic()
        self.seconds[name] = round(now - self.last, 3)
        self.last = now
        if not sys.stderr.isatty():  # on a terminal, a bar tells
            log.info("%s: %.1f s", name, self.seconds[name])


def peak_memory() -> int | None:
    """Return the most memory that this process, and the largest of those it began, have had together, in MiB."""
    if resource is None:
        return None
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // unit
