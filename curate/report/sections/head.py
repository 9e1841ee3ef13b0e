"""The head of the page: which release, the answer as a sentence, what to look at, how it moved."""

from collections.abc import Iterator

from curate.report.blocks import command
from curate.report.markup import Html, el, escape, join
from curate.report.model import Absent, HistoryRow, Identity, Point, Report, Verdict
from curate.report.plots.small import spark
from curate.report.words import noun, number, plural, signed, spelled

Anchors = frozenset[str]


def identity(shown: Identity) -> Html:
    """Return the line that says which release this is."""
    parent = () if shown.parent is None else (el("span", "parent ", el("b", str(shown.parent))),)
    return el(
        "p.identity",
        el("strong", shown.pipeline),
        el("span", shown.title) if shown.title else "",
        el("span", f"release {shown.release}"),
        *parent,
        el("span", f"as of {shown.as_of.isoformat()}"),
        el("code", f"manifest {shown.manifest}") if shown.manifest else "",
    )


def head(report: Report, anchors: Anchors) -> Html:
    """Return the answer, the points worth a look, and the history beside them."""
    return el(
        "header.top",
        el(
            "div.answer",
            el("h1", report.headline or headline(report)),
            el("p.lede", _lede(report, anchors)),
            _points(report.points, anchors),
        ),
        _history(report, anchors) if report.history else "",
    )


def headline(report: Report) -> str:
    """Say what the gates say."""
    release, gates = f"Release {report.identity.release}", report.gates
    refusing = sum(gate.verdict is Verdict.REFUSE for gate in gates)
    warning = sum(gate.verdict is Verdict.WARN for gate in gates)
    if not gates:
        return f"{release} asked no gate."
    of = f"{refusing} of {plural(len(gates), 'gate')} {'refuses' if refusing == 1 else 'refuse'}"
    if refusing and report.identity.forced:
        return f"{release} was published by force: {of}."
    if refusing:
        return f"{release} is held back: {of}."
    return _passing(release, len(gates), warning)


def _passing(release: str, gates: int, warning: int) -> str:
    if not warning:
        every = "its gate" if gates == 1 else "both gates" if gates == 2 else ""  # noqa: PLR2004
        return f"{release} passes {every or f'all {spelled(gates)} gates'}."
    passing = spelled(gates - warning).replace("no", "none", 1) if warning == gates else ""
    passing = passing or spelled(gates - warning)
    verb = "warns" if warning == 1 else "warn"
    return f"{release} passes {passing} of {spelled(gates)} gates, {spelled(warning)} {verb}."


def linked(text: str, target: str, anchors: Anchors) -> Html:
    """Return text, linked to a place on this page if there is one."""
    return el("a", text, href=f"#{target}") if target in anchors else escape(text)


def _lede(report: Report, anchors: Anchors) -> Html:
    return join(_became(report, anchors), " ", _standing(report), " ", _looks(len(report.points)))


def _became(report: Report, anchors: Anchors) -> Html:
    if isinstance(report.intake, Absent):
        return Html()
    documents = report.intake.total
    chunks = 0 if isinstance(report.corpus, Absent) else report.corpus.chunks
    examples = 0 if isinstance(report.finetune, Absent) else report.finetune.examples
    return join(
        linked(number(documents), "intake", anchors),
        f" {noun(documents, 'document')} became ",
        linked(number(chunks), "corpus", anchors),
        f" {noun(chunks, 'chunk')} to search and ",
        linked(number(examples), "finetune", anchors),
        f" {noun(examples, 'example')} to learn from.",
    )


def _standing(report: Report) -> str:
    refused = any(gate.verdict is Verdict.REFUSE for gate in report.gates)
    if not refused or report.identity.forced:
        passes = report.gates and not refused and not report.headline
        return "Nothing stops it." if passes else ""
    if report.identity.in_force is None:
        return "No release is in force yet."
    return f"Release {report.identity.in_force} stays in force."


def _looks(points: int) -> str:
    if not points:
        return ""
    things = f"{spelled(points)} {noun(points, 'thing is', 'things are')}"
    return f"{things[0].upper()}{things[1:]} worth a look:"


def _points(points: tuple[Point, ...], anchors: Anchors) -> Html:
    if not points:
        return Html()
    return el("ol.points", *(el("li", *_point(point, anchors)) for point in points))


def _point(point: Point, anchors: Anchors) -> Iterator[Html]:
    before, found, after = point.text.partition(point.link) if point.link else (point.text, "", "")
    yield el("p", before, linked(found, point.target, anchors) if found else "", after)
    if point.command:
        yield el("p", command(point.command))


def _history(report: Report, anchors: Anchors) -> Html:
    caption = el("caption", el("h2", _since(report)))
    heads = ("number", "value", "change since the parent", "over the releases")
    head_row = el("tr", *(el("th", name, scope="col") for name in heads))
    rows = (_moved(row, anchors) for row in report.history)
    return el(
        "div.history",
        el("table", caption, el("thead.vh", head_row), el("tbody", *rows)),
    )


def _since(report: Report) -> str:
    releases = max(len(row.series) for row in report.history)
    if report.identity.parent is None:
        return f"Release {report.identity.release}, the first"
    over = f", and over {spelled(releases)} releases" if releases > 2 else ""  # noqa: PLR2004
    return f"Since release {report.identity.parent}{over}"


def _moved(row: HistoryRow, anchors: Anchors) -> Html:
    value = number(row.series[-1]) if row.series else "·"
    return el(
        "tr.within" if row.within else "tr",
        el("th", row.name, scope="row"),
        el("td.value", linked(value, row.target, anchors)),
        el("td.moved", _change(row)),
        el("td", spark(row.series)),
    )


def _change(row: HistoryRow) -> str:
    if row.gained is None and row.lost is None:
        return ""
    came, went = row.gained or 0, row.lost or 0
    return " ".join(signed(part) for part in (came, -went) if part) or "·"
