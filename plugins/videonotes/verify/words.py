"""C5: the words of a note's source, its markup removed, and whether its page has them all, in order."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import unescape

_EMPHASIS = re.compile(r"[*_~=]+")
_WORD = re.compile(r"[^\W_]+")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE_LINE = re.compile(r"^[ \t>*+\-\d.]*?(`{3,}|~{3,})([^`\n]*)$", re.MULTILINE)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n|\n[\s>]*(?:[-*+]|\d+[.)])\s).)+?)(?<!`)\1(?!`)", re.DOTALL)
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
_CODE_OR_LINK = re.compile(rf"{_CODE_SPAN.pattern}|{_WIKILINK.pattern}", re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\s*\)")
_DEFINITION = re.compile(r"^[ \t]*\[[^\]^\n]+\]:[ \t]+\S*[/.#]\S*(?:[ \t]+[\"'(].*)?$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")
_TAG = re.compile(
    r"</?(?:a|br|p|div|span|sup|sub|b|i|em|strong|u|s|mark|small|kbd|hr|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td"
    r"|caption|blockquote|details|summary|cite|q|abbr|figure|figcaption|img|h[1-6]|code|pre)"
    r"(?:\s+[^\s=\"'<>/`]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+))?)*\s*/?>",
    re.IGNORECASE,
)
_PHRASING = re.compile(r"</?(?:a|span|sup|sub|b|i|em|strong|u|s|mark|small|kbd|cite|q|abbr|code)\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)
_CALLOUT = re.compile(r"^([\s>*+\-\d.]*>[ \t]*)\[!([^\]\n]*)\][+-]?", re.MULTILINE)
_MARKER = re.compile(r"^([\s>]*(?:[-*+][ \t]+)*)\d{1,9}[.)](?=\s)", re.MULTILINE)
_BLOCK_ID = re.compile(r"[ \t]\^[A-Za-z0-9-]+[ \t]*$", re.MULTILINE)
_TASK = re.compile(r"(^[\s>]*(?:[-*+]|\d+[.)])[ \t]+)\[[ xX]\](?=[ \t])", re.MULTILINE)
_FILE = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")


def words(text: str) -> list[str]:
    """Return the words of `text`: runs of letters and digits, in lower case.

    The signs of emphasis are taken out first, whether they are markup or meant: a page that
    shows "sh*t" as it stands has all of its words.
    """
    return [word.casefold() for word in _WORD.findall(_EMPHASIS.sub("", text))]


def source_words(source: str) -> list[str]:
    """Return the words that the page of a note with this source must show, in order."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(text)
    text = _FRONT.sub("", text, count=1)
    title = re.search(r"^title:[ \t]*(.*)$", front[0], re.MULTILINE) if front else None
    heading = re.search(r"^# +(.*)$", text, re.MULTILINE)
    if title and heading and words(title[1]) == words(heading[1]):
        text = text[: heading.start()] + text[heading.end() :]  # it is not shown twice
    kept: list[str] = []
    text = _fences(text, kept)

    def keep(value: str) -> str:
        kept.append(value)
        return f"\x00{len(kept) - 1}\x00"

    text = _CODE_OR_LINK.sub(lambda match: keep(match[2]) if match[1] else match[0], text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda match: keep(match[1]), text)
    text = _COMMENT.sub(" ", text)
    text = _STAMP.sub(_label_of_stamp, text)
    text = _DEFINITION.sub(" ", text)
    text = _CALLOUT.sub(lambda match: match[1], text)
    text = _WIKILINK.sub(_label_of_wikilink, text)
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
    return words(text)


def _fences(text: str, kept: list[str]) -> str:
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
    wanted = source_words(source)
    found = words(page)
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
