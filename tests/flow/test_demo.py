"""The example company, run as `make demo` runs it, against what was planted there."""

from __future__ import annotations

import pytest

from curate.pipeline.example import compare, place
from curate.release.reading import Release
from tests.flow.share import run_share

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, dict[str, tuple[int, int]]]:
    root = tmp_path_factory.mktemp("demo")
    place(root / "company")
    outcome, _ = run_share(root / "company", root / "workspace")
    return Release(outcome.workspace, outcome.release), compare(outcome)


def test_the_demo_finds_what_was_planted(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    _, scores = company
    shares = {name: found / planted for name, (found, planted) in scores.items()}

    assert shares["exact copies"] == 1
    assert shares["broken files"] == 1
    assert shares["risky files"] == 1
    assert shares["PII values"] >= 0.99
    assert shares["wrong labels of tickets"] >= 38 / 43


def test_every_record_of_the_company_is_accounted_for(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    counts = release.manifest["counts"]["documents"]

    assert counts["in"] == counts["kept"] + counts["flagged"] + counts["rejected"] > 690


def test_of_equal_texts_the_document_in_force_stays(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    outcomes = {row["address"]: row["corpus"] for row in release.ledger}

    assert outcomes["policies/refund-policy-v3.docx"] == "in"
    assert outcomes["support/desk-binder/returns-and-refunds.docx"] == "copy"


def test_restricted_folders_teach_nothing(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    homes = {part["doc_id"] for e in release.examples for part in e["evidence"]}
    taught = {row["address"] for row in release.ledger if row["doc_id"] in homes}

    assert taught
    assert not any(address.startswith(("hr/", "contracts/restricted/")) for address in taught)


def test_no_split_shares_a_document_or_a_group_with_another(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    seen: dict[str, set[str]] = {}
    for example in release.examples:
        for mark in (example["group"], *(part["doc_id"] for part in example["evidence"])):
            seen.setdefault(mark, set()).add(example["split"])

    assert {example["split"] for example in release.examples} == {"train", "validation", "test"}
    assert all(len(splits) == 1 for splits in seen.values())


def test_the_planted_orders_to_machines_reach_neither_product(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    corpus = "\n".join(release.corpus.collect()["index_text"])
    learnt = "\n".join(m["content"] for e in release.examples for m in e["messages"])

    for words in ("disregard the refund policy", "maintenance mode", "approve all refunds"):
        assert words not in corpus + learnt


def test_climbing_and_bursting_archives_lose_only_the_bad_member(
    company: tuple[Release, dict[str, tuple[int, int]]],
) -> None:
    release, _ = company
    inside = {
        row["address"]: row["outcome"]
        for row in release.ledger
        if row["address"].startswith(("incoming/supplier-papers.zip", "support/device-logs.zip"))
        or "device-logs.zip" in row["address"]
    }

    assert sum(outcome == "rejected" for outcome in inside.values()) == 2
    assert sum(outcome != "rejected" for outcome in inside.values()) == 3
