"""Functions of MkDocs that others stand in for while a build runs: MkDocs has no hook for what these do.

- `mkdocs.commands.build._populate_page` and `_build_page`, the two halves of its loop over pages: pages are rendered in
  workers, and only where they change. Both are private. Of another MkDocs than the one this was written for, they
  are left alone (`known_page_functions`), and MkDocs renders every page itself.
- `mkdocs.utils.clean_directory`, `write_file` and `copy_file`: files are written whole, and only where they change.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from mkdocs import utils
from mkdocs.commands import build

_PARAMETERS = {
    "_populate_page": ("page", "config", "files", "dirty"),
    "_build_page": ("page", "config", "doc_files", "nav", "env", "dirty", "excluded"),
}


class StandIns:
    """Functions of one module that others stand in for, from `begin` to `end`. `own` are the module's, by name."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.own: dict[str, Callable[..., Any]] = {}

    def begin(self, **functions: Callable[..., Any]) -> None:
        """Have `functions` stand in for those of the same name."""
        self.end()
        self.own = {name: getattr(self.module, name) for name in functions}
        for name, function in functions.items():
            setattr(self.module, name, function)

    def end(self) -> None:
        """Give the module its functions back."""
        for name, function in self.own.items():
            setattr(self.module, name, function)
        self.own = {}


def page_functions() -> StandIns:
    """Return those for the loop over pages."""
    return StandIns(build)


def file_functions() -> StandIns:
    """Return those for writing."""
    return StandIns(utils)


def known_page_functions() -> bool:
    """Return whether MkDocs renders pages by the functions that this was written for."""
    return all(
        hasattr(build, name) and tuple(inspect.signature(getattr(build, name)).parameters) == parameters
        for name, parameters in _PARAMETERS.items()
    )
