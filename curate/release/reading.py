"""Reading a release back: its products as frames, its rows by id, its lists by name.

Everything here answers from the release's own files and the corpus at its tag, so that it stays
true when later releases, retention or another machine come in between.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.errors import ConfigError, closest
from curate.parsers.readers import PLAIN, RECORD
from curate.release.dataset import load
from curate.release.manifest import check, damaged, is_whole
from curate.release.manifest import read as read_manifest
from curate.release.retention import epitaph, published, tag_kept, tombstone
from curate.store import head as heads
from curate.store.corpus import Corpus
from curate.store.workspace import Workspace, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl
    from datasets import DatasetDict

    from curate.tables.changes import ReleaseChanges
    from curate.tables.trace import Trace

Row = dict[str, Any]


def is_readable(workspace: Workspace, number: int) -> bool:
    """Tell whether everything that a release reads is there, in its folder and in the table."""
    return is_whole(workspace.release(number)) and not Corpus(workspace.corpus).lacks(number)


@dataclass(frozen=True)
class Release:
    """One release of a workspace."""

    workspace: Workspace
    number: int

    def __repr__(self) -> str:
        """Say which release it is and where."""
        return f"Release({self.number}, workspace={str(self.workspace.root)!r})"

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.workspace.release(self.number)

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What it is made of."""
        return read_manifest(self.folder)

    @cached_property
    def history(self) -> Mapping[str, Any]:
        """Its number, parent, changes, gates and times."""
        text = (self.folder / "history.json").read_text(encoding="utf-8")
        values: dict[str, Any] = json.loads(text)
        return values

    @property
    def corpus(self) -> pl.LazyFrame:
        """The chunks, to be searched or embedded."""
        import polars as pl

        return pl.scan_pyarrow_dataset(Corpus(self.workspace.corpus).at(self.number))

    @property
    def finetune(self) -> DatasetDict:
        """The fine-tuning set with its splits."""
        return load(self.folder / "finetune")

    @cached_property
    def ledger(self) -> list[Row]:
        """What became of every record."""
        return self._rows("ledger.parquet")

    @cached_property
    def findings(self) -> list[Row]:
        """What a person should look at."""
        return self._rows("findings.parquet")

    @cached_property
    def left_out(self) -> list[Row]:
        """The drafts that became no example; none where a release was made before they were kept."""
        path = self.folder / "left_out.parquet"
        return _read(path) if path.exists() else []

    @cached_property
    def examples(self) -> list[Row]:
        """The rows of the fine-tuning set."""
        files = sorted((self.folder / "finetune" / "data").glob("*.parquet"))
        return [row for path in files for row in _read(path)]

    @cached_property
    def changes(self) -> ReleaseChanges:
        """What a vector store has to apply since the release before, and everything else that changed.

        Raises:
            ConfigError: if there is none before, or it was retired.
        """
        from curate.release.changes import changes

        parent = self.history["parent"]
        if parent is None:
            message = f"release {self.number} is the first: there is nothing to compare it with."
            raise ConfigError(message)
        return changes(open_release(self.workspace.root, parent), self)

    def trace(self, identity: str) -> Trace:
        """Return where a chunk, an example or a document comes from; all kept releases are asked.

        Raises:
            ConfigError: if none of them holds such an id.
        """
        from curate.release.tracing import trace

        return trace(self.workspace, identity)

    def chunks(self, column: str, value: str) -> list[Row]:
        """Return the chunks whose column holds an id."""
        dataset = Corpus(self.workspace.corpus).at(self.number)
        rows: list[Row] = dataset.to_table(filter=f"{column} = '{value}'").to_pylist()
        return rows

    def _rows(self, name: str) -> list[Row]:
        return _read(self.folder / name)


def open_workspace(place: Path | None) -> Workspace:
    """Return the workspace at a place, or that of the current folder or of one above it.

    Raises:
        ConfigError: if there is none.
    """
    found = find(Path.cwd()) if place is None else _at(place.expanduser().absolute())
    if found is None:
        where = str(place) if place else "this folder and those above it"
        message = f"{where}: there is no workspace. Name one with --workspace, or run curate run."
        raise ConfigError(message)
    return found


