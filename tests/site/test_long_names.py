"""Names that no file can have: the site is built, and says where they stand."""

from __future__ import annotations

from tests.conftest import Build


def test_long_aliases_and_wanted_names(build: Build) -> None:
    wanted = "字" * 90
    site = build(
        {
            "index.md": "# Home",
            "ch/a.md": f"---\ntitle: A\naliases: ['{'x' * 256}']\n---\nOne [[{wanted}]].",
            "ch/b.md": f"---\ntitle: B\n---\nTwo [[{wanted}]].",
            "redirects.yml": f"{'y' * 300}: ch/a\n",
        },
        {"findings": {"long-name": "warning", "redirect": "warning"}},
    )
    assert len(site.said("too long for a file")) == 3
    assert len(site.said("no file can have a name that long")) == 1
    stub = site.page("ch/a/index.html").select_one("a.wikilink--wanted")
    assert stub is not None
    assert [path for path in site.pages() if "字字字" in path]
    assert [path for path in site.pages() if path.startswith("ch/xxx")]
