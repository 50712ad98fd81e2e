"""Writing what was planned. No link is followed, and each file is whole or not there."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable

from ..site.incremental.files import put_file
from .limits import TooLargeError
from .planning import Decision, Fate


class Writer:
    """Writes files below a target."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._entered: set[str] = set()

    def write(self, decisions: Iterable[Decision]) -> Iterable[Decision]:
        """Write files, and yield the decision on each when it is done; what fails says so."""
        for decision in decisions:
            try:
                self._put(decision)
            except TooLargeError:
                decision.fate, decision.why = Fate.FAILED, "it has grown meanwhile"
            except OSError as error:
                decision.fate, decision.why = Fate.FAILED, error.strerror or "it cannot be written"
            yield decision

    def _put(self, decision: Decision) -> None:
        content = decision.item.content()
        self._enter(posixpath.dirname(decision.path))
        full = os.path.join(self.target, decision.path)
        if decision.fate is not Fate.REPLACED and os.path.lexists(full):
            raise OSError(0, "a file has come to its place meanwhile")
        put_file(full, content)

    def _enter(self, folder: str) -> None:
        """Make the folders of a path, and make sure that none is a link."""
        if folder in self._entered:
            return
        os.makedirs(self.target, exist_ok=True)
        parts = folder.split("/") if folder else []
        for end in range(1, len(parts) + 1):
            inside = "/".join(parts[:end])
            if inside in self._entered:
                continue
            full = os.path.join(self.target, inside)
            if not os.path.lexists(full):
                os.mkdir(full)
            if os.path.islink(full) or getattr(os.path, "isjunction", _no)(full):
                raise OSError(0, "a link stands in its way")
            self._entered.add(inside)
        self._entered.add(folder)


def _no(_: str) -> bool:
    return False
