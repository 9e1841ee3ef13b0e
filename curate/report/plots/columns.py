"""Columns over a baseline: a histogram with its median and limit, or counts by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from curate.report.markup import Html, el, join
from curate.report.parts.shared import Columns, Count, Histogram
from curate.report.words import clipped, number, width

HEIGHT = 68
TOP = 18
AXIS = 16
MOST_LABELS = 7
LONGEST = 12
LETTER = 7.2 / 260  # of the width of a plot: a letter's, where the plot is at its narrowest
GAP = LETTER  # between labels, and between a mark and its label
ROW = 14  # of the labels of marks, which stand above the bars, one below the other


def histogram(shown: Histogram) -> Html:
    """Return a histogram with its peak, median and limit in place."""
    counts, span = shown.counts, max(shown.width * len(shown.counts), 1)
    if not any(counts):
        return Html()
    placed = _placed(shown, span)
    above = ROW * len({mark.row for mark in placed})
    lines, labels = _lines(placed, above, counts), _labels(placed, above)
    parts = (*_bars(counts), *lines, _peak(counts), *labels, _baseline(), *_ticks(shown, span))
    return _plot(_finding(shown), parts, above)


def columns(shown: Columns) -> Html:
    """Return counts by step, the highest one labelled."""
    counts = tuple(row.count for row in shown.rows)
    if not any(counts):
        return Html()
    labels = _steps(shown.rows)
    said = ", ".join(f"{row.name}: {number(row.count)}" for row in shown.rows)
    return _plot(said, (*_bars(counts), _peak(counts), _baseline(), *labels))


def _plot(finding: str, parts: tuple[Html, ...], above: int = 0) -> Html:
    """Return a drawing whose parts reach so far above what is drawn without marks."""
    height = str(above + TOP + HEIGHT + AXIS)
    moved = el("g", *parts, transform=f"translate(0 {above})") if above else join(*parts)
    return el("svg.plot", moved, width="100%", height=height, role="img", aria_label=f"{finding}.")


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
    return _text(number(max(counts)), _middle(counts), y=str(TOP - 5), css="peak")


def _middle(counts: tuple[int, ...]) -> float:
    """Return where the middle of the highest bar is, as a part of the width."""
    return (counts.index(max(counts)) + 0.5) / len(counts)


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


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark's label and where it stands, all as parts of the width; rows count from the top."""

    label: str
    at: float
    left: bool
    row: int


def _placed(shown: Histogram, span: int) -> tuple[_Mark, ...]:
    """Return the marks: the limit's label above, the median's below where they would meet."""
    found: list[_Mark] = []
    taken = (0.0, 0.0)
    for name, value in (("limit", shown.limit), ("median", shown.median)):
        if value is None or not 0 <= value <= span:
            continue
        label, at = f"{name} {number(value)}", value / span
        begin, end, left = _beside(label, at, left=name == "median" and at >= 1 / 3)
        found.append(_Mark(label, at, left, int(begin < taken[1] and taken[0] < end)))
        taken = begin, end
    return tuple(found)


def _lines(placed: tuple[_Mark, ...], above: int, counts: tuple[int, ...]) -> Iterator[Html]:
    """Yield dotted lines from the labels down, which spare the number of the peak."""
    begin, end = _extent(number(max(counts)), _middle(counts))
    for mark in placed:
        x, first, last = width(mark.at, 1), _row(mark, above) - 9, TOP + HEIGHT
        crosses = begin - GAP < mark.at < end + GAP
        for top, bottom in ((first, 0), (TOP - 2, last)) if crosses else ((first, last),):
            yield el("line.mark", x1=x, x2=x, y1=str(top), y2=str(bottom))


def _labels(placed: tuple[_Mark, ...], above: int) -> Iterator[Html]:
    """Yield the labels of marks above the bars, so that they are never drawn over one."""
    for mark in placed:
        yield el(
            "text.label",
            mark.label,
            x=width(mark.at, 1),
            y=str(_row(mark, above)),
            dx="-5" if mark.left else "5",
            text_anchor="end" if mark.left else "start",
        )


def _row(mark: _Mark, above: int) -> int:
    return ROW * (mark.row + 1) - 4 - above


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
