"""What machines read of the notes: the Markdown of each, the list of all, `llms.txt`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ...core.names import visible, words
from ...core.note import Note
from ...core.resolve import ChannelFolder, Resolved
from ...core.sentences import embeds_file
from ...core.timestamps import clock
from ...core.youtube import short_url, watch_url
from ..catalog import Catalog
from ..pages.credit import credit
from ..pages.head import describe_note
from ..urls import Absolute, Url

_ADDRESS = "/:?#@!$&'*+,;=%~"
"""Signs that an address in Markdown may hold as they are; what is encoded already stays."""

SHARD = 1_000_000
"""Bytes of one file of the list of notes."""


def note_markdown(catalog: Catalog, note: Note, text: str, body: int, absolute: Absolute) -> str:
    """Return the Markdown of a note for other programs: its links absolute, its timestamps links to YouTube.

    `text` is that of its file as it was scanned; its `body` begins at that offset.
    """
    parts = [f"# {note.title}\n\n"]
    parts += [f"Video: [{catalog.video_title(note.video)}]({watch_url(note.video)})\n\n"] if note.video else []
    position = body
    for start, end, link_text in sorted(
        _replacements(catalog, note, text, absolute), key=lambda span: (span[0], -span[1])
    ):
        if start >= position:
            parts += [text[position:start], link_text]
            position = end
        elif end <= position and link_text.startswith("["):
            parts.append(f" {link_text}")  # a timestamp inside the label of a wikilink
    return "".join([*parts, text[position:]])


def _replacements(catalog: Catalog, note: Note, text: str, absolute: Absolute) -> list[tuple[int, int, str]]:
    """Return the parts of a note's `text` that read otherwise elsewhere: from where, to where, as what."""
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
        target = catalog.collection.find(path or "")
        start = starts[reference.line - 1] + reference.column - 1
        address = text.find(f"({reference.href}", start) + 1
        if address and target and target.unlisted:
            replaced.append((start, text.find(")", address) + 1, text[start + 1 : address - 2]))
        elif address and path:
            replaced.append((address, address + len(reference.href), absolute(path)))
    return replaced


def _markdown_link(catalog: Catalog, note: Note, number: int, absolute: Absolute) -> str:
    link = note.links[number]
    collection = catalog.collection
    label = link.label if "<" not in link.label else ""
    if link.embed and embeds_file(link.target):
        path = collection.find_file(note.path, link.target)
        return f"![{label}]({absolute(path)})" if path else label or link.target
    answer = collection.answers(note.path)[number]
    if isinstance(answer, Resolved):
        fragment = f"#{answer.fragment}" if answer.fragment else ""
        title = collection.note(answer.path).title
        return f"[{label or title}]({absolute(answer.path)}{fragment})"
    if isinstance(answer, ChannelFolder):
        return f"[{label or visible(answer.channel)}]({absolute(catalog.channels[answer.channel].hub)})"
    label = label or words(link.target.rpartition("/")[2])
    stub = catalog.stub_of(answer)
    return f"[{label}]({absolute(stub)})" if stub else label


def note_list(catalog: Catalog, address: Url) -> Iterator[tuple[str, str]]:
    """Yield the path and text of `notes.json`, which names its shards, and of these, 1 MB each at most."""
    shards: list[list[str]] = []
    size = SHARD
    for note in catalog.listed():
        answers = catalog.collection.answers(note.path)
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
        lines.append(f"- [{channel.title}]({quote(absolute(channel.hub), safe=_ADDRESS)}): {channel.description}")
    lines += ["", "## Most linked notes", ""]
    for note in best:
        said = " ".join(filter(None, (describe_note(note), credit(note))))
        lines.append(f"- [{note.title}]({quote(markdown(note.path), safe=_ADDRESS)})" + (f": {said}" if said else ""))
    lines += ["", "## Optional", ""]
    lines.append(f"- [All notes]({root}notes.json): titles, addresses and links of all notes, as JSON in several files")
    return "\n".join([*lines, ""])
