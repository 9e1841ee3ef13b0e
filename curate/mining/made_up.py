"""Answers without the sentences that give a value which is shown as another one.

"Call 212-555-0172 if that fails" teaches a number that nobody answers, at the end of an answer that
is right without it. Such sentences of paragraphs are cut where the rest stands alone; steps of a
list never are, for a procedure without one of its steps is wrong, nor is what has to be done.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.mining.drafting import plain
from curate.mining.drafts import Draft, Piece, Span
from curate.mining.particular import goes_on
from curate.mining.sentences import sentences
from curate.mining.wording import words
from curate.tables.parsed import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.mining.sentences import Sentence
    from curate.mining.visible import Visible

_POINTER = re.compile(  # a sentence that says whom to turn to, and nothing else
    r"(?:if|for|should|when|in case|questions|or|alternatively|otherwise|need help"
    r"|having trouble|still)\b"
    r"|(?:please |just |simply |then )?(?:contact|call|phone|ring|e-?mail|mail|write to|reach"
    r"|reach out|ask)\b"
    r"|you (?:can|may)(?: also| always)? (?:contact|call|phone|e-?mail|write|reach|ask)\b|(?:our"
    r"|the) (?:hotline|help"
    r" ?desk|phone|telephone|e-?mail|support|office)\b|to reach\b|(?:bei|falls|wenn|für) "
    r"|(?:bitte )?(?:rufen|schreiben"
    r"|kontaktieren|wenden|mailen) sie\b|(?:pour|si|en cas de)\b|(?:para|si|en caso de)\b"
    r"|(?:contactez|appelez|écrivez"
    r"|contacte|llame|escriba)\b",
    re.IGNORECASE,
)
_ASKS_FOR_IT = re.compile(
    r"\b(?:contact|reach|call|phone|telephone|e-?mail|mail|in touch|address|number|hotline"
    r"|kontakt\w*|erreich\w*"
    r"|anruf\w*|adresse|nummer|contacter|joindre|appeler|contactar|llamar|correo)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(  # what it says has to be done, so that an answer without it is wrong
    r"\b(?:must|shall|immediately|at once|right away|emergency|warning|muss|müssen|sofort|umgehend"
    r"|unverzüglich|doit|doivent|devez|immédiatement|debe|deben|inmediatamente)\b",
    re.IGNORECASE,
)
_GOES_ON_COUNTING = re.compile(r"(?!0*1\D)\d+[.)]\s")
_LEAST = 12  # words that are left of an answer
_MOST_CUT = 0.5  # of its words that are cut


def without_values(draft: Draft, visible: Visible, replaced: Sequence[tuple[int, int]]) -> Draft:
    """Return a draft whose answer gives fewer values that are shown as others.

    Args:
        draft: What was mined of the document.
        visible: The document.
        replaced: Spans of its text that are shown as something else.
    """
    asked = plain(draft.question, (visible,))
    text = visible.document.text
    own = [p for p in draft.answer if isinstance(p, Span) and p.field == "text"]
    inside = [
        (start, end)
        for start, end in replaced
        if text[start:end] not in asked and any(s.start <= start < s.end for s in own)
    ]
    cuts = [cut for start, _ in inside if (cut := _sentence(visible, own, start))]
    if not cuts or len(cuts) < len(inside) or _ASKS_FOR_IT.search(asked):
        return draft
    answer = tuple(_outside(draft.answer, text, cuts))
    left, before = (
        len(words(plain(answer, (visible,)))),
        len(words(plain(draft.answer, (visible,)))),
    )
    if left < max(_LEAST, before * (1 - _MOST_CUT)):
        return draft
    evidence = tuple(p for p in _outside(draft.evidence, text, cuts) if isinstance(p, Span))
    features = replace(draft.features, answer_words=float(left))
    return replace(draft, answer=answer, evidence=evidence, features=features)


def _sentence(visible: Visible, own: Sequence[Span], place: int) -> tuple[int, int] | None:
    """Return the sentence of an answer that holds a place, if the answer can do without it."""
    starts = [visible.element(at).start for at in visible.shown]
    at = visible.shown[max(bisect_right(starts, place) - 1, 0)]
    if visible.element(at).kind is not Kind.PARAGRAPH or _is_of_a_step(visible, at):
        return None
    said = sentences(visible, [at])
    number = next((n for n, s in enumerate(said) if s.start <= place < s.end), -1)
    if number < 0 or not _is_spared(said, number, own):
        return None
    return said[number].start, said[number].end


def _is_of_a_step(visible: Visible, index: int) -> bool:
    """Tell whether a paragraph stands between the steps of a list that goes on counting behind it."""
    place = visible.shown.index(index)
    around = visible.shown[max(place - 1, 0) : place + 2]
    lists = [at for at in around if visible.element(at).kind is Kind.LIST]
    return len(lists) == 2 and bool(_GOES_ON_COUNTING.match(visible.text(lists[1])))  # noqa: PLR2004


def _is_spared(said: Sequence[Sentence], number: int, own: Sequence[Span]) -> bool:
    """Tell whether a sentence lies whole in an answer, not at its beginning, and nothing leans on it."""
    sentence = said[number]
    whole = any(s.start <= sentence.start and sentence.end <= s.end for s in own)
    leaning = number + 1 < len(said) and goes_on(said[number + 1].text)
    points = bool(_POINTER.match(sentence.text)) and not sentence.text.endswith((":", "："))
    points = points and not _DUTY.search(sentence.text)
    return whole and points and sentence.start > own[0].start and not leaning


def _outside(
    pieces: Sequence[Piece], text: str, cuts: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    """Yield pieces without what lies in cuts, joined by the white space they need."""
    for piece in pieces:
        if isinstance(piece, str) or piece.field != "text":
            yield piece
            continue
        at, joint = piece.start, ""
        for start, end in sorted({cut for cut in cuts if piece.start <= cut[0] < piece.end}):
            before = piece._replace(start=at, end=at + len(text[at:start].rstrip()))
            if before.start < before.end:
                yield from ([joint] if joint else [])
                yield before
                joint = ""
            after = text[end : piece.end]
            at = end + len(after) - len(after.lstrip())
            gap = text[before.end : at]
            joint = "\n\n" if "\n\n" in gap else "\n" if "\n" in gap else " "
        if at < piece.end:
            yield from ([joint] if joint and at > piece.start else [])
            yield piece._replace(start=at)
