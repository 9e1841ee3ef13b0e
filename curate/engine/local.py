"""Running items on this machine's cores: batches out, results in, dead and late workers replaced.

After a worker's death its finished results stay, the item in flight is tried again alone in a fresh
worker, and the others go back into the queue; an item that ends such a worker twice is recorded,
since one death may have been ordered from outside. A result that depends on memory is taken from a
lone try too, so that it does not depend on the items before it. The parent alone writes.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from curate.engine.process import Server, Worker
from curate.engine.worker import DAMAGED, MEMORY, NOTHING, OUTSIDE, pack
from curate.errors import TRY_AGAIN, ToolError
from curate.store.memo import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.engine.work import Item, Job, Tool

TIMEOUT = "timeout"
CRASHED = "crashed"
_POLL_SECONDS = 0.2
_BATCH_ITEMS = 32
_BATCH_WEIGHT = 1 << 20
_MOST_IDLE_DEATHS = 10
_LONE_TRIES = 2


class Engine(Protocol):
    """Anything that runs a job on items and yields tables of results."""

    def run(self, job: Job, items: Iterable[Item]) -> Iterator[pa.Table]:
        """Yield results as tables with columns key, code, digest, count, data."""
        ...


class LocalEngine:
    """Workers on this machine; close it when done.

    Args:
        workers: How many run at once.
        preload: Modules that the server loads before it forks.
    """

    def __init__(self, *, workers: int, preload: Sequence[str]) -> None:
        """Keep the settings; the server starts with the first work, or by `warm`."""
        self._count = workers
        self._preload = tuple(preload)
        self._server: Server | None = None
        self._workers: list[Worker] = []
        self._unbuilt: list[Tool] = []
        self._built: frozenset[str] = frozenset()

    def prepare(self, tools: Iterable[Tool]) -> None:
        """Let tools be built once, beside the first work, instead of in every worker."""
        self._unbuilt.extend(tools)

    def warm(self) -> Server:
        """Let the server begin to load while the caller does something else."""
        if self._server is None:
            self._server = Server(self._preload)
        return self._server

    def run(self, job: Job, items: Iterable[Item]) -> Iterator[pa.Table]:
        """Yield the results of all items, in the order in which they end."""
        work = _Run(job, deque(_batches(items)))
        try:
            while work.waiting or work.lone or work.busy:
                self._feed(work)
                self._build()
                yield from self._round(work)
        finally:  # whoever stopped listening wants no late answers either
            for worker in work.busy:
                self._drop(worker)

    def _round(self, work: _Run) -> Iterator[pa.Table]:
        """Take what workers say now, and stop those whose item takes too long."""
        for connection in wait([w.connection for w in work.busy], timeout=_POLL_SECONDS):
            worker = next(w for w in work.busy if w.connection is connection)
            yield from self._listen(work, worker)
        for worker in list(work.busy):
            late = worker.over_limit(work.job.resources)
            if late != NOTHING:
                yield from self._stop(work, worker, late)

    def close(self) -> None:
        """End all workers and the server."""
        for worker in self._workers:
            worker.end()
        self._workers = []
        self._built = frozenset()
        if self._server is not None:
            self._server.close()
            self._server = None

    def _feed(self, work: _Run) -> None:
        while len(work.busy) < self._count and (work.waiting or work.lone):
            alone = not work.waiting
            batch = [work.lone.popleft()] if alone else work.waiting.popleft()
            worker = self._worker(work, fresh=alone)
            worker.start(work.job, batch, alone=alone)
            work.busy.append(worker)

    def _build(self) -> None:
        if self._unbuilt:
            self.warm().build(self._unbuilt)
            self._built = self._built.union(tool.name for tool in self._unbuilt)
            self._unbuilt = []

    def _worker(self, work: _Run, *, fresh: bool) -> Worker:
        """Return an idle worker that has the job's tools as far as they are built, or a new one."""
        idle = [worker for worker in self._workers if worker not in work.busy]
        asked = self._built.intersection(tool.name for tool in work.job.tools.values())
        fit = [worker for worker in idle if asked <= worker.tools]
        if fit and not fresh:
            return fit[0]
        if idle:
            self._drop(idle[0])
        worker = self.warm().fork()
        self._workers.append(worker)
        return worker

    def _drop(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.end()

    def _listen(self, work: _Run, worker: Worker) -> Iterator[pa.Table]:
        """Take one message: results, the end of the batch (empty), or word of a death."""
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):  # the second where it died within a message
            yield from self._bury(work, worker)
            return
        if message:
            yield from work.accept(worker, message)
        else:
            work.busy.remove(worker)

    def _stop(self, work: _Run, worker: Worker, number: int) -> Iterator[pa.Table]:
        """End a worker whose item took too long, unless it has just finished that item."""
        worker.kill()
        with contextlib.suppress(EOFError, OSError):
            while worker.has_message():
                yield from work.accept(worker, worker.connection.recv_bytes())
        if worker.in_flight() == number and number not in worker.answered:
            yield work.failed(worker, number, TIMEOUT)
        yield from self._bury(work, worker)

    def _bury(self, work: _Run, worker: Worker) -> Iterator[pa.Table]:
        """Give a dead worker's open items to others; the one in flight is tried alone, or recorded."""
        number = worker.in_flight()
        work.busy.remove(worker)
        self._drop(worker)
        if number == NOTHING:
            work.count_idle_death()
        rest = [n for n in range(len(worker.batch)) if n not in worker.answered]
        if number in rest:
            rest.remove(number)
            item = worker.batch[number]
            work.lone_deaths[item.key] += worker.alone
            if work.lone_deaths[item.key] < _LONE_TRIES:
                work.lone.append(item)
            else:
                yield work.failed(worker, number, CRASHED)
        if rest:
            work.waiting.appendleft([worker.batch[n] for n in rest])


