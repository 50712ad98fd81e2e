"""Work that a process of its own does meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import tempfile
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")

BEHIND = 5
"""How much processes stand back (`nice`) for Pagefind, which runs beside them on one core and ends last."""


class Forked(Generic[Result]):
    """What `work` returns, from a forked process that does it meanwhile and stands `behind` others (`nice`).

    The process ends when it is done: its result waits in a file, not in a pipe. Raises `OSError` where it cannot begin.
    """

    def __init__(self, work: Callable[[], Result], behind: int = 0) -> None:
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the result

        def run() -> None:
            os.nice(behind)
            pickle.dump(work(), self._answer)
            self._answer.flush()

        self._process = multiprocessing.get_context("fork").Process(target=run, daemon=True)
        self._process.start()

    def result(self) -> Result:
        """Wait for it. Raises `EOFError` where the process died."""
        self._process.join()
        with self._answer:
            if self._process.exitcode:
                raise EOFError
            self._answer.seek(0)
            found: Result = pickle.load(self._answer)  # noqa: S301 - of this build
        return found


def meanwhile(work: Callable[[], Result], *, forks: bool) -> Callable[[], Result]:
    """Return a function that returns what `work` does: a forked process does it, where it may and lives."""
    if not forks:
        return work
    try:
        forked = Forked(work)
    except OSError:
        return work

    def result() -> Result:
        try:
            return forked.result()
        except EOFError:
            return work()

    return result
