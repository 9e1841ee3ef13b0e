"""What a command uses with all its processes: wall clock, processor time, memory.

Memory is PSS: pages that several processes share count once in all, so that workers forked from a
loaded parent are not charged for it twice. Processor time is read while processes live, because
some are never waited for.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Sequence

_EVERY = 0.25  # seconds between two looks, or more:
_PAUSE = 40  # times as long as a look took, since it takes a core and stops what it looks at
_GONE = (psutil.NoSuchProcess, psutil.AccessDenied, FileNotFoundError, ProcessLookupError)


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of wall clock and processors, peak MB of all processes and of the first alone."""

    seconds: float
    cpu: float
    peak_mb: float
    parent_mb: float


@dataclass(slots=True)
class _Samples:
    cpu: dict[int, float] = field(default_factory=dict)
    peak: int = 0
    parent: int = 0

    def take(self, root: psutil.Process) -> None:
        sizes = {}
        with contextlib.suppress(*_GONE):
            for process in (root, *root.children(recursive=True)):
                with contextlib.suppress(*_GONE):
                    times = process.cpu_times()
                    self.cpu[process.pid] = times.user + times.system
                    sizes[process.pid] = process.memory_full_info().pss
        self.peak = max(self.peak, sum(sizes.values()))
        self.parent = max(self.parent, sizes.get(root.pid, 0))


def measured(command: Sequence[str], said: Path = Path(os.devnull)) -> Usage:
    """Run a command to its end; what it prints goes into a file.

    Raises:
        subprocess.CalledProcessError: if it fails.
    """
    samples = _Samples()
    began = time.monotonic()
    with (
        said.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL) as running,
    ):
        root = psutil.Process(running.pid)
        while running.poll() is None:
            looked = time.monotonic()
            samples.take(root)
            pause = max(_EVERY, _PAUSE * (time.monotonic() - looked))
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(pause)
    seconds = time.monotonic() - began
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, list(command))
    return Usage(seconds, sum(samples.cpu.values()), samples.peak / 1e6, samples.parent / 1e6)
