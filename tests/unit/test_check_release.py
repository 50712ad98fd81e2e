"""A release: its tag, the version of the package and the changelog name the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from scripts.check_release import faults

WRITTEN = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-27\n\n- More.\n\n## [1.1.0] - 2026-01-01\n\n- Some.\n"


@pytest.mark.parametrize(
    ("tag", "version", "changelog", "wanted"),
    [
        ("v1.2.0", '__version__ = "1.2.0"', WRITTEN, []),
        ("v1.1.0", '__version__ = "1.1.0"', WRITTEN, []),
        ("v1.2.1", '__version__ = "1.2.0"', WRITTEN, ["The tag is v1.2.1, the version 1.2.0."]),
        ("1.2.0", '__version__ = "1.2.0"', WRITTEN, ["The tag is 1.2.0, the version 1.2.0."]),
        ("v1.3.0", '__version__ = "1.3.0"', WRITTEN, ["CHANGELOG.md has no heading [1.3.0]."]),
        (
            "v1.2.0",
            '__version__ = "1.2.0"',
            WRITTEN.replace(" - 2026-11-27", ""),
            ["The heading [1.2.0] of CHANGELOG.md has no date."],
        ),
        ("v1.2.0", '__version__ = "1.2.0"', WRITTEN.replace("- More.", ""), ["CHANGELOG.md tells nothing of [1.2.0]."]),
        ("v1.2.0", "", WRITTEN, ["plugins/videonotes/__init__.py names no version."]),
    ],
)
def test_what_a_release_names(tmp_path: Path, tag: str, version: str, changelog: str, wanted: list[str]) -> None:
    (tmp_path / "plugins/videonotes").mkdir(parents=True)
    (tmp_path / "plugins/videonotes/__init__.py").write_text(f'"""Text."""\n\n{version}\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(changelog, "utf-8")
    assert faults(tmp_path, tag) == wanted
