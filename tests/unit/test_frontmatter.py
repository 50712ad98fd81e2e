from __future__ import annotations

import pytest

from videonotes.core.frontmatter import as_flag, as_strings, normalise, read_frontmatter


@pytest.mark.parametrize("video", ["12345678901", "1_234567890", "-abcdefghij", "0x123456789", "1e10", "yes", "null"])
def test_scalars_stay_strings(video: str) -> None:
    assert read_frontmatter(f"---\nvideoId: {video}\n---\nx").data == {"videoId": video}


def test_body_begins_behind_the_block() -> None:
    text = "---\ntitle: a\n---\nbody"
    assert text[read_frontmatter(text).body :] == "body"


@pytest.mark.parametrize("text", ["", "x", "---\nnever closed", "a\n---\nb: c\n---\n"])
def test_without_a_block(text: str) -> None:
    front = read_frontmatter(text)
    assert (front.data, front.body, front.problem) == ({}, 0, "")


def test_broken_yaml_is_salvaged_and_told_with_its_line() -> None:
    front = read_frontmatter('---\ntitle: a: b\nvideoId: "qNPPoj1qUG0"\n: [\n---\nx')
    assert front.data == {"title": "a: b", "videoId": "qNPPoj1qUG0"}
    assert "not valid YAML" in front.problem
    assert front.line == 2


def test_nested_aliases_cost_nothing() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    front = read_frontmatter(f"---\ntitle: t\n{bomb}---\n")
    assert front.data["title"] == "t"
    assert as_strings(front.data["i"]) == ()


@pytest.mark.parametrize("block", ["- a\n- b", "just text", "[1]: {a: b}\n? [x]\n: y"])
def test_what_is_no_mapping_is_a_finding(block: str) -> None:
    assert read_frontmatter(f"---\n{block}\n---\n").problem


def test_line_ends_and_mark() -> None:
    assert normalise("\ufeffa\r\nb\rc") == "a\nb\nc"


def test_lists_and_flags() -> None:
    assert as_strings("one") == ("one",)
    assert as_strings(["a", "", {"x": "y"}, " b "]) == ("a", "b")
    assert as_strings(None) == ()
    assert [as_flag(value) for value in ("true", "Yes", "no", None)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("block", "data"),
    [
        ("title: Foo: bar\naliases: [A, B]", {"title": "Foo: bar", "aliases": ["A", "B"]}),
        ("title: a: b\naliases:\n  - A\n  - 'B'", {"title": "a: b", "aliases": ["A", "B"]}),
        ("aliases:\n  - A: b: c\n  - D", {"aliases": ["A: b: c", "D"]}),
        ("title: [PT-BR] Talk\nlang: pt", {"title": "[PT-BR] Talk", "lang": "pt"}),
        ("title: !bang", {"title": "!bang"}),
        ("title: '#1 thing'\ndescription: # none", {"title": "#1 thing", "description": "# none"}),
    ],
)
def test_what_yaml_takes_for_something_else_is_kept_and_told(block: str, data: dict[str, object]) -> None:
    front = read_frontmatter(f"---\n{block}\n---\n")
    assert front.data == data
    assert front.problem


def test_empty_lines_before_the_block() -> None:
    front = read_frontmatter("\n \n---\ntitle: a\n---\nx")
    assert (front.data, front.problem, front.line) == ({"title": "a"}, "empty lines stand before the frontmatter", 3)
    assert read_frontmatter("\n---\nother: a\n---\n").body == 0  # a rule and a heading
