"""The sites that are compared: one of videonotes, one of MkDocs and Material alone."""

import json
from pathlib import Path

EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]


def configuration(kind: str, docs: Path, site: Path) -> str:
    """Return a mkdocs.yml."""
    common = {"site_name": kind, "docs_dir": str(docs), "site_dir": str(site)}
    if kind == "videonotes":
        return json.dumps({**common, "site_url": "https://notes.example/", "theme": "material", "plugins": [kind]})
    theme = {"name": "material", "font": False}
    nav = {"nav": ["index.md"], "not_in_nav": "/*/\n", "plugins": [], "markdown_extensions": EXTENSIONS}
    return json.dumps({**common, "theme": theme, **nav})
