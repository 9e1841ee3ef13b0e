"""Running a record stage: the anti-join against the memo, the work, the batches written as they end.

A batch is written at 4,096 rows, 32 MB or ten seconds, so that a kill loses little and a resumed
run starts from the same anti-join. Outcomes that depend on the moment (a file that changed while
it was read) are handed back, never remembered.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from curate.store.memo import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from curate.engine.local import Engine
    from curate.engine.recipe import Recipe
    from curate.engine.work import Item
    from curate.store.memo import Memo

BATCH_ROWS = 4096
BATCH_BYTES = 32 << 20
BATCH_SECONDS = 10.0
_LARGE = 1 << 18
_NOWHERE: tuple[str, tuple[int, ...]] = ("", ())


class Progress(Protocol):
    """Hears how a stage gets on; counts only, never text."""

    def begin(self, stage: str, total: int, known: int) -> None:
        """Hear that a stage begins: its pieces of work, and how many are known already."""
        ...

    def advance(self, stage: str, done: int, failed: int) -> None:
        """Hear of more pieces done and how many of them failed."""
        ...

    def end(self, stage: str, seconds: float) -> None:
        """Hear that a stage has ended."""
        ...

    def tell(self, said: str) -> None:
        """Hear what came of the stage that ended last."""
        ...


@dataclass(frozen=True, slots=True)
class Work:
    """The keys of results, each once, and what gives the piece of work behind a key that is unknown.

    `held` counts further results that are known, whose keys need no look.
    """

    keys: Collection[bytes]
    item: Callable[[bytes], Item]
    held: int = 0


@dataclass(slots=True)
class _Batch:
    memo: Memo
    tables: list[pa.Table] = field(default_factory=list)
    rows: int = 0
    size: int = 0
    since: float = field(default_factory=time.monotonic)

    def add(self, table: pa.Table) -> None:
        self.tables.append(table)
        self.rows += table.num_rows
        self.size += table.nbytes
        late = time.monotonic() - self.since > BATCH_SECONDS
        if self.rows >= BATCH_ROWS or self.size >= BATCH_BYTES or late:
            self.write()

    def write(self) -> None:
        if self.tables:
            self.memo.write(pa.concat_tables(self.tables))
        self.tables, self.rows, self.size = [], 0, 0
        self.since = time.monotonic()


def run_items(
    recipe: Recipe,
    work: Work,
    *,
    memo: Memo,
    engine: Engine,
    progress: Progress,
    transient: Collection[str] = (),
) -> dict[bytes, str]:
    """Bring the memo to hold a result for every key; return transient failures by key.

    Args:
        recipe: The stage.
        work: What is to be there.
        memo: The stage's results.
        engine: Runs the work.
        progress: Hears how it gets on.
        transient: Codes of failures that are not remembered.
    """
    started = time.monotonic()
    missing = memo.missing(list(work.keys))
    open_items = sorted((work.item(key) for key in work.keys if key in missing), key=_turn)
    total = len(work.keys) + work.held
    progress.begin(recipe.name, total, total - len(open_items))
    passing: dict[bytes, str] = {}
    batch = _Batch(memo)
    try:
        for table in engine.run(recipe.job, open_items) if open_items else ():
            progress.advance(recipe.name, table.num_rows, _failed(table))
            batch.add(_without(table, transient, passing))
    finally:
        batch.write()
    progress.end(recipe.name, time.monotonic() - started)
    return passing


def _turn(item: Item) -> tuple[int, tuple[str, tuple[int, ...]], list[tuple[str, int]]]:
    """Put what is large first, so that none of it is left for the end, then what is read together.

    What lies in one container keeps its order there: every step back would read it from its start.
    """
    blocks = [source.block for source in item.inputs if isinstance(source, Ref)]
    large = 0 if item.place else item.weight // _LARGE
    return -large, item.place or _NOWHERE, blocks


def _failed(table: pa.Table) -> int:
    return int(pc.sum(pc.not_equal(table.column("code"), "")).as_py() or 0)


def _without(table: pa.Table, transient: Collection[str], passing: dict[bytes, str]) -> pa.Table:
    if not transient:
        return table
    mask = pc.is_in(table.column("code"), value_set=pa.array(sorted(transient), pa.string()))
    if not pc.any(mask).as_py():
        return table
    gone = table.filter(mask)
    keys, codes = gone.column("key").to_pylist(), gone.column("code").to_pylist()
    passing.update(zip(keys, codes, strict=True))
    return table.filter(pc.invert(mask))
