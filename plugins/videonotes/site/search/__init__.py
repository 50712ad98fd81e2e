"""What the search of a site reads: the concept index, and the full text that Pagefind indexes.

It indexes a finished build; only what drives builds may import it.
"""
