"""Personal data: one person is one surrogate, every value is covered, and text is altered in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conformance.texts import MAILS, PERSON, PHONES

if TYPE_CHECKING:
    from tests.conformance.conftest import Company, Twins
    from tests.conformance.site import Ran

MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")


def _stand_ins(ran: Ran, address: str) -> list[str]:
    """Return the addresses that stand for the person's in the examples of a document, all mentions."""
    answers = (e["messages"][1]["content"] for e in ran.examples(address))
    return [found for answer in answers for found in MAIL.findall(answer)]


@pytest.mark.scenario("16")
def test_one_person_has_one_surrogate_in_every_document(company: Company) -> None:
    leave = _stand_ins(company.ran, "people/holidays.md")
    courier = _stand_ins(company.ran, "people/courier.md")

    assert len(leave) >= 2
    assert courier
    assert len({*leave, *courier}) == 1
    assert PERSON not in leave


@pytest.mark.scenario("16")
def test_another_workspace_has_another_key_and_so_another_surrogate(twins: Twins) -> None:
    one, two = _stand_ins(twins.one, "leave.md"), _stand_ins(twins.two, "leave.md")

    assert one
    assert two
    assert set(one).isdisjoint(two)


@pytest.mark.scenario("17")
def test_values_in_a_row_are_each_covered(company: Company) -> None:
    text = "\n".join(chunk["text"] for chunk in company.ran.chunks("people/desk.md"))

    assert [value for value in (*PHONES, *MAILS) if value in text] == []
    assert " ".join(["<PHONE_NUMBER>"] * len(PHONES)) in text
    assert " ".join(["<EMAIL_ADDRESS>"] * len(MAILS)) in text


@pytest.mark.scenario("c")
def test_a_value_that_is_replaced_is_replaced_in_every_column_of_every_product(
    company: Company,
) -> None:
    release = company.ran.release
    rows = [*release.corpus.collect().to_dicts(), *release.examples, *release.ledger]
    rows += [*release.findings, *release.left_out]
    published = str(rows) + "".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in release.folder.rglob("*")
        if path.suffix in {".json", ".md", ".html", ".jsonl"}
    )

    assert "<EMAIL_ADDRESS>" in published
    assert [value for value in (PERSON, *MAILS, *PHONES) if value in published] == []
