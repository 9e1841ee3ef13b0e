"""The example company: where it lies, how it is laid out for a demo, how a run of it is scored."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError
from curate.pii import DEFAULT_ENTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from curate.pipeline.run import Outcome
    from curate.release.reading import Release

Score = tuple[int, int]
_SIGN = "README.txt"


def home() -> Path:
    """Return the folder that holds `company/` and `gold.json`: in the package, or in the checkout."""
    packaged = Path(str(files("curate"))) / "examples"
    return packaged if packaged.is_dir() else packaged.parent.parent / "examples"


def place(folder: Path) -> None:
    """Copy the example company into an empty folder; one that holds it already is left alone.

    Raises:
        ConfigError: if the folder holds something else.
    """
    sign = (home() / "company" / _SIGN).read_bytes()
    if (folder / _SIGN).is_file() and (folder / _SIGN).read_bytes() == sign:
        return
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder}: is not empty; name an empty folder for the example company."
        raise ConfigError(message)
    shutil.copytree(home() / "company", folder, dirs_exist_ok=True)


def compare(outcome: Outcome) -> dict[str, Score]:
    """Return for each kind of thing planted how many were found, and how many there are."""
    from curate.release.reading import Release

    gold = json.loads((home() / "gold.json").read_text(encoding="utf-8"))
    release = Release(outcome.workspace, outcome.release)
    ledger = {row["address"]: row for row in release.ledger}
    scores: dict[str, Callable[[], Score]] = {
        "exact copies": lambda: _copies(gold["copies"], release.ledger),
        "wrong labels of tickets": lambda: _labels(gold["labels"]["tickets"], release),
        "PII values": lambda: _pii(gold["pii"], release),
        "risky files": lambda: _risks(gold["risks"], release),
        "broken files": lambda: _broken(gold["broken"], ledger),
    }
    return {name: score() for name, score in scores.items()}


def _copies(gold: Sequence[Mapping[str, Any]], ledger: Sequence[Mapping[str, Any]]) -> Score:
    """Count pairs of files with equal words that lie in one cluster."""
    clusters = {row["address"]: row["cluster"] for row in ledger}
    pairs = [pair for pair in gold if "of_record" not in pair]
    found = 0
    for pair in pairs:
        copy = " › ".join(part for part in (pair["copy"], pair.get("member", "")) if part)
        cluster = clusters.get(pair["of"], "")
        found += bool(cluster) and clusters.get(copy) == cluster
    return found, len(pairs)


def _labels(gold: Sequence[Mapping[str, Any]], release: Release) -> Score:
    """Count tickets with a wrong category whose label is doubted."""
    doubted = {f["doc_id"] for f in release.findings if f["reason"] == "label_doubted:category"}
    addresses = {row["address"] for row in release.ledger if row["doc_id"] in doubted}
    found = sum(
        any(address.endswith(f" › {row['record']}") for address in addresses) for row in gold
    )
    return found, len(gold)


def _pii(gold: Sequence[Mapping[str, Any]], release: Release) -> Score:
    """Count values of the types replaced by default that reached neither corpus nor ledger.

    Examples hold surrogates, which may be other reserved values that are planted too.
    """
    kinds = set(DEFAULT_ENTITIES)
    values = sorted({row["value"] for row in gold if row["type"] in kinds})
    texts = release.corpus.select("index_text").collect()["index_text"].to_list()
    texts += [row["address"] for row in release.ledger]
    everything = "\n".join(texts)
    return sum(value not in everything for value in values), len(values)


def _risks(gold: Sequence[Mapping[str, Any]], release: Release) -> Score:
    """Count files with planted text that have a finding, or are out of the corpus for it."""
    risky = {f["doc_id"] for f in release.findings if f["kind"] == "risk"}
    rows = [row for row in release.ledger if row["doc_id"] in risky]
    planted = {(row["file"], row.get("record", "")) for row in gold}
    found = sum(
        any(row["address"].startswith(file) and row["address"].endswith(record) for row in rows)
        for file, record in planted
    )
    return found, len(planted)


def _broken(gold: Sequence[Mapping[str, Any]], ledger: Mapping[str, Mapping[str, Any]]) -> Score:
    """Count broken files whose outcome is the expected one."""
    found = 0
    for row in gold:
        name = row["file"].rsplit("/", 1)[-1]
        held = [r for address, r in ledger.items() if name in address]
        rejected = any(r["outcome"] == "rejected" for r in held)
        read = any(r["outcome"] != "rejected" for r in held)
        expect = row["expect"]
        found += (rejected and expect != "read") or (read and "read" in expect)
    return found, len(gold)
