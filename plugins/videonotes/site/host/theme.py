"""The theme: the templates and styles of videonotes over Material, beneath what the user set."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

THEME = Path(__file__).parents[2] / "theme"
STYLESHEET = "assets/stylesheets/videonotes.css"
MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""Material's default, which a browser would fetch from a third party."""

_log = logging.getLogger("mkdocs.plugins.videonotes")


def set_theme(config: MkDocsConfig) -> None:
    """Lay the templates and styles of videonotes over Material.

    Fonts come from the system and both colour schemes are offered, unless `theme` says otherwise.
    """
    theme = config.theme
    folder = str(THEME)
    if folder not in theme.dirs:
        theme.dirs.insert(1 if theme.custom_dir else 0, folder)
    if STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, STYLESHEET)
    _take_instant_navigation_out(theme)
    theme.static_templates.discard("sitemap.xml")  # videonotes writes its own
    if theme.get("font") == MATERIAL_FONT:
        theme["font"] = False
    if not theme.get("palette"):
        theme["palette"] = [
            _scheme("light", "default", "Switch to the dark scheme"),
            _scheme("dark", "slate", "Switch to the light scheme"),
        ]
    icons = theme.get("icon")
    has_own = icons is not None and not (isinstance(icons, dict) and icons.get("logo", "logo") == "logo")
    # Ours is drawn by the style sheet; the social plugin reads the file of the logo.
    if not theme.get("logo") and not has_own and "material/social" not in config.plugins:
        theme["icon"] = {**(icons or {}), "logo": "videonotes"}


def _take_instant_navigation_out(theme: Theme) -> None:
    """Take out what replaces pages without loading them: it downloads the sitemap of all pages, and runs no scripts."""
    features = theme.get("features") or []
    instant = [name for name in features if str(name).startswith("navigation.instant")]
    if instant:
        theme["features"] = [name for name in features if name not in instant]
        _log.warning(
            "%s is left out: it has every reader download the addresses of all pages, and timestamps would not play "
            "on a page that it puts in. Pages load fast without it.",
            ", ".join(instant),
        )


def _scheme(preference: str, scheme: str, toggle: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {preference})",
        "scheme": scheme,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "videonotes", "name": toggle},
    }


def drop_sitemap(files: Files, docs: str) -> None:
    """Take the theme's own sitemap away, which `set_theme` made an ordinary file of it."""
    file = files.get_file_from_path("sitemap.xml")
    if file is not None and file.src_dir != docs and file.generated_by is None:
        files.remove(file)
