"""Which documents an older release shows to more people than the release in force does.

Documents that the release in force knows nothing of are none: whoever goes back wants them back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.gating.barred import ledger_of, withdrawn
from curate.sources.settings import EVERYONE
from curate.stages.admit import UNSTATED
from curate.store.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from curate.store.workspace import Workspace

_ANYBODY = {EVERYONE, UNSTATED}


def widened(workspace: Workspace, now: int, then: int) -> list[str]:
    """Return the documents that going back to a release would open to more people.

    They are all of them where the table in force cannot be read: nobody knows who may read now.

    Args:
        workspace: Where.
        now: The release in force.
        then: The older one.
    """
    corpus = Corpus(workspace.corpus)
    could = _readers(corpus, then)
    may = dict.fromkeys(could, ()) if corpus.lacks(now) else _readers(corpus, now)
    rows, before = (ledger_of(workspace.release(number)) for number in (now, then))
    there = {row["doc_id"] for row in rows}
    out = {name for name in withdrawn(rows, there, before, "corpus") if could.get(name)}
    wider = {name for name, who in could.items() if name in may and is_wider(who, may[name])}
    taught = {row["doc_id"] for row in before if row["finetune"] == "in"}
    return sorted(wider | out | (taught & withdrawn(rows, there, before, "finetune")))


def is_wider(access: Collection[str], bound: Collection[str]) -> bool:
    """Tell whether some may read by one access list who may not by another.

    >>> is_wider(["hr", "law"], ["hr"]), is_wider(["hr"], ["everyone"]), is_wider(["unstated"], [])
    (True, False, True)
    """
    if not _ANYBODY.isdisjoint(bound):
        return False
    return not set(access) <= set(bound)


def _readers(corpus: Corpus, release: int) -> Mapping[str, tuple[str, ...]]:
    """Return who may read each document of a release's corpus."""
    import polars as pl

    found: dict[str, tuple[str, ...]] = {}
    for batch in corpus.columns(release, ["doc_id", "access"]):
        frame = pl.DataFrame(batch).unique("doc_id")
        found.update((name, tuple(who)) for name, who in frame.iter_rows())
    return found
