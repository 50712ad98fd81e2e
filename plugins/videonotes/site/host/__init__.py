"""What touches the inside of Material and MkDocs: the theme's set-up, and pages rendered once for all that share them.

The lowest room: it imports nothing else of `site`.
"""
