"""What differs between any two releases of a workspace, and why.

Everything is told by the two releases' own files and the corpus at their tags. Between a release
and its parent the rows of the corpus are those of the versioned table's own diff, where an edit of a
chunk's own words is one delete and one insert.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate.release.changes import chunks, documents, examples, values
from curate.release.changes.columns import held
from curate.store.corpus import Corpus
from curate.tables.changes import Because, ReleaseChanges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.release.reading import Release
    from curate.tables.changes import ChunkChange, ExampleChange, ValueChange

__all__ = ["ReleaseChanges", "changes"]


def changes(before: Release, after: Release) -> ReleaseChanges:
    """Compare two releases of one workspace; the earlier one need not have the smaller number.

    Raises:
        ContractError: if one of them has no tag.
    """
    corpus = Corpus(after.workspace.corpus)
    ledgers = documents.ledgers(before.folder, after.folder)
    old, new = held(corpus.at(before.number)), held(corpus.at(after.number))
    labels = chunks.Labels()
    rows = list(chunks.chunk_changes(chunks.compared(old, new), ledgers, labels))
    made = examples.example_changes(before.folder, after.folder, ledgers)
    files = documents.document_changes(ledgers)
    return ReleaseChanges(
        before=before.number,
        after=after.number,
        document_counts=documents.counted(files, len(ledgers.new)),
        chunk_counts=chunks.counted(rows, len(new.chunks)),
        example_counts=examples.counted(made, examples.total_of(after.folder)),
        because=(*_because("chunk", rows), *_because("example", made)),
        documents=tuple(files),
        chunks=tuple(rows),
        examples=tuple(made),
        labels=labels.rows(),
        findings=tuple(values.finding_changes(before.folder, after.folder)),
        settings=tuple(_values(before, after, "settings")),
        versions=tuple(_values(before, after, "versions")),
    )


def _values(before: Release, after: Release, part: str) -> list[ValueChange]:
    return values.value_changes(before.manifest[part], after.manifest[part])


def _because(kind: str, rows: Iterable[ChunkChange | ExampleChange]) -> list[Because]:
    counts = Counter((row.op, row.reason) for row in rows)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Because(kind, op, reason, count) for (op, reason), count in ranked]  # type: ignore[arg-type]
