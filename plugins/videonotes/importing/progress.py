"""A bar on a terminal; elsewhere, nothing."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

import click


class Bar:
    """Shows on stderr how far a phase is, where that is a terminal."""

    def __init__(self, label: str, length: int) -> None:
        self._bar = (
            click.progressbar(length=length, label=label, file=sys.stderr, update_min_steps=max(1, length // 200))
            if length and sys.stderr.isatty()
            else None
        )

    def __enter__(self) -> Self:
        return self

    def move(self, steps: int) -> None:
        """Move the bar on."""
        if self._bar and steps:
            self._bar.update(steps)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar:
            self._bar.render_finish()
