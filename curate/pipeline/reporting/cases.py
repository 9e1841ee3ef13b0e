"""One real case for each reason: where it happened, in its own words where everybody may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.making.drafts import words_of
from curate.pipeline.reporting import codes
from curate.pipeline.reporting.kinds import kind, readers
from curate.pipeline.reporting.passages import Text, around, beginning, excerpt, rendered, text_of
from curate.report.model import Piece, Quote, ReasonSample, command
from curate.report.words import clipped, noun, number, plural, score

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from curate.pipeline.reporting.material import Material
    from curate.pipeline.reporting.passages import Span
    from curate.release.assemble import Mined
    from curate.tables.ledger import Finding, LedgerRow
    from curate.tables.risks import Risk

_LETTERS = 160
_QUESTION, _ANSWER = 140, 180


def rejected_case(material: Material, rows: Sequence[LedgerRow]) -> ReasonSample:
    """Return the first of the documents that could not be read, of those that everybody may read."""
    row = min(rows, key=lambda row: (not material.is_open(row.doc_id), row.doc_id))
    size = f", {plural(row.size, 'byte')}" if row.size else ""
    said = f"{kind(row.media_type)}{size}"
    fact = f"{said[0].upper()}{said[1:]}"
    explanation = codes.rejected(row.reasons[0])[1]
    shown = material.address(row)
    return ReasonSample(shown, None, fact if shown else _opened(fact, row), explanation)


def flagged_case(
    material: Material,
    code: str,
    rows: Sequence[LedgerRow],
    findings: Mapping[str, Sequence[Finding]],
) -> ReasonSample:
    """Return one of the documents that are flagged; in its words if everybody may read it."""
    row = min(rows, key=lambda row: (not material.is_open(row.doc_id), row.doc_id))
    document = material.by_name[row.doc_id]
    explanation = _explained(material, code, row, findings.get(row.doc_id, ()))
    if not material.is_open(row.doc_id):
        who = readers(material.access.get(row.doc_id, ()))
        fact = f"{kind(row.media_type)}, for {clipped(who, _LETTERS)}"
        fact = _opened(f"{fact[0].upper()}{fact[1:]}", row)
        return ReasonSample("", None, fact, explanation)
    shown = text_of(material.flow, document)
    quote = _quote(code, shown, findings.get(row.doc_id, ())) if shown else None
    return ReasonSample(row.address, quote, "" if quote else kind(row.media_type), explanation)


def _opened(fact: str, row: LedgerRow) -> str:
    """Return what may be told of a document that is not for everybody, and how to see the rest."""
    return f"{fact}; {command('show', row.doc_id)}"


def _quote(code: str, shown: Text, findings: Sequence[Finding]) -> Quote | None:
    if code == "pii":
        return None
    if code in {"quarantined", "risk"}:
        rule = _worst(findings, "risk")
        spans = [r for r in shown.risks if rule and r.rule == rule.reason and r.field == "text"]
        spans.sort(key=lambda risk: (-risk.score, risk.start))
        if spans:
            span = _span(spans[0])
            window = around(shown, span, room=80)
            return excerpt(shown, window, letters=2 * _LETTERS, reveal=span)
    return beginning(shown, letters=_LETTERS)


def _span(risk: Risk) -> Span:
    return risk.start, min(risk.end, risk.start + _LETTERS)


def _worst(findings: Sequence[Finding], kind: str) -> Finding | None:
    own = [finding for finding in findings if finding.kind == kind]
    return max(own, key=lambda f: (f.score, f.reason), default=None)


def _explained(material: Material, code: str, row: LedgerRow, findings: Sequence[Finding]) -> str:
    """Say what is special about this case."""
    makers: dict[str, Callable[[], str]] = {
        "copy": lambda: _copied(material, material.by_name[row.doc_id].copy_of, "Copy of"),
        "near_copy": lambda: _copied(material, material.by_name[row.doc_id].near_copy_of, "Like"),
        "not_for_audience": lambda: _audience(material),
        "quarantined": lambda: _ruled(findings),
        "risk": lambda: _ruled(findings),
        "pii": lambda: _left(findings),
        "label": lambda: _doubted(material, row, findings),
    }
    said = makers[code]() if code in makers else ""
    return said or codes.flagged(code)[1]


def _copied(material: Material, other: bytes, how: str) -> str:
    name = next((n for n, d in material.by_name.items() if d.doc_id == other), "")
    kept = material.ledger.get(name)
    if kept is None:
        return ""
    shown = clipped(material.address(kept), _LETTERS) or "a document that is not for everybody"
    return f"{how} {shown}, which stays."


def _audience(material: Material) -> str:
    return f"The tuned model is for {', '.join(material.flow.settings.audience) or 'everyone'}."


def _ruled(findings: Sequence[Finding]) -> str:
    worst = _worst(findings, "risk")
    return f"Rule {worst.reason}, score {score(worst.score)}." if worst else ""


def _left(findings: Sequence[Finding]) -> str:
    kinds = sorted({f.reason.partition(":")[2] for f in findings if f.kind == "pii"})
    return f"Found by the second scan: {', '.join(kinds)}. Rows that hold it are withheld."


def _doubted(material: Material, row: LedgerRow, findings: Sequence[Finding]) -> str:
    worst = _worst(findings, "label")
    if worst is None:
        return ""
    if not material.is_open(row.doc_id):
        return f"Doubted by {score(worst.score)}."
    name = worst.reason.partition(":")[2]
    labels = material.by_name[row.doc_id].source.labels
    given = material.words.masked(next((one.value for one in labels if one.name == name), ""))
    seen = {material.words.masked(value) for kind, value in material.open_labels if kind == name}
    suggested = worst.suggestion if worst.suggestion in seen else "another"
    return (
        f"{name.replace('_', ' ').capitalize()} given: {clipped(given, 60)}; "
        f"reads like {clipped(suggested, 60)} ({score(worst.score)})."
    )


def draft_case(material: Material, code: str, one: Mined) -> ReasonSample | None:
    """Return a draft that was not chosen: its question, its answer if everybody may read it, why."""
    explanation = _rivals(material, one) if code == "two_answers" else codes.draft(code)[1]
    if code == "pii_left" or not material.are_open(one.documents):
        return ReasonSample(explanation=explanation)
    sides = []
    draft = words_of(material.flow, one)
    for number_, letters in ((0, _QUESTION), (-1, _ANSWER)):
        place = number_ % len(draft.messages)
        stands = [(s.start, s.end) for s in draft.masked if s.message == place]
        sides.append(_short(rendered(draft.messages[place].content, stands), letters))
    quote = Quote((*sides[0], Piece(" – "), *sides[1]))
    return ReasonSample("", quote, "", explanation)


def _short(found: Sequence[Piece], letters: int) -> list[Piece]:
    kept: list[Piece] = []
    for piece in found:
        text = " ".join(piece.text.split("\n"))
        kept.append(Piece(clipped(text, letters), piece.kind))
        letters -= len(text)
        if letters <= 0:
            break
    return kept


def _rivals(material: Material, one: Mined) -> str:
    tenants = {d.doc_id: d.source.tenant for d in material.documents}
    asked = tenants[one.home], one.question
    same = [m.row.answer_key for m in material.made.mined if (tenants[m.home], m.question) == asked]
    answers = len(set(same))
    if answers < 2:  # noqa: PLR2004 - of one answer there is nothing to say
        return codes.draft("two_answers")[1]
    times = noun(len(same), "time")
    return f"Asked {number(len(same))} {times}, with {number(answers)} different answers."
