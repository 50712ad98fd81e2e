"""Redirect pages: small files at old addresses that lead to the new ones."""

from __future__ import annotations

import html
import posixpath
from urllib.parse import quote

from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from ...core.collection import Collection
from ...core.redirects import Redirect


def redirect_file(redirect: Redirect, use_directory_urls: bool) -> str:
    """Return the path of the file of a redirect."""
    folder, name = posixpath.split(redirect.old.removesuffix(".md"))
    if use_directory_urls and name != "index":
        return posixpath.join(folder, name, "index.html")
    return posixpath.join(folder, f"{name}.html")


def fill_redirects(collection: Collection, files: Files, use_directory_urls: bool, site_url: str) -> None:
    """Write the text of every redirect, once the URLs are known."""
    for redirect in collection.redirects:
        file = files.get_file_from_path(redirect_file(redirect, use_directory_urls))
        target = files.get_file_from_path(redirect.path)
        if file is None or target is None:
            continue
        title = collection.note(redirect.path).title
        fragment = f"#{quote(redirect.fragment)}" if redirect.fragment else ""
        url = get_relative_url(target.url, file.url) + fragment
        canonical = site_url.rstrip("/") + "/" + target.url if site_url else url
        file.content_string = _page(title, url, canonical)


def _page(title: str, url: str, canonical: str) -> str:
    title, url, canonical = html.escape(title), html.escape(url), html.escape(canonical)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved: {title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={url}">
</head>
<body><p>This page is now at <a href="{url}">{title}</a>.</p></body>
</html>
"""
