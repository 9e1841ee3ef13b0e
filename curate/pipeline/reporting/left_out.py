"""What was left out or doubted: every reason with its count and one real case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from curate.pipeline.reporting import codes
from curate.pipeline.reporting.cases import draft_case, flagged_case, rejected_case
from curate.report.model import Absent, Drafts, LeftOut, Reason, command

if TYPE_CHECKING:
    from curate.pipeline.reporting.material import Material
    from curate.release.assemble import Mined
    from curate.tables.ledger import Finding, LedgerRow

Cases = Mapping[tuple[str, str], Sequence["LedgerRow"]]

_IN = "in"
_KINDS = ("pii", "risk", "damage", "label")  # of findings, the weightiest first
_LABEL_DOUBTED = "label_doubted"
_READABLE = 240  # letters of a draft that is shown whole


def weightiest(material: Material) -> Cases:
    """Return flagged and rejected rows by outcome and weightiest reason, each row once."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for finding in material.rows.findings:
        kinds[finding.doc_id].add(finding.kind)
    found: dict[tuple[str, str], list[LedgerRow]] = defaultdict(list)
    for row in material.rows.ledger:
        if row.outcome != "kept":
            found[row.outcome, _reason(row, kinds[row.doc_id])].append(row)
    return found


def _reason(row: LedgerRow, kinds: set[str]) -> str:
    if row.outcome == "rejected":
        return row.reasons[0]
    for out in (row.corpus, row.finetune):
        if out != _IN:
            return out
    return next((kind for kind in _KINDS if kind in kinds), "finding")


def left_out(material: Material) -> LeftOut | Absent:
    """Return reasons for documents and drafts."""
    cases = weightiest(material)
    drafts = _drafts(material)
    if not cases and (drafts is None or not drafts.left_out):
        return Absent()
    flagged = _reasons(material, cases, "flagged")
    rejected = _reasons(material, cases, "rejected")
    ledger = material.rows.ledger
    neither = sum(_IN not in (row.corpus, row.finetune) for row in ledger)
    typed = tuple(command("show", reason.code) for reason in (*flagged[:2], *rejected[:1]))
    return LeftOut(flagged, rejected, drafts, neither, typed)


def _reasons(material: Material, cases: Cases, outcome: str) -> tuple[Reason, ...]:
    findings = _findings(material)
    found = []
    for (kind, code), rows in cases.items():
        if kind != outcome:
            continue
        said = codes.rejected(code) if outcome == "rejected" else codes.flagged(code)
        case = (
            rejected_case(material, rows)
            if outcome == "rejected"
            else flagged_case(material, code, rows, findings)
        )
        found.append(
            Reason(
                code=code,
                words=said[0],
                count=len(rows),
                out_of_corpus=sum(row.corpus != _IN for row in rows),
                out_of_finetune=sum(row.finetune != _IN for row in rows),
                sample=case,
            )
        )
    return tuple(sorted(found, key=lambda reason: (-reason.count, reason.code)))


def _findings(material: Material) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in material.rows.findings:
        found[finding.doc_id].append(finding)
    return found


def _readable(material: Material) -> Mapping[str, Mined]:
    """Return for each reason one draft that was left out for it, an open and short one if there is."""
    first: dict[str, tuple[tuple[bool, bool, bytes], Mined]] = {}
    made, is_open = material.made, material.open_documents
    for one in made.mined:
        code = made.choice.left_out.get(one.example_id)
        if code is None:
            continue
        rank = not is_open.issuperset(one.documents), one.letters > _READABLE, one.example_id
        if code not in first or rank < first[code][0]:
            first[code] = rank, one
    return {code: one for code, (_, one) in first.items()}


def _drafts(material: Material) -> Drafts | None:
    made = material.made
    if not made.mined:
        return None
    counts = Counter(made.choice.left_out.values())
    chosen = len(material.rows.examples)
    rest = len(made.mined) - chosen - counts.total()
    if rest > 0:
        counts[_LABEL_DOUBTED] = rest
    first = _readable(material)
    reasons = [
        Reason(
            code=code,
            words=codes.draft(code)[0],
            count=count,
            sample=draft_case(material, code, first[code]) if code in first else None,
        )
        for code, count in counts.items()
    ]
    ranked = sorted(reasons, key=lambda reason: (-reason.count, reason.code))
    return Drafts(len(made.mined), chosen, tuple(ranked))
