"""From sources to documents with their texts."""
