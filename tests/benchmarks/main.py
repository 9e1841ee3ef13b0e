"""The whole pipeline beside the glue script that people write today, on the same files and cores.

    python -m tests.benchmarks.main --data FOLDER      # `make bench-main` prepares the peer

The glue script (`glue.py`) parses, finds personal data, splits and pairs near-duplicates, file by
file in one loop. `curate run` does that and everything else: containers, risks, admission,
redaction, mining, choice, splits, a second search, publication. Both start cold, one after the other,
on the same machine. The script is also run in a pool of as many processes as curate has (`pooled`),
which is the stricter comparison. Memory is the sum over all processes of what each holds (PSS),
sampled. Files that one of the two cannot read stay in the first comparison and are counted; the
second is held on those that both read. The newest version of each folder under `company_docs` is
taken.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from tests.benchmarks.usage import Usage, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
GLUE = Path(__file__).with_name("glue.py")
PEER = ROOT / ".peers/main/bin/python"
OUTPUT = ROOT / "bench-main.json"
FOLDERS = ("docling", "unstructured", "kreuzberg", "markitdown", "tika")
NOTHING = "no text"


@dataclass(frozen=True, slots=True)
class Tried:
    """One run of one side: what it used, and what became of each file ("" where it was read)."""

    usage: Usage
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """One run of each on the same files: the script in a loop and in a pool, and ours."""

    glue: Tried
    pooled: Tried
    ours: Tried
    again: float  # seconds of a second run of ours, with nothing to do


@dataclass(frozen=True, slots=True)
class Bench:
    """How to run both: the glue script and its interpreter, processes, where to work."""

    peer: Path
    processes: int
    place: Path
    script: Path = GLUE

    def pair(self, share: Path) -> Pair:
        """Run the glue script twice, then `curate run`, then that again."""
        begin("the glue script in a loop", share)
        glue = self._glue(share, processes=1)
        begin(f"the glue script in a pool of {self.processes}", share)
        pooled = self._glue(share, processes=self.processes)
        begin("curate run", share)
        ours = self._ours(share)
        begin("curate run once more, with nothing to do", share)
        return Pair(glue, pooled, ours, self._run(share).seconds)

    def _glue(self, share: Path, *, processes: int) -> Tried:
        output = self.place / "glue"
        shutil.rmtree(output, ignore_errors=True)
        command = [str(self.peer), str(self.script), str(share), str(output)]
        usage = measured([*command, "--processes", str(processes)])
        return Tried(usage, dict(glue_files(output / "documents.jsonl", share)))

    def _ours(self, share: Path) -> Tried:
        shutil.rmtree(self._workspace, ignore_errors=True)
        usage = self._run(share)
        return Tried(usage, our_files(self._workspace / "releases/1/ledger.parquet"))

    def _run(self, share: Path) -> Usage:
        command = [sys.executable, "-m", "curate", "run", str(share), "--quiet", "--force"]
        workers = ["--workers", str(self.processes), "--workspace", str(self._workspace)]
        return measured([*command, *workers])

    @property
    def _workspace(self) -> Path:
        return self.place / "workspace"


def begin(what: str, share: Path) -> None:
    """Say what runs next: each may take minutes, and prints nothing itself."""
    files = sum(path.is_file() for path in share.rglob("*"))
    print(f"running {what} on {files:,} files ({share.name}) ...", flush=True)


def glue_files(written: Path, share: Path) -> Iterator[tuple[str, str]]:
    """Yield each file with the name of what was raised on it, if anything."""
    for line in written.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        code = row.get("error") or ("" if row["chunks"] else NOTHING)
        yield Path(row["path"]).relative_to(share).as_posix(), code


def our_files(ledger: Path) -> dict[str, str]:
    """Return each file with its reason code; one is read if any record in it is."""
    table = pq.read_table(ledger, columns=["address", "outcome", "reasons"])
    found: dict[str, str] = {}
    for row in table.to_pylist():
        name = row["address"].split(" › ")[0]
        code = ",".join(row["reasons"]) if row["outcome"] == "rejected" else ""
        found[name] = code and found.get(name, code)
    return found


def gathered(data: Path, share: Path) -> list[str]:
    """Copy the documents into one folder; return the names of what is missing."""
    missing = []
    for company in sorted(data.glob("company_docs/*/")):
        versions = sorted(company.glob("v*/"))
        if versions:
            shutil.copytree(versions[-1], share / company.name)
    if not share.exists():
        missing.append("company_docs/*/v*")
    for name in FOLDERS:
        if (data / name).is_dir():
            shutil.copytree(data / name, share / name)
        else:
            missing.append(name)
    return missing


def kept(share: Path, names: set[str], into: Path) -> Path:
    """Copy the named files only."""
    for name in sorted(names):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(share / name, into / name)
    return into


def figures(pairs: Sequence[Pair], *, suffix: str) -> dict[str, float]:
    """Return the figures of a share: ratios are the medians of each pair's, the rest medians too."""

    def middle(*values: float) -> float:
        return round(statistics.median(values), 3)

    sides = {
        "": [p.ours for p in pairs],
        "glue_": [p.glue for p in pairs],
        "pooled_": [p.pooled for p in pairs],
    }
    found = {
        "speedup": middle(*(p.glue.usage.seconds / p.ours.usage.seconds for p in pairs)),
        "cpu_ratio": middle(*(p.glue.usage.cpu / p.ours.usage.cpu for p in pairs)),
        "memory_ratio": middle(*(p.ours.usage.peak_mb / p.glue.usage.peak_mb for p in pairs)),
        "pooled_speedup": middle(*(p.pooled.usage.seconds / p.ours.usage.seconds for p in pairs)),
        "pooled_memory_ratio": middle(
            *(p.ours.usage.peak_mb / p.pooled.usage.peak_mb for p in pairs)
        ),
        "documents": len(pairs[0].glue.files),
        "noop_s": middle(*(p.again for p in pairs)),
    }
    for side, tried in sides.items():
        found[f"{side}seconds"] = middle(*(t.usage.seconds for t in tried))
        found[f"{side}cpu_s"] = middle(*(t.usage.cpu for t in tried))
        found[f"{side}mb"] = middle(*(t.usage.peak_mb for t in tried))
        found[f"{side}parent_mb"] = middle(*(t.usage.parent_mb for t in tried))
        found[f"{side}unread"] = sum(code != "" for code in tried[0].files.values())
    return {f"main.{name}{suffix}": value for name, value in found.items()}


