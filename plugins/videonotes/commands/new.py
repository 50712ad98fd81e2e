"""`videonotes new`: a note on a video."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..check.sources import CheckError, SiteFiles
from ..core.videos import read_sidecar
from ..core.youtube import short_url
from ..site.sources import SIDECAR, decode
from ..starting.new_note import known_title, note_path, note_text, read_address

_EXAMPLES = f"""\b
Examples:
  videonotes new {short_url("aircAruvnKk", 160)}
  videonotes new aircAruvnKk --channel 3blue1brown --title "What a neuron is" --edit
"""


@click.command("new", epilog=_EXAMPLES)
@click.argument("address")
@click.option(
    "-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml (default: that of this folder)."
)
@click.option("--channel", help="The folder of the note (default: the channel in videos.yml, else `notes`).")
@click.option("--title", help="Its title (default: that of the video in videos.yml, else its id).")
@click.option("--edit", is_flag=True, help="Open it in your editor.")
def command(address: str, config_file: Path | None, channel: str | None, title: str | None, edit: bool) -> int:
    """Make a note on the video at ADDRESS, an address of YouTube or an id. It begins at the `t=` of the address."""
    found = read_address(address)
    if found is None:
        raise click.UsageError(f"{address!r} is no address of a video of YouTube, and no id.")
    try:
        files = SiteFiles(config_file)
    except CheckError as error:
        raise click.ClickException(str(error)) from None
    facts = (read_sidecar(path, decode(data)[0])[0] for path, data in files.contents.items() if path.endswith(SIDECAR))
    video = next((known[found.id] for known in facts if found.id in known), None)
    channel = channel or (video.channel if video else "") or "notes"
    title = " ".join((title or known_title(video, found.id)).split())
    path = note_path(channel, title, files.contents)
    file = files.docs / path
    text = note_text(title, found, Path(path).parent.as_posix(), date.today().isoformat())
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from None
    click.echo(files.shown(path))
    if edit:
        click.edit(filename=str(file))
    return 0
