"""From drafts to examples: offered, chosen, grouped, kept apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from curate import ids
from curate.stages.assign import assign
from curate.stages.choose import Choice, Offer, choose
from curate.stages.separate import Held as Side
from curate.stages.separate import separate, ties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.pipeline.making.products import Making
    from curate.release.assemble import Mined

_NO_ID = bytes(ids.ID_BYTES)


def select(
    flow: Flow, documents: Sequence[Document], made: Making, known: Mapping[bytes, str]
) -> None:
    """Choose examples and give each its group and split; `known` is the split that a document once had."""
    made.mined = _told_apart(made.mined)
    by_id = {d.doc_id: d for d in documents}
    doubted = {d.document.doc_id for d in made.doubts}
    leave_out = doubted if flow.settings.labels.doubted == "leave_out" else set()
    offers = [
        _offer(one, by_id[one.home], made.withheld_drafts)
        for one in made.mined
        if leave_out.isdisjoint(one.documents)
        and not any(by_id[doc_id].rejected for doc_id in one.documents)
    ]
    made.choice = choose(offers, settings=flow.settings.finetune.choose, key=flow.keys.ids)
    chosen = [one for one in made.mined if one.example_id in made.choice.chosen]
    together = [one.documents for one in chosen if len(one.documents) > 1]
    together.extend(_together(documents))
    together.extend(ties([_side(one, "") for one in chosen]))
    homes = [doc_id for one in chosen for doc_id in one.documents]
    made.grouping = assign(
        together, homes, known=known, settings=flow.settings.finetune.splits, key=flow.keys.ids
    )
    splits = made.grouping.splits
    made.separation = separate([_side(one, splits[one.home]) for one in chosen])
    removed = made.separation.removed()
    kept = made.choice.chosen - removed.keys()
    made.choice = Choice(kept, {**made.choice.left_out, **removed})


def _side(one: Mined, split: str) -> Side:
    row = one.row
    runs = np.frombuffer(row.runs, "<u8")
    return Side(one.example_id, one.home, split, one.question, row.answer_key, runs, row.term_keys)


def _told_apart(drafts: Sequence[Mined]) -> list[Mined]:
    """Lead questions that several documents answer differently by their documents' titles."""
    answers: dict[bytes, set[bytes]] = defaultdict(set)
    for one in drafts:
        if not one.row.flaws:
            answers[one.row.question_key].add(one.row.answer_key)
    return [
        replace(one, led=True)
        if one.row.titled_key and len(answers[one.row.question_key]) > 1
        else one
        for one in drafts
    ]


def _offer(one: Mined, home: Document, withheld: Mapping[bytes, str]) -> Offer:
    row = one.row
    flaws = ("pii_left", *row.flaws) if one.example_id in withheld else row.flaws
    return Offer(
        example_id=one.example_id,
        stratum=(home.source.source, row.extractor),
        document=one.home,
        question=one.question,
        answer=row.answer_key,
        score=row.score,
        flaws=flaws,
        tenant=home.source.tenant,
        authority=home.source.authority,
        date=home.date,
        terms=row.term_keys,
    )


def _together(documents: Sequence[Document]) -> list[tuple[bytes, bytes]]:
    """Return pairs that a split never divides: of a cluster, of a thread."""
    pairs = [(d.cluster, d.doc_id) for d in documents if d.cluster and d.cluster != d.doc_id]
    first: dict[tuple[str, bytes], bytes] = {}
    for document in sorted(documents, key=lambda d: d.doc_id):
        signature = document.signature
        if signature is not None and signature.thread != _NO_ID:
            thread = document.source.tenant, signature.thread
            pairs.append((first.setdefault(thread, document.doc_id), document.doc_id))
    return pairs
