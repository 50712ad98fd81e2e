"""A pool of forked processes. Each has a connection of its own, so that the death of one is seen whatever it was doing.

Processes that share a queue cannot tell: one that is killed while it writes leaves half a message and a lock.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

AHEAD = 2
"""Tasks that a process is given at once: the next one waits for it when it ends one."""

Run = Callable[[int], Any]


class WorkerDiedError(Exception):
    """A process died at `task`."""

    def __init__(self, task: int) -> None:
        super().__init__(task)
        self.task = task


class _Worker:
    """A process, and the `tasks` that it was given and has not answered, the one it is at first."""

    def __init__(self, begin: Callable[[], None], run: Run) -> None:
        context = multiprocessing.get_context("fork")
        self.tasks: deque[int] = deque()
        self.connection, far = context.Pipe()
        self.process = context.Process(target=_serve, args=(far, self.connection, begin, run), daemon=True)
        self.process.start()
        far.close()  # the process alone holds its end: the other one is told when it dies

    def ask(self, task: int) -> None:
        """Give it a task."""
        self.tasks.append(task)
        try:
            self.connection.send(task)
        except OSError:
            raise WorkerDiedError(self.tasks[0]) from None

    def answer(self) -> tuple[int, Any]:
        """Wait for its next answer; return the task and what `run` returned."""
        try:
            found = self.connection.recv()
        except (EOFError, OSError):
            raise WorkerDiedError(self.tasks[0]) from None
        return self.tasks.popleft(), found

    def end(self) -> None:
        """End the process: it is idle, or what it does is no longer wanted."""
        self.process.kill()  # it would not see the connection end: later processes have a copy of this end
        self.process.join()
        self.connection.close()


def in_pool(tasks: Sequence[int], workers: int, begin: Callable[[], None], run: Run) -> Iterator[Any]:
    """Yield `run(task)` for each task, in their order, from so many processes; `begin` is called first in each of them.

    Raises `WorkerDiedError`.
    """
    waiting = deque(tasks)
    answers: dict[int, Any] = {}
    crew = [_Worker(begin, run) for _ in range(min(workers, len(tasks)))]
    try:
        for _ in range(AHEAD):
            for worker in crew:
                _give(worker, waiting)
        for task in tasks:
            while task not in answers:
                _receive(crew, waiting, answers, None)
            _receive(crew, waiting, answers, 0)  # the processes go on while the caller works
            yield answers.pop(task)
    finally:
        for worker in crew:
            worker.end()


def _receive(crew: list[_Worker], waiting: deque[int], answers: dict[int, Any], timeout: float | None) -> None:
    """Take the answers that are there, and give those who answered their next task."""
    busy = [worker for worker in crew if worker.tasks]
    ready = wait([worker.connection for worker in busy], timeout)
    for worker in (worker for worker in busy if worker.connection in ready):
        task, answers[task] = worker.answer()
        _give(worker, waiting)


def _give(worker: _Worker, waiting: deque[int]) -> None:
    if waiting:
        worker.ask(waiting.popleft())


def _serve(connection: Connection, other: Connection, begin: Callable[[], None], run: Run) -> None:
    """Do tasks until the parent ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends this process
    other.close()
    begin()
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        answer = run(task)
        try:
            connection.send(answer)
        except OSError:
            return
