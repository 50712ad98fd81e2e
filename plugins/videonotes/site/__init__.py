"""The MkDocs side, and the only place that imports mkdocs.

Its rooms, from the lowest: `host`, `incremental`, `pages`, `outputs`, `search`. The modules beside them are shared
by the rooms (`catalog`, `urls`, …) or drive a build (`build`, `rendering`, `plugin`, …).
"""
