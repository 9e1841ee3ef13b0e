"""What a refresh costs beside a full run: nothing changed, touched, another day, a hundredth edited."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from curate.pipeline.request import CLOCK_GRAIN
from tests.benchmarks.refresh.runs import FIRST_DAY, NEXT_DAY, Ran, Runner, told
from tests.benchmarks.refresh.share import edit, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tests.benchmarks.refresh.share import Stock

FULL, UNCHANGED, TOUCHED, ANOTHER_DAY = "full", "unchanged", "touched", "another_day"
ONE_PERCENT = "one_percent"
IDLE = (UNCHANGED, TOUCHED, ANOTHER_DAY)
_SEED = 18
_ENOUGH_TO_NAME = 0.02  # of the refresh: shorter stages are not named


@dataclass(frozen=True, slots=True)
class Place:
    """Where to work, with how many processes, on documents made of what."""

    folder: Path
    processes: int
    made_of: Stock


def costs(place: Place, documents: int) -> dict[str, Ran]:
    """Run a share of so many documents again and again; return each run by what came before it."""
    share = place.folder / f"share-{documents}"
    chance = Random(_SEED)
    paths = write(share, place.made_of, documents, chance)
    time.sleep(2 * CLOCK_GRAIN)  # files as young as the run are read again by the next
    runner = Runner(share, place.folder / f"workspace-{documents}", place.processes)
    ran = {FULL: runner.run(), UNCHANGED: runner.run()}
    _touch(paths)
    ran[TOUCHED] = runner.run()
    ran[ANOTHER_DAY] = runner.run(NEXT_DAY)
    edit(paths, place.made_of, max(1, documents // 100), chance)
    return ran | {ONE_PERCENT: runner.run(FIRST_DAY)}


def _touch(paths: Sequence[Path]) -> None:
    now = time.time()
    for path in paths:
        os.utime(path, (now, now))


def figures(ran: Mapping[str, Ran]) -> dict[str, float]:
    """Return what is held against the issue's limits, and what it is made of."""
    full = ran[FULL].usage
    idle = max(ran[name].usage.seconds for name in IDLE)
    refresh = ran[ONE_PERCENT].usage
    found = {
        "documents": ran[FULL].said["documents"],
        "noop_s": idle,
        "noop_share": idle / full.seconds,
        "noop_releases": sum(ran[name].published for name in IDLE),
        "one_percent_embed": ran[ONE_PERCENT].changes().chunk_counts.embed,
        "one_percent_s": refresh.seconds,
        "one_percent_share": refresh.seconds / full.seconds,
    }
    for name, one in ran.items():
        found[f"{name}.seconds"] = one.usage.seconds
        found[f"{name}.cpu_s"] = one.usage.cpu
        found[f"{name}.mb"] = one.usage.peak_mb
    return {name: round(value, 4) for name, value in found.items()}


def grown(ran: Mapping[str, Ran], more: Mapping[str, Ran]) -> dict[str, float]:
    """Return the peak of memory on a larger share beside that on the first, the worse of two."""
    peaks = {
        f"{name}.memory_growth": more[name].usage.peak_mb / ran[name].usage.peak_mb
        for name in (FULL, ONE_PERCENT)
    }
    large = {f"{name}.large_mb": more[name].usage.peak_mb for name in (FULL, ONE_PERCENT)}
    found = {"memory_growth": max(peaks.values())} | peaks | large
    found["large_documents"] = more[FULL].said["documents"]
    return {name: round(value, 4) for name, value in found.items()}


def shown(ran: Mapping[str, Ran]) -> None:
    """Print each run beside the full one, and where the refresh spent its time."""
    full = ran[FULL]
    print(
        f"\n{full.said['documents']:,} documents, {full.said['counts']['corpus']['chunks']:,} chunks"
    )
    print(f"{'':<14}{'wall s':>9}{'of full':>9}{'CPU s':>9}{'peak MB':>9}  release")
    for name, one in ran.items():
        used = one.usage
        print(
            f"{name:<14}{used.seconds:>9.2f}{used.seconds / full.usage.seconds:>9.1%}"
            f"{used.cpu:>9.1f}{used.peak_mb:>9.0f}  {one.said['release'] if one.published else '-'}"
        )
    last = ran[ONE_PERCENT]
    stages = sorted(last.stages.items(), key=lambda item: -item[1])
    named = (f"{n} {s:.2f}" for n, s in stages if s >= _ENOUGH_TO_NAME * last.usage.seconds)
    print(f"stages of {ONE_PERCENT}, s: {', '.join(named)}")
    print(f"chunks changed by it: {told(last.changes())}")
