"""Cards whose digits stand in several cells of a row, and sums that stand like them."""

from __future__ import annotations

import random
from time import process_time
from typing import TYPE_CHECKING

import pytest

from curate.pii import cells
from curate.pii.marks import is_card

if TYPE_CHECKING:
    from curate.pii import Finder

CARD = "4111 | 1111 | 1111 | 1111"
OTHER = "5555 | 5555 | 5555 | 4444"
AMEX = "3782 | 822463 | 10005"


def digits(finder: Finder, text: str) -> str:
    """Return the digits of what is found to be of cards."""
    found = [one for one in finder.find(text) if one.type == "CREDIT_CARD"]
    return " ".join(text[one.start : one.end] for one in found)


def wanted(*cards: str) -> str:
    return " ".join(cards).replace(" | ", " ")


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        (f"Name | Anna | Berg\nCard number | {CARD}", [CARD]),
        (f"Kartennummer | {CARD} | 123", [CARD]),
        (f"Card no. | {AMEX}", [AMEX]),
        (f"Name | Anna\nCard | {CARD}", [CARD]),
        (f"{CARD}", [CARD]),
        (f"x | {CARD} | 12/27", [CARD]),
        (f"{CARD}\n{OTHER}", [CARD, OTHER]),
        (f"Name | Card |  |  | \nAnna | {CARD}\nBob | {OTHER}", [CARD, OTHER]),
        (f"Name |  |  |  | \nAnna | {CARD}", [CARD]),
        (f"Name | Card | Card | Card | Card | CVV\nAnna | {CARD} | 123", [CARD]),
        (f"Name | Card 1 | Card 2 | Card 3 | Card 4\nAnna | {CARD}", [CARD]),
        (f"His card:\n\n{CARD}", [CARD]),
        ("a | b | c\nx | 4111 1111 | 1111 1111", ["4111 1111 | 1111 1111"]),
    ],
)
def test_a_card_in_cells_of_one_field_is_found(finder: Finder, text: str, cards: list[str]) -> None:
    assert digits(finder, text) == wanted(*cards)


@pytest.mark.parametrize(
    "text",
    [
        f"Centre | 2021 | 2022 | 2023 | 2024\nRent | {CARD}",
        f"District | Party A | Party B | Party C | Party D\nD1 | {CARD}\nD2 | {OTHER}",
        f"Branch | Credit card | Cash | Cheque | Other\nLeeds | {CARD}",
        f"7 | {CARD}",
        f"{CARD} | 1112 | 1113",
        f"Centre | Budget |  |  | \n | 2021 | 2022 | 2023 | 2024\nRent | {CARD}\nPay | 1 | 2 | 3 | 4",
        f"Rent | {CARD}\nPay | 4111 | 1111 | 1111 | 1112\nGas | 3201 | 2222 | 3102 | 4114",
        "Valve | 9111 | 1111 | 1111 | 1111",
    ],
)
def test_sums_below_heads_of_their_own_are_no_card(finder: Finder, text: str) -> None:
    assert digits(finder, text) == ""


@pytest.mark.parametrize("heads", ["Centre | 2021 | 2022 | 2023 | 2024\n", ""])
def test_of_rows_of_sums_none_is_a_card_by_its_check_digit(finder: Finder, heads: str) -> None:
    rng = random.Random(9)
    rows = [[rng.randint(3100, 6900) for _ in range(4)] for _ in range(400)]
    text = heads + "\n".join(f"Department | {' | '.join(map(str, row))}" for row in rows)

    assert any(is_card("".join(map(str, row))) for row in rows)
    assert finder.find(text) == []


def test_a_table_of_many_columns_holds_no_cards_and_nothing_up(finder: Finder) -> None:
    rows = (" | ".join(str(i * j) for i in range(300)) for j in range(400))
    began = process_time()

    assert finder.find("\n".join(rows)) == []
    assert process_time() - began < 20


def test_the_rows_of_a_table_are_judged_once_however_many_begin_as_cards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = random.Random(9)
    rows = [" | ".join(str(rng.randint(4000, 4999)) for _ in range(4)) for _ in range(600)]
    asked = []

    def counted(digits: str) -> bool:
        asked.append(digits)
        return is_card(digits)

    monkeypatch.setattr(cells, "is_card", counted)

    assert list(cells.cards("\n".join(["sum | sum | sum | sum", *rows]))) == []
    assert sum(is_card(row.replace(" | ", "")) for row in rows) > 20
    assert len(asked) <= 3 * len(rows)
