"""Loaded by every Python process of a run under test: nothing may reach for a network.

Each attempt is written down (its kind, never more) and refused; sockets within the machine's own
processes (AF_UNIX) are left alone.
"""

from __future__ import annotations

import os
import socket
import traceback
from pathlib import Path
from typing import Any

_LOG = Path(os.environ["CURATE_TEST_NETWORK_LOG"])


def _refuse(kind: str) -> None:
    with _LOG.open("a", encoding="utf-8") as log:
        log.write(f"{kind}\n{''.join(traceback.format_stack(limit=12))}\n")
    message = "no network in tests"
    raise OSError(message)


class _Guarded(socket.socket):
    def connect(self, address: Any, /) -> None:
        if self.family != socket.AF_UNIX:
            _refuse("connect")
        super().connect(address)

    def connect_ex(self, address: Any, /) -> int:
        if self.family != socket.AF_UNIX:
            _refuse("connect_ex")
        return super().connect_ex(address)

    def sendto(self, *arguments: Any) -> int:
        if self.family != socket.AF_UNIX:
            _refuse("sendto")
        return super().sendto(*arguments)


def _no_names(*_: object, **__: object) -> Any:
    _refuse("getaddrinfo")


socket.socket = _Guarded  # type: ignore[misc]
socket.getaddrinfo = _no_names
socket.gethostbyname = _no_names
