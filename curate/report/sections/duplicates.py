"""Duplicates and versions: documents before and after, and families of versions in time."""

from curate.report.blocks import Margin, bar, panel, section
from curate.report.markup import Html, el, join, language
from curate.report.model import DuplicateRow, Duplicates, Family
from curate.report.plots.timeline import timeline
from curate.report.tables import Column, Table, table
from curate.report.words import cell, noun, number, plural, share, spelled

TITLE = "Duplicates and versions"
MOST_FAMILIES = 8


def duplicates(part: Duplicates) -> Html:
    """Return the section of copies and versions."""
    families = part.families[:MOST_FAMILIES]
    near = el("p.wide-note", _near(part)) if part.near or part.note else ""
    return section(
        Margin("duplicates", TITLE, _lead(part), part.commands),
        _before_after(part) if part.rows else "",
        near,
        _families(families) if families else "",
    )


def _lead(part: Duplicates) -> str:
    copies = sum(row.copies for row in part.rows)
    older = sum(row.superseded for row in part.rows)
    before = sum(row.before for row in part.rows)
    if not part.gone:
        return (
            f"No document left the corpus as a copy or an older version; all {number(before)} stay."
        )
    said = f"{plural(part.gone, 'document')} left the corpus: {plural(copies, 'copy', 'copies')}"
    said += f", {plural(older, 'older version')}."
    return f"{said} {share(before - part.gone, before)} remain."


def _before_after(part: Duplicates) -> Html:
    columns = (
        Column(""), Column("before", "n"), Column("copies", "n"), Column("superseded", "n"),
        Column("after", "n.b"), Column("after, then copies and superseded", "bars"),
    )  # fmt: skip
    most = max(row.before for row in part.rows)
    rows = tuple((*_row(row), _bars(row, most)) for row in part.rows)
    total = DuplicateRow(
        "all",
        sum(row.before for row in part.rows),
        sum(row.copies for row in part.rows),
        sum(row.superseded for row in part.rows),
    )
    shown = Table(
        "Documents before and after",
        columns,
        rows,
        ((*_row(total), ""),),
        css="before",
        titled=True,
    )
    return table(shown)


def _row(row: DuplicateRow) -> tuple[str, ...]:
    return row.name, cell(row.before), cell(row.copies), cell(row.superseded), cell(row.after)


def _bars(row: DuplicateRow, most: int) -> Html:
    return el(
        "span.run",
        bar(row.after, most),
        bar(row.copies, most, "deep"),
        bar(row.superseded, most, "light"),
    )


def _near(part: Duplicates) -> Html:
    near = ""
    if part.near:
        copies = f"{number(part.near)} near {noun(part.near, 'copy', 'copies')}"
        near = f"A further {copies} in {plural(part.near_clusters, 'cluster')} stay: two contracts "
        near += "can be 95 % alike and both be needed. They collapse in a search, count once for "
        near += "fine-tuning and never lie in two splits."
    return join(near, " " if near and part.note else "", part.note)


def _families(families: tuple[Family, ...]) -> Html:
    title = f"{spelled(len(families)).capitalize()} {noun(len(families), 'family', 'families')}"
    names = (el("span", family.name, dir="auto", lang=language(family.lang)) for family in families)
    grounds = (el("span", family.ground, dir="auto") for family in families)
    drawing = el(
        "div.families", el("div.names", *names), timeline(families), el("div.grounds", *grounds)
    )
    return panel(title, drawing, hint="filled: in force, open: superseded")
