"""What `videonotes import` does: bring in notes from folders, archives and vaults of Obsidian.

Sources are read first (`folders`, `archives`) into a `Haul`. Then it is decided where each file goes (`choosing`),
what that means for the files that are there (`planning`), and only then is anything written (`writing`). Archives are
untrusted: names are made safe in `safe_names`, limits are held in `limits` while data is read.
"""
