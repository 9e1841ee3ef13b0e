import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.report.words import (
    cell,
    clock,
    duration,
    listed,
    number,
    percent,
    plural,
    score,
    share,
    signed,
    width,
)

THIN = "\u202f"


def test_counts_have_commas_and_zero_is_a_dot() -> None:
    assert [number(1234567), cell(0), cell(12), number(-4)] == ["1,234,567", "·", "12", "−4"]


def test_differences_have_true_signs() -> None:
    assert [signed(12), signed(-4), signed(0)] == ["+12", "−4", "·"]


@pytest.mark.parametrize(
    ("fraction", "written"),
    [(0.829, "83"), (0.0629, "6.3"), (0.0004, "0.04"), (0.0, "0"), (1.0, "100"), (0.9999, "99.9")],
)
def test_shares_keep_what_matters(fraction: float, written: str) -> None:
    assert percent(fraction) == f"{written}{THIN}%"


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_part_is_never_written_as_all_or_nothing(part: int, rest: int) -> None:
    written = share(part, part + rest)

    assert written not in {f"0{THIN}%", f"100{THIN}%", f"0.0{THIN}%", f"0.00{THIN}%"}


def test_a_share_of_nothing_is_a_dot() -> None:
    assert share(0, 0) == "·"


def test_times_are_in_the_unit_one_would_say() -> None:
    said = [duration(seconds) for seconds in (0.4, 41.0, 1140.0, 8640.0)]

    assert said == ["0.4 s", "41 s", "19 min", "2.4 h"]
    assert [clock(472), clock(3), clock(4072)] == ["7:52", "0:03", "1:07:52"]


def test_scores_lose_their_zero() -> None:
    assert [score(0.91), score(1.0), score(0.0)] == [".91", "1.00", ".00"]


def test_one_is_singular() -> None:
    assert [plural(1, "copy", "copies"), plural(0, "copy", "copies")] == ["1 copy", "0 copies"]


def test_lists_read_like_speech() -> None:
    assert [listed(()), listed(("a",)), listed(("a", "b", "c"))] == ["", "a", "a, b and c"]


@given(st.floats(-10, 10**12), st.floats(-10, 10**12))
def test_a_width_is_always_within_its_track(part: float, whole: float) -> None:
    assert 0 <= float(width(part, whole).removesuffix("%")) <= 100
