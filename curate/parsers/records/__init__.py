"""Records: tickets, chats, questions, articles as systems export them, by their shapes."""

from __future__ import annotations

from curate.parsers.records.fill import filled
from curate.parsers.records.keys import is_ambiguous, record_key, record_labels, stated, unique_key
from curate.parsers.records.mapping import infer_shape, shape_from
from curate.parsers.records.paths import date_of, texts_of
from curate.parsers.records.read import load_record, read_record
from curate.parsers.records.rows import SURPLUS, rows_as_records
from curate.parsers.records.shape import Messages, Shape, stable
from curate.parsers.records.shapes import SHAPES
from curate.parsers.records.threads import has_messages, is_asked

__all__ = [
    "SHAPES",
    "SURPLUS",
    "Messages",
    "Shape",
    "date_of",
    "filled",
    "has_messages",
    "infer_shape",
    "is_ambiguous",
    "is_asked",
    "load_record",
    "read_record",
    "record_key",
    "record_labels",
    "rows_as_records",
    "shape_from",
    "stable",
    "stated",
    "texts_of",
    "unique_key",
]
