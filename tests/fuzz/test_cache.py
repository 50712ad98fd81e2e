"""Whatever happens to the notes and the options, a build with a cache writes the bytes of one without."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.conftest import note, stamp

NAMES = ("alpha", "beta", "gamma", "delta")
CHANNELS = ("one", "two")
VIDEOS = ("aircAruvnKk", "fNk_zzaMoSs")
CALLED = st.sampled_from(
    ["[[alpha]]", "[[Beta | the second]]", "[[gamma#Part]]", "[[nothing yet]]", "[[nothing yet | still]]", "[[one]]", "![[delta]]",
     "[[by another name]]", "[a page](../guide.md)", "plain words"]
)  # fmt: skip
TIME = st.integers(0, 90).map(lambda seconds: stamp(f"00:00:{seconds:02}"))
TEXT = st.lists(st.one_of(CALLED, TIME), min_size=1, max_size=6).map(" and ".join)


class Cached(RuleBasedStateMachine):
    """A folder of notes that changes, and the site that is built of it again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.docs = self.folder / "docs"
        self.options: dict[str, object] = {}
        self.site_url = "https://x.test/"
        for number, name in enumerate(NAMES[:3]):
            self.put(
                name, CHANNELS[number % 2], VIDEOS[number % 2], f"See [[{NAMES[number - 1]}]] {stamp('00:00:07')}.", ""
            )
        (self.docs / "guide.md").write_text("# Guide\n\nTo [[alpha]].\n", "utf-8")

    def put(self, name: str, channel: str, video: str, text: str, front: str) -> None:
        target = self.docs / channel / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        content = note(f"{text}\n\n## Part\n\n{text}", title=name.capitalize(), video=video)
        target.write_text(content.replace("title:", f"{front}title:", 1), "utf-8")

    @rule(name=st.sampled_from(NAMES), channel=st.sampled_from(CHANNELS), video=st.sampled_from(VIDEOS), text=TEXT,
          front=st.sampled_from(["", "", "aliases: [by another name]\n", "unlisted: true\n", "draft: true\n", "lang: de\n", "date: 2024-05-06\n"]))  # fmt: skip
    def write(self, name: str, channel: str, video: str, text: str, front: str) -> None:
        """Add a note, or edit it."""
        self.put(name, channel, video, text, front)

    @rule(name=st.sampled_from(NAMES), channel=st.sampled_from(CHANNELS))
    def delete(self, name: str, channel: str) -> None:
        """Delete a note."""
        (self.docs / channel / f"{name}.md").unlink(missing_ok=True)

    @rule(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES), channel=st.sampled_from(CHANNELS))
    def rename(self, name: str, other: str, channel: str) -> None:
        """Rename a note, over another one perhaps."""
        source = self.docs / CHANNELS[0] / f"{name}.md"
        if source.exists():
            (self.docs / channel).mkdir(exist_ok=True)
            shutil.move(source, self.docs / channel / f"{other}.md")

    @rule(title=st.sampled_from(["A talk", "Another talk", ""]), length=st.sampled_from([80, 3600]))
    def tell(self, title: str, length: int) -> None:
        """Tell what is known of a video."""
        (self.docs / "videos.yml").write_text(f"{VIDEOS[0]}: {{title: '{title}', duration: {length}}}\n", "utf-8")

    @rule(hub=st.booleans(), text=TEXT)
    def hub(self, hub: bool, text: str) -> None:
        """Write the hub of a channel, or take it away."""
        target = self.docs / "one/one.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(f"# The first channel\n\n{text}\n", "utf-8") if hub else target.unlink(missing_ok=True)

    @rule(options=st.sampled_from([{}, {"timestamps": {"label": "source"}}, {"folders": {"videos": "talks"}}, {"player": {"enabled": False}}]),
          site_url=st.sampled_from(["https://x.test/", "https://y.test/sub/", ""]))  # fmt: skip
    def configure(self, options: dict[str, object], site_url: str) -> None:
        """Change options."""
        self.options, self.site_url = options, site_url

    def built(self, name: str) -> dict[str, bytes]:
        """Build into a folder beside a cache of its own; return the bytes of the site."""
        own = self.folder / name
        own.mkdir(exist_ok=True)
        (own / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
        build(
            load_config(
                str(own / "mkdocs.yml"),
                theme="material",
                docs_dir=str(self.docs),
                site_dir=str(own / "site"),
                site_url=self.site_url,
                plugins=[{"videonotes": {"workers": 0, "search": {"full_text": False}, **self.options}}],
            )
        )
        files = (file for file in (own / "site").rglob("*") if file.is_file() and file.name != "videonotes.json")
        return {file.relative_to(own).as_posix(): file.read_bytes() for file in files}

    @invariant()
    def the_cached_site_is_the_clean_one(self) -> None:
        """Build with the cache of all builds before, and without any."""
        cached, clean = self.built("cached"), self.built("clean")
        shutil.rmtree(self.folder / "clean")
        assert cached.keys() == clean.keys()
        assert [name for name in clean if cached[name] != clean[name]] == []

    def teardown(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder)


TestCached = Cached.TestCase
TestCached.settings = settings(max_examples=8, stateful_step_count=10, deadline=None, derandomize=True,
                               suppress_health_check=list(HealthCheck))  # fmt: skip
