"""What a refresh costs, changes and leaves behind: `python -m tests.benchmarks.refresh`."""
