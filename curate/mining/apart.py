"""Telling questions apart that read alike but have different answers.

A model that learns "How does it work?" with five answers learns that questions have no answers.
Such questions of a document are led by one more heading, and by the title; those that still read
alike are marked, all of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.mining.context import is_generic, subjects, title_span
from curate.mining.drafting import plain, with_context
from curate.mining.drafts import Span
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.mining.drafts import Draft
    from curate.mining.visible import Visible

_MOST_HEADINGS = 3  # that lead a question beside its own


def apart(drafts: Sequence[Draft], visible: Visible) -> list[Draft]:
    """Return drafts of which no two ask the same: doubles gone, rivals told apart or marked."""
    once = _without_doubles(drafts, visible)
    for _ in range(_MOST_HEADINGS):
        rivals = _rivals(once, visible)
        if not rivals:
            return once
        once = [_led(draft, visible) if at in rivals else draft for at, draft in enumerate(once)]
    rivals = _rivals(once, visible)
    return [
        replace(draft, flaws=(*draft.flaws, "ambiguous"), score=round(draft.score * 0.5, 4))
        if at in rivals
        else draft
        for at, draft in enumerate(once)
    ]


def by_title(draft: Draft, visible: Visible) -> Draft:
    """Return a draft led by its document's title: for a question that several documents answer."""
    title = title_span(visible) if _is_titled(draft, visible) else None
    tells = title and title not in draft.question and not is_generic(visible.document.title)
    return with_context(draft, visible, title) if title and tells else draft


def _is_titled(draft: Draft, visible: Visible) -> bool:
    own = [span.start for span in draft.evidence if span.document == visible.number]
    return all(map(visible.has_title, own))


def normal(text: str) -> str:
    """Return a question as it is compared: its words in lower case."""
    return " ".join(words(text))


def _without_doubles(drafts: Sequence[Draft], visible: Visible) -> list[Draft]:
    """Return drafts without later ones of the same question and answer, or of the same evidence."""
    kept: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        key = (normal(plain(draft.question, (visible,))), normal(plain(draft.answer, (visible,))))
        if key not in kept or _better(draft, kept[key]):
            kept[key] = draft
    best: dict[tuple[Span, ...], Draft] = {}
    for draft in kept.values():
        if draft.evidence not in best or _better(draft, best[draft.evidence]):
            best[draft.evidence] = draft
    chosen = set(map(id, best.values()))
    return [draft for draft in drafts if id(draft) in chosen]


def _better(draft: Draft, other: Draft) -> bool:
    return (len(draft.flaws), -draft.score) < (len(other.flaws), -other.score)


def _rivals(drafts: Sequence[Draft], visible: Visible) -> set[int]:
    asked = [normal(plain(draft.question, (visible,))) for draft in drafts]
    counts = Counter(asked)
    return {at for at, question in enumerate(asked) if counts[question] > 1}


def _led(draft: Draft, visible: Visible) -> Draft:
    """Return a draft led by the next heading above its answer that does not lead it yet."""
    index = next(
        at for at in reversed(visible.shown) if visible.element(at).start <= draft.evidence[0].start
    )
    used = {piece for piece in draft.question if isinstance(piece, Span)}
    further = [span for span, _ in subjects(visible, index) if span not in used]
    return with_context(draft, visible, further[0]) if further else draft
