"""Good to ship? Every gate with its value, its limit and how much of the limit is used."""

from curate.report.blocks import Margin, command, hidden, section
from curate.report.markup import Html, el, join, raw
from curate.report.model import Gate, Report, Unit, Verdict
from curate.report.words import THIN, noun, number, plural, spelled, width

TITLE = "Good to ship?"
RANK = {Verdict.REFUSE: 0, Verdict.WARN: 1, Verdict.PASS: 2}
WIDEST = 2.0
FEW = 0.001
SIGNS = {
    Verdict.PASS: "M1.5 6.2 4.6 9.2 10.3 2.6",
    Verdict.WARN: "M6 1.5V7M6 9.4V10.6",
    Verdict.REFUSE: "M2 2 10 10M10 2 2 10",
}


def gates(report: Report) -> Html:
    """Return the section of the gates, the one nearest to its limit first."""
    shown = sorted(report.gates, key=_order)
    lead = _lead(report)
    if not shown:
        return section(Margin("gates", TITLE, ""), el("p.absent", "No gate was asked."))
    scale = min(max(1.0, *(_reach(gate) for gate in shown)), WIDEST)
    rows = (_row(gate, scale) for gate in shown)
    limit = width(1, scale)
    body = el(
        "table.gates",
        el("caption.unseen", hidden("Gates, the one nearest to its limit first")),
        el("thead", _heads(limit), role="rowgroup"),
        el("tbody", *rows, role="rowgroup"),
        role="table",
    )
    margin = Margin("gates", TITLE, lead, tuple(report.gate_commands))
    return section(margin, el("div.scroll", body, role="region", aria_label="Gates", tabindex="0"))


def _order(gate: Gate) -> tuple[int, float, str]:
    return RANK[gate.verdict], -gate.used(gate.value), gate.name


def _reach(gate: Gate) -> float:
    used = gate.used(gate.value)
    return used * 1.05 if used > 1 else used


def _lead(report: Report) -> str:
    refusing = sum(gate.verdict is Verdict.REFUSE for gate in report.gates)
    warning = sum(gate.verdict is Verdict.WARN for gate in report.gates)
    parent = report.identity.parent
    ring = "" if parent is None else f", the ring is release {parent}"
    how = f"The bar is how much of the limit is used{ring}."
    if refusing:
        which = noun(refusing, "The gate that refuses comes", "The gates that refuse come")
        return f"{'No' if not report.identity.forced else 'No, but forced'}. {which} first. {how}"
    if report.headline:
        return f"The gates let it pass, but see the first point above. {how}"
    if warning:
        later = " Fractions warn on a first release and refuse afterwards."
        yes = f"Yes, with {spelled(warning)} {noun(warning, 'warning')}."
        return f"{yes}{later if parent is None else ''} {how}"
    return f"Yes. Nearest to its limit comes first. {how}"


def _heads(limit: str) -> Html:
    ends = join(el("span", "nothing used"), el("span.end", "limit", style=f"left:{limit}"))
    return el(
        "tr",
        el("th", hidden("verdict"), scope="col", role="columnheader"),
        el("th", "Gate", scope="col", role="columnheader"),
        el("th.n", "now", scope="col", role="columnheader"),
        el("th", "limit", scope="col", role="columnheader"),
        el("th.used", el("div.ends", ends), scope="col", role="columnheader"),
        el("th.behind", "the list behind it", scope="col", role="columnheader"),
        role="row",
    )


def _row(gate: Gate, scale: float) -> Html:
    behind = command(gate.command) if gate.command else ""
    return el(
        f"tr.{gate.verdict.name.lower()}",
        el("td.verdict", _sign(gate.verdict), " ", gate.verdict.value, role="cell"),
        el("th.gate", gate.name, el("small", gate.detail), scope="row", role="rowheader"),
        el("td.n.now", _value(gate, gate.value), role="cell"),
        el("td.limit", _limit(gate), role="cell"),
        el("td.used", _track(gate, scale), role="cell"),
        el("td.behind", behind, role="cell"),
        role="row",
    )


def _sign(verdict: Verdict) -> Html:
    path = raw(f'<path d="{SIGNS[verdict]}"/>')
    return el("svg.sign", path, width="12", height="12", viewBox="0 0 12 12", aria_hidden="true")


def _value(gate: Gate, value: float) -> str:
    if gate.unit is Unit.COUNT:
        return number(round(value))
    if value <= 0:
        return f"0{THIN}%"
    return f"{value * 100:.{1 if value >= FEW else 2}f}{THIN}%"


def _limit(gate: Gate) -> str:
    if not gate.limit:
        return "0"
    if gate.unit is Unit.COUNT:
        return f"{gate.sense.value} {number(round(gate.limit))}"
    return f"{gate.sense.value} {gate.limit * 100:.10g}{THIN}%"


def _track(gate: Gate, scale: float) -> Html:
    """Return the bar on its track, past the limit in ochre, with the parent's ring."""
    if not gate.limit and gate.value <= 0:
        return el("div.none", "none allowed, none found")
    used = gate.used(gate.value)
    if not gate.limit:
        found = plural(round(gate.value), "was", "were") if gate.unit is Unit.COUNT else "some"
        return el("div.none.past", f"none allowed, {found} found")
    parts = [
        el("span.rail", style=f"width:{width(1, scale)}"),
        el("span.fill", style=f"width:{width(min(used, 1), scale)}"),
        el("span.tick", style=f"left:{width(1, scale)}"),
    ]
    if used > 1:
        style = f"left:{width(1, scale)};width:{width(min(used, WIDEST) - 1, scale)}"
        parts.insert(2, el("span.over", style=style))
    if gate.parent is not None:
        at = width(min(gate.used(gate.parent), scale), scale)
        parts.append(el("span.ring", style=f"left:{at}"))
    return el("div.track", *parts, hidden(_said(gate)))


def _said(gate: Gate) -> str:
    used = f"{min(gate.used(gate.value), 99.99):.0%} of the limit used"
    return used if gate.parent is None else f"{used}; the parent had {_value(gate, gate.parent)}"
