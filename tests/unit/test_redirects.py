import pytest

from videonotes.core.redirects import collect_redirects, read_redirects, source_path
from videonotes.core.scan import scan


@pytest.mark.parametrize("written", ["a/b", "/a/b/", "a/b.md", " a//b ", "./a/b"])
def test_every_form_of_a_path(written: str) -> None:
    assert source_path(written) == "a/b.md"


def test_a_chain_leads_to_its_end() -> None:
    moves, wrong = read_redirects("redirects.yml", "a/x: a/y\na/y: a/z#end\n")
    redirects, problems = collect_redirects([scan("a/z.md", "text")], [], moves)
    assert [(redirect.old, redirect.path, redirect.fragment) for redirect in redirects] == [
        ("a/x.md", "a/z.md", "end"),
        ("a/y.md", "a/z.md", "end"),
    ]
    assert wrong == problems == []


def test_problems_have_their_line() -> None:
    moves, _ = read_redirects("redirects.yml", "# moved\na/x: a/gone\na/z: a/x\n")
    _, problems = collect_redirects([scan("a/z.md", "text")], [], moves)
    assert [(problem.line, problem.message) for problem in problems] == [
        (2, "the redirect of a/x.md: there is no a/gone.md"),
        (3, "the redirect of a/z.md: a/z.md is a page that exists"),
    ]


def test_an_alias_that_two_notes_have() -> None:
    notes = [scan(f"a/{name}.md", "---\naliases: [Same]\n---\n") for name in ("one", "two")]
    redirects, (problem,) = collect_redirects(notes, [], read_redirects("redirects.yml", "")[0])
    assert [redirect.path for redirect in redirects] == ["a/one.md"]
    assert str(problem).startswith("a/two.md:1:1: the alias 'same' leads to a/one.md already")
