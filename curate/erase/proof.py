"""The proof of an erasure: every file of a workspace, decoded as what it is, and its raw bytes.

A name in a compressed page gives no hit to a search of bytes, and one in a transaction file gives none to
a reader of tables; so both are done. Data files of the corpus are decoded whole, rows that are marked as
deleted among them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from curate.store.kept import END as KEPT
from curate.store.kept import plain_parts
from curate.store.quiet import lance
from curate.store.segments import INDEX, ROWS, bytes_of, index_of
from curate.tables.wire import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from curate.store.workspace import Workspace

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def traces(
    workspace: Workspace, words: Collection[str], *, but: Path | None = None
) -> dict[str, set[str]]:
    """Return for each file, by its path in the workspace, which of some words it holds.

    Words are looked for as they are written, in values as well as in bytes; `but` one file.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(p for p in workspace.root.rglob("*") if p.is_file() and p != but):
        held = {word for word in words if _raw(path, word)}
        held |= {word for text in _decoded(path) for word in words if word in text}
        if held:
            found[path.relative_to(workspace.root).as_posix()] = held
    for address in (workspace.corpus, workspace.head):
        for version, texts in _versions(address):
            held = {word for text in texts for word in words if word in text}
            if held:
                found[f"{address} version {version}"] = held
    return found


def _raw(path: Path, word: str) -> bool:
    data = path.read_bytes()
    return any(word.encode(encoding) in data for encoding in _ENCODINGS)


def _decoded(path: Path) -> Iterator[str]:
    """Yield every text that a file holds in a form of its own."""
    form = _FORMS.get(path.suffix)
    return form(path) if form else iter(())


def _lance_file(path: Path) -> Iterator[str]:
    from lance.file import LanceFileReader

    for batch in LanceFileReader(str(path)).read_all().to_batches():
        yield from _texts(batch.to_pylist())


def _parquet(path: Path) -> Iterator[str]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield from _texts({str(k): str(v) for k, v in (file.schema_arrow.metadata or {}).items()})
        for batch in file.iter_batches():
            yield from _texts(batch.to_pylist())


def _segment(path: Path) -> Iterator[str]:
    entries, _ = index_of(path)
    for data in bytes_of(str(path), entries):
        yield plain(data).decode("utf-8", "replace")


def _index(path: Path) -> Iterator[str]:
    yield from index_of(path.with_suffix(ROWS))[1]


def _kept(path: Path) -> Iterator[str]:
    return (part.decode("utf-8", "replace") for part in plain_parts(path))


def _json(path: Path) -> Iterator[str]:
    return _texts(json.loads(path.read_text(encoding="utf-8")))


_FORMS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".lance": _lance_file,
    ".parquet": _parquet,
    INDEX: _index,
    ROWS: _segment,
    KEPT: _kept,
    ".json": _json,
}


def _versions(address: str) -> Iterator[tuple[int, Iterator[str]]]:
    from pathlib import Path

    if not Path(address).exists():
        return
    for version in lance().dataset(address).versions():
        held = lance().dataset(address, version=version["version"])
        yield (
            version["version"],
            (text for batch in held.to_batches() for text in _texts(batch.to_pylist())),
        )


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any decoded value
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
        yield from map(str, value)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
