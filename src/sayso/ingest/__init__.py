"""Bytes -> reports: files, folders and pages, their datelines, sentences and grammar."""
