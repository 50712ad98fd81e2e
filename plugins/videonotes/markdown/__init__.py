"""The Markdown side: notes to HTML inside Python-Markdown, in any host.

`videonotes.markdown` is an extension of Python-Markdown by itself:
`markdown.markdown(text, extensions=["videonotes"])` reads `text` as one note, and the option
`notes` names the folder whose notes its wikilinks may mean.
"""

from .extension import VideonotesExtension, make_converter, makeExtension

__all__ = ["VideonotesExtension", "makeExtension", "make_converter"]
