"""Erasing: a document leaves every table, release, version and file, and does not come back."""
