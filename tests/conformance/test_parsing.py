"""Parsing: without a network, on a bare install; what cannot be read is told, tables are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.material import PRICES

if TYPE_CHECKING:
    from tests.conformance.conftest import Company


@pytest.mark.scenario("3")
def test_every_kind_is_read_and_nothing_reaches_for_a_network(company: Company) -> None:
    for name, said in company.kinds.items():
        text = "\n".join(chunk["text"] for chunk in company.ran.chunks(f"kinds/{name}"))
        assert said in text, name
    assert company.reached_for == ""


@pytest.mark.scenario("9")
def test_a_bare_install_runs_the_whole_pipeline(company: Company) -> None:
    assert "Release 1" in company.said  # all but the required packages were hidden from it
    assert company.ran.release.examples


@pytest.mark.scenario("4")
def test_a_file_that_holds_no_text_is_a_row_with_a_reason(company: Company) -> None:
    row = company.ran.documents()["scan.pdf"]

    assert row["size"] > 0
    assert row["outcome"] == "rejected"
    assert row["reasons"] == ["scanned"]


@pytest.mark.scenario("6")
def test_a_broken_file_is_a_row_with_a_reason_and_harms_no_other(company: Company) -> None:
    rows = company.ran.documents()
    counts = company.ran.release.manifest["counts"]["documents"]

    assert (rows["broken.pdf"]["outcome"], rows["broken.pdf"]["reasons"]) == (
        "rejected",
        ["corrupt"],
    )
    assert rows["hr/report.pdf"]["corpus"] == "in"
    assert counts["in"] == counts["kept"] + counts["flagged"] + counts["rejected"] == len(rows)


@pytest.mark.scenario("7")
def test_cells_of_a_table_stand_in_chunks_and_in_examples(company: Company) -> None:
    text = "\n".join(chunk["text"] for chunk in company.ran.chunks("prices.docx"))
    learnt = str([example["messages"] for example in company.ran.examples("prices.docx")])

    for item, price in PRICES[1:]:
        assert f"{item} | {price}" in text
        assert price in learnt
