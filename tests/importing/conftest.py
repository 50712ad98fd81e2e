"""A folder with a source and a target, archives of any kind, and the command run on them."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from videonotes.commands import main

Files = Mapping[str, str | bytes]


def note(title: str = "Tea", body: str = "Boil it [00:02:46].", **front: str) -> bytes:
    lines = [f"{key}: {value}" for key, value in {"title": title, "videoId": "aircAruvnKk", **front}.items()]
    return "\n".join(["---", *lines, "---", body, ""]).encode()


def data_of(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def tree(folder: Path) -> dict[str, bytes]:
    """Return all plain files below a folder."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.is_symlink()
    }


@dataclass
class Bench:
    folder: Path
    capture: pytest.CaptureFixture[str]
    out: str = ""
    err: str = ""

    @property
    def target(self) -> Path:
        return self.folder / "docs"

    def write(self, files: Files, below: str = "source") -> Path:
        for path, content in files.items():
            file = self.folder / below / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data_of(content))
        return self.folder / below

    def zip(self, *members: tuple[str | zipfile.ZipInfo, str | bytes], name: str = "a.zip") -> Path:
        with zipfile.ZipFile(self.folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members:
                archive.writestr(member, data_of(content))
        return self.folder / name

    def tar(self, *members: tuple[str | tarfile.TarInfo, str | bytes], name: str = "a.tar.xz") -> Path:
        kind = {"xz": "w:xz", "gz": "w:gz", "tar": "w"}[name.rpartition(".")[2]]
        with tarfile.open(self.folder / name, kind) as archive:  # type: ignore[call-overload]
            for member, content in members:
                info = tarfile.TarInfo(member) if isinstance(member, str) else member
                data = data_of(content)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return self.folder / name

    def run(self, *arguments: str | Path) -> int:
        code = main(["import", *map(str, arguments), "--to", str(self.target)])
        self.out, self.err = self.capture.readouterr()
        return code

    def found(self) -> dict[str, bytes]:
        return tree(self.target)

    def count(self, what: str) -> int:
        """Return a number of the summary."""
        for line in self.out.splitlines():
            if line.strip().startswith(f"{what}:"):
                return int(line.split(":")[1].split()[0].replace(",", ""))
            if line.strip().endswith(f"  {what}"):
                return int(line.split()[0].replace(",", ""))
        return 0


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    return Bench(tmp_path, capsys)
