"""The parent's view of the server and of one worker: start, talk, look at limits, end."""

from __future__ import annotations

import contextlib
import mmap
import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

import psutil

from curate.engine.worker import FLIGHT, NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.engine.work import Item, Job
    from curate.stage import Resources

_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # others reserve more address space than the limit
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONHASHSEED": "0",
    "MALLOC_ARENA_MAX": "2",
}


class Server:
    """A running server process; `fork` makes a worker."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Start the server; it loads the modules while the parent goes on."""
        self._control, theirs = socket.socketpair()
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "curate.engine.server", str(theirs.fileno()), *modules],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **_ENVIRONMENT, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is the parent's to handle
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def fork(self) -> Worker:
        """Return a new worker.

        Raises:
            RuntimeError: if the server has ended.
        """
        ours, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as block:
            block.truncate(mmap.PAGESIZE)
            flight = mmap.mmap(block.fileno(), mmap.PAGESIZE)
            FLIGHT.pack_into(flight, 0, NOTHING, 0.0, 0.0)
            try:
                socket.send_fds(self._control, [b"w"], [theirs.fileno(), block.fileno()])
                answer = self._control.recv(8)
            except OSError:
                answer = b""
        theirs.close()
        if not answer:
            ours.close()
            message = "the worker server ended; its messages stand above"
            raise RuntimeError(message)
        connection = Connection(ours.detach())
        return Worker(int.from_bytes(answer, "little"), connection, flight)

    def close(self) -> None:
        """End the server and with it all its workers."""
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(slots=True)
class Worker:
    """One worker: its process, the connection to it, what it has in flight."""

    pid: int
    connection: Connection
    flight: mmap.mmap
    job: Job | None = None
    batch: Sequence[Item] = ()
    alone: bool = False  # its batch is one item that ended, or may end, a worker
    answered: set[int] = field(default_factory=set)

    def start(self, job: Job, batch: Sequence[Item], *, alone: bool) -> None:
        """Send a batch, and the job before it if the worker does not have it yet."""
        self.batch, self.alone, self.answered = batch, alone, set()
        with contextlib.suppress(ConnectionError):  # a death is noticed when its answer is awaited
            if self.job is not job:
                self.connection.send(job)
                self.job = job
            self.connection.send(list(batch))

    def in_flight(self) -> int:
        """Return the number of the item being worked on, or -1."""
        number: int = FLIGHT.unpack_from(self.flight, 0)[0]
        return number

    def over_limit(self, resources: Resources) -> bool:
        """Tell whether the item in flight has used more time than it may."""
        number, cpu, clock = FLIGHT.unpack_from(self.flight, 0)
        if number == NOTHING:
            return False
        if time.monotonic() - clock > resources.wall_seconds:
            return True
        used: float = self._cpu_seconds() - cpu
        return used > resources.cpu_seconds

    def has_message(self) -> bool:
        """Tell whether a whole or partial message waits."""
        try:
            waits: bool = self.connection.poll(0)
        except (EOFError, ConnectionError):
            return False
        return waits

    def kill(self) -> None:
        """End the process at once."""
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self.pid).kill()

    def end(self) -> None:
        """Kill the process and close what belongs to it."""
        self.kill()
        self.connection.close()

    def _cpu_seconds(self) -> float:
        try:
            times = psutil.Process(self.pid).cpu_times()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0.0
        return float(times.user + times.system)
