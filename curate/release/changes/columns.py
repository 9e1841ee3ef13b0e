"""Columns of fixed width that two versions of the corpus are compared by, and rows read on request.

Ids, digests and spans are held whole, about 120 bytes a chunk; everything else is read for the rows
that are asked for, some thousand at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from lance import LanceDataset

_ID, _HEX = 28, 64  # letters of an id and of a SHA-256
_KEPT = 32  # digits of a digest that are compared: 128 bits
_BATCH = 4096

Ints = np.ndarray[Any, np.dtype[np.int64]]
Texts = np.ndarray[Any, np.dtype[np.bytes_]]
_Bytes = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True)
class Held:
    """The chunks of a release, in the order they lie in.

    `digests` and `index` hold 128 bits of each row's digests, `spans` its first and last code point.
    """

    dataset: LanceDataset | None
    chunks: Texts
    documents: Texts
    digests: Texts
    index: Texts
    spans: Ints

    @cached_property
    def known(self) -> Texts:
        """Every index digest, sorted, once."""
        return np.unique(self.index)

    def ids(self, places: Ints) -> list[str]:
        """Return the ids of the chunks at some places."""
        return [name.decode() for name in self.chunks[places].tolist()]

    def homes(self, places: Ints) -> list[str]:
        """Return the documents of the chunks at some places."""
        return [name.decode() for name in self.documents[places].tolist()]

    def rows(self, places: Ints, columns: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """Yield columns of the chunks at some places, in batches of the same size."""
        for start in range(0, len(places), _BATCH):
            assert self.dataset is not None, "only a release that exists has rows"
            wanted = places[start : start + _BATCH].tolist()
            yield self.dataset.take(wanted, columns=list(columns)).to_pylist()


def held(dataset: LanceDataset | None) -> Held:
    """Read the columns of one version of the corpus; None stands for no rows."""
    parts = [_part(batch) for batch in _batches(dataset)]
    empty = (*(np.zeros(0, f"S{n}") for n in (_ID, _ID, 16, 16)), np.zeros((0, 2), np.int64))
    columns = [np.concatenate([e, *c]) for e, c in zip(empty, _turned(parts), strict=True)]
    return Held(dataset, *columns)


def _batches(dataset: LanceDataset | None) -> Iterator[pa.RecordBatch]:
    if dataset is not None:
        names = ["chunk_id", "doc_id", "digest", "index_digest", "span"]
        yield from dataset.to_batches(columns=names)


def _turned(parts: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(zip(*parts, strict=True)) or [()] * 5


def _part(batch: pa.RecordBatch) -> tuple[Any, ...]:
    chunks, documents, digest, index, span = batch.columns
    return (
        _letters(chunks, _ID).view(f"S{_ID}").ravel(),
        _letters(documents, _ID).view(f"S{_ID}").ravel(),
        _packed(_letters(digest, _HEX)),
        _packed(_letters(index, _HEX)),
        span.flatten().to_numpy(zero_copy_only=False).reshape(-1, 2).astype(np.int64),
    )


def _letters(column: pa.Array, width: int) -> _Bytes:
    """Return texts of one width as a table of bytes; a text of another width is cut or padded."""
    texts = np.array([text.encode() for text in column.to_pylist()], f"S{width}")
    return texts.view(np.uint8).reshape(-1, width)


def _packed(hexadecimal: _Bytes) -> Texts:
    """Return the first 128 bits of hexadecimal digests."""
    digits = hexadecimal[:, :_KEPT]
    values = np.where(digits >= ord("a"), digits - (ord("a") - 10), digits - ord("0"))
    packed = (values[:, 0::2] << 4 | values[:, 1::2]).astype(np.uint8)
    return np.ascontiguousarray(packed).view("S16").ravel()
