import pytest

from videonotes.core.alphabet import base, heading_order, letter, order, without_marks


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Łódź", "L"),
        ("éclair", "E"),
        ("“Quoted”", "Q"),
        ("Ærø", "A"),
        ("ßharp", "S"),
        ("Þórr", "T"),
        ("42 ways", "0–9"),
        ("٣ things", "0–9"),
        ("Привет", "Cyrillic"),
        ("Ωmega", "Greek"),
        ("東京", "Chinese characters"),
        ("ひらがな", "Kana"),
        ("한국", "Hangul"),
        ("हिन्दी", "Devanagari"),
        ("ﬁne", "F"),
        ("…", "Other"),
        ("", "Other"),
    ],
)
def test_the_heading_of_a_title(title: str, heading: str) -> None:
    assert letter(title) == heading


def test_titles_are_in_the_order_of_their_letters() -> None:
    assert sorted(["Zebra", "łódź", "lz", "Éa", "eb", "la"], key=order) == ["Éa", "eb", "la", "łódź", "lz", "Zebra"]


def test_headings_are_in_order() -> None:
    assert sorted(["Other", "Cyrillic", "Z", "A", "0–9"], key=heading_order) == ["0–9", "A", "Z", "Cyrillic", "Other"]


def test_letters_without_marks() -> None:
    assert without_marks("Łódź, Ångström & Đorđe") == "lodz, angstrom & dorde"
    assert [base(char) for char in "éØı東"] == ["e", "o", "i", "東"]
