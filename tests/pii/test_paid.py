"""Cards of unusual lengths, and wallets."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder

WALLET = "0x52908400098527886E0F7030069857D2E4169EE7"


@pytest.mark.parametrize(
    "card",
    ["501800000009", "6304000000000000000", "6304 0000 0000 0000 000", "63040000000000000"],
)
@pytest.mark.parametrize(
    "text",
    ["Maestro card {} is hers", "Karte: {}", "she paid by card, its number is {}", "visa {}"],
)
def test_a_card_of_any_length_is_found_behind_its_name(
    finder: Finder, text: str, card: str
) -> None:
    assert found(finder, text.format(card)) == [("CREDIT_CARD", card)]


def test_the_head_of_a_column_tells_such_cards(finder: Finder) -> None:
    text = "Name | Card\nAnn | 6304000000000000000\nBob | 501800000009"

    assert [value for _, value in found(finder, text)] == ["6304000000000000000", "501800000009"]


@pytest.mark.parametrize(
    "text",
    [
        "parcel 6304000000000000000",
        "Maestro card 6304000000000000001",
        "the cardinal 501800000009",
        "card\n501800000009",
        "card 12 of 501800000009",
        "commit 0x5290840009852788",
        "hash 0x52908400098527886E0F7030069857D2E4169EE752908400",
        "sent to 0x0000000000000000000000000000000000000000",
    ],
)
def test_what_is_called_no_card_is_none(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    "text", [f"wallet {WALLET} of hers", WALLET, f"https://etherscan.io/address/{WALLET.lower()}"]
)
def test_the_wallet_of_ethereum_is_found(finder: Finder, text: str) -> None:
    assert [(kind, value.lower()) for kind, value in found(finder, text)] == [
        ("CRYPTO", WALLET.lower())
    ]


def test_many_signs_do_not_hold_up_the_search(finder: Finder) -> None:
    began = process_time()
    for text in ("card " * 50_000, "card 1 " * 50_000, "0x" * 100_000, "a" * 100_000 + "card"):
        finder.find(text)

    assert process_time() - began < 20
