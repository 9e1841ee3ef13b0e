"""How long each stage took, and the step names that progress shows."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.engine.record import Progress


class Clock:
    """Passes progress on and adds up seconds by stage."""

    def __init__(self, progress: Progress) -> None:
        """Wrap whoever shows progress."""
        self._progress = progress
        self._seconds: dict[str, float] = {}
        self._pieces: dict[str, tuple[int, int]] = {}

    def begin(self, stage: str, total: int, known: int) -> None:
        """Hear that a stage begins."""
        before, same = self._pieces.get(stage, (0, 0))
        self._pieces[stage] = before + total, same + known
        self._progress.begin(stage, total, known)

    def advance(self, stage: str, done: int, failed: int) -> None:
        """Hear of more pieces done."""
        self._progress.advance(stage, done, failed)

    def end(self, stage: str, seconds: float) -> None:
        """Hear that a stage has ended."""
        self._seconds[stage] = self._seconds.get(stage, 0.0) + seconds
        self._progress.end(stage, seconds)

    def tell(self, said: str) -> None:
        """Hear what came of the stage that ended last."""
        self._progress.tell(said)

    @contextmanager
    def step(self, stage: str) -> Iterator[None]:
        """Time a step that runs in the parent."""
        started = time.monotonic()
        self.begin(stage, 0, 0)
        yield
        self.end(stage, time.monotonic() - started)

    def seconds(self) -> dict[str, float]:
        """Return the seconds of each stage, in the order they ended first."""
        return dict(self._seconds)

    def pieces(self) -> dict[str, tuple[int, int]]:
        """Return the pieces of work of each stage, and how many of them were known before."""
        return dict(self._pieces)
