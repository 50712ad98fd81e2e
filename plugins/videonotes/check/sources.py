"""The notes of a site, read as a build reads them: the same options, the same files, the same cache."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, get_files

from ..core.findings import Finding, FindingCode
from ..site.incremental.cache_folder import CacheFolder
from ..site.incremental.digests import digest_of, fingerprint, hash_of
from ..site.incremental.garbage import lasting_records
from ..site.incremental.scan_cache import Cache
from ..site.kinds import Choice
from ..site.plugin import VideonotesPlugin
from ..site.sources import REDIRECTS, SIDECAR, Sources, is_plain, is_record, read_sources


class CheckError(Exception):
    """The notes cannot be checked at all: no configuration, no notes, no permission."""


class SiteFiles:
    """The files of a site's notes, read once. `docs` is their folder, `options` are those of the plugin.

    `unreadable` are those that cannot be read: they are left out. Raises `CheckError`.
    """

    def __init__(self, config_file: Path | None) -> None:
        with _quiet():
            self.config = _load(config_file)
            plugin = next(
                (found for found in self.config.plugins.values() if isinstance(found, VideonotesPlugin)), None
            )
            if plugin is None:
                raise CheckError(f"{self.config.config_file_path} does not name the plugin `videonotes`.")
            self.options = plugin.config
            self.docs = Path(self.config.docs_dir)
            self.files = get_files(self.config)
        self.unreadable: list[Finding] = []
        self.contents: dict[str, bytes] = {}
        for file in list(self.files):
            if file.is_documentation_page() or file.src_uri.endswith((SIDECAR, REDIRECTS)):
                self._read(file)

    def _read(self, file: File) -> None:
        try:
            if not is_plain(file):
                raise OSError(0, "it is no plain file")
            self.contents[file.src_uri] = file.content_bytes
        except OSError as error:
            cure = "Give the checker the right to read it, or take it away"
            message = f"the file cannot be read: {error.strerror or error}"
            self.unreadable.append(Finding(FindingCode.UNREADABLE, file.src_uri, 0, 0, message, cure))
            self.files.remove(file)

    def key(self) -> bytes:
        """Return what tells everything that findings depend on: the files, the options, this program."""
        names = "\n".join(sorted(file.src_uri for file in self.files))
        parts = [
            part for path, data in sorted(self.contents.items()) for part in (os.fsencode(path), hash_of(data).encode())
        ]
        programs = fingerprint("core", "PyYAML", "rapidfuzz") + fingerprint("check")
        return digest_of(programs, repr(dict(self.options)).encode(), os.fsencode(names), *parts)

    def read(self) -> Sources:
        """Scan the notes and put them together, as a build does. Raises `CheckError`."""
        choice = Choice.of(self.options, self.config.nav, drafts=False)
        try:
            with self.cache_folder() as folder, _quiet(), lasting_records():
                cache = Cache(folder, is_record)
                return read_sources(self.files, choice, workers=self.options.workers, cache=cache)
        except MkDocsException as error:
            raise CheckError(str(error)) from None

    @contextmanager
    def cache_folder(self) -> Iterator[Path]:
        """Yield the folder of the cache, which this process alone has until the end of the block."""
        folder = CacheFolder()
        with _quiet():
            folder.begin(self.config)
        try:
            yield folder.path
        finally:
            folder.end()

    def shown(self, path: str) -> str:
        """Return the path of a file below `docs` as the user would write it here: from the working folder."""
        shown = Path(os.path.relpath(self.docs / path)).as_posix()
        return os.fsencode(shown).decode("utf-8", "replace")


def _load(config_file: Path | None) -> MkDocsConfig:
    try:
        return load_config(str(config_file) if config_file else None)
    except Abort:
        raise CheckError("mkdocs.yml has errors: `mkdocs build` tells them.") from None
    except (MkDocsException, OSError, UnicodeDecodeError, RecursionError) as error:
        raise CheckError(" ".join(str(error).split())) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Let MkDocs, its theme and other plugins say nothing on the standard output, which holds the findings alone."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    with redirect_stdout(StringIO()):
        try:
            yield
        finally:
            logger.setLevel(level)
