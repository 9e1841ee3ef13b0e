"""What the command line shows: progress while a person watches, results as text or JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, Task, TaskID

_LABELS = {
    "find_pii": "pii",
    "compare": "duplicates",
    "judge": "labels",
    "mine_threads": "mine threads",
    "verify_chunks": "verify corpus",
    "verify_drafts": "verify examples",
}


def label(stage: str) -> str:
    """Return how a stage is called on the screen."""
    return _LABELS.get(stage, stage)


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> plural(1, "document"), plural(1200, "chunk")
    ('1 document', '1,200 chunks')
    """
    return f"{count:,} {noun}{'s' * (count != 1)}"


class Silent:
    """Shows nothing: for pipes, `--quiet` and `--json`."""

    def begin(self, stage: str, total: int, known: int) -> None:
        """Ignore it."""

    def advance(self, stage: str, done: int, failed: int) -> None:
        """Ignore it."""

    def end(self, stage: str, seconds: float) -> None:
        """Ignore it."""

    def tell(self, said: str) -> None:
        """Ignore it."""

    def finish(self) -> None:
        """Ignore it."""


class Watched:
    """One line a stage: a bar with rate and time left while it runs, a summary when it has ended.

    A stage that runs in rounds (containers in containers) gets one line too, so each line waits for
    the stage that follows, or for `finish`.
    """

    def __init__(self, console: Console) -> None:
        """Draw on a console."""
        self._console = console
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._total = self._known = self._failed = 0
        self._seconds = 0.0
        self._said = ""

    def begin(self, stage: str, total: int, known: int) -> None:
        """Begin a bar; stages without pieces get their line when they end."""
        if stage != self._stage:
            self.finish()
            self._stage = stage
        self._total += total
        self._known += known
        if total > known:
            self._bar = _bar(self._console)
            self._task = self._bar.add_task(label(stage), total=total, completed=known)
            self._bar.start()

    def advance(self, stage: str, done: int, failed: int) -> None:  # noqa: ARG002 - a protocol
        """Move the bar."""
        self._failed += failed
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task, done)

    def end(self, stage: str, seconds: float) -> None:
        """Remember how long a stage, or a round of it, took."""
        self.close()
        self._stage = stage
        self._seconds += seconds

    def tell(self, said: str) -> None:
        """Remember what came of it, for its line."""
        self._said = said

    def finish(self) -> None:
        """Leave the line of the stage that has ended."""
        if self._stage:
            self._print(self._stage, self._seconds)
        self._stage = self._said = ""
        self._total = self._known = self._failed = 0
        self._seconds = 0.0

    def _print(self, stage: str, seconds: float) -> None:
        work = self._total - self._known
        parts = [f"{self._total:,}" if self._total else ""]
        parts.append(f"{self._known:,} known" if self._known and self._known < self._total else "")
        parts.append("all known" if self._total and self._known == self._total else "")
        parts.append(f"{self._failed:,} failed" if self._failed else "")
        parts.append(f"{work / seconds:,.0f}/s" if work and seconds > 0 else "")
        parts.append(self._said)
        text = " · ".join(part for part in parts if part)
        self._console.print(f"  {label(stage):<16}{text:<46}{seconds:>8.1f} s", highlight=False)

    def close(self) -> None:
        """Remove the bar, if one stands."""
        if self._bar is not None:
            self._bar.stop()
        self._bar = self._task = None


def console(*, err: bool = False) -> Console:
    """Return a console that knows whether a person watches."""
    from rich.console import Console

    return Console(stderr=err, soft_wrap=True)


def is_watched() -> bool:
    """Tell whether a person sees the output."""
    return sys.stdout.isatty()


def print_json(value: object) -> None:
    """Print a value as JSON on one line for scripts, in letters that the output can hold."""
    ascii_alone = (sys.stdout.encoding or "ascii").lower() not in {"utf-8", "utf8"}
    line = json.dumps(value, ensure_ascii=ascii_alone, sort_keys=True, default=_plain)
    sys.stdout.write(f"{line}\n")


def _plain(value: object) -> str:
    """Return what JSON has no form for: bytes as hexadecimal digits, all else as text."""
    return value.hex() if isinstance(value, bytes) else str(value)


def _bar(shown: Console) -> Progress:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Pieces a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="progress.data.speed")

    return Progress(
        TextColumn("  {task.description:<14}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=shown,
        transient=True,
    )
