"""The process from which workers are forked: it loads the crafts once and starts no thread.

`python -m curate.engine.server FD MODULE...` imports the modules, then forks a worker for every
request that comes through the control socket with the worker's own socket and shared block. Heavy
tools can be built here, once, while the first workers are at work: those forked afterwards have
them and share their memory. It never imports the user's main program, so that a script that calls
`curate.run` needs no guard. When the parent is gone, however it went, the
server ends its workers and itself without a word.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import mmap
import os
import pickle
import signal
import socket
import sys
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from curate.store.quiet import spare_pandas

if TYPE_CHECKING:
    from curate.engine.work import Tool

FORK, BUILD = b"w", b"t"
_REQUEST_FDS = 2


class _GoneError(Exception):
    """The parent has ended."""


def main(arguments: list[str]) -> None:
    """Serve fork requests until the control socket closes."""
    control = socket.socket(fileno=int(arguments[0]))
    tools: dict[str, Any] = {}
    signal.signal(signal.SIGTERM, _leave_to_parent)
    spare_pandas()
    for name in arguments[1:]:
        importlib.import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with contextlib.suppress(ConnectionError, _GoneError):
        while True:
            _answer(control, tools)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # all workers with it, whatever they are doing


def _leave_to_parent(number: int, frame: object) -> None:
    """Go on: whoever ends a whole group tells the parent too, and it ends server and workers.

    A handler and not `SIG_IGN`, which a program that a worker starts would inherit.
    """


def _answer(control: socket.socket, tools: dict[str, Any]) -> None:
    """Answer one request.

    Raises:
        ConnectionError: if the parent ends before it has its answer.
        _GoneError: if the parent has ended.
    """
    message, fds, _, _ = socket.recv_fds(control, 1, _REQUEST_FDS)
    if not message:
        raise _GoneError
    if message == BUILD:
        _build(control, tools)
        return
    pid = os.fork()
    if pid == 0:
        control.close()
        _work(fds, tools)
    for fd in fds:
        os.close(fd)
    control.sendall(pid.to_bytes(8, "little"))


def _build(control: socket.socket, tools: dict[str, Any]) -> None:
    """Build the tools that are sent; one that cannot be built here is left to the workers."""
    size = int.from_bytes(_received(control, 8), "little")
    sent: list[Tool] = pickle.loads(_received(control, size))  # noqa: S301 - the parent's own
    for tool in sent:
        with contextlib.suppress(Exception):  # a worker meets it again, and says so
            tools[tool.name] = tool.make()
    gc.collect()
    gc.freeze()


def _received(control: socket.socket, size: int) -> bytes:
    found = control.recv(size, socket.MSG_WAITALL)
    if len(found) < size:
        raise _GoneError
    return found


def _work(fds: list[int], tools: dict[str, Any]) -> None:
    from curate.engine.worker import serve

    status = 1
    try:
        serve(Connection(fds[0]), mmap.mmap(fds[1], mmap.PAGESIZE), tools)
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
