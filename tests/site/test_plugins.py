"""What other plugins expect of the files of a site, and those that cannot be beside videonotes."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files

from tests.conftest import Build
from videonotes.site.plugin import VideonotesPlugin

FILES = {"ch/a.md": "---\ntitle: A\nvideoId: qNPPoj1qUG0\naliases: [other]\n---\n[[wanted]]", "ch/b.md": "[[wanted]]"}


def test_generated_files_have_a_source(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    sources: dict[str, str | None] = {}
    on_env = VideonotesPlugin.on_env

    def look(self: VideonotesPlugin, env: object, *, config: MkDocsConfig, files: Files) -> object:
        sources.update({file.src_uri: file.abs_src_path for file in files if file.generated_by})
        return on_env(self, env, config=config, files=files)

    monkeypatch.setattr(VideonotesPlugin, "on_env", look)
    site = build(FILES)
    assert {"index.md", "concepts/wanted/wanted.md", "search.md"} <= sources.keys()
    assert [path for path in sources if path.startswith("videos/")]
    assert [
        path for path, source in sources.items() if path.endswith(".md") and not (source and Path(source).is_file())
    ] == []
    assert "A" in site.page("index.html").get_text()


def test_static_i18n_is_refused(tmp_path: Path) -> None:
    class I18n(BasePlugin):  # type: ignore[type-arg]
        """Stands for the plugin of that package: its module is all that is looked at."""

    I18n.__module__ = "mkdocs_static_i18n.plugin"
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\ntheme: material\nplugins: [videonotes]\n")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins["i18n"] = I18n()
    with pytest.raises(PluginError, match="a site of its own"):
        config.plugins["videonotes"].on_config(config)
