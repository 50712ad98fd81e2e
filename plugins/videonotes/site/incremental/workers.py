"""Work in forked processes, which share everything that is there when they begin."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from mkdocs.exceptions import PluginError

from .background import BEHIND
from .garbage import RARELY
from .pool import WorkerDiedError, in_pool

Result = TypeVar("Result")

CHUNK = 16
"""Items of one task: few enough that all workers end together, many enough that asking costs nothing."""

SPAN = 2048
"""Items after which new processes go on: each takes a copy of what it reads of the records, until it has them all."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a worker logged."""

    logger: str
    level: int
    text: str


_Answer = tuple[list[Any], list[Message], Exception | None]
"""What a worker sends: the results of some items, what it logged, what a call raised."""


def count_workers(wanted: int | None) -> int:
    """Return how many processes to use where `wanted` are asked for (`None`: one a core); 1 if forking is unsafe."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or threading.active_count() > 1:
        return 1
    if wanted is not None:
        return max(1, wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_workers(work: Callable[[int], Result], total: int, workers: int, name: Callable[[int], str]) -> Iterator[Result]:
    """Yield `work(number)` for every number below `total`, in their order, from `workers` forked processes.

    What they log is logged here, in the order of the numbers. Raises what a call raised, and
    `PluginError` with the names of the items if a worker dies.
    """
    if workers < 2 or total < 2 * CHUNK:
        yield from map(work, range(total))
        return
    gc.freeze()  # what is there is shared by all processes until one of them changes it
    parent = os.getpid()
    for first in range(0, total, SPAN):
        last = min(first + SPAN, total)

        def run(start: int, last: int = last) -> _Answer:
            return _run(work, range(start, min(start + CHUNK, last)))

        try:
            for results, messages, error in in_pool(range(first, last, CHUNK), workers, lambda: _begin(parent), run):
                for message in messages:
                    logging.getLogger(message.logger).log(message.level, "%s", message.text)
                yield from results
                if error:
                    raise error
        except WorkerDiedError as death:
            raise PluginError(
                f"A worker died at one of the {CHUNK} files that begin with {name(death.task)}. "
                "Memory may have run out: try `workers: 1`."
            ) from None


class _Collect(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(Message(record.name, record.levelno, record.getMessage()))


_collected = _Collect()


def _begin(parent: int) -> None:
    gc.set_threshold(*RARELY)
    os.nice(BEHIND)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for logger in (logging.getLogger(), *map(logging.getLogger, list(logging.Logger.manager.loggerDict))):
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
        if logger.parent is None or not logger.propagate:
            logger.addHandler(_collected)


def _end_with(parent: int) -> None:
    """End this process when its parent is killed: nobody else would tell it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _run(work: Callable[[int], Any], numbers: range) -> _Answer:
    _collected.messages = []
    results: list[Any] = []
    try:
        results.extend(map(work, numbers))
    except Exception as error:  # noqa: BLE001 - it is raised again, in the process that asked
        return results, _collected.messages, PluginError(str(error) or repr(error))
    return results, _collected.messages, None
