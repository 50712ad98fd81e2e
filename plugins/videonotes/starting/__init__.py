"""What begins a site: its first files, and a new note. `files` holds the texts of `videonotes init`."""
