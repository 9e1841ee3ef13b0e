"""What the package offers by name, and nothing else by accident."""

from __future__ import annotations

import pytest

import curate
from curate import errors


def test_every_public_name_is_there_and_documented() -> None:
    for name in curate.__all__:
        assert getattr(curate, name).__doc__, name
    assert dir(curate) == sorted(curate.__all__)
    assert {"run", "open", "Release", "CurateError"} <= set(curate.__all__)


def test_every_error_that_a_caller_may_catch_is_public() -> None:
    raised = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, errors.CurateError)
    }

    assert raised <= set(curate.__all__)


def test_a_name_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'rum'"):
        _ = curate.rum
