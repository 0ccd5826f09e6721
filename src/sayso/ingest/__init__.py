"""Bytes -> reports: files, folders, pages; their datelines; their sentences."""
