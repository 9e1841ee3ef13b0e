"""Names: a path is part of what a document is, and a folder's name is no part of what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conformance.conftest import Company, Twins


@pytest.mark.scenario("5")
def test_two_files_of_one_name_are_two_documents_and_both_are_searched(company: Company) -> None:
    for name in ("hr", "legal"):
        (chunk,) = company.ran.chunks(f"{name}/report.pdf")
        assert f"by the {name} department" in chunk["text"]


@pytest.mark.scenario("8b")
def test_two_shares_whose_folders_have_one_name_do_not_mix(twins: Twins) -> None:
    assert "valve" not in twins.one.searched()
    assert "lamp" not in twins.two.searched()
    assert set(twins.one.documents()) == set(twins.two.documents()) == {"a.md", "leave.md"}
