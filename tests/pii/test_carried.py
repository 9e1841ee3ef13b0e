"""Second values: the name that stands before the first one is not said twice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder

ACCOUNT = "945456781177"
OLD = "730099120456"
FAR = "of the Lakehead Credit Union, near the harbour, which is closed on Mondays and holidays"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"Bank account {ACCOUNT} {FAR}. The old one, {OLD}, ends.", [ACCOUNT, OLD]),
        (f"Bank account {ACCOUNT} {FAR}; the new one is {OLD}.", [ACCOUNT, OLD]),
        (f"Bank account {ACCOUNT} {FAR} (previously {OLD}).", [ACCOUNT, OLD]),
        (f"Bank account {ACCOUNT} {FAR}. The old account was 7300991.", [ACCOUNT, "7300991"]),
        (f"Konto 12345678 {FAR}. Die alte Kontonummer war 12345679.", ["12345678", "12345679"]),
        (f"Passport C01234567 {FAR}; the old one was C01234568.", ["C01234567", "C01234568"]),
        (f"driver license H12345678 {FAR}; the new one: H12345679", ["H12345678", "H12345679"]),
        ("0171-2345678 or 2345679", ["0171-2345678", "2345679"]),
        ("0171-2345678 oder 2345679 und 2345670.", ["0171-2345678", "2345679", "2345670"]),
        ("call 020 7946 0958 or 7946 0959", ["020 7946 0958", "7946 0959"]),
        ("call (415) 555-2671, 555-2672", ["(415) 555-2671", "555-2672"]),
        ("0171-2345678/2345679", ["0171-2345678/2345679"]),
    ],
)  # fmt: skip
def test_a_second_value_is_what_the_first_one_is(
    finder: Finder, text: str, values: list[str]
) -> None:
    assert [value for _, value in found(finder, text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"Bank account {ACCOUNT} {FAR}. The old order {OLD} came.", ACCOUNT),
        (f"Bank account {ACCOUNT} {FAR}. The next {OLD} rows are his.", ACCOUNT),
        (f"Bank account {ACCOUNT} {FAR}.\n\nThe old one, {OLD}, ends.", ACCOUNT),
        (f"Bank account {ACCOUNT} {FAR}. The old one was opened in 2019.", ACCOUNT),
        ("call 020 7946 0958 or 79460959", "020 7946 0958"),
        ("call 020 7946 0958 and 1000 rooms", "020 7946 0958"),
        ("call 0171-2345678 and 2345679 times", "0171-2345678"),
    ],
)
def test_another_number_is_none(finder: Finder, text: str, value: str) -> None:
    assert [one for _, one in found(finder, text)] == [value]


def test_a_long_list_takes_no_long_time(finder: Finder) -> None:
    began = time.process_time()

    finder.find("call 0171-2345678" + " or 2345679" * 20_000)
    finder.find("account 12345678 " * 5_000 + ", the old one" * 5_000)

    assert time.process_time() - began < 5
