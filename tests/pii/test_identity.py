"""The searches that are faster than Presidio's find what Presidio finds, no more and no less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.pii import CustomRecogniser, Finder, FinderSettings, WeightedPattern
from curate.pii.accept import accepted
from curate.pii.finder import _spans
from curate.pii.gates import GATES, MAY_HOLD
from curate.pii.resolve import resolved
from tests.pii.stock_presidio import adversarial, differences, rows, stock

if TYPE_CHECKING:
    from curate.tables.pii_spans import PiiSpan

PROSE = """\
The health unit opens on 12/21/2020. Its phone number for the staff of building 4 is
415-556-2766, or write to health.unit@acme.com. See https://intranet.acme.com/health (not
acme.com/old) and the note of 2021-03-04: "take form W9, section 3(b)". Social security numbers
such as 219-09-9999 are never asked for. Driver licence H12345678, passport C01234567,
account 945456787654.
"""


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def test_prose_has_the_findings_of_presidio(finder: Finder) -> None:
    text = PROSE * 3

    assert len(rows(finder.findings(text))) > 30
    assert rows(finder.findings(text)) == stock(finder.settings)(text)


def test_three_hundred_hostile_texts_have_the_findings_of_presidio(finder: Finder) -> None:
    texts = [adversarial(seed) for seed in range(300)]

    assert differences(finder, stock(finder.settings), texts) == []


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(100_000, marks=pytest.mark.slow),
        *(pytest.param(first, marks=pytest.mark.long) for first in range(102_000, 112_000, 2_000)),
    ],
)
def test_twelve_thousand_hostile_texts_have_the_findings_of_presidio(
    finder: Finder, first: int
) -> None:
    texts = [adversarial(seed) for seed in range(first, first + 2_000)]

    assert differences(finder, stock(finder.settings), texts) == []


def test_own_recognisers_regions_and_context_change_nothing_of_that() -> None:
    settings = FinderSettings(
        phone_regions=("FR", "US"),
        recognisers=(
            CustomRecogniser(
                type="EMPLOYEE",
                patterns=(WeightedPattern(regex=r"\s?EMP-\d+", score=0.3),),
                context=("staff", "the"),
                literal="emp-",
            ),
            CustomRecogniser(type="PROJECT", words=("Blue Moon", "x")),
        ),
        context={"US_BANK_NUMBER": ("ledger",), "URL": (":",)},
    )
    texts = [
        f"{adversarial(seed)} staff emp-{seed} ledger 12345678\n emp-7 (x) {adversarial(seed + 1)}"
        for seed in range(150)
    ]

    assert differences(Finder(settings), stock(settings), texts) == []


def test_leaving_out_what_nobody_would_believe_changes_nothing_that_is_acted_on(
    finder: Finder,
) -> None:
    wanted = finder.settings.wanted()
    texts = [PROSE, *(f"{adversarial(seed)} {PROSE[seed % 300 :][:90]}" for seed in range(1500))]

    def acted_on(found: list[PiiSpan], text: str) -> list[PiiSpan]:
        return [
            one
            for one in resolved(accepted(found, text), text, wanted=wanted)
            if one.type in wanted
        ]

    for text in texts:
        sought = _spans(finder._search.believable(text), "text")

        assert acted_on(sought, text) == acted_on(finder.findings(text), text)

    assert sum(len(finder.find(text)) for text in texts) > 1000


def test_no_gate_lets_through_what_the_first_glance_passes_over() -> None:
    samples = ("AA-BB-CC-DD-EE-FF", "AA:BB:CC:DD:EE:FF", "fe::ab", "abcd.abcd.abcd", "::")

    without_digits = [gate for gate in GATES.values() if gate.digits == 0]

    assert len(without_digits) == 4  # addresses of networks and of hardware
    assert all(MAY_HOLD.search(sample) for sample in samples)
