"""Titles as the labels of links write them."""

from __future__ import annotations

import pytest

from tests.conftest import note
from videonotes.core.collection import Collection, build_collection, titled_by_labels
from videonotes.core.note_findings import findings
from videonotes.core.scan import scan


def collect(title: str, labels: list[str]) -> Collection:
    files = {"c/n.md": note("Text.", title=title)}
    files |= {f"c/{number}.md": note(f"See [[n | {label}]].") for number, label in enumerate(labels)}
    return build_collection(scan(path, text) for path, text in files.items())


@pytest.mark.parametrize(
    ("title", "labels", "shown"),
    [
        ("Joe Rogans", ["Joe Rogan's"] * 3, "Joe Rogan's"),
        ("Productmarket fit", ["product-market fit"] * 2 + ["Product-market fit"], "Product-market fit"),
        ("selfawareness", ["self-awareness"] * 4 + ["selfawareness"] * 2, "self-awareness"),
        ("Ai agents", ["AI agents"] * 3, "AI agents"),
        ("Rock and roll", ["**Rock 'n' roll**"] * 3 + ["**rock *and* roll**"] * 3, "Rock and roll"),
        ("Rock and-roll", ["**rock and roll**"] * 3, "Rock and roll"),
        ("Q A", ["Q&amp;A"] * 3, "Q&A"),
        ("Élan vital", ["élan-vital"] * 3, "Élan-vital"),
        ("Straße", ["STRASSE"] * 3, "STRASSE"),
        # Too few notes, too small a share, another thing, only without its capital.
        ("Joe Rogans", ["Joe Rogan's"] * 2, "Joe Rogans"),
        ("Joe Rogans", ["Joe Rogan's"] * 3 + ["Joe Rogans"] * 2, "Joe Rogans"),
        ("Joe Rogans", ["Joe Rogan's show"] * 3, "Joe Rogans"),
        ("String theory", ["string theory"] * 5, "String theory"),
        ("Joe Rogans", [""] * 3, "Joe Rogans"),
    ],
)
def test_title_by_labels(title: str, labels: list[str], shown: str) -> None:
    collection = collect(title, labels)
    assert collection.index.notes["c/n.md"].title == title
    assert titled_by_labels(collection).index.notes["c/n.md"].title == shown
    told = [finding.message for finding in findings(collection) if finding.code == "title-spelling"]
    assert [f"“{shown}”" in message for message in told] == [True] * (shown != title)


def test_one_note_that_repeats_itself_is_no_agreement() -> None:
    collection = collect("Joe Rogans", ["Joe Rogan's]] [[n | Joe Rogan's]] [[n | Joe Rogan's", "Joe Rogan's"])
    assert collection.spellings == {}


def test_links_lead_where_they_did() -> None:
    before = collect("Productmarket fit", ["product-market fit"] * 3)
    after = titled_by_labels(before)
    assert after.notes[-1].title == "Product-market fit"
    for name in ("Productmarket fit", "product market fit", "n"):
        assert after.resolve("c/0.md", name) == before.resolve("c/0.md", name)
