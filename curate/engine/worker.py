"""The loop of one worker process: take a batch, run its items one by one, send back Arrow.

What is in flight stands in a small shared block (item, CPU and wall clock at its start), so that
the parent can enforce limits and knows, after a death, which item to try alone. Finished results
are sent every fifth of a second. This is the one place that catches whatever a document makes a
library raise.
"""

from __future__ import annotations

import contextlib
import os
import resource
import struct
import time
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curate.engine.work import Item, Job, Tool, resolve
from curate.errors import DocumentError, ToolError
from curate.store.memo import DamagedError, digest_rows
from curate.tables.wire import encoded, packed

if TYPE_CHECKING:
    import mmap
    from collections.abc import Iterator, Mapping
    from multiprocessing.connection import Connection

FLIGHT = struct.Struct("qdd")  # item's number, CPU seconds and wall clock at its start
_NUMBER, _CLOCKS = struct.Struct("q"), struct.Struct("dd")
NOTHING = -1
Result = tuple[int, str, tuple[Any, ...]]  # item's number, code, rows
MEMORY = "memory_limit"
DAMAGED = "damaged"  # the kind of a failure that is met by doing again what was stored
OUTSIDE = "!"  # begins the code of what no document is to blame for, and ends the run
_FLUSH_SECONDS = 0.2
_FLUSH_ROWS = 512


def serve(connection: Connection, flight: mmap.mmap, tools: Mapping[str, Any]) -> None:
    """Answer the parent until it closes the connection; `tools` are built already."""
    worker = _Worker(connection, flight, tools)
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            worker.take(connection.recv())


class _Worker:
    def __init__(self, connection: Connection, flight: mmap.mmap, tools: Mapping[str, Any]) -> None:
        self._connection = connection
        self._flight = flight
        self._tools: dict[str, Any] = dict(tools)
        self._named: dict[str, Any] = {}
        self._job: Job | None = None
        self._done: list[Result] = []
        self._flushed = time.monotonic()

    def take(self, message: Job | list[Item]) -> None:
        if isinstance(message, Job):
            self._job = message
            self._build(message)
            _limit_memory(message.resources.memory)
            return
        with _silence():
            for number, item in enumerate(message):
                self._mark(number)
                self._done.append((number, *self._outcome(item)))
                late = time.monotonic() - self._flushed > _FLUSH_SECONDS
                if late or len(self._done) > _FLUSH_ROWS:
                    self._flush()
            self._flush()
        self._mark(NOTHING)
        self._connection.send_bytes(b"")

    def _build(self, job: Job) -> None:
        """Build the tools before any document is at hand: what goes wrong here is no document's."""
        try:
            self._named = {name: self._tool(tool) for name, tool in job.tools.items()}
        except Exception as error:
            message = f"{job.run.__name__}: a tool cannot be built: {type(error).__name__}: {error}"
            code = outside(ToolError(f"{message}. Run `curate doctor` to see what is missing."))
            self._connection.send_bytes(pack([(NOTHING, code, ())], job.writes))
            raise

    def _mark(self, number: int) -> None:
        """Write what is in flight: its clocks first, so that no reader sees it with older ones.

        Whole fields are copied, because packing in place clears them for a moment.
        """
        clocks = _CLOCKS.pack(time.process_time(), time.monotonic())
        self._flight[_NUMBER.size : FLIGHT.size] = clocks
        self._flight[: _NUMBER.size] = _NUMBER.pack(number)

    def _outcome(self, item: Item) -> tuple[str, tuple[Any, ...]]:
        try:
            return "", self._rows(item)
        except DocumentError as error:
            return error.code, ()
        except ToolError as error:
            return outside(error), ()
        except RecursionError:
            return "too_deep", ()
        except BaseException as error:  # noqa: BLE001 - the guard: one document never stops a run
            return _code(error), ()

    def _rows(self, item: Item) -> tuple[Any, ...]:
        job = self._job
        assert job is not None, "a job comes before its items"
        values = [resolve(r, i) for r, i in zip(job.reads, item.inputs, strict=True)]
        named = dict(self._named)
        if job.settings is not None:
            named["settings"] = job.settings
        return tuple(job.run(*values, **named))

    def _tool(self, tool: Tool) -> Any:  # noqa: ANN401 - a tool is whatever its stage asks for
        if tool.name not in self._tools:
            self._tools[tool.name] = tool.make()
        return self._tools[tool.name]

    def _flush(self) -> None:
        self._flushed = time.monotonic()
        if not self._done:
            return
        assert self._job is not None, "a job comes before its results"
        for message in _messages(self._done, self._job.writes):
            self._connection.send_bytes(message)
        self._done = []


def outside(error: ToolError) -> str:
    """Return a failure that no document is to blame for as a code: a sign, its kind, message."""
    kind = DAMAGED if isinstance(error, DamagedError) else error.exit_code
    return f"{OUTSIDE}{kind}:{error}"


def _code(error: BaseException) -> str:
    return MEMORY if isinstance(error, MemoryError) else f"failed_{type(error).__name__}"


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Let nothing that a library writes about a document reach the user's terminal or log."""
    kept = [(fd, os.dup(fd)) for fd in (1, 2)]
    try:
        with open(os.devnull, "wb") as null:  # noqa: PTH123 - no file of the user
            for fd, _ in kept:
                os.dup2(null.fileno(), fd)
        yield
    finally:
        for fd, copy in kept:
            os.dup2(copy, fd)
            os.close(copy)


def _messages(done: list[Result], row: type) -> Iterator[bytes]:
    """Yield results as one message, or one by one where they are too large together.

    A result whose rows do not fit their table becomes a failure.
    """
    try:
        yield pack(done, row)
    except Exception:  # noqa: BLE001 - rows made of a document may hold anything
        yield from (_alone(result, row) for result in done)


def _alone(result: Result, row: type) -> bytes:
    try:
        return pack([result], row)
    except Exception as error:  # noqa: BLE001 - the same
        return pack([(result[0], _code(error), ())], row)


def pack(done: list[Result], row: type) -> bytes:
    """Return results (item's number, code, rows) as an Arrow stream."""
    written = [encoded(rows) if rows else b"" for _, _, rows in done]
    table = pa.table(
        {
            "number": pa.array([number for number, _, _ in done], pa.int64()),
            "code": pa.array([code for _, code, _ in done], pa.string()),
            "digest": pa.array([digest_rows(row, data) for data in written], pa.binary(16)),
            "count": pa.array([len(rows) for _, _, rows in done], pa.int64()),
            "data": pa.array([packed(data) if data else b"" for data in written], pa.binary()),
        }
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _limit_memory(allowed: int) -> None:
    """Cap the address space at what is used now plus what one item may use."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of the user
        used = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + allowed
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
