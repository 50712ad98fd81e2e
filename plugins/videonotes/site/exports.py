"""What machines read: the Markdown of each note, the moments of each video, the list of all notes, `llms.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from ..core.moments import Entry, Passage, sections, timeline
from ..core.names import visible, words
from ..core.note import Note
from ..core.resolve import Channel as ToChannel
from ..core.resolve import Missing, Resolved
from ..core.sentences import embeds_file, shorten
from ..core.timestamps import clock, short_url, watch_url
from .catalog import Catalog
from .head import describe_note
from .urls import Absolute, Url
from .video_pages import said_text

SHARD = 1_000_000
"""Bytes of one file of the list of notes."""

CHAPTERS = 3
"""YouTube shows chapters from so many on, each at least ten seconds long, the first at 0:00."""

_APART = 10
_LONGEST_CUE = 45
_CUE_TEXT = 84  # characters: two lines of a subtitle


def note_markdown(catalog: Catalog, note: Note, text: str, body: int, absolute: Absolute) -> str:
    """Return the Markdown of a note for other programs: its links absolute, its timestamps links to YouTube.

    `text` is that of its file as it was scanned; its `body` begins at that offset.
    """
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    replaced: list[tuple[int, int, str]] = []
    for number, stamp in enumerate(note.stamps):
        video, time = catalog.collection.time(note, number)
        if time.seconds is not None:
            written = f"[{clock(time.seconds)}]({short_url(video, time.seconds)})"
            start = starts[stamp.line - 1] + stamp.column - 1
            replaced.append((start, start + stamp.length, written))
    for number, link in enumerate(note.links):
        start = starts[link.line - 1] + link.column - 1
        replaced.append((start, start + link.length, _markdown_link(catalog, note, number, absolute)))
    for reference in note.references:
        path = catalog.collection.find_file(note.path, reference.href)
        target = catalog.collection.index.notes.get(path or "")
        start = starts[reference.line - 1] + reference.column - 1
        address = text.find(f"({reference.href}", start) + 1
        if address and target and target.unlisted:
            replaced.append((start, text.find(")", address) + 1, text[start + 1 : address - 2]))
        elif address and path:
            replaced.append((address, address + len(reference.href), absolute(path)))
    parts = [f"# {note.title}\n\n"]
    parts += [f"Video: [{catalog.video_title(note.video)}]({watch_url(note.video)})\n\n"] if note.video else []
    position = body
    for start, end, link_text in sorted(replaced, key=lambda span: (span[0], -span[1])):
        if start >= position:
            parts += [text[position:start], link_text]
            position = end
        elif end <= position and link_text.startswith("["):
            parts.append(f" {link_text}")  # a timestamp inside the label of a wikilink
    return "".join([*parts, text[position:]])


def _markdown_link(catalog: Catalog, note: Note, number: int, absolute: Absolute) -> str:
    link = note.links[number]
    collection = catalog.collection
    label = link.label if "<" not in link.label else ""
    if link.embed and embeds_file(link.target):
        path = collection.find_file(note.path, link.target)
        return f"![{label}]({absolute(path)})" if path else label or link.target
    answer = collection.graph.resolutions[note.path][number]
    if isinstance(answer, Resolved):
        fragment = f"#{answer.fragment}" if answer.fragment else ""
        title = collection.index.notes[answer.path].title
        return f"[{label or title}]({absolute(answer.path)}{fragment})"
    if isinstance(answer, ToChannel):
        return f"[{label or visible(answer.channel)}]({absolute(catalog.channels[answer.channel].hub)})"
    label = label or words(link.target.rpartition("/")[2])
    wanted = collection.graph.wanted.get(answer.key) if isinstance(answer, Missing) else None
    if wanted and wanted.has_stub:
        return f"[{label}]({absolute(catalog.stub_path(wanted.slug))})"
    return label


def video_files(catalog: Catalog, video: str, address: Url) -> Iterator[tuple[str, str]]:
    """Yield the name and text of the files beside a video's page. `address` makes URLs of source paths."""
    entries = timeline(catalog.collection, video)
    if lines := chapters(catalog, video):
        yield "chapters.txt", "\n".join([*lines, ""])
    if entries:
        yield "moments.vtt", _vtt(catalog, entries)
        yield "moments.json", _moments(catalog, video, entries, address)


def file_names(catalog: Catalog, video: str) -> tuple[str, ...]:
    """Return the names of the files beside a video's page."""
    names = ["chapters.txt"] if chapters(catalog, video) else []
    return (*names, *(("moments.vtt", "moments.json") if video in catalog.collection.ends else ()))


