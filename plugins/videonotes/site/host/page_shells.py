"""The shell of pages: what the templates write around an article, rendered once for all pages that have it in common.

Pages in one folder differ in their shell by a few texts alone. A shell is rendered for a page with marks in the
place of these, and filled in for the others. It is not kept where its templates read anything else of the page.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from jinja2 import Environment, Template
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ...core.shortcuts import Shortcut, is_on
from .minify import shorten, tighten

_MARK = re.compile("\x02([a-z]+)\x03")
_ALONE = re.compile("\n?(\x02(?:head|contents)\x03)\n?")
_READ = {"title", "meta", "toc", "canonical_url", "edit_url", "is_homepage", "previous_page", "next_page", "url"}
"""What a shell may read of a page: it is marked, or the same for all pages that share the shell."""

_KNOWN = {
    "nav", "pages", "base_url", "extra_css", "extra_javascript", "mkdocs_version", "build_date_utc", "config", "page",
    "site", "player", "data", "crumbs", "head", "searched",
}  # fmt: skip
"""What the context of a page may hold: what MkDocs gives to all pages, and what videonotes does."""

_MOST = 500
"""Shells that are kept: pages come folder by folder."""


def mark(name: str) -> str:
    """Return the mark for the text `name`."""
    return f"\x02{name}\x03"


def contents_item(item: AnchorLink) -> str:
    """Return an item of a table of contents, with those below it, as HTML."""
    if item.id.startswith("\x02"):
        return mark("contents")
    typeset = getattr(item, "typeset", None)
    title = f'<span class="md-typeset">{typeset.title}</span>' if typeset else item.title
    below = f"<ul>{''.join(map(contents_item, item.children))}</ul>" if item.children else ""
    return f'<li><a href="{item.url}" class="md-nav__link">{title}</a>{below}</li>'


class ShellTemplate(Template):
    """A template whose pages are put together by the `shells` of its environment."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return a page; for notes and generated pages, with as little white space around the article as can be."""
        context = dict(*args, **kwargs)
        shells: PageShells = self.environment.shells  # type: ignore[attr-defined]
        if not shells.is_ours(context.get("page")):
            return super().render(context)
        shell = shells.find(self, context)
        return shell.fill(self, context) if shell else shorten(super().render(context))


class PageShells:
    """The shells of one build. `ours` are the source paths of notes and generated pages."""

    def __init__(self, env: Environment, ours: Iterable[str], files: Files) -> None:
        self.env = env
        self.ours = frozenset(ours)
        self.kept: dict[Hashable, PageShell | None] = {}
        self.nav: Navigation | None = None
        self.in_nav: set[int] = set()
        self.above: set[str] = set()
        for file in files:
            if file.src_uri not in self.ours:
                self._add(file.url)

    def _add(self, url: str) -> None:
        parts = url.split("/")
        self.above.update("/".join(parts[:length]) + "/" for length in range(1, len(parts)))

    def is_ours(self, page: Page | None) -> bool:
        """Return whether a page is a note or generated."""
        return page is not None and page.file.src_uri in self.ours

    def find(self, template: Template, context: dict[str, Any]) -> PageShell | None:
        """Return the shell of a page; `None`: it has one that no other page has."""
        if not is_on(Shortcut.PAGE_SHELLS) or not _KNOWN.issuperset(context) or set(template.blocks) != {"content"}:
            return None
        if self.nav is not context["nav"]:
            self.nav = context["nav"]
            self.in_nav = {id(other) for other in self.nav.pages}
            for other in self.nav.pages:
                self._add(other.url)
        if self._is_special(context["page"]):
            return None
        key = _key(context)
        if key not in self.kept:
            if len(self.kept) >= _MOST:
                self.kept.clear()
            self.kept[key] = self._make(context)
        return self.kept[key]

    def _is_special(self, page: Page) -> bool:
        # A link from a page to what is below it is another one than from its neighbours.
        stands_in_nav = id(page) in self.in_nav or page.is_homepage or page.previous_page or page.next_page
        return bool(stands_in_nav) or not page.url.endswith("/") or page.url in self.above

    def _make(self, context: dict[str, Any]) -> PageShell | None:
        page = _MarkedPage(context["page"])
        head = context["head"] and _Watched(context["head"], page.others, mark("head"))
        own = {name: _Watched(context[name], page.others) for name in ("data", "crumbs")}
        values = {**context, **own, "page": page, "framed": mark("article"), "head": head}
        text = shorten(Template.render(self.env.get_template("main.html"), values))
        return None if page.others or text.count(mark("article")) != 1 else PageShell(self.env, text)


def _key(context: dict[str, Any]) -> Hashable:
    """Return what all pages of one shell have in common."""
    page: Page = context["page"]
    folder, slash, _ = page.url.removesuffix("/").rpartition("/")
    meta = {key: value for key, value in page.meta.items() if key not in ("title", "description", "template")}
    toc = list(page.toc)
    shape = (len(toc) > 0, bool(toc and toc[0].level == 1), bool(toc and toc[0].children))
    said = (bool(page.meta.get("description")), bool(page.canonical_url), bool(page.edit_url), bool(context["head"]))
    return folder + slash, context["base_url"], context["site"], repr(meta), shape, said, context.get("searched")


class PageShell:
    """The text of a shell, with marks."""

    def __init__(self, env: Environment, text: str) -> None:
        self.head = env.get_template("videonotes/head.html")
        self.pieces = _MARK.split(_ALONE.sub(r"\1", text))
        self.names = self.pieces[1::2]

    def fill(self, template: Template, context: dict[str, Any]) -> str:
        """Return the page of a context, whose article the block `content` of `template` writes."""
        page: Page = context["page"]
        toc = list(page.toc)
        items = toc[0].children if toc and toc[0].level == 1 else toc
        texts = {
            "title": page.meta["title"],
            "description": page.meta.get("description", ""),
            "canonical": page.canonical_url or "",
            "edit": page.edit_url or "",
            "first": toc[0].id if toc else "",
            "contents": "".join(map(contents_item, items)),
            "article": "".join(template.blocks["content"](template.new_context(context))).strip(),
        }
        if context["head"]:
            texts["head"] = tighten("".join(self.head.root_render_func(self.head.new_context(context)))).strip()
        self.pieces[1::2] = [texts[name] for name in self.names]
        return "".join(self.pieces)


class _MarkedPage:
    """A page with marks in place of what differs from page to page. `others` is what else was read of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.others: set[str] = set()
        self.title = mark("title")
        self.meta = {**page.meta, "title": self.title}
        if page.meta.get("description"):
            self.meta["description"] = mark("description")
        self.canonical_url = page.canonical_url and mark("canonical")
        self.edit_url = page.edit_url and mark("edit")
        self.toc = TableOfContents([_marked(item) for item in list(page.toc)[:1]])

    def __getattr__(self, name: str) -> Any:
        if name not in _READ:
            self.others.add(name)
        return getattr(self.page, name)


class _Watched:
    """What belongs to one page. It adds to `others` what is read of it, and stands as `text`."""

    def __init__(self, value: Any, others: set[str], text: str = "") -> None:
        self.value = value
        self.others = others
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __getattr__(self, name: str) -> Any:
        self.others.add(name)
        return getattr(self.value, name)

    def __iter__(self) -> Iterator[Any]:
        self.others.add("items")
        return iter(self.value)


def _marked(item: AnchorLink) -> AnchorLink:
    first = AnchorLink("", mark("first"), item.level)
    if item.level == 1:
        first.children = [AnchorLink("", first.id, 2)] if item.children else []
    return first
