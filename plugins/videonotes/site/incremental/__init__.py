"""What makes a build do little: caches and their files, what a page depends on, processes, writing what has changed.

It knows no page: it may import `host` alone.
"""
