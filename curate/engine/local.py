"""Running items on this machine's cores: batches out, results in, dead and late workers replaced.

After a worker's death its finished results stay, the item in flight is tried once more alone in a
fresh worker, and the others go back into the queue; an item that fails alone is recorded. A result
that depends on memory is taken from such a lone try too, so that it does not depend on the items
before it. The parent alone writes.
"""

from __future__ import annotations

import contextlib
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from curate.engine.process import Server, Worker
from curate.engine.worker import MEMORY, NOTHING, pack
from curate.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.engine.work import Item, Job

TIMEOUT = "timeout"
CRASHED = "crashed"
_POLL_SECONDS = 0.2
_BATCH_ITEMS = 32
_BATCH_WEIGHT = 1 << 20
_MOST_IDLE_DEATHS = 3


class Engine(Protocol):
    """Anything that runs a job on items and yields tables of results."""

    def run(self, job: Job, items: Iterable[Item]) -> Iterator[pa.Table]:
        """Yield results as tables with columns key, code, digest, count, rows."""
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

    def warm(self) -> Server:
        """Let the server begin to load while the caller does something else."""
        if self._server is None:
            self._server = Server(self._preload)
        return self._server

    def run(self, job: Job, items: Iterable[Item]) -> Iterator[pa.Table]:
        """Yield the results of all items, in the order in which they end."""
        work = _Run(job, deque(_batches(items)))
        while work.waiting or work.lone or work.busy:
            self._feed(work)
            for connection in wait([w.connection for w in work.busy], timeout=_POLL_SECONDS):
                worker = next(w for w in work.busy if w.connection is connection)
                yield from self._listen(work, worker)
            for worker in [w for w in work.busy if w.over_limit(job.resources)]:
                yield from self._stop(work, worker)

    def close(self) -> None:
        """End all workers and the server."""
        for worker in self._workers:
            worker.end()
        self._workers = []
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

    def _worker(self, work: _Run, *, fresh: bool) -> Worker:
        idle = [worker for worker in self._workers if worker not in work.busy]
        if idle and not fresh:
            return idle[0]
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
        except (EOFError, ConnectionError):
            yield from self._bury(work, worker, code=CRASHED)
            return
        if message:
            yield from work.accept(worker, message)
        else:
            work.busy.remove(worker)

    def _stop(self, work: _Run, worker: Worker) -> Iterator[pa.Table]:
        """End a worker whose item took too long, unless it has just finished that item."""
        number = worker.in_flight()
        worker.kill()
        with contextlib.suppress(EOFError, ConnectionError):
            while worker.has_message():
                yield from work.accept(worker, worker.connection.recv_bytes())
        if worker.in_flight() == number:
            yield work.failed(worker, number, TIMEOUT)
        yield from self._bury(work, worker, code=CRASHED)

    def _bury(self, work: _Run, worker: Worker, *, code: str) -> Iterator[pa.Table]:
        """Give a dead worker's open items to others; the one in flight gets a lone try, or a code."""
        number = worker.in_flight()
        work.busy.remove(worker)
        self._drop(worker)
        if number == NOTHING:
            work.count_idle_death()
        rest = [n for n in range(len(worker.batch)) if n not in worker.answered]
        if number in rest:
            rest.remove(number)
            if worker.alone:
                yield work.failed(worker, number, code)
            else:
                work.lone.append(worker.batch[number])
        if rest:
            work.waiting.appendleft([worker.batch[n] for n in rest])


@dataclass(slots=True)
class _Run:
    """The state of one call of `run`: batches waiting, items to try alone, workers at work."""

    job: Job
    waiting: deque[list[Item]]
    lone: deque[Item] = field(default_factory=deque)
    busy: list[Worker] = field(default_factory=list)
    _idle_deaths: int = 0

    def accept(self, worker: Worker, message: bytes) -> Iterator[pa.Table]:
        """Yield the results of a message; those short of memory among others are tried alone."""
        if not message:
            return
        with pa.ipc.open_stream(message) as reader:
            table = reader.read_all()
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
