"""Duplicates: short documents stay, clusters do not run away, a repeated passage is struck nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.texts import LEASES, NOTICE, SHORT, WITH_NOTICE

if TYPE_CHECKING:
    from tests.conformance.conftest import Company


@pytest.mark.scenario("g")
def test_a_document_of_two_words_stays(company: Company) -> None:
    assert [chunk["text"] for chunk in company.ran.chunks("short.txt")] == [SHORT]


@pytest.mark.scenario("h")
def test_two_pairs_of_one_template_are_two_clusters(company: Company) -> None:
    rows = company.ran.documents()
    cluster = {name: rows[f"leases/{name}.md"]["cluster"] for name in LEASES}

    assert cluster["leeds"] == cluster["york"] != ""
    assert cluster["hull"] == cluster["ripon"] != ""
    assert cluster["leeds"] != cluster["hull"]


@pytest.mark.scenario("h")
def test_near_copies_stay_in_the_corpus(company: Company) -> None:
    rows = company.ran.documents()

    assert {rows[f"leases/{name}.md"]["corpus"] for name in LEASES} == {"in"}


@pytest.mark.scenario("j")
def test_a_passage_that_documents_share_stays_whole_in_each(company: Company) -> None:
    for name, text in WITH_NOTICE.items():
        found = " ".join(chunk["text"] for chunk in company.ran.chunks(f"notices/{name}.md"))
        assert NOTICE in found
        assert text.partition("\n\n")[2] in found
