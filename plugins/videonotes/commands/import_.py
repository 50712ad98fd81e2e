"""`videonotes import`: bring in notes from folders, archives and vaults of Obsidian."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from ..importing.bringing import bring
from ..importing.limits import Limits, SourceError
from ..importing.planning import BlockedError, OnConflict
from ..importing.safe_names import UnsafeNameError, safe_path
from ..importing.summary import problems, summary, would

_EXAMPLES = """\b
Examples:
  videonotes import notes.tar.xz --to docs
  videonotes import ~/Vault --to docs --dry-run
  videonotes import a.txt b.txt --to docs --channel cooking --on-conflict rename
"""


@click.command("import", epilog=_EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The folder of the notes.")
@click.option(
    "--channel",
    default="notes",
    show_default=True,
    metavar="NAME",
    help="The channel of notes that stand in no folder and name none.",
)
@click.option(
    "--on-conflict",
    type=click.Choice([str(one) for one in OnConflict]),
    default="skip",
    show_default=True,
    help="What to do where a file with other contents has the name.",
)
@click.option(
    "--max-size",
    type=click.FloatRange(0, min_open=True),
    metavar="MB",
    help="The most of one file (default: 10 for texts, 100 for others).",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def command(
    sources: tuple[Path, ...], target: Path, channel: str, on_conflict: str, max_size: float | None, dry_run: bool
) -> int:
    """Bring notes into the folder of a site.

    SOURCES are folders, archives (.zip, .tar, .tar.gz, .tar.xz), vaults of Obsidian, and single files.
    Exit code 1: some files could not be imported; 2: the sources cannot be read, and nothing is changed.
    """
    limits = Limits()
    if max_size:
        limits = replace(limits, text=int(max_size * 1e6), other=int(max_size * 1e6))
    try:
        channel = safe_path(channel)
    except UnsafeNameError:
        raise click.UsageError(f"--channel {channel!r} is no name of a folder.") from None
    if target.exists() and not target.is_dir():
        raise click.ClickException(f"{target} is no folder.")
    try:
        outcome = bring(sources, target, channel, OnConflict(on_conflict), limits, dry=dry_run)
    except (SourceError, BlockedError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or target}: {error.strerror}") from None
    if dry_run:
        click.echo("Nothing is changed. This would happen:")
        for line in would(outcome.decisions):
            click.echo(line)
    for line in problems(outcome.decisions, outcome.failed):
        click.echo(line, err=True)
    for line in summary(outcome.decisions, outcome.left, len(outcome.failed)):
        click.echo(line)
    return int(not outcome.is_whole())
