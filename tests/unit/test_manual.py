"""The manual names every option, every finding and every form of the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from videonotes.cli import main
from videonotes.core.findings import FindingCode
from videonotes.site.config import LabelOptions, VideonotesConfig

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_every_option_is_in_the_manual() -> None:
    text = (GUIDE / "options.md").read_text("utf-8")
    names = [name for name, _ in VideonotesConfig._schema]
    assert names
    for name in names:
        if name == "timestamps":
            name = ".".join([name, LabelOptions._schema[0][0]])
        assert f"`{name}`\n:" in text


def test_every_finding_is_in_the_manual() -> None:
    text = (GUIDE / "options.md").read_text("utf-8")
    assert [str(code) for code in FindingCode if f"`{code}`" not in text] == []


def test_every_command_is_in_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out.split("{")[1].split("}")[0].split(",")
    text = (GUIDE / "index.md").read_text("utf-8")
    assert [command for command in listed if f"videonotes {command}" not in text] == []
