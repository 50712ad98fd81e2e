from __future__ import annotations

import pickle

import pytest

from tests.conftest import note, stamp
from videonotes.core.collection import build_collection
from videonotes.core.note import around, spoken
from videonotes.core.scan import scan


def test_a_whole_note() -> None:
    text = note(
        f"From: [[lex]] <br/>\n\nOne. Two [[agi | **this**]] and `x` {stamp('00:01:00')}. Three {stamp('00:02:00')}\n\n"
        "## Part\n\n- [[b]]: words. ^mark\n"
    )
    found = scan("lex/a b.md", text)
    assert (found.channel, found.name, found.title, found.video) == ("lex", "a b", "T", "qNPPoj1qUG0")
    assert [(link.target, link.line, link.column, link.heading) for link in found.links] == [
        ("lex", 5, 7, -1),
        ("agi", 7, 10, -1),
        ("b", 11, 3, 0),
    ]
    link = found.links[1]
    before, label, after = around(found.sentences[link.sentence], link.ordinal)
    assert (before, label, spoken(after)) == ("Two ", "this", " and x.")
    assert found.stamps[link.moment].line == 7
    assert [spoken(found.sentences[entry.sentence]) for entry in found.stamps] == [
        "Two \x02this\x03 and x.".replace("\x02", "").replace("\x03", ""),
        "Three",
    ]
    assert [(heading.text, heading.id) for heading in found.headings] == [("Part", "part")]
    assert found.blocks == {"mark"}
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("path", "is_hub", "name"),
    [("lex/lex.md", True, "lex"), ("lex/index.md", True, "lex"), ("lex/other.md", False, "other"),
     ("\u2068c\u2069/\u2068c\u2069.md", True, "\u2068c\u2069"), ("index.md", False, "index")],
)  # fmt: skip
def test_hubs(path: str, is_hub: bool, name: str) -> None:
    found = scan(path, "x")
    assert (found.is_hub, found.name) == (is_hub, name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A\n---\n# B", "A"),
        ("# B [[c | d]]\nx", "B d"),
        ("x", "some name"),
        ("---\ntitle: [x]\n---\nx", "some name"),
    ],
)
def test_title(text: str, title: str) -> None:
    assert scan("c/some_name.md", text).title == title


def test_video_ids_that_are_none() -> None:
    assert scan("a/b.md", "---\nvideoId: empty\n---\n").findings == ()
    (finding,) = scan("a/b.md", "---\ntitle: x\nvideoId: nonsense\n---\n").findings
    assert str(finding).startswith("a/b.md:3:1: videoId 'nonsense' is no video of YouTube. Write")


def test_what_is_not_a_link() -> None:
    text = "`[[a]]` ``[[b]]``\n\n    [[c]]\n\n```\n[[d]]\n```\n\\[[e]] %%[[f]]%% <!-- [[g]] -->\n\n- x\n\n  ```\n  [[h]]\n  ```\n\n[[i]]"
    assert [link.target for link in scan("a/b.md", text).links] == ["i"]


def test_a_wikilink_that_lost_brackets_wants_no_note() -> None:
    notes = [scan(path, "See [agi]] and [nobody]].") for path in ("a/b.md", "a/c.md")]
    assert [str(finding.code) for finding in notes[0].findings] == ["malformed-link"] * 2
    graph = build_collection([*notes, scan("a/agi.md", "x")]).graph
    assert [backlink.path for backlink in graph.backlinks["a/agi.md"]] == ["a/b.md", "a/c.md"]
    assert graph.wanted == {}


def test_bare_stamps_need_a_video() -> None:
    text = "So [00:01:02] it is"
    assert len(scan("a/b.md", note(text)).stamps) == 1
    assert scan("a/b.md", text).stamps == ()


def test_windows_line_ends_change_nothing() -> None:
    text = note(f"A [[b | c]].\n\n## H\n\n- x {stamp('00:01:02')}\n")
    assert scan("a/b.md", "\ufeff" + text.replace("\n", "\r\n")) == scan("a/b.md", text)


def test_control_characters_cannot_pose_as_marks() -> None:
    found = scan("a/b.md", note("A\x02B\x03\x04 [[c]] d e f."))
    assert around(found.sentences[0], 0) == ("A\ufffdB\ufffd\ufffd ", "c", " d e f.")


def test_heading_ids_are_unique_and_never_a_moments() -> None:
    found = scan("a/b.md", "## T 12\n## x\n## x\n## !!!\n")
    assert [heading.id for heading in found.headings] == ["section-t-12", "x", "x_1", "section"]


def test_a_heading_gives_a_video_its_title() -> None:
    found = scan("a/a.md", "### [A | B](https://www.youtube.com/watch?v=qNPPoj1qUG0)\n- [[c]]")
    assert (found.headings[0].video, found.headings[0].text, found.links[0].heading) == ("qNPPoj1qUG0", "A | B", 0)


def test_tags_and_other_keys() -> None:
    found = scan(
        "c/a.md",
        "---\ntitle: T\ntags: [one, '#two']\nhide: [toc]\nrating: 5\n---\n#three, `#code` a#b #4 #nested/tag-5 #one\n",
    )
    assert found.tags == ("one", "two", "three", "nested/tag-5")
    assert found.meta == {"hide": ["toc"], "rating": "5"}
    assert scan("c/a.md", "---\ntags: a, b c\n---\n").tags == ("a", "b", "c")


def test_pictures_on_other_sites_are_told() -> None:
    found = scan(
        "c/a.md",
        "x ![p](https://a.example/p.png)\n\n<img src='//b.example/q.png'> ![l](l.png) ![](https://youtu.be/qNPPoj1qUG0)",
    )
    assert [(finding.code, finding.line, finding.column) for finding in found.findings] == [
        ("picture-elsewhere", 1, 3),
        ("picture-elsewhere", 3, 1),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"- {stamp('00:02:46')} - Tea is served\n- {stamp('00:03:46')} – Rain", ["Tea is served", "Rain"]),
        (f"{stamp('00:02:46')}: Tea<br>{stamp('00:03:46')} — Rain", ["Tea", "Rain"]),
        (f"Tea. {stamp('00:02:46')} - Rain", ["Tea."]),
        (f"{stamp('00:02:46')} -5 degrees", ["-5 degrees"]),
    ],
)
def test_a_line_that_begins_with_its_stamp(text: str, said: list[str]) -> None:
    found = scan("c/n.md", note(text))
    assert [spoken(found.sentences[entry.sentence]) for entry in found.stamps] == said


def test_lines_of_chapters_by_hand() -> None:
    lines = f"Chapters below.\n{stamp('00:01:00')} - Tea\n{stamp('00:02:00')} - Rain\n"
    found = scan("c/a.md", note(lines))
    assert [spoken(found.sentences[entry.sentence]) for entry in found.stamps] == ["Tea", "Rain"]


@pytest.mark.parametrize(
    ("line", "video"),
    [
        ("source: https://www.youtube.com/watch?v=aircAruvnKk&t=9", "aircAruvnKk"),
        ("url: https://youtu.be/aircAruvnKk", "aircAruvnKk"),
        ("url: https://example.org/aircAruvnKk", ""),
        ("source: [https://youtu.be/aircAruvnKk]", ""),
        ("source: https://youtu.be/aircAruvnKk\nvideoId: empty", ""),
    ],
)
def test_a_video_by_the_address_that_a_clipper_writes(line: str, video: str) -> None:
    note = scan("c/a.md", f"---\n{line}\n---\nText.")
    assert note.video == video
    assert note.findings == ()
