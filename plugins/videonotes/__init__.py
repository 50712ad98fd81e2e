"""videonotes: a MkDocs plugin that makes a knowledge site of Markdown notes on YouTube videos."""

__version__ = "0.1.0"
