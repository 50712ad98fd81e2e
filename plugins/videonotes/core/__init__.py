"""The pure part of videonotes: text in, records out. It imports the standard library and PyYAML."""