def open_release(place: Path | None, number: int | None = None) -> Release:
    """Return a release of a workspace: the one in force, or by its number.

    Raises:
        ConfigError: if there is no workspace or no such release, or it was retired.
        ContractError: if the release in force has no tag, and none can be written; if the one
            that is wanted is damaged.
    """
    workspace = open_workspace(place)
    head = heads.read(workspace.head)
    tag_kept(workspace, head)  # a run may have been killed between its commit point and the tag
    wanted = number or head.release
    if not wanted:
        message = f"{workspace.root}: nothing was published here yet. Run curate run."
        raise ConfigError(message)
    held = [n for n in published(workspace) if n <= head.release]
    if wanted not in held:
        stone = tombstone(workspace, wanted)
        if stone is None and (wanted == head.release or workspace.release(wanted).is_dir()):
            raise damaged(workspace.release(wanted), "is missing")
        said = epitaph(stone) if stone else f"there is no release {wanted}."
        message = f"{workspace.root}: {said} There are: {held}."
        raise ConfigError(message)
    check(workspace.release(wanted))
    if Corpus(workspace.corpus).lacks(wanted):
        raise Corpus(workspace.corpus).damaged(wanted)
    return Release(workspace, wanted)


def _at(place: Path) -> Workspace | None:
    inside = Workspace(place / ".curate")
    return next((w for w in (Workspace(place), inside) if w.exists()), None)


def _read(path: Path) -> list[Row]:
    import pyarrow.parquet as pq

    rows: list[Row] = pq.read_table(path).to_pylist()
    return rows


_DRAFTS = "left_out"
PLAIN_RECORDS = "records_plain"
_PLAIN = (RECORD, PLAIN)  # the type of a record, and who reads one of no known shape
_DOUBTED = "label_doubted:"
_SPLITS = ("train", "validation", "test")
_LISTS = {"pii_found": "pii"}  # a gate's name, and the list behind it
_KINDS = {
    "d": "document",
    "c": "chunk",
    "e": "example",
    "f": "finding",
}  # by the ids' first letters
_MAY_BE_ID = re.compile(r"[cdef]_[0-9a-z]+")


def listed(release: Release, name: str) -> list[Row]:
    """Return the list behind a number: an outcome, a reason code, a kind of finding, a gate.

    A reason is one of documents, else one of drafts; `left_out` are the drafts of every reason, and
    `records_plain` the records whose fields nobody knows. Of a type of personal data these are the
    documents in which such data is redacted, each with how often.

    Raises:
        ConfigError: if nothing of that name is in the release.
    """
    name = _LISTS.get(name, name)
    if name == PLAIN_RECORDS:
        return [row for row in release.ledger if (row["media_type"], row["reader"]) == _PLAIN]
    outcomes = [row for row in release.ledger if name in {row["outcome"], *row["reasons"]}]
    if outcomes:
        return outcomes
    redacted = [
        {"doc_id": row["doc_id"], "address": row["address"], **count}
        for row in release.ledger
        for count in row.get("redacted", ())
        if count["type"] == name
    ]
    if redacted:
        return sorted(redacted, key=lambda row: -row["count"])
    found = [row for row in release.findings if name in {row["kind"], row["reason"]}]
    if found:
        return _with_addresses(found, release.ledger)
    drafts = [row for row in release.left_out if name in {row["reason"], _DRAFTS}]
    if drafts or name == _DRAFTS:
        return _with_addresses(drafts, release.ledger)
    examples = [
        row for row in release.examples if name in {row["extractor"], row["task"], row["split"]}
    ]
    if examples or name in _names(release):
        return examples
    raise _nothing(release, name)


def _nothing(release: Release, name: str) -> ConfigError:
    """Return the error that a name is of no list, with the nearest one and all that there are."""
    if _MAY_BE_ID.fullmatch(name):
        return _no_such(release, name)
    types = {count["type"] for row in release.ledger for count in row.get("redacted", ())}
    near = closest(name, {*_known(release), *_names(release), *types})
    hint = f"Did you mean {near}? " if near else ""
    known = f"Lists: {', '.join(_known(release))}. Or give an id."
    return ConfigError(f"{name}: nothing of that name in release {release.number}. {hint}{known}")


def _no_such(release: Release, identity: str) -> ConfigError:
    kind = _KINDS[identity[0]]
    return ConfigError(f"{identity}: no {kind} of release {release.number} has this id.")


