"""What every page of a site depends on: options, templates, programs, the navigation; nothing that names a machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation

from ..host.theme import THEME
from .digests import digest_of, fingerprint

_PLACES = frozenset({"config_file_path", "dev_addr", "docs_dir", "hooks", "plugins", "site_dir", "theme", "watch"})
"""Options that say where things are, and those that are read below in ways of their own."""

_TEMPLATES = frozenset({".html", ".svg", ".xml", ".txt", ".json", ".md"})


def files_fingerprint(config: MkDocsConfig) -> bytes:
    """Return a hash of the hooks and templates of a site. Who uses them asks again afterwards: they may be edited."""
    base = os.path.dirname(config.config_file_path or "")
    parts = [Path(base, path).read_bytes() for path in config.hooks]
    for folder in (str(THEME), config.theme.custom_dir):
        parts += _files(Path(folder)) if folder else []
    return digest_of(*parts)


def site_fingerprint(config: MkDocsConfig, nav: Navigation, files: bytes) -> bytes:
    """Return a hash of what all pages have in common; `files` is that of the hooks and templates."""
    parts = [files, fingerprint(""), *_versions()]
    parts.append(_text({key: value for key, value in config.items() if key not in _PLACES}).encode())
    parts.append(_text({"name": config.theme.name, **dict(config.theme)}).encode())
    for name, plugin in config.plugins.items():
        options = {key: value for key, value in getattr(plugin, "config", {}).items() if key != "workers"}
        parts.append(f"{name} {_text(options)}".encode())
    parts.append(repr([_entry(item) for item in nav.items]).encode())
    return digest_of(*parts)


def _entry(item: StructureItem) -> tuple[Any, ...]:
    return item.title, getattr(item, "url", None), [_entry(child) for child in getattr(item, "children", None) or ()]


def _versions() -> list[bytes]:
    """Return the packages that are installed: any of them may be a theme, a plugin or an extension.

    The folders of their metadata are named after their versions, but for those of old editable installs.
    """
    folders = [Path(name) for name in sys.path]
    names = {path.name.encode() for folder in folders for path in folder.glob("*.*-info")}
    texts = {path.read_bytes() for folder in folders for path in folder.glob("*.egg-info/PKG-INFO")}
    return sorted(names | texts)


def _files(folder: Path) -> list[bytes]:
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in _TEMPLATES and file.is_file())
    return [part for file in files for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes())]


def _text(value: Any) -> str:
    """Return a value of a configuration as text that is the same in every process."""
    if value is None or isinstance(value, str | int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_text(value[key])}" for key in sorted(value, key=str)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    if isinstance(value, set | frozenset):
        return "{" + ",".join(sorted(map(_text, value))) + "}"
    kind = value if callable(value) and hasattr(value, "__qualname__") else type(value)
    return f"{kind.__module__}.{kind.__qualname__}"
