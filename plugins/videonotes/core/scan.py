"""One pass over a note: its links, timestamps, headings and sentences, each with its place.

What is code is never read. The pass is linear in the length of the text.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .block_ids import block_ids
from .block_parser import parse_blocks
from .blocks import Document, Kind, Leaf
from .dates import read_date
from .entries import Entries
from .fenced_note import FencedNote, find_fenced_note, without_fence
from .findings import Finding, FindingCode, Places
from .frontmatter import KNOWN_KEYS, Frontmatter, as_flag, as_strings, denies, normalise, read_frontmatter, read_model
from .ignored import read_ignored
from .inline import Context, preformatted, tokenize
from .names import heading_id, repeats_title, visible, words
from .note import CODE_CLOSE, CODE_OPEN, Heading, Note, Reference, Sentences, spoken, unmarked
from .sentences import PlainText, clean, plain, shorten, split_sentences
from .tables import split_row
from .tokens import Link, Malformed, Stamp, Tag, Token, WikilinkToken
from .youtube import read_video_id, read_video_url

_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_TAG_WORD = re.compile(r"(?<![\w#&/])#([\w/-]*[^\W\d_][\w/-]*)")
"""A tag in the text (Obsidian): `#` and a word that is no number."""
_CODE = re.compile(f"{CODE_OPEN}[^{CODE_CLOSE}]*{CODE_CLOSE}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_ADDRESSES = ("url", "source")
"""Keys in which clippers write where a note is from."""

_SAYS_SOMETHING = 5  # words; "From: lennyspodcast" says nothing
_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a leaf that is read by itself: all of it, or a row of a table."""

    leaf: Leaf
    text: str
    tokens: list[Token]
    line: int = 0

    def offsets(self) -> Callable[[int], int]:
        """Return a function from a position in `text` to where that character stands in the source."""
        return self.leaf.lines[self.line][0].__add__ if self.line else self.leaf.offsets()


@dataclass(frozen=True, slots=True)
class Reading:
    """A note's text, read: its blocks and what reading their text depends on."""

    document: Document
    context: Context


def read_body(text: str, start: int, has_video: bool) -> Reading:
    """Parse the blocks of a note's text from offset `start` on."""
    document = parse_blocks(text, start)
    context = Context(has_video, frozenset(document.footnotes), document.definitions or None)
    return Reading(document, context)


def pieces(reading: Reading) -> Iterator[Piece]:
    """Yield every text of a note in order, with its tokens."""
    for leaf in reading.document.root.leaves():
        if leaf.kind in (Kind.PARAGRAPH, Kind.HEADING):
            text = leaf.text.rstrip()
            yield Piece(leaf, text, tokenize(text, reading.context))
        elif leaf.kind is Kind.PRE:
            yield Piece(leaf, leaf.text, preformatted(leaf.text, reading.context))
        elif leaf.kind is Kind.TABLE:
            for number, (_, row) in enumerate(leaf.lines):
                if number != 1:
                    yield Piece(leaf, row, tokenize(row, reading.context), number)


def scan(path: str, source: str) -> Note:
    """Read the note in the file at `path` (below the folder of notes, `/` between its parts)."""
    return _Scan(path, source).note()


