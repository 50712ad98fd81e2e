"""The record of a generated page: a page that no file of the author's stands behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..urls import Absolute, Url


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """A page without a source: `path` stands for it, `template` shows what `context` returns, as `data`.

    `compare_whole`: the context holds more than paths and numbers of what it shows, so that it is compared as a whole
    to tell whether the page has changed. `listed` pages are in the sitemap. `canonical` is the path of another page,
    `prev_next` are those of the pages before and after it, or empty; `head` returns its JSON-LD, given how to make
    absolute URLs, `files` the paths from the root of the site and the texts of the files that belong to it.
    """

    path: str
    title: str
    template: str
    context: Callable[[Url], Any]
    compare_whole: bool = True
    description: str = ""
    listed: bool = True
    canonical: str = ""
    prev_next: tuple[str, str] = ("", "")
    channel: str = ""
    image: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    modified: str = ""
    head: Callable[[Absolute], list[dict[str, Any]]] | None = None
    files: Callable[[Url], Iterator[tuple[str, str]]] | None = None
