"""The checker of notes: what is wrong with them, what could be better, and mending it, without a build.

It reads a site's notes as a build does (`sources`). `verify` is another thing: it looks at what a build has made.
"""
