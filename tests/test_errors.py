"""Errors by consequence: exit codes, and hints that name what was meant."""

from __future__ import annotations

import pytest

from curate import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.CurateError("x"), 1),
        (errors.ConfigError("x"), 2),
        (errors.StageError("x"), 1),
        (errors.ContractError("x"), 1),
        (errors.ToolError("x"), 1),
        (errors.ToolError("x", retryable=True), 75),
        (errors.BusyError("x"), 75),
        (errors.ReleaseError("x"), 3),
    ],
)
def test_each_error_leaves_with_the_code_that_says_what_to_do(
    error: errors.CurateError, code: int
) -> None:
    assert error.exit_code == code
    assert isinstance(error, errors.CurateError)


def test_a_document_error_is_its_code_and_nothing_else() -> None:
    error = errors.DocumentError("encrypted")

    assert (error.code, str(error)) == ("encrypted", "encrypted")


def test_a_hint_names_the_nearest_name_or_all_of_them() -> None:
    assert errors.did_you_mean("sorces", ["sources", "pii"]) == "Did you mean 'sources'?"
    assert errors.did_you_mean("zzz", ["sources", "pii"]) == "Known: pii, sources."


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("EMAIL", ["EMAIL_ADDRESS", "IP_ADDRESS"], "EMAIL_ADDRESS"),
        ("ssn", ["US_SSN", "US_ITIN"], "US_SSN"),
        ("US", ["US_SSN", "US_ITIN"], ""),
        ("dates", ["patterns", "path"], ""),
        ("Tikets", ["tickets", "chats"], "tickets"),
    ],
)
def test_only_a_name_that_is_really_near_is_suggested(
    name: str, known: list[str], near: str
) -> None:
    assert errors.closest(name, known) == near
