"""What is written beside pages: feeds, sitemap, the notes as Markdown, redirects. It may import `pages`."""
