"""Columns over a baseline: a histogram with its median and limit, or counts by step."""

from collections.abc import Iterator
from itertools import pairwise

from curate.report.markup import Html, el
from curate.report.parts.shared import Columns, Count, Histogram
from curate.report.words import clipped, number, width

HEIGHT = 68
TOP = 18
AXIS = 16
MOST_LABELS = 7
LONGEST = 12
LETTER = 7.2 / 260  # of the width of a plot: a letter's, where the plot is at its narrowest
GAP = LETTER  # between labels, and between a mark and its label
ROWS = (TOP + 14, TOP + 28)  # of the labels of marks, one below the other


def histogram(shown: Histogram) -> Html:
    """Return a histogram with its peak, median and limit in place."""
    counts, span = shown.counts, max(shown.width * len(shown.counts), 1)
    if not any(counts):
        return Html()
    marks = _marks(shown, span)
    parts = (*_bars(counts), _peak(counts), *marks, _baseline(), *_ticks(shown, span))
    return _plot(_finding(shown), parts)


def columns(shown: Columns) -> Html:
    """Return counts by step, the highest one labelled."""
    counts = tuple(row.count for row in shown.rows)
    if not any(counts):
        return Html()
    labels = _steps(shown.rows)
    said = ", ".join(f"{row.name}: {number(row.count)}" for row in shown.rows)
    return _plot(said, (*_bars(counts), _peak(counts), _baseline(), *labels))


def _plot(finding: str, parts: tuple[Html, ...]) -> Html:
    height = str(TOP + HEIGHT + AXIS)
    return el("svg.plot", *parts, width="100%", height=height, role="img", aria_label=f"{finding}.")


def _bars(counts: tuple[int, ...]) -> Iterator[Html]:
    most = max(counts)
    for index, count in enumerate(counts):
        tall = HEIGHT * count / most
        yield el(
            "rect.blue",
            x=width(index, len(counts)),
            y=f"{TOP + HEIGHT - tall:.1f}",
            width=width(1, len(counts)),
            height=f"{tall:.1f}",
        )


def _baseline() -> Html:
    y = str(TOP + HEIGHT)
    return el("line.base", x1="0", x2="100%", y1=y, y2=y)


def _peak(counts: tuple[int, ...]) -> Html:
    at = (counts.index(max(counts)) + 0.5) / len(counts)
    return _text(number(max(counts)), at, y=str(TOP - 5), css="peak")


def _text(label: str, at: float, *, y: str, css: str) -> Html:
    anchor = _anchor(label, at)
    x = "0" if anchor == "start" else "100%" if anchor == "end" else width(at, 1)
    return el(f"text.{css}", label, x=x, y=y, text_anchor=anchor)


def _anchor(label: str, at: float) -> str:
    half = len(label) * LETTER / 2
    return "start" if at < half else "end" if at > 1 - half else "middle"


def _extent(label: str, at: float) -> tuple[float, float]:
    """Return where a text written by `_text` begins and ends, as parts of the plot's width."""
    long = len(label) * LETTER
    anchor = _anchor(label, at)
    begin = 0.0 if anchor == "start" else 1 - long if anchor == "end" else at - long / 2
    return begin, begin + long


def _marks(shown: Histogram, span: int) -> Iterator[Html]:
    """Yield dotted lines with labels: the limit's above, the median's below where they would meet."""
    taken = (0.0, 0.0)
    for name, value in (("limit", shown.limit), ("median", shown.median)):
        if value is None or not 0 <= value <= span:
            continue
        label, at = f"{name} {number(value)}", value / span
        begin, end, left = _beside(label, at, left=name == "median" and at >= 1 / 3)
        row = ROWS[begin < taken[1] and taken[0] < end]
        taken = begin, end
        yield el(
            "line.mark", x1=width(at, 1), x2=width(at, 1), y1=str(TOP - 2), y2=str(TOP + HEIGHT)
        )
        yield el(
            "text.label",
            label,
            x=width(at, 1),
            y=str(row),
            dx="-5" if left else "5",
            text_anchor="end" if left else "start",
        )


def _beside(label: str, at: float, *, left: bool) -> tuple[float, float, bool]:
    """Return where a mark's label begins and ends, and whether it stands to the left of the mark."""
    long = len(label) * LETTER + GAP
    left = long <= at if left else at + long > 1
    return (at - long, at, left) if left else (at, at + long, left)


def _ticks(shown: Histogram, span: int) -> Iterator[Html]:
    y = str(TOP + HEIGHT + 13)
    end = f"{number(span)} {clipped(shown.unit, LONGEST)}"
    last = _extent(end, 1)[0] - GAP
    for value in range(0, span, _round_step(span)):
        if _extent(number(value), value / span)[1] < last:
            yield _text(number(value), value / span, y=y, css="tick")
    yield _text(end, 1, y=y, css="tick")


def _round_step(span: int) -> int:
    """Return a round step of which three or four fit."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if span / (step * factor) <= 4:  # noqa: PLR2004
                return step * factor
        step *= 10


def _steps(rows: tuple[Count, ...]) -> Iterator[Html]:
    """Yield the names of steps: each, or as many at equal distances as stand side by side."""
    y = str(TOP + HEIGHT + 13)
    names = [(clipped(row.name, LONGEST), (i + 0.5) / len(rows)) for i, row in enumerate(rows)]
    fewest = -(-len(rows) // MOST_LABELS)
    choices = (_every(names, every) for every in range(fewest, len(rows) + 1))
    chosen = next((some for some in choices if _stand_apart(some)), names[-1:])
    yield from (_text(name, at, y=y, css="tick") for name, at in chosen)


def _every(names: list[tuple[str, float]], every: int) -> list[tuple[str, float]]:
    """Return each so-manieth name and the last, without the one that stands too near to it."""
    return [*names[: max(len(names) - every, 0) : every], names[-1]]


def _stand_apart(names: list[tuple[str, float]]) -> bool:
    extents = [_extent(name, at) for name, at in names]
    return all(one[1] + GAP / 2 <= other[0] for one, other in pairwise(extents))


def _finding(shown: Histogram) -> str:
    peak = shown.counts.index(max(shown.counts))
    low, high = peak * shown.width, (peak + 1) * shown.width
    said = [f"Most, {number(max(shown.counts))}, have {low} to {high} {shown.unit}"]
    if shown.median is not None:
        said.append(f"the median is {number(shown.median)}")
    if shown.limit is not None:
        said.append(f"the limit is {number(shown.limit)}")
    return "; ".join(said)
