"""Text that is no language is told from all that a person may look for."""

from __future__ import annotations

import base64
import hashlib

import pytest

from curate.text.noise import is_noise

BLOB = base64.b64encode(b"".join(hashlib.sha256(bytes([n])).digest() for n in range(256))).decode()
SENTENCES = [f"Pump {n} is oiled every {n * 7919 % 97} days by shift {n % 3}." for n in range(900)]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        "lorem ipsum dolor sit amet, " * 9_000,
        "- item\n\n" * 20_000,
        f"Logo\n\n{BLOB}",
        "Title of it\n" + "=" * 100_000,
    ],
)
def test_a_repeated_pattern_and_an_endless_run_of_signs_are_noise(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 400,
        "\n".join(SENTENCES),
        f"{' '.join(SENTENCES[:9])}\n\n{BLOB}",
        f"{' '.join(SENTENCES[:9])}\n\n{'x' * 3_000_000}",
        "ポンプは三日ごとに油を差します。" * 250 + "".join(map(chr, range(0x4E00, 0x5E00))),
        "Day | Open\n" + "\n".join(f"{day} | yes" for day in range(4_000)),
    ],
)
def test_whatever_says_something_is_none(text: str) -> None:
    assert not is_noise(text)