class _Scan:
    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.source = _plain_source(source)
        self.places = Places(self.source)
        self.findings: list[Finding] = []
        self.entries = Entries()
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self.columns = 0
        self.tags: list[str] = []
        self.summary = ""
        fence = find_fenced_note(self.source)
        self.is_fenced = fence is not None
        if fence:
            self.fenced(fence)
        self.front = read_frontmatter(self.source)

    def fenced(self, fence: FencedNote) -> None:
        message = "the whole note stands in a fence, and is read as if it did not"
        self.find(FindingCode.FENCED_NOTE, fence.opening[0], message, "Take the two lines of the fence out")
        self.source = without_fence(self.source, fence)

    def find(self, code: FindingCode, offset: int, message: str, cure: str) -> None:
        line, column = self.places(offset)
        self.findings.append(Finding(code, self.path, line, column, message, cure))

    def note(self) -> Note:
        channel, name, is_hub = _place(self.path)
        data = self.front.data
        self.report_frontmatter()
        video = self.video(data.get("videoId")) if "videoId" in data else _video_of(data)
        reading = read_body(self.source, self.front.body, bool(video))
        document = reading.document
        title = _SPACES.sub(" ", visible(_text(data.get("title")))).strip()
        title = title or first_title(reading) or words(name)
        for piece in pieces(reading):
            self.piece(piece, reading.context, title)
        return Note(
            path=self.path,
            channel=channel,
            name=name,
            title=title,
            summary=self.summary,
            video=video,
            aliases=as_strings(data.get("aliases")),
            description=_text(data.get("description")),
            date=self.date("date"),
            reviewed=self.date("reviewed"),
            lang=_text(data.get("lang")),
            draft=as_flag(data.get("draft")),
            unlisted=as_flag(data.get("unlisted")),
            is_hub=is_hub,
            links=tuple(self.entries.links),
            stamps=tuple(self.entries.stamps),
            headings=tuple(self.headings),
            references=tuple(self.references),
            blocks=frozenset(block_ids(document.root)) if document.may_have_ids else frozenset(),
            sentences=Sentences.of(self.entries.sentences),
            tags=tuple(dict.fromkeys([*read_tags(data.get("tags")), *self.tags])),
            ignored=self.ignored(),
            findings=tuple(self.findings),
            meta={key: value for key, value in data.items() if key not in KNOWN_KEYS},
            private=denies(data.get("publish")),
            generated=read_model(data.get("generated")),
            names_video="videoId" in data or bool(video),
        )

    def ignored(self) -> frozenset[FindingCode]:
        codes, unknown = read_ignored(self.front.data, self.source)
        for written in unknown:
            message = f"there is no finding {written[:40]!r} to ignore"
            cure = "Write a number or a name, as `videonotes check` shows them: `VN101`, `unresolved-link`"
            offset = max(self.source.find("videonotes:"), 0)
            self.find(FindingCode.FRONTMATTER, offset, message, cure)
        return codes

    def report_frontmatter(self) -> None:
        problem = self.front.problem
        if problem and not (self.is_fenced and problem.startswith("empty lines")):  # the line of the fence is one
            cure = "Begin the file with `---`, and quote values with signs of YAML (`: `, `#`, `!`); the rest was kept"
            self.findings.append(Finding(FindingCode.FRONTMATTER, self.path, self.front.line, 1, problem, cure))

    def date(self, key: str) -> str:
        value = self.front.data.get(key)
        if not isinstance(value, str) or not value.strip():
            return ""
        date = read_date(value)
        if not date:
            message = f"the date {value[:40]!r} is none"
            self.find(FindingCode.FRONTMATTER, max(self.source.find(key), 0), message, f"Write `{key}: 2024-05-31`")
        return date

    def video(self, value: object) -> str:
        if value is None or (isinstance(value, str) and value.strip().lower() in {"", "empty", "null", "none"}):
            return ""
        video = read_video_id(value) if isinstance(value, str) else None
        if video is None:
            offset = max(self.source.find("videoId"), 0)
            self.find(
                FindingCode.VIDEO_ID,
                offset,
                f"videoId {str(value)[:60]!r} is no video of YouTube",
                "Write the 11 characters after `watch?v=`, the address of the video, or `empty`",
            )
        return video or ""

    def piece(self, piece: Piece, context: Context, title: str) -> None:
        leaf = piece.leaf
        place = piece.offsets()
        content = PlainText(piece.text, piece.tokens, context, is_row=leaf.kind is Kind.TABLE)
        for token in piece.tokens:
            if not isinstance(token, Stamp):
                self.token(token, place)
        if "#" in content.text:
            self.tags += _TAG_WORD.findall(unmarked(_CODE.sub("", content.text)))
        if leaf.kind is Kind.TABLE:
            self.row(piece)
        heading = len(self.headings) - 1
        if leaf.kind is Kind.HEADING:
            self.heading(leaf, content, title)
            heading += 1
        elif not self.summary and leaf.kind is Kind.PARAGRAPH:
            self.summary = first_sentence(content.text)
        for start, link in content.references:
            self.references.append(Reference(*self.places(place(start)), link.href, link.image))
        if content.links or content.stamps:
            self.entries.add(lambda offset: self.places(place(offset)), content, heading)

    def token(self, token: Token, place: Callable[[int], int]) -> None:
        """Report brackets that are no wikilink, and pictures from elsewhere."""
        if isinstance(token, Malformed) or (isinstance(token, WikilinkToken) and token.mended):
            self.find(
                FindingCode.MALFORMED_LINK,
                place(token.start),
                "these brackets are no wikilink" if isinstance(token, Malformed) else "brackets are missing here",
                "Write `[[name]]` or `[[name | label]]` on one line, or `\\[[` for the characters",
            )
        elif picture := picture_elsewhere(token):
            message = f"the picture {picture[:80]!r} is on another site"
            cure = "Put the file beside the note; the option `images` shows it all the same"
            self.find(FindingCode.PICTURE, place(token.start), message, cure)

    def row(self, piece: Piece) -> None:
        """Report the first row of a table with more cells than its head."""
        cells = len(split_row(piece.text, piece.tokens))
        if piece.line == 0:
            self.columns = cells
        elif cells > self.columns:
            message = f"this row of a table has {cells} cells, its head {self.columns}"
            cure = "Give the head a cell for each; those without one stand below the table"
            self.find(FindingCode.WIDE_ROW, piece.offsets()(0), message, cure)
            self.columns = cells

    def heading(self, leaf: Leaf, content: PlainText, title: str) -> None:
        text = clean(spoken(content.text))
        shown = bool(self.headings) or leaf.level > 1 or not repeats_title(text, title)
        identifier = heading_id(text, self.ids) if shown else ""
        self.headings.append(Heading(*self.places(leaf.lines[0][0]), leaf.level, text, identifier, content.video))


