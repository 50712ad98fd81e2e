"""The schemas that editors check files by say what the plugin reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from videonotes.commands import main
from videonotes.core.frontmatter import KNOWN_KEYS, normalise, read_frontmatter

ROOT = Path(__file__).parents[2]


def schema(name: str, capsys: pytest.CaptureFixture[str]) -> Draft202012Validator:
    assert main(["schema", name]) == 0
    found = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def test_every_known_key_is_in_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(schema("frontmatter", capsys).schema["properties"]) == set(KNOWN_KEYS)


def test_the_demo_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    validator = schema("frontmatter", capsys)
    notes = [
        file for file in (ROOT / "docs").rglob("*.md") if read_frontmatter(normalise(file.read_text("utf-8"))).data
    ]
    assert len(notes) > 5
    for file in notes:
        block = normalise(file.read_text("utf-8")).split("---\n")[1]
        data = json.loads(json.dumps(yaml.safe_load(block), default=str))
        assert list(validator.iter_errors(data)) == [], file
    videos = yaml.safe_load((ROOT / "docs/videos.yml").read_text("utf-8"))
    assert list(schema("videos", capsys).iter_errors(json.loads(json.dumps(videos, default=str)))) == []


@pytest.mark.parametrize(
    ("name", "data", "valid"),
    [
        ("frontmatter", {"title": "T", "videoId": "aircAruvnKk", "aliases": "x", "tags": ["a"], "draft": True}, True),
        ("frontmatter", {"date": "2024-05-31", "generated": "Some model", "reviewed": "2024-06-01"}, True),
        ("frontmatter", {"videonotes": {"ignore": ["VN203"]}}, True),
        ("frontmatter", {"videonotes": {"ignroe": ["VN203"]}}, False),
        ("frontmatter", {"aliases": {"a": "b"}}, False),
        ("frontmatter", {"date": "yesterday"}, False),
        ("videos", {"aircAruvnKk": {"title": "T", "duration": "18:40", "chapters": [{"start": "0:00", "title": "A"}]}}, True),
        ("videos", {"aircAruvnKk": {"duration": "long"}}, False),
        ("videos", {"no id": {"title": "T"}}, False),
        ("redirects", {"old.md": "new.md#part"}, True),
        ("redirects", {"old.md": ["new.md"]}, False),
    ],
)  # fmt: skip
def test_what_is_right_and_what_is_not(
    name: str, data: dict[str, Any], valid: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert schema(name, capsys).is_valid(data) == valid
