"""Which note links to which, read from the texts once more and resolved by code of its own."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import yaml

from .source import without_comments

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t>*+\-\d.]*?(`{3,}|~{3,})([^`\n]*)$")
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"(?<!\\)(!?)\[\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)(?:\]\]|\](?=[\s.,;:)]|\Z)(?![^\[\]\n]*\]\())")
_MEANT = re.compile(r"\\\[.*|\[[^\[\]\n]*\[[^\[\]\n]*\]\]")
_LOST = re.compile(  # the wikilinks that lost one bracket or two
    r"(?<![\[\\])\[([^\[\]<\n]{1,100})\]\](?![\](])"
    r"|(?<![\w\[])\[\[[ \t]*([^\W_]+(?:[_-][^\W_]+)*)(?![\w-]*[ \t]*\||\[)"
    r"|([^\W_]+(?:_[^\W_]+)+)[ \t]*\|[^\[\]|\n]{0,80}\]\]"
    r"|(?<![\w-])([^\W_]+(?:[_-][^\W_]+)*)\]\]"
)
_TIME = re.compile(r"[\s\d:,\-–.]*\d:\d\d[\s\d:,\-–.]*\Z")
_FILE = re.compile(r"\.(?!md\Z)[A-Za-z0-9]{2,5}\Z", re.IGNORECASE)
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_TRUE = {"true", "yes", "on", "1"}
_FALSE = {"false", "no", "off", "0"}


@dataclass(frozen=True, slots=True)
class Source:
    """What the rule `backlink` needs of a note: its names and the targets of its links, in their order."""

    path: str
    title: str
    aliases: tuple[str, ...]
    unlisted: bool
    draft: bool
    targets: tuple[str, ...]
    private: bool = False


def read_source(path: str, text: str) -> Source:
    """Read a note for its links."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    data = _front(front[1]) if front else {}
    body = text[front.end() :] if front else text.removeprefix("\ufeff")
    title = data.get("title")
    title = " ".join(title.split()) if isinstance(title, str) else ""
    if not title and (heading := re.search(r"^# +(.*?)(?: +#+)?$", body, re.MULTILINE)):
        title = heading[1]
    aliases = data.get("aliases") or []
    names = tuple(str(alias) for alias in (aliases if isinstance(aliases, list) else [aliases]) if alias)

    def flag(key: str) -> bool:
        return str(data.get(key, "")).strip().lower() in _TRUE

    private = str(data.get("publish", "")).strip().lower() in _FALSE
    return Source(path, title, names, flag("unlisted"), flag("draft"), tuple(_targets(body)), private)


def _front(text: str) -> dict[str, object]:
    try:
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - strings, lists, mappings
    except (yaml.YAMLError, ValueError):
        data = None
    if isinstance(data, dict):
        return data
    pairs = (line.split(":", 1) for line in text.split("\n") if re.match(r"[A-Za-z][\w-]*[ \t]*:", line))
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def sidecars(docs: Path) -> dict[str, dict[str, object]]:
    """Return what every `videos.yml` says, by video."""
    found: dict[str, dict[str, object]] = {}
    for file in sorted(docs.rglob("videos.yml")):
        try:
            data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - strings, lists, mappings
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        for video, entry in data.items() if isinstance(data, dict) else ():
            if isinstance(entry, dict):
                found[str(video)] = entry
    return found


def _targets(body: str) -> Iterable[str]:
    text = without_comments(_SPAN.sub(_blank, _without_blocks(body)))
    for match in _LINK.finditer(text):
        target = re.split(r"\\?\|", unescape(match[2]))[0]
        target = target.strip().rstrip("\\").strip()
        if (
            not target
            or target.startswith("#")
            or _TIME.match(target)
            or _URL.match(target)
            or (match[1] and _FILE.search(target))
        ):
            continue
        yield target
    for match in _LOST.finditer(_MEANT.sub(" ", _LINK.sub(" ", text))):
        yield re.split(r"\\?\|", next(filter(None, match.groups()), ""))[0].strip()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _without_blocks(body: str) -> str:
    """Return the text without fenced code, and without indented code outside of lists."""
    out: list[str] = []
    fence = ""
    in_list = blank = False
    for line in body.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2].strip(" .,;")[:1].isalpha():
                fence = ""
            continue
        if match and "yt-timestamp" not in match[2]:
            fence = match[1]
            continue
        indented = line.startswith(("    ", "\t"))
        if line.strip() and not indented:
            in_list = bool(re.match(r" {0,3}(?:[-*+]|\d+[.)])\s", line)) or (in_list and not blank)
        if not (indented and blank and not in_list):
            out.append(line)
            blank = not line.strip()
    return "\n".join(out)


