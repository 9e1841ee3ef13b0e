"""Drafts without their words, and the words again where they are wanted."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.tables.examples import Drafted, Message, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.pipeline.flow import Flow
    from curate.release.assemble import Mined
    from curate.tables.examples import DraftRow


def bare(row: DraftRow) -> Drafted:
    """Return what is held of a draft while it is decided about."""
    answer = sum(len(message.content) for message in row.messages[1:])
    return Drafted(
        task=row.task,
        extractor=row.extractor,
        template=row.template,
        sites=tuple(Site(a.document, a.chunk, a.first, a.last) for a in row.evidence),
        content_keys=row.content_keys,
        question_key=row.question_key,
        answer_key=row.answer_key,
        titled_key=row.titled_key if row.titled else b"",
        score=row.score,
        flaws=row.flaws,
        letters=len(row.messages[0].content) + answer,
        titled_letters=len(row.titled) + answer,
        answer_tokens=row.answer_tokens,
        masked=bool(row.masked),
        runs=row.runs,
        term_keys=row.term_keys,
    )


def worded(flow: Flow, drafts: Iterable[Mined]) -> Iterator[tuple[Mined, DraftRow]]:
    """Yield drafts with their words, in the order in which these are stored."""
    wanted: dict[str, dict[bytes, list[Mined]]] = defaultdict(lambda: defaultdict(list))
    for one in drafts:
        wanted[one.origin.stage][one.origin.key].append(one)
    for stage, by_key in wanted.items():
        for key, rows in flow.memos[stage].scan(by_key):
            yield from ((one, _row(one, rows)) for one in by_key[key])


def words_of(flow: Flow, one: Mined) -> DraftRow:
    """Return a draft with its words."""
    return _row(one, flow.memos[one.origin.stage].rows(one.origin.key))


def _row(one: Mined, rows: tuple[object, ...]) -> DraftRow:
    row: DraftRow = rows[one.number]  # type: ignore[assignment]
    return _led(row) if one.led else row


def _led(row: DraftRow) -> DraftRow:
    """Return a draft whose question is led by its document's title."""
    messages = (Message("user", row.titled), *row.messages[1:])
    masked = tuple(replace(s, message=s.message % 2) for s in row.masked if s.message)
    return replace(row, messages=messages, question_key=row.titled_key, masked=masked)
