"""Running stages: keys, batches, isolated workers; knows nothing of the domain."""
