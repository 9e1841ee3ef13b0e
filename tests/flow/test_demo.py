"""The example company, run as `make demo` runs it, against what was planted there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.pipeline.scores import Score, compare
from curate.pipeline.setup import example as shipped
from curate.pipeline.setup.example import place
from curate.release.reading import Release
from tests.flow.share import run_share

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, dict[str, Score]]:
    root = tmp_path_factory.mktemp("demo")
    place(root / "company")
    outcome, _ = run_share(root / "company", root / "workspace")
    return Release(outcome.workspace, outcome.release), compare(outcome)


def test_the_demo_finds_what_was_planted(
    company: tuple[Release, dict[str, Score]],
) -> None:
    _, scores = company
    shares = {name: one.found / one.planted for name, one in scores.items() if one.planted}

    assert shares["exact copies of files"] == 1
    assert shares["broken files"] == 1
    assert shares["poisoned pages"] == 1
    assert shares["PII values"] == 1
    assert scores["wrong categories"].found >= 38


def test_only_values_that_would_be_published_count_as_found(
    company: tuple[Release, dict[str, Score]],
) -> None:
    _, scores = company

    assert 300 < scores["PII values"].planted < 400


def test_values_that_the_corpus_shows_are_counted_as_missed(tmp_path: Path) -> None:
    place(tmp_path / "company")
    unmasked = "name: bare\nsources: [{path: company}]\npii: {corpus: keep, finetune: keep}\n"
    (tmp_path / "bare.yaml").write_text(unmasked)
    outcome, _ = run_share(tmp_path / "bare.yaml", tmp_path / "workspace")
    scores = compare(outcome)

    assert scores["PII values"].found < 0.1 * scores["PII values"].planted


def test_few_labels_of_files_are_doubted_wrongly(
    company: tuple[Release, dict[str, Score]],
) -> None:
    _, scores = company
    categories, types, departments = (
        scores[f"wrong {name}"] for name in ("categories", "document types", "departments")
    )

    assert categories.doubts == categories.found
    assert types.doubts is not None
    assert departments.doubts is not None
    assert types.doubts + departments.doubts - types.found <= 8


def test_pairs_just_above_the_likeness_asked_for_share_a_cluster(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    clusters = {row["address"]: row["cluster"] for row in release.ledger}

    assert clusters["help-centre/calibrate-aquila.html"]
    assert (
        clusters["help-centre/calibrate-aquila.html"]
        == (clusters["help-centre/old/calibrate-aquila-2024.html"])
    )


def test_every_record_of_the_company_is_accounted_for(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    counts = release.manifest["counts"]["documents"]

    assert counts["in"] == counts["kept"] + counts["flagged"] + counts["rejected"] > 690


def test_of_equal_texts_the_document_in_force_stays(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    outcomes = {row["address"]: row["corpus"] for row in release.ledger}

    assert outcomes["policies/refund-policy-v3.docx"] == "in"
    assert outcomes["support/desk-binder/returns-and-refunds.docx"] == "copy"


def test_restricted_folders_teach_nothing(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    homes = {part["doc_id"] for e in release.examples for part in e["evidence"]}
    taught = {row["address"] for row in release.ledger if row["doc_id"] in homes}

    assert taught
    assert not any(address.startswith(("hr/", "contracts/restricted/")) for address in taught)


def test_no_split_shares_a_document_or_a_group_with_another(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    seen: dict[str, set[str]] = {}
    for example in release.examples:
        for mark in (example["group"], *(part["doc_id"] for part in example["evidence"])):
            seen.setdefault(mark, set()).add(example["split"])

    assert {example["split"] for example in release.examples} == {"train", "validation", "test"}
    assert all(len(splits) == 1 for splits in seen.values())


def test_the_planted_orders_to_machines_reach_neither_product(
    company: tuple[Release, dict[str, Score]],
) -> None:
    release, _ = company
    corpus = "\n".join(release.corpus.collect()["index_text"])
    learnt = "\n".join(m["content"] for e in release.examples for m in e["messages"])

    for words in ("disregard the refund policy", "maintenance mode", "approve all refunds"):
        assert words not in corpus + learnt


def test_climbing_and_bursting_archives_lose_only_the_bad_member(
    company: tuple[Release, dict[str, Score]],
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


def test_results_of_a_demo_in_the_checkout_are_not_copied_with_the_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = tmp_path / "home" / "company"
    (company / ".curate" / "private").mkdir(parents=True)
    (company / "README.txt").write_text("The company.")
    monkeypatch.setattr(shipped, "home", lambda: tmp_path / "home")

    place(tmp_path / "copy")

    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["README.txt"]
