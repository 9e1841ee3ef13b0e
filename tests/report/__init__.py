"""Tests of the release report, and the invented reports they render."""
