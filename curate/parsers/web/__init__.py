"""Readers of pages and plain text: HTML, Markdown, text, XML, EPUB, settings in JSON or YAML."""

from curate.parsers.web.data import data_parsed, read_data
from curate.parsers.web.epub import read_epub
from curate.parsers.web.html import read_html
from curate.parsers.web.markdown import read_markdown
from curate.parsers.web.text import read_text
from curate.parsers.web.xml import read_xml

__all__ = [
    "data_parsed",
    "read_data",
    "read_epub",
    "read_html",
    "read_markdown",
    "read_text",
    "read_xml",
]
