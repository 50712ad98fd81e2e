"""`videonotes verify`: is a built site what its notes say?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..verify import RULES, verify_site

_EXAMPLES = """\b
Examples:
  mkdocs build && videonotes verify site
  videonotes verify site --json > failures.json
"""


@click.command("verify", epilog=_EXAMPLES)
@click.argument("site", type=click.Path(path_type=Path))
@click.option("--docs", type=click.Path(path_type=Path), help="Folder of the notes (default: as videonotes.json says).")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--workers", type=int, help="Processes (default: one for each core).")
@click.option("--most", type=int, default=20, show_default=True, help="Failures told of each rule.")
def command(site: Path, docs: Path | None, as_json: bool, workers: int | None, most: int) -> int:
    """Check every page of the built SITE; exit with 1 on any failure."""
    try:
        result = verify_site(site, docs, workers)
    except (OSError, ValueError, KeyError) as error:
        raise click.ClickException(f"{site} cannot be checked: {error}") from None
    if as_json:
        click.echo(json.dumps(result.as_dict(), indent=1, ensure_ascii=False))
        return int(bool(result.failures))
    told: dict[str, int] = {}
    for failure in result.failures:
        told[failure.rule] = told.get(failure.rule, 0) + 1
        if told[failure.rule] <= most:
            click.echo(str(failure))
    click.echo(f"{result.pages:,} pages, {result.notes:,} notes, {result.links:,} links, {result.words:,} words read")
    for rule, count in result.by_rule().items():
        click.echo(f"{count:7,}  {rule}: {RULES[rule]}")
    click.echo(f"{len(result.failures):,} failures")
    return int(bool(result.failures))
