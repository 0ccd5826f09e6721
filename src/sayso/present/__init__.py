"""Values -> words and tables: what a person reads, on the command line and on pages."""
