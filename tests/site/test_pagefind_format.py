"""What is mended of Pagefind's index: what a word loads, and that nothing is lost."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import cbor2
import pytest

from videonotes.site.search import pagefind_format
from videonotes.site.search.pagefind import run_pagefind
from videonotes.site.search.pagefind_format import narrow_chunks

MAGIC = b"pagefind_dcd"


def read(file: Path) -> Any:
    return cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(MAGIC))


def chunks(index: Path) -> list[list[str]]:
    [meta] = index.glob("pagefind.*.pf_meta")
    found: list[list[str]] = read(meta)[2]
    return found


def words_of(index: Path, name: str) -> dict[str, Any]:
    return {word: places for word, *places in read(index / f"index/{name}.pf_index")[0]}


def loaded(index: Path, word: str) -> list[str]:
    return [name for first, last, name in chunks(index) if first <= word <= last]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 300 pages of made-up words, with many a "the" between them."""
    chance = random.Random(7)
    letters = "aehot"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(3, 9))) for _ in range(3000)]
    folder = tmp_path_factory.mktemp("index")
    for number in range(300):
        text = " ".join(word + chance.randrange(5) * " the" for word in chance.sample(vocabulary, 60))
        (folder / f"{number}.html").write_text(f"<html><body><p>{text}</p></body></html>", encoding="utf-8")
    index = folder / "made"
    run_pagefind(folder, index, "en")
    return index


@pytest.fixture
def index(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pagefind_format, "_LARGE", 8000)
    for file in made.rglob("*"):
        if file.is_file():
            target = tmp_path / file.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return tmp_path


def test_no_place_of_a_word_is_lost(index: Path) -> None:
    before = [item for _, _, name in chunks(index) for item in words_of(index, name).items()]
    assert len(before) > 2000
    narrow_chunks(index)
    assert [item for _, _, name in chunks(index) for item in words_of(index, name).items()] == before
    named = {f"{name}.pf_index" for _, _, name in chunks(index)}
    assert {file.name for file in (index / "index").iterdir()} == named


def test_a_word_of_all_texts_has_a_chunk_of_its_own(index: Path) -> None:
    [old] = loaded(index, "the")
    assert len(words_of(index, old)) > 1
    narrow_chunks(index)
    [name] = [name for name in loaded(index, "the") if "the" in words_of(index, name)]
    assert list(words_of(index, name)) == ["the"]
    # Bytes that no Python writes otherwise: the system is not named.
    assert (index / f"index/{name}.pf_index").read_bytes()[4:10] == b"\0\0\0\0\0\xff"


def test_every_word_is_in_a_chunk_that_its_limits_load(index: Path) -> None:
    own = {word: name for _, _, name in chunks(index) for word in words_of(index, name)}
    # Pagefind cuts limits short: words between them load every chunk whose limits begin alike.
    assert any(not loaded(index, word) for word in own)
    narrow_chunks(index)
    own = {word: name for _, _, name in chunks(index) for word in words_of(index, name)}
    for word, name in own.items():
        assert name in loaded(index, word)
        assert len(loaded(index, word)) <= 2


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(MAGIC + cbor2.dumps({"pages": []}), id="another form"),
        pytest.param(MAGIC + cbor2.dumps(["1.5", [], [["a", "b"]]]), id="other chunks"),
        pytest.param(b"pagefind_2" + cbor2.dumps(["1.5", [], [["a", "b", "c"]]]), id="another mark"),
        pytest.param(MAGIC + b"\xff\x00", id="no CBOR"),
    ],
)
def test_an_index_of_another_form_is_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    meta = tmp_path / "pagefind.en_1.pf_meta"
    meta.write_bytes(gzip.compress(data))
    before = meta.read_bytes()
    narrow_chunks(tmp_path)
    assert meta.read_bytes() == before
