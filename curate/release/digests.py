"""Digests of published rows, by which releases are compared and changes are found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from curate import ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_ROWS = msgspec.json.Encoder(order="sorted")
_AT_ONCE = 50_000  # rows whose ids are written together


def row_digest(row: object, *, without: Iterable[str] = ()) -> str:
    """Return the SHA-256 of a published row in canonical JSON, some fields left out."""
    left_out = frozenset(without)
    values = {name: value for name, value in _values(row).items() if name not in left_out}
    return hashlib.sha256(_ROWS.encode(values)).hexdigest()


def canonical(value: object) -> bytes:
    """Return JSON with sorted keys and no spare white space, as UTF-8."""
    written = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_values
    )
    return written.encode()


def _values(row: object) -> dict[str, Any]:
    """Return a row's values by name, rows within it as they are."""
    assert is_dataclass(row), "published rows are dataclasses"
    return {field.name: getattr(row, field.name) for field in fields(row)}


def marks_digest(marks: pl.DataFrame) -> str:
    """Return the `content_digest` of a corpus from its marks."""
    ordered = marks.select("chunk_id", "digest").sort("chunk_id")
    state = hashlib.sha256()
    for part in ordered.iter_slices(_AT_ONCE):
        names = ids.encode_all("c", part["chunk_id"].to_list())
        pairs = zip(names, part["digest"].to_list(), strict=True)
        state.update("".join([f"{name} {digest.hex()}\n" for name, digest in pairs]).encode())
    return state.hexdigest()


def content_digest(digests: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a table from its rows' keys and digests, in key order."""
    state = hashlib.sha256()
    for key, digest in sorted(digests):
        state.update(f"{key} {digest}\n".encode())
    return state.hexdigest()
