"""What search reads: the concept index and Pagefind's bundles, as a build writes them."""

from __future__ import annotations

import gc
import gzip
import json
import sys
import weakref
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from tests.conftest import Build, Site, note, stamp
from videonotes.site.search import pagefind
from videonotes.verify import verify_site

FILES = {
    "lex/lex.md": "# Lex\n\n[[rag]] and [[agi]].",
    "lex/rag.md": note(
        f"From: [[lex]]\n\nFirst retrieval {stamp('00:00:05')}, then Władysław of Łódź.\n\n## Why\nTo ground {stamp('00:01:15')}.",
        title="Retrieval-augmented generation",
    ),
    "lex/agi.md": note("See [[rag | RAG]], [[rag|`RAG`]], [[rag]], [[scaling laws]].", title="AGI"),
    "lex/more.md": note("See [[rag | RAG]] and [[scaling laws | laws of scale]].", title="More", video="aircAruvnKk"),
    "guide.md": "# Guide\n\nHow to read.",
    "index.md": "# Home\n",
    "videos.yml": "aircAruvnKk: {title: A talk on nets, published: 2024-06-01}\n",
}


def fragments(site: Site, bundle: str = "en-1") -> dict[str, dict[str, Any]]:
    found = {}
    for file in (site.folder / "search/text" / bundle / "fragment").iterdir():
        page = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[page["url"]] = {**page, "id": file.stem}
    return found


