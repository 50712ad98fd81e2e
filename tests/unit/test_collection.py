"""The graph, the videos and the findings of a small collection."""

from __future__ import annotations

import pytest

from tests.conftest import note, stamp
from videonotes.core.collection import Collection, build_collection
from videonotes.core.note_findings import findings
from videonotes.core.redirects import read_redirects
from videonotes.core.scan import scan
from videonotes.core.videos import Chapter, Video, collect_videos, read_sidecar


def collect(
    files: dict[str, str], sidecar: dict[str, Video] | None = None, sources: tuple[str, ...] = ()
) -> Collection:
    return build_collection(
        [scan(path, text) for path, text in files.items()], sidecar=sidecar, sources=[*files, *sources]
    )


def test_backlinks_once_per_note_and_never_from_itself() -> None:
    graph = collect({"c/a.md": "[[b]] [[b]] [[a]]", "c/b.md": "[[#x]]", "c/d.md": "[[B]]"}).graph
    assert {path: [(link.path, link.links) for link in links] for path, links in graph.backlinks.items()} == {
        "c/b.md": [("c/a.md", (0, 1)), ("c/d.md", (0,))]
    }


def test_wanted_by_two_notes_gets_a_stub() -> None:
    graph = collect({"c/a.md": "[[Gradient Descent | GD]] [[alone]] [[alone]]", "d/b.md": "[[gradient_descent]]"}).graph
    assert {key: (wanted.title, wanted.slug, wanted.notes) for key, wanted in graph.wanted.items()} == {
        "alone": ("alone", "", 1),
        "gradient_descent": ("Gradient Descent", "gradient-descent", 2),
    }


def test_a_wanted_name_is_written_as_its_labels_have_it() -> None:
    graph = collect({"c/a.md": "[[rag_systems | RAG Systems]]", "c/b.md": "[[rag_systems | it]]"}).graph
    assert graph.wanted["rag_systems"].title == "RAG Systems"


def test_unlisted_notes_are_not_in_the_graph() -> None:
    graph = collect({"c/a.md": "---\nunlisted: true\n---\n[[b]] [[x]]", "c/b.md": "[[a]]", "c/c.md": "[[x]]"}).graph
    assert graph.backlinks == {}
    assert not any(wanted.has_stub for wanted in graph.wanted.values())


def test_titles_of_videos() -> None:
    hub = scan(
        "c/c.md", "### [From the hub](https://youtu.be/qNPPoj1qUG0)\n### [Other](https://youtu.be/abcdefghijk)\n"
    )
    videos = collect_videos(
        [hub, scan("c/a.md", note("x"))], {"abcdefghijk": Video("abcdefghijk", title="Sidecar", duration=60)}
    )
    assert {key: (video.title, video.length) for key, video in videos.items()} == {
        "qNPPoj1qUG0": ("From the hub", ""),
        "abcdefghijk": ("Sidecar", "1:00"),
    }


def test_sidecar() -> None:
    videos, wrong = read_sidecar(
        "videos.yml",
        "qNPPoj1qUG0:\n  title: A\n  duration: 1:02:03\n  chapters:\n    - {start: 60, title: B}\n    - {start: 0:00, title: A}\n    - 12\n"
        "'-abcdefghij':\n  duration: soon\nshort: {}\n",
    )
    assert videos["qNPPoj1qUG0"].duration == 3723
    assert videos["qNPPoj1qUG0"].chapters == (Chapter(0, "A"), Chapter(60, "B"))
    assert videos["-abcdefghij"].duration is None
    assert [(finding.line, finding.message.split(" of ")[0]) for finding in wrong] == [
        (1, "a chapter"),
        (8, "the duration 'soon'"),
        (10, "'short' is no entry for a video"),
    ]


def test_a_broken_sidecar_is_one_finding() -> None:
    videos, (finding,) = read_sidecar("videos.yml", "a: b: c")
    assert videos == {}
    assert str(finding).startswith("videos.yml:1:1: the file is not valid YAML")


@pytest.mark.parametrize("text", ["[" * 2000, "{a: " * 2000, "? " * 2000, "a: &x [*x]"])
def test_a_sidecar_that_is_nested_too_deep_is_a_finding(text: str) -> None:
    for read in (read_sidecar, read_redirects):
        _, findings = read("videos.yml", text)
        assert len(findings) <= 1


def test_every_kind_of_finding_has_its_place_and_a_cure() -> None:
    collection = collect(
        {
            "a/x.md": note(
                f"[[no such]] [[twin]] [[t#nope]] [[ ]] ![[gone.png]] [l](gone.md) ![p](gone.jpg)\n\n{stamp('soon')} {stamp('19:35:00')}"
            ),
            "a/t.md": "x",
            "b/twin.md": "x",
            "c/twin.md": "x",
        },
        {"qNPPoj1qUG0": Video("qNPPoj1qUG0", duration=3000)},
    )
    found = findings(collection)
    assert sorted((str(finding.code), finding.line, finding.column) for finding in found) == [
        ("ambiguous-link", 5, 13),
        ("dead-link", 5, 53),
        ("invalid-timestamp", 7, 1),
        ("malformed-link", 5, 33),
        ("missing-file", 5, 39),
        ("missing-file", 5, 66),
        ("repaired-timestamps", 7, 1),
        ("unknown-heading", 5, 22),
        ("unresolved-link", 5, 1),
    ]
    assert all(finding.cure for finding in found)
    ambiguous = next(finding for finding in found if finding.code == "ambiguous-link")
    assert str(ambiguous) == "a/x.md:5:13: [[twin]] could be b/twin.md (taken) or c/twin.md. Write the path: [[b/twin]]"
