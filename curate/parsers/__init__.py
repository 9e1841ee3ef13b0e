"""Readers: one format each, from bytes to canonical text."""
