"""Readers of pages and plain text: HTML, Markdown, text, XML, EPUB."""

from curate.parsers.web.html import read_html
from curate.parsers.web.markdown import read_markdown

__all__ = ["read_html", "read_markdown"]
