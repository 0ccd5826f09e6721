"""A record in the browser: pages to read it by, and to decide by."""
