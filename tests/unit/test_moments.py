from tests.conftest import note, stamp
from videonotes.core.collection import build_collection
from videonotes.core.moments import length, sections, timeline
from videonotes.core.note import Note
from videonotes.core.note_findings import findings
from videonotes.core.scan import scan
from videonotes.core.videos import read_sidecar

VIDEO = "qNPPoj1qUG0"


def collect(*texts: str, sidecar: str = ""):  # type: ignore[no-untyped-def]
    notes = [scan(f"c/n{number}.md", text) for number, text in enumerate(texts)]
    return build_collection(notes, sidecar=read_sidecar("videos.yml", sidecar)[0])


def test_all_notes_in_the_order_of_time() -> None:
    collection = collect(
        note(f"Late {stamp('00:02:00')}. Early {stamp('00:01:00')}."), note(f"Between {stamp('00:01:30')}.")
    )
    found = [(entry.seconds, entry.passages[0].text) for entry in timeline(collection, VIDEO)]
    assert found == [((60,), "Early."), ((90,), "Between."), ((120,), "Late.")]


def test_moments_of_other_videos_are_not_of_this_one() -> None:
    other = '<a class="yt-timestamp" data-v="aircAruvnKk" data-t="00:05:00">x</a>'
    collection = collect(note(f"Here {stamp('00:01:00')} there {other}."))
    assert [entry.seconds for entry in timeline(collection, VIDEO)] == [(60,)]
    assert length(collection, VIDEO) == 60


def test_the_length_is_the_known_one_first() -> None:
    collection = collect(note(f"x {stamp('00:01:00')}"), sidecar=f"{VIDEO}: {{duration: 300}}")
    assert length(collection, VIDEO) == 300
    assert length(collection, "aircAruvnKk") == 0


def test_sections_are_those_with_moments() -> None:
    text = f"Before {stamp('00:00:05')}\n\n## Two\nx {stamp('00:02:00')} {stamp('00:03:00')}\n\n## None\n\n## One\n{stamp('00:01:00')}"
    found = [(section.heading.text, section.first, section.last) for section in sections(collect(note(text)), VIDEO)]
    assert found == [("One", 60, 60), ("Two", 120, 180)]


def test_links_without_a_label_read_as_the_title() -> None:
    collection = collect(
        note(f"See [[n1]], [[n1 | one]] and [[nowhere]] {stamp('00:01:00')}."), note("x", title="The Title")
    )
    assert collection.sentence(collection.notes[0], 0) == "See \x02The Title\x03, \x02one\x03 and \x02nowhere\x03."


def test_cells_of_a_table_are_sentences() -> None:
    collection = collect(note(f"| a | b |\n|---|---|\n| What is said | {stamp('00:01:00')} |\n"))
    assert [entry.passages[0].text for entry in timeline(collection, VIDEO)] == ["What is said"]


def test_a_lone_tail_is_no_end() -> None:
    def on_video(name: str, *times: str) -> Note:
        return scan(f"ch/{name}.md", note(" ".join(map(stamp, times))))

    siblings = [on_video(f"b{n}", "00:01:00", f"00:5{n}:10") for n in range(4)]
    collection = build_collection([*siblings, on_video("a", "00:02:00", "00:40:00", "03:41:51")])
    assert length(collection, "qNPPoj1qUG0") == 53 * 60 + 10
    found = [str(finding) for finding in findings(collection) if finding.code == "beyond-the-end"]
    assert len(found) == 1
    assert found[0].startswith("ch/a.md")
    assert "3:41:51 is beyond where the other notes of the video end (53:10)" in found[0]


def test_a_long_note_among_short_ones_is_an_end() -> None:
    whole = scan("ch/a.md", note(" ".join(stamp(f"00:{minute:02}:10") for minute in range(0, 60, 5))))
    short = [scan(f"ch/b{n}.md", note(stamp("00:10:11"))) for n in range(3)]
    assert length(build_collection([whole, *short]), "qNPPoj1qUG0") == 55 * 60 + 10
