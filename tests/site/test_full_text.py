"""The bundles of the full text: what is indexed again, and what is kept of the last index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from videonotes.site.search.full_text import Bundle, Searched, index_bundles, put_page

FILES = [f"note-{number}/index.html" for number in range(12)]
BUNDLE = Bundle("en-1", "en", tuple(Searched(file, file.removesuffix("index.html"), "en", 0) for file in FILES))


def write(site: Path, file: str, text: str) -> None:
    (site / file).parent.mkdir(parents=True, exist_ok=True)
    (site / file).write_text(
        f"<html><body><!--searched--><div data-pagefind-body><p>{text}</p></div><!--/searched--></article></body></html>",
        encoding="utf-8",
    )


def index(site: Path, store: Path) -> dict[str, bytes]:
    """Index the bundle; return the files of its index but those whose order is Pagefind's whim."""
    texts = {file: put_page(site, file, "en-1", store) for file in FILES}
    index_bundles(site, [BUNDLE], store, texts)
    folder = store / "en-1"
    files = [file for name in ("index/fragment", "index/index") for file in sorted((folder / name).iterdir())]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in (*files, folder / "known.json")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number, file in enumerate(FILES):
        write(tmp_path / "site", file, f"Sourdough number {number} rises for {number * 7} hours.")
    return tmp_path / "site"


def test_an_edit_keeps_the_other_results(site: Path, tmp_path: Path) -> None:
    first = index(site, tmp_path / "kept")
    results = tmp_path / "kept/en-1/index/fragment"
    places = {file.name: file.stat().st_ino for file in results.iterdir()}
    write(site, FILES[3], "Rye bread does not rise.")
    edited = index(site, tmp_path / "kept")
    assert edited == index(site, tmp_path / "clean")
    assert edited != first
    assert sum(file.stat().st_ino == places.get(file.name) for file in results.iterdir()) == len(FILES) - 1


def test_a_result_that_another_has_the_name_of_is_written(site: Path, tmp_path: Path) -> None:
    clean = index(site, tmp_path / "kept")
    ids = json.loads(clean["known.json"])["ids"]
    places = {url: tmp_path / f"kept/en-1/index/fragment/{name}.pf_fragment" for url, name in ids.items()}
    places["note-5/"].write_bytes(places["note-6/"].read_bytes())
    write(site, FILES[0], "Rye bread does not rise.")
    assert index(site, tmp_path / "kept") == index(site, tmp_path / "clean") != clean


def test_what_a_killed_build_left_is_not_kept(site: Path, tmp_path: Path) -> None:
    clean = index(site, tmp_path / "kept")
    results = sorted((tmp_path / "kept/en-1/index/fragment").iterdir())
    results[0].write_bytes(results[0].read_bytes()[:40])
    (tmp_path / "kept/en-1/known.json").unlink()
    assert index(site, tmp_path / "kept") == clean


def test_results_of_other_programs_are_not_kept(site: Path, tmp_path: Path) -> None:
    clean = index(site, tmp_path / "kept")
    results = sorted((tmp_path / "kept/en-1/index/fragment").iterdir())
    results[0].write_bytes(results[0].read_bytes()[:40])
    known = tmp_path / "kept/en-1/known.json"
    known.write_text(json.dumps({**json.loads(known.read_text("utf-8")), "key": "", "programs": "other"}), "utf-8")
    assert index(site, tmp_path / "kept") == clean


def test_a_text_that_is_not_in_its_place_is_put_there(site: Path, tmp_path: Path) -> None:
    clean = index(site, tmp_path / "kept")
    (tmp_path / "kept/en-1/known.json").unlink()
    texts = {file: put_page(site, file, "en-1", tmp_path / "kept") for file in FILES}
    (tmp_path / "kept/en-1/pages" / FILES[5]).unlink()
    (tmp_path / "kept/en-1/pages" / FILES[6]).write_text("<html><body>Something else</body></html>", encoding="utf-8")
    index_bundles(site, [BUNDLE], tmp_path / "kept", texts)
    assert index(site, tmp_path / "kept") == clean


def test_attributes_that_nothing_reads_are_not_indexed(site: Path, tmp_path: Path) -> None:
    stamp = '<a class="yt-timestamp" data-t="95" data-v="4LjddcccYIo" href="https://youtu.be/x"%s>1:35</a>'
    link = 'an <a class="wikilink wikilink--wanted" href="../x/">old <em>dough</em></a>'
    text = f"It is {link} {stamp % ' id=t-95'}, twice {stamp % ''}.".replace("=t-95", '="t-95"')
    write(site, FILES[0], text)
    put_page(site, FILES[0], "en-1", tmp_path)
    assert (tmp_path / "en-1/pages" / FILES[0]).read_text("utf-8") == (
        "<!doctype html><html><body><div data-pagefind-body><p>It is an <a>old <em>dough</em></a> "
        '<a class="yt-timestamp" id="t-95">1:35</a>, twice .</p></div>'
    )
