"""What lasts: results by content, state, the head, the corpus table, the lock."""