def backlinks(sources: Iterable[Source], pages: Iterable[Source], moved: Mapping[str, str]) -> dict[str, set[str]]:
    """Return, by the path of a note, the paths of the notes that link to it.

    `pages` are the ordinary pages, to which links may lead; `moved` the new paths of old ones.
    """
    notes = {source.path: source for source in sources}
    names = _Names([*notes.values(), *pages], moved, set(notes))
    found: dict[str, set[str]] = {path: set() for path, note in notes.items() if not note.unlisted}
    for source in notes.values():
        if source.unlisted:
            continue
        for target in source.targets:
            path = names.resolve(source.path, target)
            if path in found and path != source.path:
                found[path].add(source.path)
    return found


def _seen(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")


def fold(text: str) -> str:
    """Return the folded form of a name (note-format.md, section 2)."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = (
        char if char.isalnum() or unicodedata.category(char).startswith("M") else " "
        for char in text
        if unicodedata.category(char) != "Cf"
    )
    return "_".join("".join(kept).split())


class _Names:
    """The ladder of note-format.md, section 2, as a list of tables."""

    def __init__(self, sources: list[Source], moved: Mapping[str, str], notes: set[str]) -> None:
        self.moved = moved
        self.paths = {source.path: source for source in sources}
        self.known: dict[tuple[str, str], str | None] = {}
        self.tables: list[dict[str, list[str]]] = [{} for _ in range(7)]
        for source in sorted(sources, key=lambda source: source.path):
            if not source.unlisted:
                self._enter(source)
        _, _, aliases, *_ = self.tables
        for old, new in moved.items():
            _add(aliases, fold(posixpath.basename(old).removesuffix(".md")), new)

    def _enter(self, source: Source) -> None:
        """Enter the names of a note into the tables."""
        exact, folded, aliases, titles, squashed, ends, hubs = self.tables
        folder, file = posixpath.split(source.path)
        stem = file.removesuffix(".md")
        is_hub = bool(folder) and (stem == "index" or _seen(stem) == _seen(posixpath.basename(folder)))
        name = _seen(posixpath.basename(folder) if is_hub and stem == "index" else stem)
        title = source.title or name.replace("_", " ")
        _add(exact, name, source.path)
        _add(folded, fold(name), source.path)
        _add(titles, fold(title), source.path)
        for form in {fold(name).replace("_", ""), fold(title).replace("_", "")}:
            _add(squashed, form, source.path)
        parts = _end(source.path).split("/")
        for start in range(1, len(parts) - 1):
            _add(ends, "/".join(parts[start:]), source.path)
        for alias in {fold(alias) for alias in source.aliases}:
            _add(aliases, alias, source.path)
        if is_hub:
            _add(hubs, fold(posixpath.basename(folder)), source.path)

    def resolve(self, source: str, target: str) -> str | None:
        key = posixpath.dirname(source), target
        if key not in self.known:
            folder, name = key
            whole = None if "#^" in name else self._resolve(folder, name)  # "C# tips" may be a name
            self.known[key] = whole or self._resolve(folder, name.partition("#")[0].strip())
        return self.known[key]

    def _resolve(self, folder: str, target: str) -> str | None:
        if "/" in target:
            for base in ("", folder):
                path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
                for candidate in (path, f"{path}.md"):
                    if candidate in self.paths or candidate in self.moved:
                        return self.moved.get(candidate, candidate)
        name = _seen(target)
        stem = name.removesuffix(".md")
        exact, folded, aliases, titles, squashed, ends, hubs = self.tables
        squash = fold(stem).replace("_", "")
        if not squash:
            return None
        for table, key, here in (
            (exact, name, True),
            (exact, stem, True),
            (exact, name, False),
            (exact, stem, False),
            (folded, fold(stem), True),
            (folded, fold(stem), False),
            (aliases, fold(stem), False),
            (titles, fold(stem), False),
            (squashed, squash, True),
            (squashed, squash, False),
            (ends, _end(target) if "/" in target else "", False),
            (hubs, fold(stem), False),
        ):
            found = table.get(key, [])
            if here:
                found = [path for path in found if posixpath.dirname(path) == folder]
            if found:
                return min(found, key=lambda path: (-_shared(folder, posixpath.dirname(path)), path))
        return None


def _end(path: str) -> str:
    """Return the form of a path, or of its end, that does not mind case, spaces and `.md`."""
    return "/".join(map(fold, path.strip("/").removesuffix(".md").split("/")))


def _add(table: dict[str, list[str]], key: str, path: str) -> None:
    if path not in table.setdefault(key, []):
        table[key].append(path)


def _shared(one: str, other: str) -> int:
    return (
        len(posixpath.commonpath([one, other]).split("/"))
        if one and other and posixpath.commonpath([one, other])
        else 0
    )
