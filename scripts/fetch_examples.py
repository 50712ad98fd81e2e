"""Put the examples of CommonMark and of GitHub's extensions into the virtual environment.

They are data of markdown-it-py that only its source distribution holds.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

NAMES = {"commonmark.json", "tables.md", "tasklists.md", "strikethrough.md"}
FOLDER = Path(sys.prefix) / "share" / "markdown-it-py"


def pinned() -> str:
    """Return the requirement for the version in `constraints.txt`, so that the numbers of the examples hold."""
    lines = (Path(__file__).parents[1] / "constraints.txt").read_text("utf-8").split()
    return next(line for line in lines if line.startswith("markdown-it-py=="))


def main() -> None:
    """Download the source distribution and keep its examples."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*command, "--no-binary", ":all:", "--dest", folder, pinned()], check=True)
        (archive,) = Path(folder).glob("*.tar.gz")
        FOLDER.mkdir(parents=True, exist_ok=True)
        found = set()
        with tarfile.open(archive) as files:
            for member in files:
                name = PurePosixPath(member.name).name
                if name in NAMES and (data := files.extractfile(member)):
                    (FOLDER / name).write_bytes(data.read())
                    found.add(name)
    if found != NAMES:
        sys.exit(f"The source distribution of markdown-it-py has no {', '.join(sorted(NAMES - found))}.")


if __name__ == "__main__":
    main()
