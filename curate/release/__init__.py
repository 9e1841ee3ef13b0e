"""Releases: rows, gates, files, publication, and reading them back."""
