"""What a process sets before it loads anything large."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

_ASKS = """
import os
from curate.cli.frugal import be_frugal
{before}
be_frugal()
bytearray(16 << 20)  # from here on, left to itself, the C library keeps pieces of that size
large = [bytearray(2 << 20) for _ in range(32)]
def size():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
full = size()
del large[:-1]  # the last one stands above them
print(full - size(), os.environ["ARROW_DEFAULT_MEMORY_POOL"])
"""


def _said(before: str = "") -> list[str]:
    command = [sys.executable, "-c", _ASKS.format(before=before)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return done.stdout.split()


@pytest.mark.skipif(sys.platform != "linux", reason="the size is read from /proc")
def test_large_pieces_that_are_freed_go_back_to_the_system_though_something_above_them_stays() -> (
    None
):
    freed, _ = _said()

    assert int(freed) >= 55


def test_what_somebody_set_for_memory_before_stands() -> None:
    _, pool = _said("os.environ['ARROW_DEFAULT_MEMORY_POOL'] = 'jemalloc'")

    assert pool == "jemalloc"