@dataclass(slots=True)
class _Run:
    """The state of one call of `run`: batches waiting, items to try alone, workers at work."""

    job: Job
    waiting: deque[list[Item]]
    lone: deque[Item] = field(default_factory=deque)
    busy: list[Worker] = field(default_factory=list)
    lone_deaths: Counter[bytes] = field(default_factory=Counter)
    _idle_deaths: int = 0

    def accept(self, worker: Worker, message: bytes) -> Iterator[pa.Table]:
        """Yield the results of a message; those short of memory among others are tried alone."""
        if not message:
            return
        self._idle_deaths = 0
        with pa.ipc.open_stream(message) as reader:
            table = reader.read_all()
        _blame_no_document(table)
        worker.answered.update(table.column("number").to_pylist())
        if not worker.alone:
            short = pc.equal(table.column("code"), MEMORY)
            numbers = table.filter(short).column("number").to_pylist()
            self.lone.extend(worker.batch[n] for n in numbers)
            table = table.filter(pc.invert(short))
        if table.num_rows:
            yield _keyed(table, worker.batch)

    def failed(self, worker: Worker, number: int, code: str) -> pa.Table:
        """Return the result of an item that ended its worker."""
        worker.answered.add(number)
        with pa.ipc.open_stream(pack([(number, code, ())], self.job.writes)) as reader:
            return _keyed(reader.read_all(), worker.batch)

    def count_idle_death(self) -> None:
        """Give up when workers die without having begun anything: no document is to blame.

        Raises:
            ToolError: after a few of them.
        """
        self._idle_deaths += 1
        if self._idle_deaths > _MOST_IDLE_DEATHS:
            message = (
                f"workers for {self.job.run.__name__} end before they begin; their messages stand "
                "above. Run `curate doctor` to see what is missing."
            )
            raise ToolError(message)


def _blame_no_document(table: pa.Table) -> None:
    """Pass on what failed outside of documents.

    Raises:
        ToolError: as the stage raised it.
    """
    outside = table.filter(pc.starts_with(table.column("code"), OUTSIDE)).column("code")
    if len(outside):
        kind, _, message = outside[0].as_py().removeprefix(OUTSIDE).partition(":")
        if kind == DAMAGED:
            raise DamagedError(message)
        raise ToolError(message, retryable=kind == str(TRY_AGAIN))


def _keyed(table: pa.Table, batch: Sequence[Item]) -> pa.Table:
    keys = [batch[n].key for n in table.column("number").to_pylist()]
    return table.set_column(0, "key", pa.array(keys, pa.binary(16)))


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += item.weight
        if len(batch) >= _BATCH_ITEMS or weight >= _BATCH_WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
