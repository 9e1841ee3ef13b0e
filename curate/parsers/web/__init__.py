"""Readers of pages and plain text: HTML, Markdown, text, XML, EPUB."""

from curate.parsers.web.html import read_html

__all__ = ["read_html"]
