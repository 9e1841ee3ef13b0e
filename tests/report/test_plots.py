"""Labels of plots never meet, whatever is drawn, also where a plot is at its narrowest."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from curate.report.parts.shared import Columns, Count, Histogram
from curate.report.plots.columns import columns, histogram

NARROW = 260.0  # pixels
LETTER = 6.7  # pixels: digits and small letters of 12 pixels, in the page's fonts
TALL = 11.0
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_GIVEN = re.compile(r'([\w-]+)="([^"]*)"')

Box = tuple[float, float, float, str]  # left, right, baseline, words


def boxes(drawn: str) -> list[Box]:
    """Return where each text of a plot stands."""
    return [_box(dict(_GIVEN.findall(match[1])), match[2]) for match in _TEXT.finditer(drawn)]


def _box(given: dict[str, str], words: str) -> Box:
    x = given["x"]
    at = float(x.rstrip("%")) * (NARROW / 100 if x.endswith("%") else 1) + float(given.get("dx", 0))
    long = len(words) * LETTER
    left = at - {"start": 0.0, "middle": 0.5, "end": 1.0}[given["text-anchor"]] * long
    return left, left + long, float(given["y"]), words


def meeting(drawn: str) -> list[tuple[str, str]]:
    return [
        (one[3], other[3])
        for one, other in combinations(boxes(drawn), 2)
        if one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < TALL
    ]


HISTOGRAMS = st.builds(
    Histogram,
    width=st.sampled_from([1, 2, 15, 16, 20, 64, 250, 1_000]),
    counts=st.lists(st.integers(0, 20_000), min_size=4, max_size=30).map(tuple),
    median=st.none() | st.integers(0, 30_000),
    limit=st.none() | st.integers(0, 30_000),
    unit=st.sampled_from(["tokens", "words", "characters"]),
)
NAMES = st.sampled_from(["2019", "it", "onboarding", "security incidents", "none", "7"])
COLUMNS = st.builds(
    Columns,
    st.lists(st.builds(Count, NAMES, st.integers(0, 20_000)), min_size=2, max_size=14).map(tuple),
)


@given(HISTOGRAMS)
def test_labels_of_a_histogram_stand_apart_and_inside(shown: Histogram) -> None:
    drawn = str(histogram(shown))

    assert meeting(drawn) == []
    assert all(left > -LETTER and right < NARROW + LETTER for left, right, _, _ in boxes(drawn))


@given(HISTOGRAMS)
def test_labels_of_marks_are_never_drawn_over_bars(shown: Histogram) -> None:
    drawn = str(histogram(shown))

    tops = [float(y) for y in re.findall(r'<rect [^>]*y="([\d.]+)"', drawn)]
    marks = [y for _, _, y, words in boxes(drawn) if words.startswith(("median", "limit"))]
    assert all(y < top - TALL / 3 for y in marks for top in tops)
    shift = float((re.findall(r"translate\(0 (\d+)\)", drawn) or ["0"])[0])
    assert all(y + shift >= TALL * 0.8 for y in marks)


@given(COLUMNS)
def test_names_of_columns_stand_apart_and_inside(shown: Columns) -> None:
    drawn = str(columns(shown))

    assert meeting(drawn) == []
    assert all(left > -LETTER and right < NARROW + LETTER for left, right, _, _ in boxes(drawn))


def test_years_are_labelled_at_equal_distances() -> None:
    years = Columns(tuple(Count(str(year), 3) for year in range(2016, 2027)))

    ticks = [words for *_, words in boxes(str(columns(years))) if words.startswith("20")]

    assert ticks == ["2016", "2018", "2020", "2022", "2024", "2026"]


def test_a_median_beside_its_limit_is_labelled_below_it() -> None:
    drawn = boxes(str(histogram(Histogram(10, (1,) * 20, median=130, limit=110))))

    rows = {
        words.split()[0]: y for _, _, y, words in drawn if words.startswith(("median", "limit"))
    }
    assert rows["limit"] < rows["median"]
