"""`videonotes check`: what is wrong with the notes, and mending it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ..check.baseline import BaselineError, compare, read_baseline, write_baseline
from ..check.checking import Selection, check_notes
from ..check.fixes import SAFE, UNSAFE
from ..check.formats import FORMATS, Found
from ..check.mending import Plan, diff, is_dirty, plan, write
from ..check.sources import CheckError, SiteFiles
from ..core.findings import Finding, FindingCode, Severity, find_code

_BEGINNING = re.compile(r"VN\d{1,2}\Z", re.IGNORECASE)
"""The beginning of numbers, which means all that begin so."""

_EXAMPLES = """\b
Examples:
  videonotes check
  videonotes check docs/cooking --select VN1 --most 0
  videonotes check --format github --baseline .videonotes-baseline.json
  videonotes check --diff --unsafe-fixes
  videonotes check --fix
"""

_RANKS = (Severity.INFO, Severity.WARNING, Severity.ERROR)


class Codes(click.ParamType):  # type: ignore[type-arg]
    """Codes of findings, by number (`VN101`, or `VN1` for all that begin so) or name, apart by commas."""

    name = "codes"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[FindingCode]:
        """Return the codes; fail where one does not exist."""
        if isinstance(value, frozenset):
            return value
        found = set()
        for written in filter(None, str(value).replace(" ", ",").split(",")):
            same = {
                code for code in FindingCode if _BEGINNING.match(written) and code.number.startswith(written.upper())
            }
            if (code := find_code(written)) is None and not same:
                known = ", ".join(f"{code.number} {code}" for code in FindingCode)
                self.fail(f"There is no finding {written!r}. The codes: {known}.", param, ctx)
            found |= same if code is None else {code}
        return frozenset(found)


@click.command("check", epilog=_EXAMPLES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml (default: that of this folder)."
)
@click.option(
    "--format", "style", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print."
)
@click.option("--select", type=Codes(), multiple=True, help="Only these codes: VN101,orphan.")
@click.option("--ignore", type=Codes(), multiple=True, help="Without these codes.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="warning",
    show_default=True,
    help="The least severity at which the exit code is 1.",
)
@click.option(
    "--most", type=click.IntRange(0), default=20, show_default=True, help="Findings told of each code; 0: all."
)
@click.option(
    "--baseline", type=click.Path(path_type=Path), help="Fail on findings alone that this file does not know."
)
@click.option("--write-baseline", "anew", is_flag=True, help="Keep what is found now in the file of --baseline.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what pages say.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: write judgements down, too (times, titles, keys)."
)
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--force", is_flag=True, help="With --fix: also where git has changes that are not committed.")
def command(
    paths: tuple[Path, ...],
    config_file: Path | None,
    style: str,
    select: Sequence[frozenset[FindingCode]],
    ignore: Sequence[frozenset[FindingCode]],
    fail_on: str,
    most: int,
    baseline: Path | None,
    anew: bool,
    fix: bool,
    unsafe_fixes: bool,
    show_diff: bool,
    force: bool,
) -> int:
    """Tell everything that is wrong with the notes, without building the site.

    PATHS are files and folders to tell of; all notes are read in any case, since what a link leads to depends on them.
    Exit code 1: there are findings of the severity of --fail-on; 2: the notes cannot be checked.
    """
    try:
        files = SiteFiles(config_file)
        choice = Selection(_joined(select), _joined(ignore), files.options.findings, _below(files, paths))
        if show_diff:
            return _show(files, _plan(files, choice, unsafe=unsafe_fixes))
        if fix:
            if not force and is_dirty(files.docs):
                raise CheckError(
                    f"git has changes in {files.docs} that are not committed: commit them, or say --force."
                )
            return _mend(files, _plan(files, choice, unsafe=unsafe_fixes))
        told = _told(files, choice, baseline, anew=anew)
        if anew:
            return 0
        for line in FORMATS[style](Found(told, choice.severity, files.shown, _Lines(files), SAFE, most)):
            click.echo(line)
        return _exit_code(fail_on, {choice.severity(finding.code) for finding in told})
    except (CheckError, BaselineError) as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise  # whoever reads has read enough
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{place}{error.strerror}") from None


def _joined(codes: Iterable[frozenset[FindingCode]]) -> frozenset[FindingCode]:
    return frozenset().union(*codes)


def _below(files: SiteFiles, paths: Iterable[Path]) -> tuple[str, ...]:
    """Return paths as they are below the folder of the notes. Raises `CheckError` for one that is not there."""
    found = []
    for path in paths:
        if not path.exists():
            raise CheckError(f"There is no {path}.")
        own = Path(os.path.relpath(path, files.docs)).as_posix()
        if own.startswith("../"):
            raise CheckError(f"{path} is not in the folder of the notes, {files.docs}.")
        found.append("." if own == ".." else own)
    return tuple(found)


def _exit_code(fail_on: str, found: set[Severity]) -> int:
    """Return 1 where something was found that is as severe as `fail_on`."""
    return int(fail_on != "never" and any(_RANKS.index(one) >= _RANKS.index(Severity(fail_on)) for one in found))


def _told(files: SiteFiles, choice: Selection, baseline: Path | None, *, anew: bool) -> list[Finding]:
    """Return the findings to tell."""
    told = [finding for finding in check_notes(files) if choice.tells(finding)]
    if not (anew or baseline):
        return told
    return _unknown(baseline, told, anew=anew, is_part=bool(choice.select or choice.ignore or choice.paths))


def _unknown(baseline: Path | None, told: list[Finding], *, anew: bool, is_part: bool) -> list[Finding]:
    """Return the findings that the baseline does not know; with `anew`, it knows all of them from now on."""
    if baseline is None:
        raise click.UsageError("--write-baseline needs --baseline FILE.")
    if anew and is_part:
        raise click.UsageError("A baseline is of all findings: leave out PATHS, --select and --ignore.")
    if anew:
        write_baseline(baseline, told)
        click.echo(f"{baseline} knows {len(told):,} findings.", err=True)
        return []
    if not baseline.exists():
        raise BaselineError(f"There is no {baseline}: write it with --write-baseline.")
    comparison = compare(told, read_baseline(baseline))
    if comparison.gone and not is_part:
        gone = f"{comparison.gone:,} findings of {baseline} are gone"
        click.echo(f"{gone}: let it shrink with --write-baseline.", err=True)
    return list(comparison.new)


def _plan(files: SiteFiles, choice: Selection, *, unsafe: bool) -> Plan:
    """Return the changes that mend what was chosen."""
    codes = (SAFE | UNSAFE if unsafe else SAFE) - choice.ignore
    made = plan(files, files.read(), codes & choice.select if choice.select else codes)
    made.changes = {path: own for path, own in made.changes.items() if choice.is_below(path)}
    return made


def _show(files: SiteFiles, made: Plan) -> int:
    """Show the changes."""
    for line in diff(files, made):
        click.echo(line)
    _say_left(files, made.left.items())
    click.echo(f"{made.count():,} findings in {len(made.changes):,} notes would be mended.", err=True)
    return 0


def _mend(files: SiteFiles, made: Plan) -> int:
    """Make the changes; return 1 where a file could not be written."""
    failed = dict(write(files, made))
    _say_left(files, [*made.left.items(), *failed.items()])
    count = sum(len(own) for path, own in made.changes.items() if path not in failed)
    click.echo(f"{count:,} findings in {len(made.changes) - len(failed):,} notes are mended.", err=True)
    return int(bool(failed))


def _say_left(files: SiteFiles, left: Iterable[tuple[str, str]]) -> None:
    for path, why in left:
        click.echo(f"{files.shown(path)} is left as it is: {why}.", err=True)


class _Lines:
    """The source lines of findings. Those of one file are split once."""

    def __init__(self, files: SiteFiles) -> None:
        self.files = files
        self.path = ""
        self.lines: list[str] = []

    def __call__(self, finding: Finding) -> str:
        if finding.path != self.path:
            data = self.files.contents.get(finding.path, b"")
            text = data.decode("utf-8", "replace").removeprefix("\ufeff")
            self.path, self.lines = finding.path, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self.lines[finding.line - 1] if 0 < finding.line <= len(self.lines) else ""
