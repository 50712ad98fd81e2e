"""The words of a note's source, its markup removed, and whether its page has them all, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import unescape

from .source import without_comments

_EMPHASIS = re.compile(r"[*_~=]+")
_WORD = re.compile(r"[^\W_]+")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE_LINE = re.compile(r"^[ \t>*+\-\d.]*?(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n|\n[\s>]*(?:[-*+]|\d+[.)])\s).)+?)(?<!`)\1(?!`)", re.DOTALL)
_STAMPS_AFTER = re.compile(r"(?:\s*<(?:a|span)\b[^<>]*yt-timestamp[^<>]*>[^<>]*</(?:a|span)>[.,;]?)+\s*\Z")
_STAMP = re.compile(
    r"<(a|span|p|div)\b[^<>]*(?:yt-?>?-?timestamp|data-t=)[^<>]*>?(?:([^<]{0,300}?)</\1\s*>|[ \t]*\[[\d:\s,\-–]*\])?",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,3}(?::\d{1,3})+(?:\.\d+)?")
_BARE_TIME = re.compile(
    rf"[\[(]+\s*{_TIME.pattern}(?:[\s,;&\-–—/]|to|and|\[|\]|{_TIME.pattern})*[\])](?:\([^()\s]*\))?"
)
_WIKILINK = re.compile(r"(!?)\[\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\]?")
_LOST = re.compile(  # a name as tools write it, in brackets some of which are lost: its title is shown, or its label
    r"\[\[[ \t]*+[^\W_]++(?:_[^\W_]++)++(?![ \t]*\|)"
    r"|(?:\[[ \t]*+)?(?<![^\W_])[^\W_]++(?:_[^\W_]++)++[ \t]*+(?:\|([^\[\]|\n]*+))?\]\]"
)
_UNLABELLED = re.compile(r"\[\[[^\[\]|\n]*\]\]")
_LINK_WITH_BRACKETS = re.compile(r"(?<!\[)\[(\[[^\[\]\n]*\](?!\])[^\[\]\n]*)\]\([^\s()]*\)")
"""`[[PT] Title](address)`: a link whose label begins with brackets."""
_CODE_OR_LINK = re.compile(rf"{CODE_SPAN.pattern}|{_WIKILINK.pattern}", re.DOTALL)
_BRACKETS = r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]"
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
_LINK = re.compile(rf"!?{_BRACKETS}\(\s*(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*){_TITLE}\s*\)")
_REFERENCE = re.compile(rf"!?{_BRACKETS}\[([^\[\]\n]+)\]")
_DEFINITION = re.compile(rf"^[ \t>]*\[([^\[\]^\n]+)\]:[ \t]*\n?[ \t]*(<[^<>\n]*>|\S+){_TITLE}[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_FOOTNOTE_TEXT = re.compile(r"[ \t>]*\[\^[^\]\s]+\]:(.*)")
_LABEL = re.compile(r"\[([^\[\]\n]+)\](?!:)")
_INLINE_FOOTNOTE = re.compile(rf"\^{_BRACKETS}")
_HEADING = re.compile(r"[\s>*+\-\d.)]*#{1,6}[ \t]+\S")
_BLOCK = re.compile(r" {0,3}(?:#{1,6}\s|[-*+]\s|\d+[.)]\s|[>|]|```|~~~)")
_ORIGIN = re.compile(r"\s*From:[ \t]*\[\[([^\[\]\n]+)\]\][ \t]*(?:<br[ \t]*/?>[ \t]*)?(?:\n|\Z)", re.IGNORECASE)
_OWN_SIGNS = re.compile(r"[\x00\x01\x06]")
_APART = "\x06"
"""It stands before each line of a footnote, the place of which on the page is the end."""
_TAG = re.compile(
    r"</?(?:a|br|p|div|span|sup|sub|b|i|em|strong|u|s|mark|small|kbd|hr|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td"
    r"|caption|blockquote|details|summary|cite|q|abbr|figure|figcaption|img|h[1-6]|code|pre)"
    r"(?:\s+[^\s=\"'<>/`]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*\s*/?>",
    re.IGNORECASE,
)
_PHRASING = re.compile(r"</?(?:a|span|sup|sub|b|i|em|strong|u|s|mark|small|kbd|cite|q|abbr|code)\b", re.IGNORECASE)
_CALLOUT = re.compile(r"^((?:[^\S\n]|[>*+\-\d.])*>[ \t]*)\[!([^\]\n]*)\][+-]?", re.MULTILINE)
_MARKER = re.compile(r"^((?:[^\S\n]|>)*+(?:[-*+][ \t]+)*)\d{1,9}[.)](?=\s)", re.MULTILINE)
_BLOCK_ID = re.compile(r"(?:^|(?<=[ \t]))\^[A-Za-z0-9-]+[ \t]*(?=\|?[ \t]*$)", re.MULTILINE)
_WIDTH = re.compile(r"(!\[[^\[\]\n]*)\|\d{1,4}(?:x\d{1,4})?(?=\]\()")
_TASK = re.compile(r"(^(?:[^\S\n]|>)*+(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\](?=[ \t])", re.MULTILINE)
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")


def words(text: str) -> list[str]:
    """Return the words of `text`: runs of letters and digits, in lower case.

    The signs of emphasis are taken out first, whether they are markup or meant: a page that
    shows "sh*t" as it stands has all of its words.
    """
    return [word.casefold() for word in _WORD.findall(_EMPHASIS.sub("", text))]


def split_origin(source: str) -> tuple[str, str]:
    """Return what a first line `From: [[…]]` holds in its brackets, and the source without it.

    The breadcrumbs of a page may take the place of such a line.
    """
    front = _FRONT.match(source.replace("\r\n", "\n"))
    text = source.replace("\r\n", "\n")
    body = front.end() if front else 0
    line = _ORIGIN.match(text, body)
    return (line[1], text[:body] + text[line.end() :]) if line else ("", source)


def source_words(source: str) -> list[str]:
    """Return the words that the page of a note with this source must show, in order, those of footnotes last."""
    return [word for part in _parts(source) for word in part]


def joined_headings(source: str, shown: Iterable[str]) -> Iterator[str]:
    """Yield the headings `shown` on a page that hold a heading of `source` and the line that follows it."""
    headings = [(heading, words(heading)) for heading in shown]
    if not headings:
        return
    text = fences_apart(_FRONT.sub("", source.replace("\r\n", "\n"), count=1), [])
    lines = [line for line in _OWN_SIGNS.sub("", text).split("\n") if line.strip(" \t>")]
    following: dict[tuple[str, ...], list[str]] = {}  # the lines below a heading, by its words
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        # A link without a label ends with a title, as the next line may begin.
        if _HEADING.match(line) and not _UNLABELLED.search(line):
            following.setdefault(tuple(_parts(line)[0]), []).append(after)
    for heading, said in headings:
        own = tuple(said)
        if own not in following and any(
            _begin_alike(own[count:], line) for count in range(1, len(own)) for line in following.get(own[:count], ())
        ):
            yield heading


def _begin_alike(said: tuple[str, ...], line: str) -> bool:
    """Return whether words are those that `line` begins with, or begin with all of its words."""
    after = tuple(_parts(line)[0])
    return bool(after) and said[: len(after)] == after[: len(said)]


def _parts(source: str) -> list[list[str]]:
    """Return the words of the text of a note, then those of each line of a footnote."""
    text = _OWN_SIGNS.sub("\ufffd", source.replace("\r\n", "\n").replace("\r", "\n"))
    front = _FRONT.match(text)
    text = _FRONT.sub("", text, count=1)
    title = re.search(r"^title:[ \t]*(.*)$", front[0], re.MULTILINE) if front else None
    heading = re.search(r"^# +(.*)$", text, re.MULTILINE)
    if title and heading and words(title[1]) == words(heading[1]):
        text = text[: heading.start()] + text[heading.end() :]  # it is not shown twice
    kept: list[str] = []
    text = fences_apart(text, kept)

    def keep(value: str) -> str:
        kept.append(value)
        return f"\x00{len(kept) - 1}\x00"

    text = _CODE_OR_LINK.sub(lambda match: keep(match[2]) if match[1] else match[0], text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda match: keep(match[1]), text)
    text = _footnotes_apart(without_comments(text))
    text = _STAMP.sub(_label_of_stamp, text)
    text = _without_definitions(text)
    text = _CALLOUT.sub(lambda match: match[1], text)
    text = _WIDTH.sub(r"\1", _LINK_WITH_BRACKETS.sub(r"\1", text))
    text = _WIKILINK.sub(_label_of_wikilink, text)
    text = _LOST.sub(lambda match: match[1] or "\x01", text)
    text = re.sub(r"\w*\x01\w*", " ", text)  # "[[India]]n" is one word with the title
    text = _BARE_TIME.sub(" ", text)
    text = _LINK.sub(lambda match: match[1], text)
    text = _FOOTNOTE.sub(" ", text)
    text = _TASK.sub(lambda match: match[1], text)
    text = _BLOCK_ID.sub(" ", text)
    text = _TAG.sub(lambda match: "" if _PHRASING.match(match[0]) else " ", text)
    text = _MARKER.sub(lambda match: match[1], text)
    text = unescape(text)
    text = re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], text)
    text = re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], text)
    return [words(part) for part in text.split(_APART)]


def _footnotes_apart(text: str) -> str:
    """Return the text with the lines of its footnotes at the end, where a page has them."""
    notes: list[str] = []
    if "[^" in text:
        own: list[str] = []
        inside = blank = False
        for line in text.split("\n"):
            if head := _FOOTNOTE_TEXT.match(line):
                notes.append(head[1])
                inside, blank = True, False
            elif inside and (line.startswith(("    ", "\t")) or not (blank or _BLOCK.match(line))):
                notes.append(line)
                blank = not line.strip()
            else:
                inside = inside and not line.strip()
                blank = True
                own.append(line)
        text = "\n".join(own)
    if "^[" in text:
        notes += [match[1] for match in _INLINE_FOOTNOTE.finditer(text)]
        text = _INLINE_FOOTNOTE.sub(" ", text)
    return _APART.join([text, *notes])


def _without_definitions(text: str) -> str:
    """Return the text without link definitions, and with the labels alone of links that use them."""
    if "]:" not in text:
        return text
    asked = {" ".join(match[1].split()).casefold() for match in _LABEL.finditer(text)}
    defined: set[str] = set()

    def take(match: re.Match[str]) -> str:
        label = " ".join(match[1].split()).casefold()
        if label not in asked and not any(sign in match[2] for sign in "/.#<"):
            return match[0]
        defined.add(label)
        return " "

    def label(match: re.Match[str]) -> str:
        return match[1] if " ".join(match[2].split()).casefold() in defined else match[0]

    text = _DEFINITION.sub(take, text)
    return _REFERENCE.sub(label, text) if defined else text


def fences_apart(text: str, kept: list[str]) -> str:
    """Put fenced code aside: nothing in it is markup."""
    out: list[str] = []
    fence = ""
    body: list[str] = []
    for line in text.split("\n"):
        match = _FENCE_LINE.match(line)
        if not fence and match and not _STAMPS_AFTER.match(match[2]):
            fence, body = match[1], []
        elif fence and match and match[1].startswith(fence) and (not match[2].strip() or _STAMPS_AFTER.match(match[2])):
            kept.append("\n".join(body))
            out.append(f"\x00{len(kept) - 1}\x00")
            fence = ""
        elif fence:
            body.append(line.lstrip(" >"))
        else:
            out.append(line)
    if fence:
        kept.append("\n".join(body))
        out.append(f"\x00{len(kept) - 1}\x00")
    return "\n".join(out)


def _label_of_stamp(match: re.Match[str]) -> str:
    label = match[2] or ""
    if "[[" in label and not _TIME.search(label):
        return f" {label} "
    return " "


def _label_of_wikilink(match: re.Match[str]) -> str:
    parts = re.split(r"\\?\|", match[2])
    if match[1] and _FILE.search(parts[0].strip()):
        return " "
    if len(parts) == 1:
        return "\x01"  # the title of its target is shown
    return parts[-1].strip()


def missing_words(source: str, page: str) -> list[str]:
    """Return the words of a note's `source` that its `page`'s text lacks, where they are missed."""
    wanted, *notes = _parts(source)
    found = words(page)
    apart = [word for line in notes for word in _missing(line, found)]
    return [*_missing(wanted, found), *apart]


def _missing(wanted: list[str], found: list[str]) -> list[str]:
    """Return the words of `wanted` that `found` does not have one after another."""
    position = 0
    for word in wanted:
        try:
            position = found.index(word, position) + 1
        except ValueError:
            break
    else:
        return []
    missing: list[str] = []
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind in ("delete", "replace"):
            missing += wanted[start:end]
    return missing


def missing_lines(source: str, shown: list[str], titled: set[str]) -> list[str]:
    """Return the lines of a hub's `source` whose words none of the `shown` texts has one after another.

    The headings of the videos that are `titled` otherwise (by their ids) are not looked for.
    """
    known = [f" {' '.join(words(text))} " for text in shown]
    missing = []
    body = _FRONT.sub("", source.replace("\r\n", "\n"), count=1)
    for line in body.split("\n"):
        if line.startswith("#") and any(video in line for video in titled):
            continue
        # A link without a label is shown as the title of its target.
        for part in re.split(r"\[\[[^\[\]|]*\]\]", line):
            said = " ".join(source_words(part))
            if said and not any(f" {said} " in text for text in known):
                missing.append(line)
    return missing
