"""A record in the browser: pages for reading it and for deciding."""
