"""One stage on one file, shown and forgotten."""
