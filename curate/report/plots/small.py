"""Small plots: a line over the releases, a histogram without an axis."""

from curate.report.markup import Html, el
from curate.report.parts.shared import Histogram
from curate.report.words import number, width

SPARK_WIDTH, SPARK_HEIGHT, SPARK_INSET = 62, 18, 3
SMALL_HEIGHT, SMALL_AXIS = 44, 14
SMALL_LETTER = 7.2 / 100  # of the width of such a plot at its narrowest


def spark(series: tuple[int, ...]) -> Html:
    """Return a number over the releases as a line that ends in a dot; nothing for one release."""
    if len(series) < 2:  # noqa: PLR2004  a line has two ends
        return Html()
    low, high = min(series), max(series)
    across = (SPARK_WIDTH - 2 * SPARK_INSET) / (len(series) - 1)
    down = (SPARK_HEIGHT - 2 * SPARK_INSET) / ((high - low) or 1)
    middle = 0.0 if high > low else SPARK_HEIGHT / 2 - SPARK_INSET
    points = [
        (SPARK_INSET + i * across, SPARK_HEIGHT - SPARK_INSET - middle - (value - low) * down)
        for i, value in enumerate(series)
    ]
    x, y = points[-1]
    return el(
        "svg.spark",
        el("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points)),
        el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.2"),
        width=str(SPARK_WIDTH),
        height=str(SPARK_HEIGHT),
        role="img",
        aria_label="over the releases: " + ", ".join(map(number, series)),
    )


def small(shown: Histogram) -> Html:
    """Return a histogram to its own height, with a triangle at the median."""
    most = max(shown.counts, default=0)
    if not most:
        return Html()
    bars = (
        el(
            "rect.blue",
            x=width(index, len(shown.counts)),
            y=f"{SMALL_HEIGHT * (1 - count / most):.1f}",
            width=width(1, len(shown.counts)),
            height=f"{SMALL_HEIGHT * count / most:.1f}",
        )
        for index, count in enumerate(shown.counts)
    )
    base = el("line.base", x1="0", x2="100%", y1=str(SMALL_HEIGHT), y2=str(SMALL_HEIGHT))
    return el(
        "svg.plot",
        *bars,
        base,
        *_median(shown),
        width="100%",
        height=str(SMALL_HEIGHT + SMALL_AXIS),
        role="img",
        aria_label=f"median {shown.median} {shown.unit}" if shown.median else "lengths",
    )


def _median(shown: Histogram) -> tuple[Html, ...]:
    if shown.median is None:
        return ()
    at = shown.median / max(shown.width * len(shown.counts), 1)
    long = len(number(shown.median)) * SMALL_LETTER + SMALL_LETTER
    x, left = width(at, 1), at + long > 1
    y = SMALL_HEIGHT + 2
    # A character, as a path cannot be placed by a percentage.
    triangle = el("text.tip", "▲", x=x, y=str(y + 7), text_anchor="middle")
    label = el(
        "text.label",
        number(shown.median),
        x=x,
        y=str(y + 11),
        dx="-7" if left else "7",
        text_anchor="end" if left else "start",
    )
    return triangle, label
