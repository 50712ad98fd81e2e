"""`videonotes schema`: JSON schemas of what authors write, for their editors."""

from __future__ import annotations

from importlib import resources

import click

_EXAMPLES = """\b
Examples:
  videonotes schema frontmatter
  videonotes schema videos > .vscode/videos.schema.json
"""


@click.command("schema", epilog=_EXAMPLES)
@click.argument("name", type=click.Choice(["frontmatter", "videos", "redirects"]))
def command(name: str) -> int:
    """Print the JSON schema of the frontmatter of notes, of `videos.yml` or of `redirects.yml`."""
    click.echo((resources.files("videonotes") / "schemas" / f"{name}.json").read_text("utf-8"), nl=False)
    return 0
