"""The finder with its defaults: loading Presidio takes a second, so tests share one."""

from __future__ import annotations

import pytest

from curate.pii import Finder


@pytest.fixture(scope="session")
def finder() -> Finder:
    return Finder()
