"""The command `videonotes`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .verify import RULES, verify_site


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process); return its exit code."""
    parser = argparse.ArgumentParser(prog="videonotes", description="Notes on YouTube videos as a site.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser(
        "verify", help="check a built site", description="Check every page of a built site; exit with 1 on any failure."
    )
    verify.add_argument("site", type=Path, metavar="SITE", help="the folder that mkdocs built")
    verify.add_argument("--docs", type=Path, help="the folder of the notes (default: as videonotes.json says)")
    verify.add_argument("--json", action="store_true", help="print everything as JSON")
    verify.add_argument("--workers", type=int, help="processes (default: one per core)")
    verify.add_argument("--most", type=int, default=20, help="failures told per rule (default: 20)")
    options = parser.parse_args(arguments)
    return _verify(options)


def _verify(options: argparse.Namespace) -> int:
    try:
        result = verify_site(options.site, options.docs, options.workers)
    except (OSError, ValueError, KeyError) as error:
        print(f"videonotes verify: {options.site} cannot be checked: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(result.as_dict(), indent=1, ensure_ascii=False))
        return bool(result.failures)
    told: dict[str, int] = {}
    for failure in result.failures:
        told[failure.rule] = told.get(failure.rule, 0) + 1
        if told[failure.rule] <= options.most:
            print(failure)
    print(f"{result.pages:,} pages, {result.notes:,} notes, {result.links:,} links, {result.words:,} words read")
    for rule, count in result.by_rule().items():
        print(f"{count:7,}  {rule}: {RULES[rule]}")
    print(f"{len(result.failures):,} failures")
    return bool(result.failures)


if __name__ == "__main__":
    sys.exit(main())
