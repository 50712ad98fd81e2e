"""What pages show: a module for each kind of page, and for what several kinds have.

It may import what the pages are made of (`catalog`, `urls`), and neither caches nor MkDocs.
"""
