"""Dedup: which documents are copies of which, and what hangs together as near copies.

Nothing is compared across tenants. A copy (equal words) leaves the corpus only for one that the
same people may read; near copies share a cluster, which splits never divide and queries may
collapse. Which copy stays is decided by the documents' own properties alone, so that history plays
no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from curate import duplicates
from curate.config import Settings


class Duplicates(Settings):
    """`near` is the similarity from which texts are near copies; `keep` says which exact copy stays.

    By default the more authoritative one stays, since a file's date of change says little, and the
    newest among equals.
    """

    near: float = Field(default=0.8, ge=0.3, le=1.0)
    keep: Literal["newest", "oldest", "authority"] = "authority"
    corpus: Literal["exact", "near", "none"] = "exact"
    least_words: int = Field(default=20, ge=1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document as it is compared: `scope` is tenant and access, `date` when it was last changed.

    `use` names the product it is for, `quarantined` keeps it out of both.
    """

    doc_id: bytes
    tenant: str
    scope: bytes
    exact: bytes
    minhash: bytes
    words: int
    authority: int
    date: str
    path: str
    text: bytes
    use: str = "both"
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class Copies:
    """For each document, the one that stays for it: among equal ones of its readers, in its cluster.

    A cluster is named by its smallest id.
    """

    copy_of: Mapping[bytes, bytes]
    near_copy_of: Mapping[bytes, bytes]
    cluster: Mapping[bytes, bytes]


def near_pairs(
    documents: Sequence[Candidate], settings: Duplicates, bands: duplicates.Bands
) -> list[tuple[Candidate, Candidate]]:
    """Return pairs of one tenant to compare: one document for each text."""
    pairs: list[tuple[Candidate, Candidate]] = []
    for group in _by(documents, lambda d: d.tenant):
        texts = {d.text: d for d in sorted(group, key=lambda d: d.doc_id, reverse=True)}
        rows = [
            d for _, d in sorted(texts.items()) if d.minhash and d.words >= settings.least_words
        ]
        if len(rows) > 1:
            sketches = duplicates.stack([d.minhash for d in rows])
            found = duplicates.candidates(sketches, bands)
            pairs.extend((rows[one], rows[other]) for one, other in sorted(found))
    return pairs


def dedup(
    documents: Sequence[Candidate],
    near: Iterable[tuple[bytes, bytes]],
    *,
    settings: Duplicates,
) -> Copies:
    """Return copies and clusters.

    Args:
        documents: All that were read.
        near: Pairs of texts (their digests) that are at least as alike as the settings ask.
        settings: The section of the pipeline file.
    """
    copy_of: dict[bytes, bytes] = {}
    ties: list[list[bytes]] = []
    wanted = [d for d in documents if d.words]
    for group in _by(wanted, lambda d: (d.scope, d.exact)):
        if settings.corpus != "none":
            copy_of.update(_stays(group, settings))
    ties.extend([d.doc_id for d in group] for group in _by(wanted, lambda d: (d.tenant, d.exact)))
    by_text = {(d.tenant, d.text): d.doc_id for d in documents}
    tenants = sorted({d.tenant for d in documents})
    for one, other in near:
        ties.extend(
            [by_text[tenant, one], by_text[tenant, other]]
            for tenant in tenants
            if (tenant, one) in by_text and (tenant, other) in by_text
        )
    cluster = clusters(ties)
    return Copies(copy_of, _stand_ins(wanted, cluster, settings), cluster)


def _stand_ins(
    documents: Iterable[Candidate], cluster: Mapping[bytes, bytes], settings: Duplicates
) -> dict[bytes, bytes]:
    """Return for each document of a cluster the one that stays for all of it."""
    inside = [d for d in documents if d.doc_id in cluster]
    found: dict[bytes, bytes] = {}
    for group in _by(inside, lambda d: (d.scope, cluster[d.doc_id])):
        found.update(_stays(group, settings))
    return found


def _stays(group: Sequence[Candidate], settings: Duplicates) -> dict[bytes, bytes]:
    """Return the one that stays for each other one, never one that its product leaves out."""
    for_both = any(d.use == "both" and not d.quarantined for d in group)
    found: dict[bytes, bytes] = {}
    for part in [group] if for_both else _by(group, lambda d: d.use):
        ordered = sorted(part, key=lambda d: _order(d, settings))
        found.update({d.doc_id: ordered[0].doc_id for d in ordered[1:]})
    return found


def clusters(ties: Iterable[Sequence[bytes]]) -> dict[bytes, bytes]:
    """Return the smallest member of each component of at least two, for each of its members."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = [(tie[0], other) for tie in ties for other in tie[1:]]
    nodes = sorted({node for edge in edges for node in edge})
    if not nodes:
        return {}
    place = {node: number for number, node in enumerate(nodes)}
    rows = np.array([place[one] for one, _ in edges])
    columns = np.array([place[other] for _, other in edges])
    graph = coo_array((np.ones(len(edges), np.int8), (rows, columns)), shape=(len(nodes),) * 2)
    _, labels = connected_components(graph, directed=False)
    first: dict[int, bytes] = {}
    for node, label in zip(nodes, labels.tolist(), strict=True):
        first.setdefault(label, node)
    return {node: first[label] for node, label in zip(nodes, labels.tolist(), strict=True)}


def _order(document: Candidate, settings: Duplicates) -> tuple[object, ...]:
    """Return the sort key by which the first copy stays; ids decide where all else is equal."""
    last = (len(document.path), document.path, document.doc_id)
    fit = (document.quarantined, document.use != "both")
    date = document.date
    newest = tuple(-ord(letter) for letter in date) if settings.keep != "oldest" else date
    unknown = not date
    if settings.keep == "authority":
        return (*fit, -document.authority, unknown, newest, *last)
    return (*fit, unknown, newest, -document.authority, *last)


def _by(documents: Iterable[Candidate], key: object) -> list[list[Candidate]]:
    groups: dict[object, list[Candidate]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)  # type: ignore[operator]
    return list(groups.values())
