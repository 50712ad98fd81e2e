from __future__ import annotations

import pytest

from tests.conftest import stamp
from videonotes.core.scan import clean_source, scan

HEAD = "---\ntitle: T\nvideoId: qNPPoj1qUG0\n---\n"
BODY = f"# Part\nOne [[a]] {stamp('00:01:00')}.\n\n```python\nx = [[1]]\n```\n\nEnd.\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{HEAD}```markdown\n{BODY}```\n", 5),
        (f"{HEAD}\nFrom: [[lex]] <br/>\n\n```md\n{BODY}```\n\n", 8),
        (f"{HEAD}From: [[lex]]\n~~~ Markdown\n{BODY}", 6),
        (f"{HEAD}## Heading before\n````md\n{BODY}````", 6),
        (f"```markdown\n{HEAD}{BODY}```", 1),
    ],
)
def test_a_whole_note_in_a_fence(text: str, line: int) -> None:
    found = scan("lex/a.md", text)
    assert found.headings[-1].text == "Part"
    assert len(found.stamps) == 1
    assert found.links[-1].target == "a"
    assert [(finding.code, finding.line) for finding in found.findings if finding.code == "fenced-note"] == [
        ("fenced-note", line)
    ]
    assert len(clean_source(text)) == len(text)  # all else keeps its place


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}```markdown\n{BODY}```\n\nText after it.\n",
        f"{HEAD}Text before it.\n\n```markdown\n{BODY}```\n",
        f"{HEAD}```markdown\n# Only an example\n```\n",
        f"{HEAD}```text\n{BODY}```\n",
        f"{HEAD}```md\n[[a]]\n```\n\nText with [[b]].\n\n```\ncode\n```\n",
    ],
)
def test_a_part_of_a_note_stays_code(text: str) -> None:
    assert clean_source(text) == text
    assert "Part" not in [heading.text for heading in scan("lex/a.md", text).headings]
