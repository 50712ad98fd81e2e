"""Filters of the templates."""

from __future__ import annotations

import html

from ...core.note import CODE_CLOSE, CODE_OPEN, unmarked

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ji nqo ps sd syr ug ur yi".split())
_RIGHT_TO_LEFT_SCRIPTS = frozenset("adlm arab aran hebr mand mend nkoo rohg samr syrc thaa".split())
_SCRIPT = 4  # letters of the name of a script in a language tag


def direction(lang: str) -> str:
    """Return the direction in which a language (BCP 47) is written: `rtl` or `ltr`."""
    language, *rest = lang.casefold().replace("_", "-").split("-")
    if scripts := [part for part in rest if len(part) == _SCRIPT and part.isalpha()]:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def escape_text(text: str) -> str:
    """Return `text` for HTML, outside of attributes: quotes stay as they are."""
    return html.escape(text, quote=False)


def show_sentence(text: str) -> str:
    """Return a sentence of a note for HTML: its code as such, without the marks of its links."""
    return unmarked(escape_text(text)).replace(CODE_OPEN, "<code>").replace(CODE_CLOSE, "</code>")
