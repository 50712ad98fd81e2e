"""The records of a note."""

from __future__ import annotations

import pickle

import pytest

from videonotes.core.note import Sentences

SAID = ["Zażółć gęślą jaźń.", "", "Two\nlines.", "A \ud800 half.", "😀"]


def test_sentences_are_what_they_are_made_of() -> None:
    sentences = Sentences.of(SAID)
    assert list(sentences) == SAID
    assert len(sentences) == 5
    assert sentences[-1] == "😀"
    assert sentences[1:3] == SAID[1:3]
    assert sentences.text == "".join(f"{line}\n" for line in SAID)
    assert list(Sentences.of([])) == []
    assert [sentences.size(number) for number in range(5)] == [27, 0, 10, 11, 4]
    assert not sentences.isascii()
    assert Sentences.of(["Two", ""]).isascii()
    for number in (5, -6):
        with pytest.raises(IndexError):
            sentences[number]


def test_sentences_are_equal_by_where_they_end() -> None:
    assert Sentences.of(SAID) == Sentences.of(SAID)
    assert hash(Sentences.of(SAID)) == hash(Sentences.of(SAID))
    assert Sentences.of(["a\nb"]) != Sentences.of(["a", "b"])
    assert pickle.loads(pickle.dumps(Sentences.of(SAID))) == Sentences.of(SAID)
