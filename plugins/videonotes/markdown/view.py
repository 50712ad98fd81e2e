"""What rendering a note needs to know of the rest of the collection, and what it keeps while it goes."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from ..core.collection import Collection
from ..core.embeds import EmbedBudget
from ..core.graph import Wanted
from ..core.note import Note
from ..core.repair import Time, read_time
from ..core.tokens import Stamp
from .html import is_local, safe_url


@dataclass(frozen=True, slots=True)
class Site:
    """A collection as a host shows it.

    `stub_path` returns the source path of the page for a wanted name, if the host makes such
    pages; `read` returns the text of a note as it was scanned. `source_labels` keeps the text of
    timestamps as written; `mermaid` says that the host draws Mermaid diagrams; `images` is what becomes of pictures
    from elsewhere: a `link`, or a picture that a browser asks for when it is near (`lazy`) or at once (`load`).
    """

    collection: Collection
    read: Callable[[str], str]
    stub_path: Callable[[Wanted], str | None] = lambda _: None
    source_labels: bool = False
    mermaid: bool = False
    images: str = "link"


@dataclass(slots=True)
class View:
    """A note that is being rendered. `page` is the note whose page it is, `note` the one being read,
    which is another one inside an embed; `chain` are the notes around it.
    """

    site: Site
    page: Note
    note: Note
    chain: tuple[str, ...] = ()
    taken: set[str] = field(default_factory=set)
    budget: EmbedBudget = field(default_factory=EmbedBudget)

    def inside(self, note: Note) -> View:
        """Return the view of a note that is embedded in this one."""
        return View(self.site, self.page, note, (*self.chain, self.note.path), self.taken, self.budget)

    def href(self, path: str, fragment: str = "") -> str:
        """Return the relative link from the page to the source file at `path`."""
        if path == self.page.path:
            return f"#{quote(fragment)}" if fragment else quote(posixpath.basename(path))
        relative = posixpath.relpath(path, posixpath.dirname(self.page.path) or ".")
        return quote(relative) + (f"#{quote(fragment, safe='/=&:+,;')}" if fragment else "")

    def url(self, href: str, *, picture: bool = False) -> str | None:
        """Return the address that `href` means on the page; `None`: it is unsafe, or leads nowhere."""
        url = safe_url(href, picture=picture)
        if not url:
            return None
        if url[0] == "?" or not (url[0] == "#" or is_local(url)):
            return None if url[0] == "?" else url
        found = self.site.collection.find_target(self.note.path, href)
        if not found or self._is_hidden(found[0]):
            return None
        path, fragment = found
        return self.href(path or self.note.path, fragment)

    def _is_hidden(self, path: str) -> bool:
        """Whether a link to `path` is shown as text: an unlisted note that is not the page itself."""
        note = self.site.collection.find(path)
        return note is not None and note.unlisted and path != self.page.path

    def time(self, stamp: Stamp) -> tuple[str, Time]:
        """Return the video and the time that a stamp of the note leads to."""
        collection = self.site.collection
        video = stamp.video or self.note.video
        shift = collection.shifts.get(self.note.path)
        return video, read_time(stamp, video, shift, collection.duration(video))

    def moment_id(self, video: str, seconds: int) -> str:
        """Return the id for the first mention of a second of the page's video, else `""`."""
        identifier = f"t-{seconds}"
        if video != self.page.video or identifier in self.taken:
            return ""
        self.taken.add(identifier)
        return identifier