def shown(title: str, pairs: Sequence[Pair], suffix: str) -> None:
    """Print a table of a share."""
    value = figures(pairs, suffix=suffix)
    print(f"\n{title}: {value[f'main.documents{suffix}']:,.0f} files")
    print(f"{'':<14}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'parent':>9}{'unread':>9}")
    for name, side in (("glue, a loop", "glue_"), ("glue, a pool", "pooled_"), ("curate run", "")):
        columns = ("seconds", "cpu_s", "mb", "parent_mb", "unread")
        row = [value[f"main.{side}{column}{suffix}"] for column in columns]
        print(f"{name:<14}" + "".join(f"{number:>9,.1f}" for number in row))
    print(
        f"curate is {value[f'main.speedup{suffix}']:.2f} times as fast (CPU "
        f"{value[f'main.cpu_ratio{suffix}']:.2f}), holds {value[f'main.memory_ratio{suffix}']:.2f} "
        f"of the memory;\nbeside the pool {value[f'main.pooled_speedup{suffix}']:.2f} times as fast, "
        f"{value[f'main.pooled_memory_ratio{suffix}']:.2f} of the memory; "
        f"again with nothing to do: {value[f'main.noop_s{suffix}']:.2f} s"
    )


def unread(pair: Pair) -> None:
    """Print why files were not read."""
    for name, tried in (("glue script", pair.glue), ("curate run", pair.ours)):
        counts = Counter(code for code in tried.files.values() if code)
        reasons = ", ".join(f"{count} {code}" for code, count in counts.most_common())
        print(f"{name} could not read {sum(counts.values())}: {reasons or '-'}")


def compared(bench: Bench, share: Path, repeat: int) -> dict[str, float]:
    """Compare on all files and on those that both read; print both."""
    everything = [bench.pair(share) for _ in range(repeat)]
    first = everything[0]
    shown("All files", everything, "")
    unread(first)
    both = {name for name, code in first.glue.files.items() if not code}
    both &= {name for name, code in first.ours.files.items() if not code}
    part = kept(share, both, bench.place / "both")
    common = [bench.pair(part) for _ in range(repeat)]
    shown("Files that both read", common, "_both")
    return figures(everything, suffix="") | figures(common, suffix="_both")


def main() -> None:
    """Gather, compare, write the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--repeat", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        print(f"gathering the files of {options.data} ...", flush=True)
        missing = gathered(options.data, place / "share")
        if missing:
            print(f"not there, left out: {', '.join(missing)}")
        bench = Bench(PEER, options.processes, place)
        warming = place / "warming"
        warming.mkdir()
        (warming / "page.md").write_text("# A page\n\nIt says little.\n", encoding="utf-8")
        bench.pair(warming)  # so that neither has to compile its packages
        found = compared(bench, place / "share", options.repeat)
    OUTPUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(
        f"\n{options.processes} processes for curate and the pool. The glue script parses, finds "
        f"personal data, splits\nand pairs near-duplicates; curate runs all its stages and publishes "
        f"both products. "
        f"Written to {OUTPUT.name}."
    )


if __name__ == "__main__":
    main()