def _with_addresses(rows: Iterable[Row], ledger: Sequence[Row]) -> list[Row]:
    addresses = {row["doc_id"]: row["address"] for row in ledger}
    return [{**row, "address": addresses.get(row["doc_id"], "")} for row in rows]


def _names(release: Release) -> set[str]:
    """Return names that are known though their lists are empty: outcomes, gates."""
    gates = {gate["name"] for gate in release.history.get("gates", ())}
    return {"kept", "flagged", "rejected", *gates}


def _known(release: Release) -> list[str]:
    """Return the names of the lists that this release has."""
    counts = release.manifest["counts"]
    names = [*counts["documents"], *counts["reasons"], *counts["findings"]]
    names += [*counts["finetune"]["extractors"], _DRAFTS, *counts["finetune"]["left_out"]]
    doubted = {row["reason"] for row in release.findings if row["reason"].startswith(_DOUBTED)}
    names += [*_SPLITS, *sorted(doubted)]
    return list(dict.fromkeys(name for name in names if name != "in"))


def shown(release: Release, identity: str) -> Row:
    """Return everything that a release knows of a document, chunk, example or finding.

    Raises:
        ConfigError: if the release holds no such id.
    """
    views = {"d": _document, "c": _chunk, "e": _example, "f": _finding}
    view = views.get(identity.partition("_")[0])
    row = view(release, identity) if view else None
    if row is None:
        raise _no_such(release, identity)
    return row


def _document(release: Release, identity: str) -> Row | None:
    row = next((r for r in release.ledger if r["doc_id"] == identity), None)
    if row is None:
        return None
    same = [r for r in release.ledger if row["cluster"] and r["cluster"] == row["cluster"]]
    return {
        "document": row,
        "chunks": _in_order(release.chunks("doc_id", identity)),
        "examples": [e for e in release.examples if e["doc_id"] == identity],
        "findings": [f for f in release.findings if f["doc_id"] == identity],
        "same_cluster": [r["address"] for r in same if r["doc_id"] != identity],
    }


def _chunk(release: Release, identity: str) -> Row | None:
    rows = release.chunks("chunk_id", identity)
    if not rows:
        return None
    citing = [
        example
        for example in release.examples
        if any(evidence["chunk_id"] == identity for evidence in example["evidence"])
    ]
    document = next((r for r in release.ledger if r["doc_id"] == rows[0]["doc_id"]), None)
    return {"chunk": rows[0], "document": document, "examples": citing}


def _example(release: Release, identity: str) -> Row | None:
    row = next((e for e in release.examples if e["example_id"] == identity), None)
    if row is None:
        return _draft(release, identity)
    evidence = []
    for part in row["evidence"]:
        held = release.chunks("chunk_id", part["chunk_id"]) if part["chunk_id"] else []
        text = held[0]["text"][part["start"] : part["end"]] if held else ""
        evidence.append({**part, "text": text, "address": held[0]["address"] if held else ""})
    document = next((r for r in release.ledger if r["doc_id"] == row["doc_id"]), None)
    return {"example": row, "evidence": evidence, "document": document}


def _draft(release: Release, identity: str) -> Row | None:
    row = next((r for r in release.left_out if r["example_id"] == identity), None)
    if row is None:
        return None
    chunks = release.chunks("chunk_id", row["chunk_id"]) if row["chunk_id"] else []
    document = next((r for r in release.ledger if r["doc_id"] == row["doc_id"]), None)
    return {"left_out": row, "chunks": chunks, "document": document}


def _finding(release: Release, identity: str) -> Row | None:
    row = next((f for f in release.findings if f["finding_id"] == identity), None)
    if row is None:
        return None
    document = next((r for r in release.ledger if r["doc_id"] == row["doc_id"]), None)
    if row["reason"].startswith(_DOUBTED):
        row = {**row, "given": _given(release, row)}
    return {"finding": row, "document": document}


def _given(release: Release, finding: Row) -> str:
    """Return the label that is doubted, as the document's chunks are published with it."""
    name = finding["reason"].removeprefix(_DOUBTED)
    labels = (
        label for row in release.chunks("doc_id", finding["doc_id"]) for label in row["labels"]
    )
    return ", ".join(dict.fromkeys(one["value"] for one in labels if one["name"] == name))


def _in_order(chunks: Sequence[Row]) -> list[Row]:
    return sorted(chunks, key=lambda chunk: chunk["span"])
