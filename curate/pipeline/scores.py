"""How much of what is planted in the example company a run found, and how much of it is no finding."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.pii import DEFAULT_ENTITIES
from curate.pipeline.setup.example import home
from curate.store.segments import ROWS, bytes_of, index_of
from curate.tables.parsed import DROPPED, Parsed
from curate.tables.wire import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from curate.pipeline.run import Outcome
    from curate.release.reading import Release
    from curate.store.workspace import Workspace

Rows = list[dict[str, Any]]
_TICKETS = "support/tickets.jsonl"


@dataclass(frozen=True, slots=True)
class Score:
    """How many of so many planted things were found; of labels also how many are doubted in all."""

    found: int
    planted: int
    doubts: int | None = None


def compare(outcome: Outcome) -> dict[str, Score]:
    """Return for each kind of thing planted how many were found, and how many there are."""
    from curate.release.reading import Release

    gold = json.loads((home() / "gold.json").read_text(encoding="utf-8"))
    release = Release(outcome.workspace, outcome.release)
    files = [row for row in gold["copies"] if "of_record" not in row]
    tickets = [row for row in gold["copies"] if "of_record" in row]
    labels = gold["labels"]
    scores: dict[str, Callable[[], Score]] = {
        "exact copies of files": lambda: _alike(files, ("of", "copy"), release),
        "questions sent again": lambda: _alike(tickets, ("of", "copy"), release),
        "near copies": lambda: _alike(gold["near"], ("a", "b"), release),
        "wrong categories": lambda: _labels("category", labels["tickets"], release),
        "wrong document types": lambda: _labels("document_type", labels["documents"], release),
        "wrong departments": lambda: _labels("department", [], release),
        "PII values": lambda: _pii(gold["pii"], release),
        "poisoned pages": lambda: _risks(gold["risks"], release),
        "broken files": lambda: _broken(gold["broken"], release),
    }
    return {name: score() for name, score in scores.items()}


def _alike(gold: Rows, sides: tuple[str, str], release: Release) -> Score:
    """Count pairs that lie in one cluster."""
    clusters = {row["address"]: row["cluster"] for row in release.ledger}
    found = 0
    for pair in gold:
        one, other = (_address(pair, side) for side in sides)
        cluster = clusters.get(one, "")
        found += bool(cluster) and clusters.get(other) == cluster
    return Score(found, len(gold))


def _address(pair: Mapping[str, Any], side: str) -> str:
    """Return where one side of a pair lies; a member is that of the copy."""
    member = pair.get("member", "") if side == "copy" else ""
    return " › ".join(part for part in (pair[side], member, pair.get(f"{side}_record", "")) if part)


def _labels(name: str, gold: Rows, release: Release) -> Score:
    """Count documents with a wrong label that is doubted, and all whose label is doubted."""
    doubted = {f["doc_id"] for f in release.findings if f["reason"] == f"label_doubted:{name}"}
    addresses = {row["address"] for row in release.ledger if row["doc_id"] in doubted}
    wrong = {row.get("file") or f"{_TICKETS} › {row['record']}" for row in gold}
    return Score(len(wrong & addresses), len(wrong), len(doubted))


def _pii(gold: Rows, release: Release) -> Score:
    """Count values of the types replaced by default that stand in what was read, and in no product.

    Only those count that would be published if they were not found: in a shown text, a title or an
    address of what a product takes.
    """
    out = {row["address"] for row in release.ledger if "in" not in (row["corpus"], row["finetune"])}
    planted: dict[str, set[str]] = defaultdict(set)
    for row in gold:
        if row["type"] in DEFAULT_ENTITIES and _home(row) not in out:
            planted[_home(row)].add(row["value"])
    shown = "\n".join((*_read(release.workspace), *planted))
    values = {value for those in planted.values() for value in those if value in shown}
    left = _in_corpus(values, release) | _in_examples(values, planted, release)
    return Score(len(values - left), len(values))


def _home(row: Mapping[str, Any]) -> str:
    """Return the address of the file or record in which a value is planted."""
    return " › ".join(part for part in (row["file"], row.get("record", "")) if part)


def _read(workspace: Workspace) -> Iterator[str]:
    """Yield the titles of all that was read, and of its text what a product may show."""
    for segment in sorted(workspace.memo("parse").glob(f"*{ROWS}")):
        entries, _ = index_of(segment)
        for data in bytes_of(str(segment), entries[entries["count"] > 0]):
            for parsed in unpacked(Parsed, data):
                yield parsed.title or ""
                for element in parsed.elements:
                    if element.kind not in DROPPED:
                        yield parsed.text[element.start : element.end]


def _in_corpus(values: set[str], release: Release) -> set[str]:
    """Return the values that stand in the corpus, or in an address."""
    texts = release.corpus.select("index_text").collect()["index_text"].to_list()
    published = "\n".join((*texts, *(row["address"] for row in release.ledger)))
    return {value for value in values if value in published}


def _in_examples(values: set[str], planted: Mapping[str, set[str]], release: Release) -> set[str]:
    """Return the values that stand in an example of a document which holds them.

    Elsewhere they are surrogates: those are reserved values, as all that is planted. What lies at an
    address that is masked may hold any of them.
    """
    addresses = {row["doc_id"]: row["address"] for row in release.ledger}
    left: set[str] = set()
    for example in release.examples:
        words = "\n".join(message["content"] for message in example["messages"])
        for place in {addresses[part["doc_id"]] for part in example["evidence"]}:
            held = values if "<" in place else values & planted.get(place, set())
            left |= {value for value in held if value in words}
    return left


def _risks(gold: Rows, release: Release) -> Score:
    """Count files with planted text that have a finding, or are out of the corpus for it."""
    risky = {f["doc_id"] for f in release.findings if f["kind"] == "risk"}
    rows = [row for row in release.ledger if row["doc_id"] in risky]
    planted = {(row["file"], row.get("record", "")) for row in gold}
    found = sum(
        any(row["address"].startswith(file) and row["address"].endswith(record) for row in rows)
        for file, record in planted
    )
    return Score(found, len(planted))


def _broken(gold: Rows, release: Release) -> Score:
    """Count broken files whose outcome is the expected one."""
    found = 0
    for row in gold:
        name = row["file"].rsplit("/", 1)[-1]
        held = [r for r in release.ledger if name in r["address"]]
        rejected = any(r["outcome"] == "rejected" for r in held)
        read = any(r["outcome"] != "rejected" for r in held)
        expect = row["expect"]
        found += (rejected and expect != "read") or (read and "read" in expect)
    return Score(found, len(gold))
