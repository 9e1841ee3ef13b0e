"""Row types: one frozen dataclass a table, from which all schemas are derived."""
