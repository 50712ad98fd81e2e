"""Showing how far a phase is: a bar on a terminal, once the phase has taken a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

Result = TypeVar("Result")

PATIENCE = 2
"""Seconds that a phase takes without a bar."""


def show_progress(label: str, items: Iterable[Result], total: int) -> Iterator[Result]:
    """Yield `items`, of which there are `total`; on a terminal, show their number, their rate and the time left."""
    if not sys.stderr.isatty():
        yield from items
        return
    start, done = time.monotonic(), 0

    def rate(_: object) -> str:
        return f"{done / (time.monotonic() - start):,.0f} a second"

    bar = click.progressbar(
        length=total, label=label, file=sys.stderr, show_pos=True, item_show_func=rate, update_min_steps=50
    )
    shown = False
    try:
        for item in items:
            yield item
            done += 1
            if shown:
                bar.update(1)
            elif time.monotonic() - start > PATIENCE:
                shown = True
                bar.update(done)
    finally:
        if shown:
            bar.render_finish()
