"""The limits of size: what `scripts/check_size.py` counts, and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.check_size import excesses

LINES = "".join(f"    a{number} = {number}\n" for number in range(38))
BRANCHES = "".join(f"    if a == {number}:\n        b = {number}\n" for number in range(14))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"def f():\n{LINES}    return 1\n", []),
        (f"def f():\n{LINES}    b = 1\n    return 1\n", ["1: f has 41 lines"]),
        (f"def f():\n    '''Say\n\n    much.'''\n    # more\n\n{LINES}    return 1\n", []),
        (
            f"class C:\n    class D:\n        async def f(self):\n{LINES.replace('    ', ' ' * 12)}            b = '''\n\n'''\n",
            ["3: f has 42 lines"],
        ),
        (f"def f(a, b):\n{BRANCHES}    return b\n", []),
        (f"\ndef f(a, b):\n{BRANCHES}    return b or a\n", ["2: f has complexity 16"]),
        ("a = 1\n\n# b\n" * 300, []),
        ("a = 1\n\n# b\n" * 301, ["1: module has 301 lines"]),
    ],
    ids=["lines", "too many lines", "comments", "in classes", "branches", "too many branches", "module", "long module"],
)
def test_limits(tmp_path: Path, text: str, wanted: list[str]) -> None:
    file = tmp_path / "module.py"
    file.write_text(text, "utf-8")
    assert excesses(file) == [f"{file}:{line}" for line in wanted]
