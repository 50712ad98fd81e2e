"""Options that cannot be: each is told with what is allowed, before anything is built."""

from __future__ import annotations

from typing import Any

import pytest
from mkdocs.exceptions import ConfigurationError

from tests.conftest import Build
from videonotes.site.config import VideonotesConfig

FILES = {"index.md": "# Home", "lex/agi.md": "---\ntitle: AGI\n---\nText."}


def problems(options: dict[str, Any]) -> dict[str, str]:
    config = VideonotesConfig()
    config.load_dict(options)
    return {key: str(error) for key, error in config.validate()[0]}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"feed_items": -1}, "Expected a whole number of 0 or more, not -1."),
        ({"search": {"bundle_pages": 0}}, "'bundle_pages': Expected a whole number of 1 or more, not 0."),
        ({"search": {"bundle_pages": True}}, "not True."),
        ({"search": 7}, "Expected a mapping of options (`full_text`, `bundle_pages`)"),
        ({"timestamps": "source"}, "Expected a mapping of options (`label`)."),
    ],
)
def test_what_is_allowed_is_told(options: dict[str, Any], said: str) -> None:
    (error,) = problems(options).values()
    assert said in error


def test_all_wrong_options_are_told_at_once() -> None:
    found = problems({"feed_items": "x", "workers": -1, "search": {"bundle_pages": 0, "full_text": "yes"}})
    assert set(found) == {"feed_items", "workers", "search"}
    assert "bundle_pages" in found["search"]
    assert "full_text" in found["search"]


def test_switches() -> None:
    config = VideonotesConfig()
    config.load_dict({"search": False, "player": False})
    assert config.validate() == ([], [])
    assert (config.search.full_text, config.search.bundle_pages, config.player.enabled) == (False, 8000, False)


def test_listed_twice(build: Build) -> None:
    with pytest.raises(ConfigurationError, match="listed twice"):
        build(FILES, plugins=["videonotes", {"videonotes": {"feed_items": 3}}])
