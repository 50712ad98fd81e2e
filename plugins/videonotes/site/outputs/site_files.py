"""Writing files into the site."""

from __future__ import annotations

from mkdocs import utils
from mkdocs.structure.files import Files


class Outputs:
    """Writes files into the site, but where the author has one of that name."""

    def __init__(self, files: Files, site: str) -> None:
        self.files = files
        self.taken = {file.dest_uri for file in files if file.inclusion.is_included()}
        self.site = site

    def write(self, path: str, content: str | bytes) -> None:
        """Write the file at `path`, from the root of the site."""
        if path in self.taken:
            return
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        utils.write_file(data, f"{self.site}/{path}")

    def markdown_path(self, path: str) -> str:
        """Return the path of the Markdown beside the page of the note at `path`, from the root of the site."""
        file = self.files.get_file_from_path(path)
        assert file is not None
        return f"{file.dest_uri.removesuffix('.html')}.md"
