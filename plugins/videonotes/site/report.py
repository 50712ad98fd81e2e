"""What a build counted and found: a few lines at its end, and `videonotes.json` beside the site."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import __version__
from ..core.collection import Collection
from ..core.findings import Finding
from ..core.health import LinkState, link_states
from ..core.resolve import Missing, Resolved
from .catalog import channel_name, counted
from .incremental.writing import Writing
from .phases import Phases, peak_memory
from .rendering import Rendering

log = logging.getLogger("mkdocs.plugins.videonotes")

REPORT = "videonotes.json"
"""The name of the report in the site. It tells of times, so that no two are the same."""

Report = Mapping[str, Any]

_RESOLVED = (LinkState.EXACT, LinkState.HEALED, LinkState.AMBIGUOUS)
_ELSEWHERE = ("to a generated hub", "to an unlisted note", "to a file")

_GITHUB_BYTES = 10**9
_CLOUDFLARE_FILES = 20_000
_CLOUDFLARE_FILE_BYTES = 25 * 2**20
"""What hosts take of a site that costs nothing there (docs.github.com, developers.cloudflare.com)."""


def build_report(collection: Collection, found: Iterable[Finding], docs: str) -> Report:
    """Return all counts of a build. `docs` is the folder of the notes, from that of the site."""
    wanted = collection.wanted
    return {
        "videonotes": __version__,
        "docs": docs,
        "notes": len(collection.notes),
        "pages": len(collection.pages),
        "videos": len({note.video for note in collection.notes if note.video}),
        "wikilinks": _count_wikilinks(collection),
        "wanted": len(wanted),
        "stubs": sum(name.has_stub for name in wanted.values()),
        "timestamps": _count_timestamps(collection),
        "repaired notes": _count_repaired(collection),
        "findings": dict(Counter(str(finding.code) for finding in found).most_common()),
    }


def _count_wikilinks(collection: Collection) -> Report:
    """Return how many wikilinks there are, and what became of them."""
    states: Counter[LinkState] = Counter()
    rungs: Counter[str] = Counter()
    collected = 0
    for note in collection.notes:
        for _, answer, state in link_states(collection, note):
            states[state] += 1
            if state in _RESOLVED and isinstance(answer, Resolved):
                rungs[str(answer.rung)] += 1
            elif state is LinkState.WANTED and isinstance(answer, Missing):
                wanted = collection.wanted.get(answer.key)
                collected += wanted is not None and wanted.has_stub
    return {
        "all": sum(states.values()),
        "resolved": sum(states[state] for state in _RESOLVED),
        "by rung": dict(rungs.most_common()),
        "healed": states[LinkState.HEALED],
        "ambiguous": states[LinkState.AMBIGUOUS],
        "to a generated hub": states[LinkState.HUB],
        "to an unlisted note": states[LinkState.HIDDEN],
        "to a file": states[LinkState.FILE],
        "unresolved": states[LinkState.WANTED],
        "with a page": collected,
    }


def _count_timestamps(collection: Collection) -> Report:
    outcomes: Counter[str] = Counter()
    bare = 0
    for note in collection.notes:
        bare += sum(stamp.bare for stamp in note.stamps)
        outcomes.update(str(time.outcome) for time in collection.times[note.path])
    count = sum(outcomes.values())
    return {"all": count, "elements": count - bare, "bare": bare, **dict(outcomes.most_common())}


def _count_repaired(collection: Collection) -> Report:
    evidence: dict[str, Counter[str]] = {}
    for path, shift in collection.shifts.items():
        channel = channel_name(collection.note(path).channel)
        evidence.setdefault(str(shift.evidence), Counter())[channel] += 1
    by_evidence = {key: dict(sorted(evidence[key].items())) for key in sorted(evidence)}
    return {"all": len(collection.shifts), "by evidence and channel": by_evidence}


def log_report(report: Report) -> None:
    """Say in three lines what was built."""
    stamps = report["timestamps"]
    log.info(
        "%s notes, %s pages, %s videos, %s stubs",
        *(f"{report[key]:,}" for key in ("notes", "pages", "videos", "stubs")),
    )
    log.info("%s", _wikilinks_in_words(report["wikilinks"]))
    parts = ", ".join(f"{stamps.get(key, 0):,} {key}" for key in ("as written", "repaired", "from label", "invalid"))
    log.info("%s timestamps: %s", f"{stamps['all']:,}", parts)


def _wikilinks_in_words(links: Report) -> str:
    """Return the counts of links as a sum: what stands between the colon and `of which` adds up to all of them."""
    ambiguous = f" ({links['ambiguous']:,} ambiguous)" if links["ambiguous"] else ""
    parts = [f"{links['resolved']:,} resolved{ambiguous}"]
    parts += [f"{links[key]:,} {key}" for key in _ELSEWHERE if links[key]]
    parts.append(f"{links['unresolved']:,} unresolved")
    if links["with a page"]:
        verb = "has" if links["with a page"] == 1 else "have"
        parts.append(f"of which {links['with a page']:,} {verb} a page that collects who asks")
    return f"{counted(links['all'], 'wikilink')}: {', '.join(parts)}"


def measure_site(site: str) -> Report:
    """Return how many files a finished site has, their bytes, and the largest; hidden ones at its root left out.

    The report itself is not counted: it says so much.
    """
    files = total = 0
    most, largest = 0, ""
    waiting = [site]
    while waiting:
        folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if folder == site and (entry.name.startswith(".") or entry.name == REPORT):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                size = entry.stat(follow_symlinks=False).st_size
                files, total = files + 1, total + size
                most, largest = max((most, largest), (size, entry.path))
    name = Path(largest).relative_to(site).as_posix() if largest else ""
    return {"files": files, "bytes": total, "largest file": name, "its bytes": most}


def log_size(size: Report) -> None:
    """Say in a line how large the site is beside what common hosts take."""
    log.info(
        "%s files, %s: %s of the 1 GB that GitHub Pages takes, %s of the %s files of Cloudflare Pages; "
        "the largest (%s) has %s of the 25 MiB that a file may have there",
        f"{size['files']:,}",
        f"{size['bytes'] / 1e6:,.1f} MB",
        _percent(size["bytes"], _GITHUB_BYTES),
        _percent(size["files"], _CLOUDFLARE_FILES),
        f"{_CLOUDFLARE_FILES:,}",
        size["largest file"],
        _percent(size["its bytes"], _CLOUDFLARE_FILE_BYTES),
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:,.0f}%" if part * 100 >= whole else "under 1%"


def work_done(rendering: Rendering, writing: Writing, phases: Phases) -> Report:
    """Return what a build did, in which time and memory."""
    return {
        "rendered": rendering.rendered,
        "reused": rendering.reused,
        "written": writing.written,
        "removed": writing.removed,
        "seconds": dict(phases.seconds),
        "MiB": peak_memory(),
        "bytes of kept pages": rendering.bytes_kept,
    }


def log_work(work: Report) -> None:
    """Say in a line what a build did."""
    said = [f"{work['rendered']:,} pages rendered", f"{work['reused']:,} reused"]
    said += [f"{work['written']:,} files written", f"{work['removed']:,} removed"]
    said += [f"{name} {seconds:.1f} s" for name, seconds in work["seconds"].items()]
    said += [f"{work['MiB']:,} MiB"] if work["MiB"] else []
    said += [f"{work['bytes of kept pages'] / 1e6:,.0f} MB of pages kept"] if work["bytes of kept pages"] else []
    log.info("%s", ", ".join(said))


def log_findings(found: Iterable[Finding], levels: Mapping[str, str]) -> None:
    """Tell the findings: one line each at `warning`, one line for all of a kind at `info`."""
    kinds: dict[str, list[Finding]] = {}
    for finding in found:
        level = levels.get(finding.code, "info")
        if level == "warning":
            log.warning("%s [%s %s]", finding, finding.code.number, finding.code)
        elif level == "info":
            kinds.setdefault(finding.code, []).append(finding)
    for code, same in sorted(kinds.items(), key=lambda item: -len(item[1])):
        number = same[0].code.number
        log.info("%s %s %s, such as %s", f"{len(same):,}", number, code, same[0])
        for finding in same:
            log.debug("%s [%s %s]", finding, number, code)
