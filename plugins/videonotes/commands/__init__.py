"""The command `videonotes`: a module for each of its commands, loaded when it is called.

Exit codes: 0, all is well; 1, something was found; 2, the command could not do its work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pkgutil import iter_modules

import click

from .. import __version__


class Commands(click.Group):
    """The commands: each module here has one of its own name, `command`; `import_` is `import`, which Python keeps."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(module.name.removesuffix("_") for module in iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f".{module}", __name__).command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def videonotes() -> None:
    """Notes on YouTube videos as a site: check them, mend them, check what was built."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process); return its exit code."""
    try:
        # https://no-color.org: any value but an empty one says that no colours are wanted
        color = False if os.environ.get("NO_COLOR") else None
        code = videonotes.main(arguments, prog_name="videonotes", standalone_mode=False, color=color)
    except click.ClickException as error:
        error.show()
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python says so once more at its end
        return 1
    except click.Abort:
        print("Aborted.", file=sys.stderr)
        return 2
    return int(code or 0)
