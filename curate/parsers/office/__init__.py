"""Readers of office formats: documents, slides, workbooks, delimited tables, RTF and legacy files."""

from curate.parsers.office.word import read_docx

__all__ = ["read_docx"]
