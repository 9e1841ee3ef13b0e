"""Digests of published rows, by which releases are compared and changes are found."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def row_digest(row: object, *, without: Iterable[str] = ()) -> str:
    """Return the SHA-256 of a published row in canonical JSON, some fields left out."""
    assert is_dataclass(row), "published rows are dataclasses"
    values: dict[str, Any] = asdict(row)  # type: ignore[arg-type]
    for name in without:
        values.pop(name)
    return hashlib.sha256(canonical(values)).hexdigest()


def canonical(value: object) -> bytes:
    """Return JSON with sorted keys and no spare white space, as UTF-8."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode()


def content_digest(digests: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a table from its rows' keys and digests, in key order."""
    state = hashlib.sha256()
    for key, digest in sorted(digests):
        state.update(f"{key} {digest}\n".encode())
    return state.hexdigest()
