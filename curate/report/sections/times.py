"""Time and cost: seconds by stage, beside what a run from nothing takes."""

from curate.report.blocks import Margin, bar, section
from curate.report.markup import Html, el
from curate.report.model import Cost, StageTime, Times
from curate.report.tables import Column, Table, table
from curate.report.words import cell, clock, duration, number

TITLE = "Time and cost"
_CALLED = {
    "liken": "liken moved files",
    "find_pii": "find personal data",
    "band": "find likely copies",
    "compare": "compare likely copies",
    "mine_threads": "mine threads",
    "verify_chunks": "verify the corpus",
    "verify_drafts": "verify examples",
}


def times(part: Times) -> Html:
    """Return the section of time and cost."""
    return section(
        Margin("time", TITLE, _lead(part), part.commands),
        _table(part) if part.stages else "",
        el("dl.costs", *map(_cost, part.costs)) if part.costs else "",
    )


def _full(part: Times) -> float | None:
    """Return what a run from nothing takes; None if it is not known of any stage."""
    known = [one.full_seconds for one in part.stages if one.full_seconds is not None]
    return sum(known) if known else None


def _lead(part: Times) -> str:
    full = _full(part)
    said = duration(part.seconds)
    said += f"; from nothing it takes {duration(full)}." if full is not None else " in all."
    return f"{said} {part.note}".strip()


def _table(part: Times) -> Html:
    full = _full(part)
    columns = [
        Column("Stage", "code"), Column("rows", "n"), Column("done again", "n"),
        Column("seconds", "n.b"), Column("", "bars"),
    ]  # fmt: skip
    foot = ["all", "", "", f"{part.seconds:.1f}", ""]
    if full is not None:
        columns.append(Column("from nothing, min", "n.q"))
        foot.append(clock(full))
    most = max(one.seconds for one in part.stages)
    rows = tuple(_row(one, most, known=full is not None) for one in part.stages)
    return table(Table("Time by stage", tuple(columns), rows, (tuple(foot),), css="stages"))


def _row(one: StageTime, most: float, *, known: bool) -> tuple[str, ...]:
    again = "all" if one.again is None else number(one.again)
    row = (
        _CALLED.get(one.stage, one.stage),
        cell(one.rows),
        again,
        f"{one.seconds:.1f}",
        bar(one.seconds, most),
    )
    if not known:
        return row
    return (*row, "·" if one.full_seconds is None else clock(one.full_seconds))


def _cost(cost: Cost) -> Html:
    detail = el("dd.detail", cost.detail) if cost.detail else ""
    return el("div", el("dt", cost.name), el("dd.value", cost.value), detail)
