"""Dates, as frontmatter and the sidecar write them."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?![\d-])")


def read_date(text: str) -> str:
    """Return the day of `2024-05-31`, `2024/05/31`, `20240531` or `2024-05-31T10:00:00Z` as `2024-05-31` (ISO 8601).

    The answer is empty where `text` does not begin with a day that exists.
    """
    match = _DATE.match(text.strip())
    if not match:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
