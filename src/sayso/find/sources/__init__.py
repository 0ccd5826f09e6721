"""What a report tells of its own sources, and where it was copied from."""
