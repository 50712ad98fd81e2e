from __future__ import annotations

import pytest

from videonotes.core.index import build_index
from videonotes.core.resolve import Ambiguous, Missing, Resolved, Rung, make_resolver
from videonotes.core.scan import scan

NOTES = {
    "lex/agi.md": "---\ntitle: The Great AGI Question\naliases: [strong AI]\n---\n## Two Words\n### Two Words\nx ^b1\n",
    "lex/lex.md": "x",
    "lex/sub/deep.md": "x",
    "lenny/productled_sales.md": "---\ntitle: Product-led sales\n---\n",
    "lenny/growth.md": "x",
    "other/growth.md": "x",
    "other/hidden.md": "---\nunlisted: true\n---\nx",
    "other/index.md": "x",
    "Łódź/źródło.md": "x",
}
resolve = make_resolver(build_index(scan(path, text) for path, text in NOTES.items()))


@pytest.mark.parametrize(
    ("source", "target", "path", "rung"),
    [
        pytest.param("lex/a.md", "lenny/growth", "lenny/growth.md", Rung.PATH, id="path from the root"),
        pytest.param("lex/a.md", "sub/deep.md", "lex/sub/deep.md", Rung.PATH, id="path from the folder"),
        pytest.param("lex/a.md", "../other/growth", "other/growth.md", Rung.PATH, id="path upwards"),
        pytest.param("lenny/a.md", "growth", "lenny/growth.md", Rung.EXACT_HERE, id="in the channel first"),
        pytest.param("lenny/a.md", "agi", "lex/agi.md", Rung.EXACT, id="elsewhere"),
        pytest.param("lex/a.md", "AGI", "lex/agi.md", Rung.FOLDED_HERE, id="folded"),
        pytest.param("lenny/a.md", "A.G.I", "lex/agi.md", Rung.SQUASHED, id="squashed elsewhere"),
        pytest.param("lenny/a.md", "agi!", "lex/agi.md", Rung.FOLDED, id="folded elsewhere"),
        pytest.param("lenny/a.md", "Strong-AI", "lex/agi.md", Rung.ALIAS, id="alias"),
        pytest.param("lenny/a.md", "the great agi question", "lex/agi.md", Rung.TITLE, id="title"),
        pytest.param("lenny/a.md", "Product Led Sales", "lenny/productled_sales.md", Rung.TITLE, id="title before squash"),
        pytest.param("lenny/a.md", "Productled-Sales!", "lenny/productled_sales.md", Rung.FOLDED_HERE, id="fold here"),
        pytest.param("lenny/a.md", "Pro ductled Sales", "lenny/productled_sales.md", Rung.SQUASHED_HERE, id="squash here"),
        pytest.param("lex/a.md", "Other", "other/index.md", Rung.FOLDED, id="hub by the name of its folder"),
        pytest.param("lex/a.md", "ŹRÓDŁO", "Łódź/źródło.md", Rung.FOLDED, id="other letters"),
    ],
)  # fmt: skip
def test_ladder(source: str, target: str, path: str, rung: Rung) -> None:
    answer = resolve(source, target, "")
    assert isinstance(answer, Resolved)
    assert (answer.path, answer.rung) == (path, rung)


def test_a_tie_is_ambiguous_and_takes_the_first() -> None:
    answer = resolve("lex/a.md", "growth", "")
    assert isinstance(answer, Ambiguous)
    assert (answer.path, answer.candidates) == ("lenny/growth.md", ("lenny/growth.md", "other/growth.md"))


def test_nearest_folder_wins() -> None:
    answer = resolve("lex/sub/a.md", "deep", "")
    assert answer == Resolved("lex/sub/deep.md", Rung.EXACT_HERE)


@pytest.mark.parametrize("target", ["nothing like it", "...", "../../../etc/passwd"])
def test_missing(target: str) -> None:
    assert isinstance(resolve("lex/a.md", target, ""), Missing)


def test_every_spelling_of_a_missing_name_is_the_same_wish() -> None:
    assert resolve("lex/a.md", "No Such_Note", "") == resolve("other/a.md", "no-such note?", "")


def test_fragments() -> None:
    assert resolve("lex/a.md", "agi", "two words") == Resolved("lex/agi.md", Rung.EXACT_HERE, "two-words")
    assert resolve("lex/a.md", "agi", "^B1") == Resolved("lex/agi.md", Rung.EXACT_HERE, "block-b1")
    assert resolve("lex/a.md", "agi", "nope") == Resolved("lex/agi.md", Rung.EXACT_HERE, "", False)
    assert resolve("lex/agi.md", "", "Two Words") == Resolved("lex/agi.md", Rung.SELF, "two-words")


def test_signs_in_names_and_ends_of_paths() -> None:
    notes = {
        "a/c_tips.md": "---\ntitle: C# tips\n---\n## C++ & C#\n",
        "a/c.md": "x\n## Tips",
        "x/y/buzz/One.md": "x",
        "z/buzz/One.md": "x",
        "a/tcp_ip.md": "x",
    }
    find = make_resolver(build_index(scan(path, text) for path, text in notes.items()))

    def found(target: str, fragment: str = "", source: str = "a/n.md") -> tuple[str, str] | None:
        answer = find(source, target, fragment)
        return (answer.path, answer.fragment) if isinstance(answer, Resolved) else None

    assert found("C# tips") == ("a/c_tips.md", "")  # a name, before it is a note and a heading
    assert found("c", "Tips") == ("a/c_tips.md", "")
    assert found("c_tips", "C++ & C#") == ("a/c_tips.md", "c-c")
    assert found("One# none") == ("x/y/buzz/One.md", "")
    assert found("TCP/IP") == ("a/tcp_ip.md", "")
    assert found("buzz/One", source="z/n.md") == ("z/buzz/One.md", "")
    assert found("Y/Buzz/one.md") == ("x/y/buzz/One.md", "")
    assert isinstance(find("a/n.md", "24/7 work", ""), Missing)
