"""A process that gives memory back: set before anything that allocates much is loaded."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import sys
from contextlib import suppress

# When to look for circles among objects, by age: a run makes many rows and hardly any circles.
_SELDOM = (500_000, 20, 1_000)
# Arrow and polars give freed memory back at once; both read this when they are loaded.
_POOLS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "_RJEM_MALLOC_CONF": "dirty_decay_ms:0,muzzy_decay_ms:0",
}
# glibc keeps what many threads freed, each in an arena of its own, and what lies below what is still
# used (`man mallopt`): few arenas, and large pieces apart from the small ones.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 1 << 20
_GLIBC = {_ARENA_MAX: 2, _MMAP_THRESHOLD: _LARGE, _TRIM_THRESHOLD: _LARGE}


def be_frugal() -> None:
    """Let this process keep no memory that it does not use, and lose no time looking for circles."""
    os.environ.update({name: value for name, value in _POOLS.items() if name not in os.environ})
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)  # or the interpreter looks through all rows before it lets them go
    if sys.platform == "linux":
        with suppress(AttributeError):  # another C library has no such function
            mallopt = ctypes.CDLL(None).mallopt
            for parameter, value in _GLIBC.items():
                mallopt(parameter, value)