def _video_of(data: Mapping[str, object]) -> str:
    """Return the video that another key of the frontmatter holds the address of, as clippers write it, or `""`."""
    found = (read_video_url(value) for key in _ADDRESSES if isinstance(value := data.get(key), str))
    return next((address.id for address in found if address), "")


def _text(value: object) -> str:
    """Return a value of the frontmatter that is text, else `""`."""
    return value.strip() if isinstance(value, str) else ""


def _place(path: str) -> tuple[str, str, bool]:
    """Return the channel and the name of the note at `path`, and whether it is the hub of its channel."""
    channel, file = posixpath.split(path)
    stem, folder = posixpath.splitext(file)[0], posixpath.basename(channel)
    is_hub = bool(channel) and (stem == "index" or visible(stem) == visible(folder))
    return channel, folder if is_hub and stem == "index" else stem, is_hub


def picture_elsewhere(token: Token) -> str:
    """Return the address of a picture that is on another site, or `""`."""
    if isinstance(token, Link):
        href = token.href if token.image else ""
    else:
        href = token.attributes.get("src", "") if isinstance(token, Tag) and token.name == "img" else ""
    return href if _ELSEWHERE.match(href.strip()) else ""


def read_tags(value: object) -> list[str]:
    """Return the tags of the frontmatter, a list or one string of words, without `#`."""
    words = value if isinstance(value, list) else re.split(r"[\s,]+", value) if isinstance(value, str) else []
    return [tag for word in words if isinstance(word, str) and (tag := word.strip().lstrip("#"))]


def first_sentence(text: str) -> str:
    """Return the first sentence of a piece that says something, shortened to some 200 characters, or `""`."""
    for sentence in split_sentences(text[:4000])[1]:
        said = spoken(sentence)
        if len(said.split()) >= _SAYS_SOMETHING or (len(said) >= 20 and not said.isascii() and " " not in said):
            return shorten(said, _SUMMARY)
    return ""


def clean_source(source: str) -> str:
    """Return the text of a file as it is read: normal line ends, no control characters, no fence around all of it."""
    source = _plain_source(source)
    fence = find_fenced_note(source)
    return without_fence(source, fence) if fence else source


def _plain_source(source: str) -> str:
    source = normalise(source)
    return _CONTROL.sub("\ufffd", source) if _CONTROL.search(source) else source


def read_note_source(source: str) -> tuple[str, Frontmatter]:
    """Return a note's text as `scan` reads it, and its frontmatter."""
    text = clean_source(source)
    return text, read_frontmatter(text)


def first_title(reading: Reading) -> str:
    """Return the text of a note's first H1, or `""`."""
    for leaf in reading.document.root.leaves():
        if leaf.kind is Kind.HEADING and leaf.level == 1:
            return plain(leaf.text, reading.context)
    return ""
