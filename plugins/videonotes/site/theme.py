"""The theme: the templates and styles of videonotes over Material, beneath what the user set."""

from __future__ import annotations

import html
import logging
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from ..core.note import CODE_CLOSE, CODE_OPEN, unmarked

THEME = Path(__file__).parent.parent / "theme"
STYLESHEET = "assets/stylesheets/videonotes.css"
MATERIAL_FONT = {"text": "Roboto", "code": "Roboto Mono"}
"""Material's default, which a browser would fetch from a third party."""

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ji nqo ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa".split())
_SCRIPT = 4  # letters of the name of a script in a language tag

_log = logging.getLogger("mkdocs.plugins.videonotes")

_BREAK = re.compile(r"[ \t]*\n\s*")
_ARTICLE = "<article "
_END = "</article>"
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
"""What a drawing in HTML need not say."""


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


def direction(lang: str) -> str:
    """Return the direction in which a language (BCP 47) is written: `rtl` or `ltr`."""
    language, *rest = lang.casefold().replace("_", "-").split("-")
    if scripts := [part for part in rest if len(part) == _SCRIPT and part.isalpha()]:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def _scheme(preference: str, scheme: str, toggle: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {preference})",
        "scheme": scheme,
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "videonotes", "name": toggle},
    }


def escape_text(text: str) -> str:
    """Return `text` for HTML, outside of attributes: quotes stay as they are."""
    return html.escape(text, quote=False)


def show_sentence(text: str) -> str:
    """Return a sentence of a note for HTML: its code as such, without the marks of its links."""
    return unmarked(escape_text(text)).replace(CODE_OPEN, "<code>").replace(CODE_CLOSE, "</code>")


def drop_sitemap(files: Files, docs: str) -> None:
    """Take the theme's own sitemap away, which `set_theme` made an ordinary file of it."""
    file = files.get_file_from_path("sitemap.xml")
    if file is not None and file.src_dir != docs and file.generated_by is None:
        files.remove(file)


def shorten(page: str) -> str:
    """Return a page without the white space between the blocks of the frame around its article."""
    start, end = page.find(_ARTICLE), page.rfind(_END)
    if start < 0 or end < start:
        return page
    start = page.find(">", start) + 1
    return tighten(page[:start]) + page[start:end].strip() + tighten(page[end:])


def tighten(frame: str) -> str:
    """Return a part of a page without the white space between its blocks, and what else it need not say."""
    return _BREAK.sub("\n", frame).replace(">\n<", "><").replace(_NAMESPACE, "")
