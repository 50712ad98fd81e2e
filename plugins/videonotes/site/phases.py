"""How long the phases of a build take, and the memory it needs."""

from __future__ import annotations

import sys
import time

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


class Phases:
    """Seconds by phase, from the end of the one before it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.last = time.monotonic()

    def end(self, name: str) -> None:
        """Count the time since the last phase ended to the one called `name`."""
        now = time.monotonic()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self.last
        self.last = now

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.seconds.items())


def peak_memory() -> int | None:
    """Return the most memory that this process, and the largest of those it began, have had together, in MiB."""
    if resource is None:
        return None
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // unit
