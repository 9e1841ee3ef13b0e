"""What several files of these tests look at."""

from __future__ import annotations

import pytest

from tests.flow.tale import Tale, told


@pytest.fixture(scope="session")
def tale(tmp_path_factory: pytest.TempPathFactory) -> Tale:
    """Return the share of `tests.flow.tale` with its three releases, run once."""
    return told(tmp_path_factory.mktemp("tale"))
