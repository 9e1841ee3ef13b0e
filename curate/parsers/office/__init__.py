"""Readers of office formats: documents, slides, workbooks, tables, RTF and legacy files."""

from curate.parsers.office.delimited import read_csv
from curate.parsers.office.legacy import read_legacy
from curate.parsers.office.opendocument import read_odp, read_ods, read_odt
from curate.parsers.office.rtf import read_rtf
from curate.parsers.office.slides import read_pptx
from curate.parsers.office.word import read_docx
from curate.parsers.office.workbook import read_xlsx

__all__ = [
    "read_csv",
    "read_docx",
    "read_legacy",
    "read_odp",
    "read_ods",
    "read_odt",
    "read_pptx",
    "read_rtf",
    "read_xlsx",
]
