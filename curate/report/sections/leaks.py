"""Leaks: measures of likeness over pairs of splits, and the nearest miss of each."""

from curate.report.blocks import Margin, section
from curate.report.markup import Html, el, join
from curate.report.model import LeakRow, Leaks
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import number, plural

TITLE = "Leaks"


def leaks(part: Leaks) -> Html:
    """Return the section of leaks."""
    columns = (
        Column("Alike by"),
        Column("groups kept together", "n"),
        *(Column(pair, "n") for pair in part.pairs),
        Column("nearest left", "n.q"),
    )
    shown = Table(
        "Leaks by measure and pair of splits", columns, tuple(map(_row, part.rows)), css="leaks"
    )
    return section(Margin("leaks", TITLE, _lead(part), part.commands), table(shown))


def _lead(part: Leaks) -> str:
    if not part.total:
        return "None. What is alike was put into one split before anything was counted."
    return f"{plural(part.total, 'pair')} of examples are alike across splits."


def _row(row: LeakRow) -> tuple[str | Cell, ...]:
    name = join(row.measure, " ", el("small", row.detail) if row.detail else "")
    counts = (Cell(number(count), "past") if count else number(count) for count in row.counts)
    return name, number(row.kept_together), *counts, row.nearest or "–"
