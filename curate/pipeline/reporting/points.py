"""What to look at first: at most four things, each as a sentence with the command that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.advice import advice
from curate.pipeline.gating.cautions import KEPT, LOWERED, cautions
from curate.pipeline.reporting import codes
from curate.report.model import Absent, Labels, LeftOut, Point, Reason, Verdict, command
from curate.report.words import noun, number, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.pipeline.advice import Advice
    from curate.pipeline.reporting.material import Material
    from curate.report.model import Gate

MOST = 4
_CORPUS = ("access_unstated", "access_unmatched", "access_unread", "access_overlapping")
_FIRST = frozenset({"access_unstated", "access_unmatched", "audience_missing"})  # nobody has it
_EARLY = _FIRST | {"access_unread"}  # or perhaps too many have it
_SAME = dict.fromkeys(("access_unstated", "audience_missing"), ("not_for_audience",))
# Where the page says more; else of what is learnt.
_TARGETS = {KEPT: "pii", LOWERED: "gates"} | dict.fromkeys(_CORPUS, "corpus")


def points(
    material: Material, gates: Sequence[Gate], left: LeftOut | Absent, labels: Labels | Absent
) -> tuple[Point, ...]:
    """Return what is worth a look, the most urgent first."""
    advised = _advised(material)
    found = [_advice(material, one) for one in advised if one.code in _EARLY]
    shut = any(one.code in _FIRST for one in advised)
    known = {command("show", "flagged")} if shut else set()
    found += [point for point in _gates(gates) if point.command not in known]
    found = [*(_advice(material, one) for one in cautions(material.flow)), *found]
    known = {point.command for point in found}
    found += _withheld(material)
    if isinstance(left, LeftOut):
        found += _risky(left)
        found += () if command("show", "rejected") in known else _rejected(left)
    if isinstance(labels, Labels):
        found += _doubted(labels)
    found += [_advice(material, one) for one in advised if one.code not in _EARLY]
    if isinstance(left, LeftOut):
        said = {f"reason-{code}" for one in advised for code in _SAME.get(one.code, ())}
        found += _largest(left, said | {point.target for point in found})
    return tuple(found[:MOST])


def _gates(gates: Sequence[Gate]) -> Iterator[Point]:
    for gate in gates:
        if gate.verdict is not Verdict.PASS:
            text = f"{gate.name}: {gate.detail}, over its limit."
            yield Point(text, gate.command, link=gate.name, target="gates")


def _withheld(material: Material) -> Iterator[Point]:
    corpus, finetune = material.counts["corpus"], material.counts["finetune"]
    count = corpus["withheld"] + finetune["withheld"]
    if count:
        rows = plural(count, "row")
        text = f"{rows} held personal data after masking and {noun(count, 'was', 'were')} withheld."
        typed = command("show", "pii") if material.counts["findings"].get("pii") else ""
        yield Point(text, typed, link=rows, target="pii")


def _risky(left: LeftOut) -> Iterator[Point]:
    held = {reason.code: reason for reason in left.flagged}
    out, hidden = held.get("quarantined"), held.get("risk")
    if out:
        words = plural(out.count, "document")
        order = noun(out.count, "holds an order", "hold orders")
        tail = f"; {number(hidden.count)} more hold hidden text or odd signs." if hidden else "."
        text = f"{words} {order} meant for a machine and {noun(out.count, 'is', 'are')} out{tail}"
        yield _point(text, out, words)
    elif hidden:
        words = plural(hidden.count, "document")
        text = f"{words} {noun(hidden.count, 'holds', 'hold')} hidden text or odd signs."
        yield _point(text, hidden, words)


def _rejected(left: LeftOut) -> Iterator[Point]:
    total = sum(reason.count for reason in left.rejected)
    if not total:
        return
    first = left.rejected[0]
    words = plural(total, "document")
    said = codes.rejected(first.code)[0]
    most = "" if first.count == total else "; most often"
    text = f"{words} could not be read{most}: {said[0].lower()}{said[1:]}."
    typed = command("show", "rejected" if most else first.code)
    yield Point(text, typed, link=words, target=f"reason-{first.code}")


def _doubted(labels: Labels) -> Iterator[Point]:
    if not labels.doubted:
        return
    doubts = (
        (count, labels.names[i], labels.names[j])
        for i, row in enumerate(labels.cells)
        for j, count in enumerate(row)
        if i != j and count
    )
    count, given, other = max(doubts, key=lambda doubt: doubt[0])
    words = plural(count, "document")
    text = f"{words} marked {given} {noun(count, 'reads', 'read')} like {other}; "
    text += f"{plural(labels.doubted, 'label is', 'labels are')} doubted in all."
    yield Point(text, command("show", "label"), link=words, target="labels")


def headline(material: Material) -> str:
    """Say that most of a release can be read by nobody; nothing where that is not so."""
    count = sum(material.counts["access"]["unstated"].values())
    read = material.counts["documents"]["in"] - material.counts["documents"]["rejected"]
    if not count or 2 * count <= read:
        return ""
    held = plural(read, "document")
    return f"Nobody may read {number(count)} of {held} in release {material.release}."


def _advised(material: Material) -> tuple[Advice, ...]:
    return advice(material.counts, material.flow.settings.audience)


def _advice(material: Material, one: Advice) -> Point:
    """Return what the run itself says on the screen: whom nobody may read, why nothing is learnt."""
    text = one.text.replace("`", "")
    about, target = text.partition(":")[0], _TARGETS.get(one.code, "finetune")
    return Point(text, _behind(material), link=about, target=target)


def _behind(material: Material) -> str:
    outcomes = material.counts["documents"]
    shown = next((n for n in ("flagged", "kept", "rejected") if outcomes[n]), "rejected")
    return command("show", shown)


def _largest(left: LeftOut, seen: set[str]) -> Iterator[Point]:
    """Yield what keeps most documents out, of what is not named yet."""
    for reason in sorted(left.flagged, key=lambda reason: (-reason.count, reason.code)):
        if reason.code in {"label", "risk"} or f"reason-{reason.code}" in seen:
            continue
        words = plural(reason.count, "document")
        said = reason.words
        place = "corpus" if reason.out_of_corpus else "fine-tuning set"
        text = f"{words} left out of the {place}: {said[0].lower()}{said[1:]}."
        yield _point(text, reason, words)


def _point(text: str, reason: Reason, words: str) -> Point:
    typed = command("show", reason.code)
    return Point(text, typed, link=words, target=f"reason-{reason.code}")
