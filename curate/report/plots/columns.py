"""Columns over a baseline: a histogram with its median and limit, or counts by step."""

from collections.abc import Iterator

from curate.report.markup import Html, el
from curate.report.parts.shared import Columns, Count, Histogram
from curate.report.words import clipped, number, width

HEIGHT = 68
TOP = 18
AXIS = 16
MOST_LABELS = 7
LONGEST = 12
NEAR_EDGE = 0.06
LAST_TICK = 0.68  # beyond it the end of the axis is written


def histogram(shown: Histogram) -> Html:
    """Return a histogram with its peak, median and limit in place."""
    counts, span = shown.counts, max(shown.width * len(shown.counts), 1)
    if not any(counts):
        return Html()
    marks = (*_mark("median", shown.median, span), *_mark("limit", shown.limit, span))
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
    anchor = "start" if at < NEAR_EDGE else "end" if at > 1 - NEAR_EDGE else "middle"
    x = "0" if anchor == "start" else "100%" if anchor == "end" else width(at, 1)
    return el(f"text.{css}", label, x=x, y=y, text_anchor=anchor)


def _mark(name: str, value: int | None, span: int) -> Iterator[Html]:
    """Yield a dotted line with its label: the median's to the left, the limit's to the right."""
    if value is None or not 0 <= value <= span:
        return
    x, left = width(value, span), name == "median"
    if value / span < 1 / 3:
        left = False
    yield el("line.mark", x1=x, x2=x, y1=str(TOP - 2), y2=str(TOP + HEIGHT))
    yield el(
        "text.label",
        f"{name} {number(value)}",
        x=x,
        y=str(TOP + 14 if name == "limit" or left else TOP + 28),
        dx="-5" if left else "5",
        text_anchor="end" if left else "start",
    )


def _ticks(shown: Histogram, span: int) -> Iterator[Html]:
    y = str(TOP + HEIGHT + 13)
    step = _round_step(span)
    for value in range(0, round(span * LAST_TICK) + 1, step):
        yield _text(number(value), value / span, y=y, css="tick")
    yield _text(f"{number(span)} {clipped(shown.unit, LONGEST)}", 1, y=y, css="tick")


def _round_step(span: int) -> int:
    """Return a round step of which three or four fit."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if span / (step * factor) <= 4:  # noqa: PLR2004
                return step * factor
        step *= 10


def _steps(rows: tuple[Count, ...]) -> Iterator[Html]:
    every = -(-len(rows) // MOST_LABELS)
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        if (index % every == 0 and (last or index + every <= len(rows))) or last:
            at = (index + 0.5) / len(rows)
            yield el(
                "text.tick",
                clipped(row.name, LONGEST),
                x=width(at, 1),
                y=str(TOP + HEIGHT + 13),
                text_anchor="middle",
            )


def _finding(shown: Histogram) -> str:
    peak = shown.counts.index(max(shown.counts))
    low, high = peak * shown.width, (peak + 1) * shown.width
    said = [f"Most, {number(max(shown.counts))}, have {low} to {high} {shown.unit}"]
    if shown.median is not None:
        said.append(f"the median is {number(shown.median)}")
    if shown.limit is not None:
        said.append(f"the limit is {number(shown.limit)}")
    return "; ".join(said)
