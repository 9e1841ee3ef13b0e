"""Text and places in it: canonical text, edits, rendering, tokens."""
