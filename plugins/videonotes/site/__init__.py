"""The MkDocs side, and the only place that imports mkdocs."""
