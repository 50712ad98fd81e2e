"""The report: the health of the notes on a page, and what the end of a build says of links and of the site's size."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort

from tests.conftest import Build, note, stamp
from videonotes.verify import verify_site

ON = {"report": True}
FILES = {
    "index.md": "# Home",
    "lex/lex.md": "---\ntitle: Lex\n---\nNotes: [[agi]], [[nowhere]].",
    "lex/agi.md": note(
        f"{stamp('00:01:02')} [[lex/rlhf]], [[AGI_two]], [[Deep learning]], [[logo.png]] and [[quiet]]. {stamp('never', 'x')}",
        title="AGI",
    ),
    "lex/agi two.md": note(f"Wants [[nowhere]] and [[other]]. {stamp('', '0:07')}", title="AGI Two"),
    "lex/rlhf.md": "---\ntitle: RLHF\n---\nIt wants [[nothing]].",
    "lex/dl.md": note("[[twin]]", title="Deep Learning"),
    "lex/a/twin.md": note("x", title="Twin A"),
    "lex/b/twin.md": note("x", title="Twin B"),
    "lex/logo.png": "x",
    "other/one.md": note("Text.", title="One"),
    "lex/quiet.md": "---\ntitle: Quiet\nunlisted: true\n---\n[[agi]]",
}


def table(page: BeautifulSoup) -> dict[str, dict[str, int]]:
    """Return the numbers of the report by its rows and columns."""
    heads = [head.get_text() for head in page.select("thead tr:last-child th")][2:]
    return {
        row.select_one("th").get_text(): dict(  # type: ignore[union-attr]
            zip(heads, (int(cell.get_text().replace(",", "")) for cell in row.select("td")[1:]), strict=True)
        )
        for row in page.select("tbody tr, tfoot tr")
    }


def test_there_is_none_by_default(build: Build) -> None:
    site = build(FILES)
    assert not (site.folder / "report").exists()
    assert "report" not in site.read("concepts/wanted/index.html")
    assert "site" not in json.loads(site.read("videonotes.json"))
    assert site.said("GitHub Pages") == []


def test_the_numbers_of_each_channel(build: Build) -> None:
    site = build(FILES, ON)
    rows = table(site.page("report/index.html"))
    assert list(rows) == ["Lex", "a", "b", "other", "All"]
    lex = rows["Lex"]
    assert [lex[name] for name in ("notes", "no video", "orphans", "repeated")] == [4, 1, 0, 0]
    assert [lex[name] for name in ("links", "exact", "healed", "ambiguous", "elsewhere", "wanted")] == [
        *(12, 3, 2, 1, 3, 3),
    ]
    assert [lex[name] for name in ("stamps", "as written", "repaired", "from label", "invalid")] == [3, 1, 0, 1, 1]
    assert rows["other"]["orphans"] == 1
    for name, total in rows["All"].items():
        assert total == sum(row[name] for title, row in rows.items() if title != "All")


def test_the_page_and_the_end_of_the_build_agree(build: Build) -> None:
    site = build(FILES, ON)
    total = table(site.page("report/index.html"))["All"]
    links = json.loads(site.read("videonotes.json"))["wikilinks"]
    assert total["links"] == links["all"]
    assert total["wanted"] == links["unresolved"]
    assert total["exact"] + total["healed"] + total["ambiguous"] == links["resolved"]


def test_repeated_notes_and_repaired_stamps(build: Build) -> None:
    shifted = " ".join(f"Words {stamp(f'{minute}:05:00')}" for minute in (2, 14, 22, 31, 45))
    files = {
        "c/a.md": note("[[b]]", title="Deep Learning"),
        "c/b.md": note(shifted, title="deep learning"),
        "d/a.md": note("x", title="Deep Learning"),
        "videos.yml": "qNPPoj1qUG0: {duration: 50:00}\n",
    }
    rows = table(build(files, ON).page("report/index.html"))
    assert [rows[name]["repeated"] for name in ("c", "d", "All")] == [1, 0, 1]
    assert [rows[name]["repaired"] for name in ("c", "d")] == [5, 0]


def test_the_table_is_sorted_by_notes_and_can_be_sorted(build: Build) -> None:
    site = build(FILES, ON)
    page = site.page("report/index.html")
    notes = [row["notes"] for name, row in table(page).items() if name != "All"]
    assert notes == sorted(notes, reverse=True)
    assert [head.get_text() for head in page.select("th[aria-sort=descending]")] == ["notes"]
    assert {cell.get("scope") for cell in page.select("th")} == {"row", "col", "colgroup"}
    assert page.select_one(".vn-scroll[tabindex='0'][role=region][aria-labelledby=videonotes-by-channel]")
    scripts = [path for path in site.pages() if "videonotes/report.js" in site.read(path)]
    assert scripts == ["report/index.html"]


def test_shares_are_drawn(build: Build) -> None:
    page = build(FILES, ON).page("report/index.html")
    picture = page.select_one("tbody svg")
    assert picture is not None
    assert picture.title is not None
    assert picture.title.get_text() == (
        "wikilinks: 50% found, 25% healed, 25% wanted; timestamps: 33% good, 33% repaired, 33% invalid"
    )
    ends = [(int(str(part["x"])) + int(str(part["width"]))) for part in picture.select("rect")]
    assert ends == [500, 750, 1000, 334, 667, 1000]
    assert len(page.select("tbody svg")) == 1  # the other channels have no links and no timestamps


def test_the_largest_notes_are_linked(build: Build) -> None:
    files = {f"c/n{number:02}.md": note("[[n00]] " * number, title=f"N{number}") for number in range(14)}
    found = build(files, ON).page("report/index.html").select(".vn-largest a")
    assert [link.get_text() for link in found] == [f"N{number}" for number in range(13, 3, -1)]
    assert found[0]["href"] == "../c/n13/"


@pytest.mark.parametrize("files", [FILES, {key: text for key, text in FILES.items() if key != "index.md"}])
def test_the_pages_are_counted(build: Build, files: dict[str, str]) -> None:
    site = build(files, ON)
    counts = [int(count.get_text()) for count in site.page("report/index.html").select(".vn-figures dd")]
    assert sum(counts) == len(site.pages()) - 1  # 404.html


def test_no_list_names_it(build: Build) -> None:
    files = {path: text for path, text in FILES.items() if path != "lex/quiet.md"}
    for settings in (
        {"site_url": "https://x.test/n/"},
        {"use_directory_urls": False, "site_url": "https://x.test/"},
    ):
        site = build(files, ON, **settings)
        assert verify_site(site.folder).failures == []
        assert "report" not in site.read("sitemap.xml")
        path = "report/index.html" if settings.get("use_directory_urls", True) else "report.html"
        assert site.page(path).select("meta[name=robots][content=noindex]")


def test_no_unlisted_note_and_no_channel_of_such_is_named(build: Build) -> None:
    files = {**FILES, "secret/s.md": "---\ntitle: Hush\nunlisted: true\n---\n" + "[[agi]] " * 50}
    site = build(files, ON)
    assert not re.search("secret|Hush|Quiet", site.read("report/index.html"))
    assert table(site.page("report/index.html"))["No channel"]["links"] == 50


def test_a_second_build_makes_it_anew_only_if_it_changes(build: Build) -> None:
    build(FILES, ON)
    assert build(FILES, ON).said(" pages rendered")[0].startswith("1 pages rendered")  # index.md
    changed = build({"other/one.md": note("Text, and [[agi]].", title="One")}, ON)
    assert table(changed.page("report/index.html"))["other"]["links"] == 1


def test_unlisted_notes_stay_hidden(build: Build) -> None:
    assert verify_site(build(FILES, ON, site_url="https://x.test/").folder).failures == []


def test_a_page_in_its_way(build: Build, caplog: pytest.LogCaptureFixture) -> None:
    files = {**FILES, "report.md": "# Mine"}
    assert build(files).page("report/index.html").select("h1")
    with pytest.raises(Abort):
        build(files, ON)
    assert "report.md is in the way of the report. Rename it" in caplog.text


def test_a_site_without_notes(build: Build) -> None:
    page = build({"index.md": "# Home"}, ON).page("report/index.html")
    assert set(table(page)["All"].values()) == {0}
    assert not page.select("svg rect, .vn-largest")


def test_links_add_up_in_words(build: Build) -> None:
    site = build(FILES)
    (line,) = site.said(" wikilinks: ")
    assert line == (
        "12 wikilinks: 6 resolved (1 ambiguous), 1 to a generated hub, 1 to an unlisted note, 1 to a file, "
        "3 unresolved, of which 2 have a page that collects who asks"
    )
    first, *parts = [int(number) for number in re.findall(r"(\d+) (?=wikilinks|resolved|to |unresolved)", line)]
    assert first == sum(parts)


def test_the_size_of_the_site_is_told(build: Build) -> None:
    site = build(FILES, ON)
    files = [file for file in site.folder.rglob("*") if file.is_file() and file.name != "videonotes.json"]
    size = json.loads(site.read("videonotes.json"))["site"]
    assert size["files"] == len(files)
    assert size["bytes"] == sum(file.stat().st_size for file in files)
    assert size["its bytes"] == (site.folder / size["largest file"]).stat().st_size
    (line,) = site.said("GitHub Pages")
    assert line.startswith(f"{len(files):,} files, ")
    assert "of the 20,000 files of Cloudflare Pages" in line
    assert site.said("WARNING") == []
