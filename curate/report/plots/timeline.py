"""Versions of documents in time: one line a family, a dot a version, filled where in force."""

from collections.abc import Iterator
from datetime import date

from curate.report.markup import Html, el
from curate.report.parts.findings import Family, Version
from curate.report.words import plural, width

ROW = 31
TOP = 15
AXIS = 22
MOST_YEARS = 6


def timeline(families: tuple[Family, ...]) -> Html:
    """Return families on one axis of years; their names and grounds stand beside it as text."""
    first, last = _years(families)
    bottom = ROW * len(families)
    rows = (mark for i, family in enumerate(families) for mark in _row(family, i, (first, last)))
    return el(
        "svg.plot.timeline",
        *_grid(first, last, bottom),
        *rows,
        width="100%",
        height=str(bottom + AXIS),
        role="img",
        aria_label="; ".join(map(_said, families)),
    )


def _years(families: tuple[Family, ...]) -> tuple[int, int]:
    years = [version.since.year for family in families for version in family.versions]
    return min(years, default=2000), max(years, default=2000) + 1


def _grid(first: int, last: int, bottom: int) -> Iterator[Html]:
    every = max(1, -(-(last - first) // MOST_YEARS))
    for year in range(first + (-first) % every, last + 1, every):
        x = width(year - first, last - first)
        yield el("line.grid", x1=x, x2=x, y1="0", y2=str(bottom))
        yield el("text.tick", str(year), x=x, y=str(bottom + 14), text_anchor="middle")


def _at(day: date, years: tuple[int, int]) -> str:
    first, last = years
    begun = (day - date(day.year, 1, 1)).days / 366
    return width(day.year + begun - first, last - first)


def _row(family: Family, index: int, years: tuple[int, int]) -> Iterator[Html]:
    y = str(ROW * index + TOP)
    days = sorted(family.versions, key=_order)
    if not days:
        return
    yield el("line.span", x1=_at(days[0].since, years), x2=_at(days[-1].since, years), y1=y, y2=y)
    for version in days:
        css = "circle.now" if version.in_force else "circle.old"
        yield el(css, cx=_at(version.since, years), cy=y, r="4.2")


def _order(version: Version) -> tuple[date, bool]:
    return version.since, version.in_force


def _said(family: Family) -> str:
    now = [version.since.isoformat() for version in family.versions if version.in_force]
    since = f", in force since {now[0]}" if now else ""
    return f"{family.name}: {plural(len(family.versions), 'version')}{since}"
