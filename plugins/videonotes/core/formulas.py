r"""Formulas in TeX: `$…$` and `$$…$$` by Pandoc's rule, `\(…\)` and `\[…\]` as language models write them."""

from __future__ import annotations

import re
from collections.abc import Callable

from .tokens import Math

_LONGEST = 5000
_DOLLARS = re.compile(
    rf"\$\$((?:[^$\\]|\\.){{1,{_LONGEST}}}?)\$\$|\$(?![\s$])((?:[^$\\\n]|\\.){{1,500}}?)(?<!\s)\$(?![$\d])", re.DOTALL
)
_MONEY = re.compile(r"\d[^\\^_=]*\s[^\W\d_]{3,}")
_TICKERS = re.compile(r"[A-Z]{2,5}[^\w\\]*\Z")
"""`$NVDA/$TSLA`: names of shares, not the name of a variable and a sign."""
_WIKILINK = re.compile(r"\[\[[^\[\]\n]*(?:[^\W\d_]{3}|\|)[^\[\]\n]*\]\]")
_SIGN_OF_MATH = re.compile(r"[\\^_=+<>]")


def dollar_formula(text: str, start: int) -> Math | None:
    """Return the formula that begins with the `$` at `start`, or `None` where that is a sign of money.

    Only a digit behind the closing `$` forbids it, and white space inside; a letter before the opening one
    (`US$5`) is money as well.
    """
    if start and (text[start - 1].isalnum() or text[start - 1] == "$"):
        return None
    match = _DOLLARS.match(text, start)
    if not match:
        return None
    if match[1] is not None:
        return Math(start, match.end(), match[1].strip(), display=True) if match[1].strip() else None
    tex, after = match[2], text[match.end() : match.end() + 1]
    if _MONEY.match(tex) or "</" in tex or _WIKILINK.search(tex):
        return None  # two signs of dollar with a timestamp or a link between them
    if after.isupper() and _TICKERS.match(tex):
        return None
    return Math(start, match.end(), tex, display=False)


def parenthesis_formula(text: str, start: int, find: Callable[[str, int], int]) -> Math | None:
    r"""Return the formula that begins with `\(` or `\[` at `start`; `find` looks for its end in the text.

    That of `\[` stands on lines of its own: alone it is a bracket that is meant as one.
    """
    display = text[start + 1] == "["
    closing = find(r"\]" if display else r"\)", start + 2)
    if closing < 0 or closing - start > _LONGEST:
        return None
    tex, end = text[start + 2 : closing], closing + 2
    if not tex.strip() or "</" in tex or _WIKILINK.search(tex):
        return None
    if display and not (_is_alone(text, start, end) and (tex[0].isspace() or _SIGN_OF_MATH.search(tex))):
        return None
    return Math(start, end, tex.strip(), display=display)


def _is_alone(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in ("", "\n") and after in ("", "\n")
