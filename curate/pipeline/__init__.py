"""The one place that knows everything, and only puts it together."""
