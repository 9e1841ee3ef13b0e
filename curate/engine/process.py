"""The parent's view of the server and of one worker: start, talk, look at limits, end."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from curate.engine.server import BUILD, FORK
from curate.engine.worker import FLIGHT, NOTHING
from curate.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.engine.work import Item, Job, Tool
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


_FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
_END_SECONDS = 2.0  # for a process that has closed its socket already
_PACKAGE = str(Path(__file__).resolve().parents[2])
_SAFE_PATH = ("-P",)  # the current folder may be the share, whose files are nothing to import
# The parent's search path comes after the interpreter has started, so that no `sitecustomize` on it runs.
_BOOT = (
    "import json, sys; path = json.loads(sys.argv.pop(1)); "
    "sys.path += [entry for entry in path if entry not in sys.path]; "
    "from curate.engine.server import main; main(sys.argv[1:])"
)


class Server:
    """A running server process; `fork` makes a worker."""

    def __init__(self, modules: Sequence[str]) -> None:
        """Start the server; it loads the modules while the parent goes on."""
        self._control, theirs = socket.socketpair()
        path = json.dumps([*filter(None, sys.path), _PACKAGE])
        call = [sys.executable, *_SAFE_PATH, "-c", _BOOT, path, str(theirs.fileno())]
        self._forked = False
        self._tools: frozenset[str] = frozenset()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*call, *modules],
            pass_fds=[theirs.fileno()],
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,  # Ctrl-C is the parent's to handle
            stdin=subprocess.DEVNULL,
        )
        theirs.close()

    def build(self, tools: Sequence[Tool]) -> None:
        """Let the server build tools while the workers that it has are at work."""
        sent = pickle.dumps(list(tools))
        with contextlib.suppress(OSError):  # its end is noticed when a worker is asked for
            self._control.sendall(BUILD + len(sent).to_bytes(8, "little") + sent)
        self._tools = self._tools.union(tool.name for tool in tools)

    def fork(self) -> Worker:
        """Return a new worker.

        Raises:
            ToolError: if the server has ended; retryable where it had begun to serve.
        """
        ours, theirs = socket.socketpair()
        with tempfile.TemporaryFile() as block:
            block.truncate(mmap.PAGESIZE)
            flight = mmap.mmap(block.fileno(), mmap.PAGESIZE)
            FLIGHT.pack_into(flight, 0, NOTHING, 0.0, 0.0)
            try:
                socket.send_fds(self._control, [FORK], [theirs.fileno(), block.fileno()])
                answer = self._control.recv(8)
            except OSError:
                answer = b""
        theirs.close()
        if not answer:
            ours.close()
            flight.close()
            raise self._ended()
        self._forked = True
        pid = int.from_bytes(answer, "little")
        return Worker(_process(pid), Connection(ours.detach()), flight, self._tools)

    def _ended(self) -> ToolError:
        """Return what to say of the server's end; one by a signal was ordered from outside."""
        number = self._signal()
        if self._forked or number in _FROM_OUTSIDE:
            by = f" by {signal.Signals(number).name}" if number else ""
            message = (
                f"the process that starts the workers was ended from outside{by}; the system does "
                "so too where memory runs out. Nothing is lost: the same command goes on from here."
            )
            return ToolError(message, retryable=True)
        message = (
            "the process that starts the workers has ended; its messages stand above. "
            "Run `curate doctor` to see what is missing."
        )
        return ToolError(message)

    def _signal(self) -> int:
        """Return the signal that ended the server, 0 if none did."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return max(0, -self._process.wait(_END_SECONDS))
        return 0

    def close(self) -> None:
        """End the server and all its workers at once; they have nothing to finish."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # the group is the server's own
        self._process.wait()


def _process(pid: int) -> psutil.Process | None:
    """Return a process as it is now, so that its number is never taken for another's later."""
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


@dataclass(slots=True)
class Worker:
    """One worker: its process, the connection to it, what it has in flight."""

    process: psutil.Process | None
    connection: Connection
    flight: mmap.mmap
    tools: frozenset[str] = frozenset()  # names of those it had from the server
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

    def over_limit(self, resources: Resources) -> int:
        """Return the number of the item in flight if it has used more time than it may, else -1."""
        number, cpu, clock = FLIGHT.unpack_from(self.flight, 0)
        if number == NOTHING:
            return NOTHING
        late = time.monotonic() - clock > resources.wall_seconds
        return number if late or self._cpu_seconds() - cpu > resources.cpu_seconds else NOTHING

    def has_message(self) -> bool:
        """Tell whether a whole or partial message waits."""
        try:
            waits: bool = self.connection.poll(0)
        except (EOFError, ConnectionError):
            return False
        return waits

    def kill(self) -> None:
        """End the process at once."""
        if self.process is not None:
            with contextlib.suppress(psutil.NoSuchProcess):
                self.process.kill()

    def end(self) -> None:
        """Kill the process and close what belongs to it."""
        self.kill()
        self.connection.close()
        self.flight.close()

    def _cpu_seconds(self) -> float:
        if self.process is None:
            return 0.0
        try:
            times = self.process.cpu_times()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0.0
        return float(times.user + times.system)
