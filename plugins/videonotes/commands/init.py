"""`videonotes init`: the first files of a site."""

from __future__ import annotations

from pathlib import Path

import click

from ..starting.first_files import write_first_files

_EXAMPLES = """\b
Examples:
  videonotes init my-notes
  videonotes init . --name "What I watched" --ci github
"""


@click.command("init", epilog=_EXAMPLES)
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="My notes", show_default=True, help="What the site is called.")
@click.option("--ci", type=click.Choice(["github", "gitlab"]), help="Make the workflow that publishes it there, too.")
@click.option("--force", is_flag=True, help="Write files anew that are there.")
def command(folder: Path, name: str, ci: str | None, force: bool) -> int:
    """Make a site in FOLDER: mkdocs.yml, an example of a note, .gitignore, and the workflow of a host."""
    try:
        for path, written in write_first_files(folder, name, ci or "", force=force):
            click.echo(f"{'made' if written else 'there already, left as it is'}: {folder / path}")
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    inside = "" if folder == Path() else f"cd {folder}\n  "
    click.echo(f"\nNext:\n  {inside}mkdocs serve\n  videonotes new ADDRESS-OF-A-VIDEO")
    return 0
