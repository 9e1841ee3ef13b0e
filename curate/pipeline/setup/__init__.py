"""What comes before a run: pipeline files, inferred, filled in or looked at."""
