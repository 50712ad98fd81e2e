"""What a build counted and found: a few lines at its end, and `videonotes.json` beside the site."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .. import __version__
from ..core.collection import Collection
from ..core.findings import Finding
from ..core.resolve import Ambiguous, ChannelFolder, Hidden, Missing, Resolved
from ..core.sentences import embeds_file
from .catalog import channel_name
from .incremental.writing import Writing
from .phases import Phases, peak_memory
from .rendering import Rendering

log = logging.getLogger("mkdocs.plugins.videonotes")

REPORT = "videonotes.json"
"""The name of the report in the site. It tells of times, so that no two are the same."""

Report = Mapping[str, Any]


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
    rungs: Counter[str] = Counter()
    links = ambiguous = files = channels = hidden = 0
    for note in collection.notes:
        for link, answer in zip(note.links, collection.answers(note.path), strict=True):
            embeds = link.embed and embeds_file(link.target)
            if embeds or (isinstance(answer, Missing) and collection.attachment(note.path, link)):
                files += 1
                continue
            links += 1
            if isinstance(answer, Resolved):
                rungs[str(answer.rung)] += 1
                ambiguous += isinstance(answer, Ambiguous)
            else:
                channels += isinstance(answer, ChannelFolder)
                hidden += isinstance(answer, Hidden)
    resolved = sum(rungs.values())
    return {
        "all": links,
        "resolved": resolved,
        "by rung": dict(rungs.most_common()),
        "ambiguous": ambiguous,
        "to a generated hub": channels,
        "to an unlisted note": hidden,
        "unresolved": links - resolved - channels - hidden,
        "embedded files": files,
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
    links, stamps = report["wikilinks"], report["timestamps"]
    log.info(
        "%s notes, %s pages, %s videos, %s stubs",
        *(f"{report[key]:,}" for key in ("notes", "pages", "videos", "stubs")),
    )
    log.info(
        "%s wikilinks: %s resolved (%s ambiguous), %s unresolved",
        *(f"{links[key]:,}" for key in ("all", "resolved", "ambiguous", "unresolved")),
    )
    parts = ", ".join(f"{stamps.get(key, 0):,} {key}" for key in ("as written", "repaired", "from label", "invalid"))
    log.info("%s timestamps: %s", f"{stamps['all']:,}", parts)


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