def chapters(catalog: Catalog, video: str) -> list[str]:
    """Return the lines of a description on YouTube that give a video its chapters; none where there are too few.

    They are those that are known, else the sections of the notes (YouTube Help, "Video chapters").
    """
    known = catalog.collection.videos[video]
    if known.chapters:
        found = [(chapter.start, chapter.title) for chapter in known.chapters]
    else:
        found = [(section.first, section.heading.text) for section in sections(catalog.collection, video)]
    if found and found[0][0] > 0:
        found.insert(0, (0, catalog.video_title(video)))
    kept: list[tuple[int, str]] = []
    for start, title in found:
        if not kept or start >= kept[-1][0] + _APART:
            kept.append((start, title))
    return [f"{clock(start)} {title}" for start, title in kept] if len(kept) >= CHAPTERS else []


def _vtt(catalog: Catalog, entries: list[Entry]) -> str:
    blocks = ["WEBVTT"]
    following = [*(entry.seconds[0] for entry in entries[1:]), entries[-1].seconds[-1] + _LONGEST_CUE]
    for entry, end in zip(entries, following, strict=True):
        start = entry.seconds[0]
        texts = (said_text(catalog, passage) for passage in entry.passages)
        said = [shorten(text, _CUE_TEXT) for text in texts if text]
        if said:
            lines = "\n".join(escape(text, quote=False) for text in said)
            blocks.append(f"{_vtt_time(start)} --> {_vtt_time(min(end, start + _LONGEST_CUE))}\n{lines}")
    return "\n\n".join(blocks) + "\n"


def _vtt_time(seconds: int) -> str:
    hours = f"{seconds // 3600:02}:" if seconds >= 3600 else ""  # they may be left out (W3C WebVTT, 4.3)
    return f"{hours}{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _moments(catalog: Catalog, video: str, entries: list[Entry], address: Url) -> str:
    paths = catalog.collection.on_video[video]
    numbers = {path: number for number, path in enumerate(paths)}
    notes = []
    for path in paths:
        note = catalog.collection.index.notes[path]
        notes.append({"title": note.title, "url": address(path), "sections": [head.text for head in note.headings]})

    def row(entry: Entry, passage: Passage) -> list[Any]:
        return [list(entry.seconds), numbers[passage.path], passage.heading, said_text(catalog, passage)]

    data = {
        "id": video,
        "title": catalog.video_title(video),
        "url": address(catalog.video_path(video)),
        "notes": notes,
        "columns": ["seconds", "note", "section", "text"],
        "moments": [row(entry, passage) for entry in entries for passage in entry.passages],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def note_list(catalog: Catalog, address: Url) -> Iterator[tuple[str, str]]:
    """Yield the path and text of `notes.json`, which names its shards, and of these, 1 MB each at most."""
    shards: list[list[str]] = []
    size = SHARD
    for note in catalog.listed():
        answers = catalog.collection.graph.resolutions[note.path]
        targets = dict.fromkeys(answer.path for answer in answers if isinstance(answer, Resolved))
        entry: dict[str, Any] = {"id": note.path.removesuffix(".md"), "title": note.title, "url": address(note.path)}
        entry |= {"channel": note.channel, "video": note.video}
        entry["links"] = [target.removesuffix(".md") for target in targets if target != note.path]
        text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
        length = len(text.encode()) + 2
        if size + length > SHARD - 100:
            shards.append([])
            size = 0
        shards[-1].append(text)
        size += length
    names = [f"notes-{number}.json" for number in range(1, len(shards) + 1)]
    total = sum(map(len, shards))
    yield "notes.json", json.dumps({"notes": total, "shards": names}, indent=1) + "\n"
    for name, entries in zip(names, shards, strict=True):
        yield name, "[\n" + ",\n".join(entries) + "\n]\n"


def llms(catalog: Catalog, about: str, absolute: Absolute, markdown: Absolute, best: list[Note]) -> str:
    """Return `llms.txt`: what the site is, its channels, its `best` notes; `markdown` tells where their Markdown is."""
    root = absolute("")
    lines = [f"# {catalog.site_name}", ""]
    lines += [f"> {about}", ""] if about else []
    lines += [
        "Notes on YouTube videos. Every timestamp links to its moment.",
        "The Markdown of a note is beside its page, as `index.md`.",
        "",
        "## Channels",
        "",
    ]
    for channel in catalog.channels.values():
        count = f"{channel.notes:,} notes on {channel.videos:,} videos"
        lines.append(f"- [{channel.title}]({absolute(channel.hub)}): {count}")
    lines += ["", "## Most linked notes", ""]
    for note in best:
        said = describe_note(note)
        lines.append(f"- [{note.title}]({markdown(note.path)})" + (f": {said}" if said else ""))
    lines += ["", "## Optional", ""]
    lines.append(f"- [All notes]({root}notes.json): titles, addresses and links of all notes, as JSON in several files")
    return "\n".join([*lines, ""])