def index(site: Site, name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(site.read(f"search/names/{name}.json"))
    return data


def test_the_full_text_holds_notes_and_pages_and_nothing_around_them(build: Build) -> None:
    pages = fragments(build(FILES))
    assert sorted(pages) == ["/guide/", "/lex/agi/", "/lex/more/", "/lex/rag/"]
    rag = pages["/lex/rag/"]
    assert rag["content"].startswith("Retrieval-augmented generation. First retrieval , then")
    assert "0:05" not in rag["content"]
    assert "Linked from" not in rag["content"]
    assert rag["filters"] == {"channel": ["lex"], "kind": ["note"]}
    assert rag["meta"]["title"] == "Retrieval-augmented generation"
    assert rag["meta"]["channel"] == "lex"
    assert rag["meta"]["also"] == "lodz wladyslaw"
    assert [anchor["id"] for anchor in rag["anchors"]] == ["t-5", "why", "t-75"]
    assert pages["/lex/more/"]["meta"]["video"] == "A talk on nets"
    assert pages["/lex/more/"]["meta"]["date"] == "2024-06-01"
    assert pages["/guide/"]["filters"] == {"kind": ["page"]}


def test_the_concept_index_knows_titles_labels_and_wanted_names(build: Build) -> None:
    site = build(FILES)
    ids = {url: page["id"] for url, page in fragments(site).items()}
    names = index(site, "r_")
    assert names["targets"] == [
        ["lex/rag/", "Retrieval-augmented generation", "note", 3, "lex", ids["/lex/rag/"]],
    ]
    assert names["names"] == [[0, 3], [0, 3, "RAG"]]
    laws = index(site, "l_")
    assert ["concepts/wanted/scaling-laws/", "Scaling laws", "wanted", 2, "", ""] in laws["targets"]
    assert [row[2] for row in laws["names"] if len(row) > 2] == ["laws of scale"]
    manifest = index(site, "index")
    assert manifest["channels"] == {"lex": "Lex"}
    assert manifest["text"] == [["en-1"]]
    assert manifest["top"][0][:2] == ["lex/rag/", "Retrieval-augmented generation"]
    assert set(manifest["prefixes"].split()) >= {"r", "l", "words-r", "words-a"}
    assert verify_site(site.folder).failures == []


def test_bundles_are_bounded_by_the_option(build: Build) -> None:
    site = build(FILES, {"search": {"bundle_pages": 2}})
    bundles = index(site, "index")["text"]
    assert len(bundles) == 1
    assert len(bundles[0]) > 1
    found = [set(fragments(site, name)) for name in bundles[0]]
    assert max(map(len, found)) <= 2
    assert set().union(*found) == {"/guide/", "/lex/agi/", "/lex/more/", "/lex/rag/"}


def test_each_language_has_bundles_of_its_own(build: Build) -> None:
    files = {**FILES, "lex/german.md": note("Ein Haus.", title="Haus").replace("title:", "lang: de-AT\ntitle:")}
    site = build(files)
    assert index(site, "index")["text"] == [["en-1"], ["de-1"]]
    assert list(fragments(site, "de-1")) == ["/lex/german/"]


def test_chinese_asks_for_the_extended_binary(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**FILES, "lex/zh.md": note("知识。", title="知识").replace("title:", "lang: zh\ntitle:")}
    monkeypatch.setattr(pagefind.shutil, "which", lambda name: None)
    monkeypatch.setattr(pagefind, "find_spec", lambda name: None)
    site = build(files)
    assert site.said("`pip install 'mkdocs-videonotes[extended]'`")


@pytest.mark.parametrize(
    "program", ["#!/bin/sh\necho 'no space left' >&2\nexit 3\n", None], ids=["fails", "is missing"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_a_pagefind_that_fails_is_told_and_the_site_is_built(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    binary = tmp_path / "pagefind"
    if program:
        binary.write_text(program)
        binary.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(binary))
    site = build(FILES)
    [message] = site.said("The full text is not searched")
    assert "pip install 'pagefind[bin]'" in message
    assert "Traceback" not in message
    assert index(site, "index")["text"] == []
    assert index(site, "r_")["targets"]
    assert not (site.folder / "search/text").exists()
    assert not list((tmp_path / ".cache/videonotes").glob("text/search-*"))


def test_the_full_text_can_be_left_out(build: Build) -> None:
    site = build(FILES, {"search": {"full_text": False}})
    assert not (site.folder / "search/text").exists()
    assert site.said("The full text") == []


def test_the_same_notes_give_the_same_search(build: Build) -> None:
    def read(site: Site) -> dict[str, bytes]:
        # Pagefind writes filters and the list of pages in an order, and so under a hash, that differs from run to run.
        return {
            file.relative_to(site.folder).as_posix(): file.read_bytes()
            for file in (site.folder / "search").rglob("*")
            if file.is_file() and file.suffix not in (".pf_meta", ".pf_filter") and file.name != "pagefind-entry.json"
        }

    assert read(build(FILES)) == read(build(FILES))


@pytest.fixture
def served(build: Build, tmp_path: Path) -> MkDocsConfig:
    """The configuration of a site that is served."""
    site = build(FILES)
    config = load_config(
        str(tmp_path / "mkdocs.yml"), theme="material", plugins=["videonotes"],
        docs_dir=str(site.docs), site_dir=str(tmp_path / "served"),
    )  # fmt: skip
    config.plugins.on_startup(command="serve", dirty=False)
    return config


def test_a_served_site_keeps_no_former_build(served: MkDocsConfig) -> None:
    plugin: Any = served.plugins["videonotes"]
    gc.disable()  # as if the records of a build were more than Python looks through by itself
    try:
        mkdocs_build(served)
        former = weakref.ref(plugin.build.files)
        mkdocs_build(served)
        plugin.search_behind.wait()
    finally:
        gc.enable()
    assert former() is None


def test_a_site_that_is_served_is_indexed_behind(served: MkDocsConfig, tmp_path: Path) -> None:
    mkdocs_build(served)
    manifest = tmp_path / "served/search/names/index.json"
    assert json.loads(manifest.read_text("utf-8"))["top"]
    plugin: Any = served.plugins["videonotes"]
    plugin.search_behind.wait()
    assert json.loads(manifest.read_text("utf-8"))["text"] == [["en-1"]]
