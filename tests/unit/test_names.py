from __future__ import annotations

import pytest

from videonotes.core.names import file_name, fold, slug, squash, unique, visible, words


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        pytest.param("Factors in Metabolism", "factors_in_metabolism", id="spaces"),
        pytest.param("AI/ML?", "ai_ml", id="punctuation, none at the ends"),
        pytest.param("ﬁne Straße", "fine_strasse", id="NFKC and casefold"),
        pytest.param("\u2068cleoabram\u2069", "cleoabram", id="invisible"),
        pytest.param("Łódź", "łódź", id="letters stay"),
        pytest.param("हिन्दी भाषा", "हिन्दी_भाषा", id="vowel signs belong to letters"),
        pytest.param("...", "", id="nothing left"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_squash_drops_what_fold_keeps_apart() -> None:
    assert squash("Product-Led Sales") == squash("productled_sales") == "productledsales"


def test_visible_is_composed_and_has_no_format_characters() -> None:
    assert visible("u\u0308\u200b\u2068x\u2069") == "\u00fcx"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("What is AI?", "what-is-ai", id="question"),
        pytest.param("AI/ML & Co", "ai-ml-co", id="signs"),
        pytest.param("中文 标题", "中文-标题", id="other scripts"),
        pytest.param("!!!", "section", id="nothing left"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_unique_counts_on() -> None:
    taken: set[str] = set()
    assert [unique("a", taken) for _ in range(3)] == ["a", "a_1", "a_2"]
    assert taken == {"a", "a_1", "a_2"}


def test_words() -> None:
    assert words("ai__agents_") == "ai agents"


def test_names_of_files_are_cut() -> None:
    assert file_name("a" * 200) == "a" * 200
    long = "字" * 90
    assert len(file_name(long).encode()) <= 200
    assert file_name(long).startswith("字" * 60)
    assert file_name(long + "x") != file_name(long)
