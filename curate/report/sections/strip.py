"""The strip of figures: where on the page each number is shown, and the number."""

from collections.abc import Iterator

from curate.report.markup import Html, el
from curate.report.model import Absent, Report, Verdict
from curate.report.words import duration, number

Figure = tuple[str, str, str]


def strip(report: Report, anchors: frozenset[str]) -> Html:
    """Return the figures of all sections that are there, as links to them."""
    shown = [figure for figure in _figures(report) if figure[2] in anchors]
    if not shown:
        return Html()
    links = (
        el("li", el("a", el("b", value), " ", el("span", label), href=f"#{anchor}"))
        for value, label, anchor in shown
    )
    return el("nav.strip", el("ul", *links, role="list"), aria_label="Sections")


def _figures(report: Report) -> Iterator[Figure]:
    if report.gates:
        passing = sum(gate.verdict is Verdict.PASS for gate in report.gates)
        yield f"{passing} of {len(report.gates)}", "gates pass", "gates"
    yield from _arrival(report)
    yield from _products(report)
    yield from _findings(report)
    if not isinstance(report.times, Absent):
        yield duration(report.times.seconds), "time", "time"
    if not isinstance(report.chunks, Absent):
        yield number(len(report.chunks.rows)), "chunks to read", "chunks"
    if not isinstance(report.examples, Absent):
        yield number(len(report.examples.rows)), "examples to read", "examples"


def _arrival(report: Report) -> Iterator[Figure]:
    if not isinstance(report.intake, Absent):
        yield number(report.intake.total), "documents", "intake"
    if report.changes is not None and not isinstance(report.changes, Absent):
        yield number(report.changes.documents), "changed", "changes"


def _products(report: Report) -> Iterator[Figure]:
    if not isinstance(report.corpus, Absent):
        yield number(report.corpus.chunks), "chunks", "corpus"
    if not isinstance(report.finetune, Absent):
        yield number(report.finetune.examples), "examples", "finetune"


def _findings(report: Report) -> Iterator[Figure]:
    if not isinstance(report.left_out, Absent):
        yield number(report.left_out.documents), "left out or doubted", "left-out"
    if not isinstance(report.pii, Absent):
        yield number(report.pii.found), "PII replaced", "pii"
    if not isinstance(report.duplicates, Absent):
        yield number(report.duplicates.gone), "duplicates", "duplicates"
    if not isinstance(report.labels, Absent):
        yield number(report.labels.doubted), "labels doubted", "labels"
    if not isinstance(report.leaks, Absent):
        yield number(report.leaks.total), "leaks", "leaks"
