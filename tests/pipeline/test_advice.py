"""A run says who is left out silently and why nothing is learnt, and what to set."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from curate.pipeline.advice import advice
from curate.pipeline.gating.cautions import lowered
from curate.pipeline.request import resolve
from curate.release import manifest
from curate.release.reading import listed, open_release
from tests.flow.share import REFUNDS, TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

STATED = "access: {groups: [staff]}\n"
PRESS = "The press is down until Thursday; orders go to Leeds, where they are printed.\n"


def share(
    folder: Path, pipeline: str = "", *, source: str = "", **files: str
) -> tuple[Outcome, dict[str, Any]]:
    """Run a folder with files (`__` for a slash), or a pipeline beside it; return the manifest too."""
    for name, text in {"travel.md": TRAVEL, "a__refunds.md": REFUNDS, **files}.items():
        place = folder / "share" / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    (folder / "share.yaml").write_text(
        f"sources: [{{path: share, name: docs{source}}}]\n" + pipeline
    )
    outcome, _ = run_share(folder / "share.yaml", folder / "w", workers=1)
    return outcome, manifest.read(outcome.workspace.release(outcome.release))


def test_one_statement_of_access_is_told_to_leave_the_others_to_nobody(tmp_path: Path) -> None:
    outcome, written = share(tmp_path, "audience: [staff]\n", **{"a___meta.yaml": STATED})

    (text,) = outcome.warnings
    assert text.startswith("1 of 2 documents can be read by nobody: `access:` is stated for others")
    assert "Set `access: {groups: [NAME]}` for docs (1)" in text
    assert written["warnings"] == ["access_unstated"]


def test_where_no_source_or_every_source_states_access_there_is_nothing_to_say(
    tmp_path: Path,
) -> None:
    nowhere, _ = share(tmp_path / "1")
    everywhere, _ = share(tmp_path / "2", "audience: [staff]\n", **{"_meta.yaml": STATED})

    assert nowhere.warnings == everywhere.warnings == ()


def test_personal_data_that_is_kept_is_told_and_counted_as_no_redaction(tmp_path: Path) -> None:
    kept, written = share(
        tmp_path / "1", "pii: {corpus: keep}\n", **{"c.md": "# Lamp\n\nAsk jane@kestrelbay.com.\n"}
    )

    assert kept.counts["redactions"] == {}
    assert "personal data is published as it was written: CREDIT_CARD" in kept.warnings[0]
    assert "in the corpus. `pii.corpus`" in kept.warnings[0]
    assert written["warnings"] == ["pii_kept"]
    ledger = open_release(tmp_path / "1/w").ledger
    assert sum(row["redactions"] for row in ledger) == 0


def test_what_a_file_found_in_the_folder_lowers_is_said_aloud(tmp_path: Path) -> None:
    (tmp_path / "share/.curate").mkdir(parents=True)
    (tmp_path / "share/a.md").write_text("# Lamp\n\nAsk jane@kestrelbay.com.\n")
    (tmp_path / "share/.curate/pipeline.yaml").write_text(
        "sources: [{path: .}]\npii: {corpus: keep, finetune: keep}\n"
        "gates: {pii_found: 100, leaks: 100}\n"
    )

    outcome, _ = run_share(tmp_path / "share", tmp_path / "share/.curate", workers=1)

    assert (outcome.inferred, outcome.set_in) == (False, outcome.workspace.inferred)
    (text,) = [text for text in outcome.warnings if "lowers what is done by default" in text]
    assert "pii.corpus keep, not mask; pii.finetune keep, not surrogate" in text
    assert "gates.pii_found 100, not 0; gates.leaks 100, not 0" in text


def test_a_folder_as_it_is_inferred_lowers_nothing(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "share/a.md").write_text(REFUNDS)

    target = resolve(tmp_path / "share", None)

    assert target.fresh
    assert list(lowered(target.settings)) == []
    assert not resolve(tmp_path / "share", None).fresh


@pytest.mark.parametrize(
    ("pipeline", "code", "told"),
    [
        ("", "audience_missing", "2 documents are not for everyone, and `audience:` is empty."),
        (
            "audience: [sales, press]\n",
            "audience_reads_nothing",
            "may be read by all of the audience (sales, press). Give those groups `access:`",
        ),
    ],
)
def test_an_audience_that_may_read_nothing_is_told(
    tmp_path: Path, pipeline: str, code: str, told: str
) -> None:
    outcome, written = share(tmp_path, pipeline, **{"_meta.yaml": STATED})

    (text,) = outcome.warnings
    assert text.startswith("finetune has 0 examples: ")
    assert told in text
    assert written["warnings"] == [code]


def test_a_share_that_one_folder_shuts_is_told_first_once_and_with_its_cause(
    tmp_path: Path,
) -> None:
    closed = {"hr___meta.yaml": "access: {groups: [hr]}\n", "hr__leave.md": REFUNDS}
    outcome, written = share(tmp_path, **closed)

    (text,) = outcome.warnings
    folder = outcome.workspace.release(outcome.release)
    shown = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    told = [point["text"] for point in shown["points"]]

    assert written["warnings"] == ["access_unstated"]
    assert "The fine-tuning set is empty for the same reason" in text
    assert shown["headline"].startswith("Nobody may read 2 of 3 documents")
    assert "can be read by nobody" in told[0]
    assert not any("Flagged documents" in one or "left out of" in one for one in told)
    assert "Nothing stops it" not in (folder / "report.html").read_text(encoding="utf-8")


def test_one_file_of_two_sources_with_different_readers_is_told(tmp_path: Path) -> None:
    wide = "  - {path: share, name: wide, access: {groups: [everyone]}}\n"
    narrow = "  - {path: share/a, name: narrow, access: {groups: [hr]}}\n"
    (tmp_path / "share/a").mkdir(parents=True)
    (tmp_path / "share/travel.md").write_text(TRAVEL)
    (tmp_path / "share/a/refunds.md").write_text(REFUNDS)
    (tmp_path / "two.yaml").write_text(f"sources:\n{wide}{narrow}")

    outcome, _ = run_share(tmp_path / "two.yaml", tmp_path / "w", workers=1)

    (text,) = outcome.warnings
    assert text.startswith("2 documents of narrow (1), wide (1) are the same files")


def test_a_set_of_several_tenants_is_told_on_the_screen_and_on_its_card(tmp_path: Path) -> None:
    outcome, written = share(tmp_path, **{"a___meta.yaml": "tenant: acme\n"})

    (text,) = outcome.warnings
    assert text.startswith("the fine-tuning set holds examples of 2 tenants: a model tuned on all")
    assert written["warnings"] == ["tenants_mixed"]
    folder = outcome.workspace.release(outcome.release)
    card = (folder / "finetune/README.md").read_text(encoding="utf-8")
    assert "It holds examples of 2 tenants" in card


def test_a_share_with_nothing_to_mine_is_told(tmp_path: Path) -> None:
    outcome, _ = share(tmp_path, **{"travel.md": PRESS, "a__refunds.md": f"Minutes.\n\n{PRESS}"})

    (text,) = outcome.warnings
    assert "nothing in 2 documents reads as a question with its answer" in text


def test_drafts_of_which_none_is_good_enough_are_counted_by_reason(tmp_path: Path) -> None:
    outcome, _ = share(tmp_path, "finetune: {choose: {least_quality: 1}}\n")

    (text,) = outcome.warnings
    assert "not one was good enough (" in text
    assert "low_quality" in text
    assert "`finetune.choose.least_quality` sets the cut" in text


def _counts(finetune: dict[str, Any]) -> dict[str, Any]:
    """Return the counts of a release of one document and no example."""
    access = ("unstated", "unmatched", "overlapping", "unread_access", "unread_tenant")
    return {
        "documents": {"in": 1, "rejected": 0},
        "access": {name: {} for name in access},
        "reasons": {},
        "records": {"plain_files": 0, "unknown_roles": 0},
        "finetune": {"examples": 0, "tenants": 0, "extractors_failed": {}, **finetune},
    }


def test_answers_that_nobody_confirmed_are_told_with_what_would_help() -> None:
    learnt = {"documents": 2, "drafts": 2, "left_out": {"unconfirmed": 2}, "withheld": 0}
    (one,) = advice(_counts(learnt), ())

    assert "of 2 drafts not one was good enough (2 unconfirmed)" in one.text
    assert "`messages.agents: [WORD]`" in one.text
    assert "least_quality" not in one.text


def test_a_source_for_the_corpus_alone_is_told() -> None:
    counts = {**_counts({"documents": 0, "drafts": 0}), "reasons": {"use_corpus_only": 1}}

    (one,) = advice(counts, ())

    assert one.text == (
        "finetune has 0 examples: no document is left to learn from (1 use_corpus_only). "
        "See `curate show flagged`."
    )


def test_a_label_to_be_judged_that_no_document_carries_is_told_with_the_nearest(
    tmp_path: Path,
) -> None:
    judged = "labels: {judge: [catgory, document_type]}\n"
    outcome, written = share(tmp_path, judged, **{"_meta.yaml": "labels: {category: rules}\n"})

    (text,) = outcome.warnings
    assert "no document carries: catgory (did you mean category?), document_type." in text
    assert written["warnings"] == ["label_missing"]


def test_files_of_records_that_nobody_knows_are_told(tmp_path: Path) -> None:
    lines = '{"case_no": "C-1", "headline": "Lamp"}\n{"case_no": "C-2", "headline": "Lid"}\n'

    outcome, written = share(tmp_path, **{"cases.jsonl": lines, "b__more.jsonl": lines})

    (text,) = outcome.warnings
    assert text.startswith("2 files hold records whose fields are named as in no export")
    assert "curate show records_plain" in text
    assert len(listed(open_release(outcome.workspace.root), "records_plain")) == 4
    assert written["warnings"] == ["records_plain"]


def test_words_for_roles_that_nobody_knows_are_told_and_can_be_mapped(tmp_path: Path) -> None:
    told = "Turn the ring below the lamp to the left until you hear it click twice."
    said = [{"role": "pilot", "body": "Why is the lamp so dark?"}, {"role": "crew", "body": told}]
    case = {"ticket_id": 1, "subject": "Dark lamp", "status": "solved", "messages": said}
    files = {"cases.jsonl": json.dumps(case)}
    mapped = ", records: {like: tickets, messages.customers: [pilot], messages.agents: [crew]}"

    strange, written = share(tmp_path / "1", **files)
    known, learnt = share(tmp_path / "2", source=mapped, **files)

    (text,) = strange.warnings
    assert text.startswith("in 1 conversation the words for roles are none that are known")
    assert written["warnings"] == ["roles_unknown"]
    assert written["counts"]["reasons"]["unknown_roles"] == 1
    assert "tickets" not in written["counts"]["finetune"]["extractors"]
    assert known.warnings == ()
    assert learnt["counts"]["finetune"]["extractors"]["tickets"] == 1


def _tickets(*names: str) -> str:
    head = ",".join(("id", "subject", "description", "status", "resolution", *names))
    asked = "How do I turn lamp {0} on again?"
    told = "Turn the ring below lamp {0} to the left until you hear it click twice."
    rows = (f"{n},Lamp {n},{asked.format(n)},solved,{told.format(n)}" for n in range(1, 4))
    return "\n".join([head, *(row + ",hr" * len(names) for row in rows)]) + "\n"


def test_records_with_a_column_that_may_say_who_reads_them_are_told_with_their_file(
    tmp_path: Path,
) -> None:
    outcome, written = share(tmp_path, **{"desk__tickets.csv": _tickets("Access", "tenant")})

    (text,) = outcome.warnings
    folder = outcome.workspace.release(outcome.release)
    shown = json.loads((folder / "report.json").read_text(encoding="utf-8"))

    assert text.startswith("nothing reads the columns or fields called `access` and `tenant`: ")
    assert "desk/tickets.csv (3)" in text
    assert "`columns: {access: access, tenant: tenant}`" in text
    assert "hr" not in text
    assert written["warnings"] == ["access_unread"]
    assert any("desk/tickets.csv (3)" in point["text"] for point in shown["points"])
    assert len(listed(open_release(outcome.workspace.root), "access_column")) == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stock.csv", "part,place,access\nRing,Shelf 4,hr\n"),
        ("stock.tsv", "part\tplace\tACCESS\nRing\tShelf 4\thr\n"),
        ("cases.jsonl", '{"case_no": "C-1", "headline": "Lamp", "access": "hr"}\n'),
        ("one.json", '{"case_no": "C-1", "headline": "Lamp", "access": "hr"}'),
        ("cases.json", '[{"case_no": "C-1", "headline": "Lamp", "fields": {"access": "hr"}}]'),
    ],
)
def test_a_column_that_may_say_who_reads_is_told_of_every_kind_of_records(
    tmp_path: Path, name: str, text: str
) -> None:
    _, written = share(tmp_path, **{name: text})

    assert "access_unread" in written["warnings"]
    assert written["counts"]["access"]["unread_access"] == {name: 1}


def test_a_column_that_is_read_as_anything_and_a_page_that_speaks_of_access_are_not_told(
    tmp_path: Path,
) -> None:
    read, learnt = share(
        tmp_path / "1",
        "audience: [hr]\n",
        source=", columns: {access: access}, access: {groups: [hr]}",
        **{"tickets.csv": _tickets("access")},
    )
    page, _ = share(
        tmp_path / "2", **{"page.md": "# Doors\n\n| access | door |\n|-|-|\n| hr | 1 |\n"}
    )

    assert read.warnings == page.warnings == ()
    assert "access_column" not in learnt["counts"]["reasons"]


def test_a_file_that_not_everybody_may_read_is_told_by_its_source(tmp_path: Path) -> None:
    files = {"hr__pay.csv": _tickets("access"), "hr___meta.yaml": STATED, "_meta.yaml": STATED}
    outcome, written = share(tmp_path, "audience: [staff]\n", **files)

    assert written["counts"]["access"]["unread_access"] == {"docs": 3}
    assert not any("pay.csv" in text for text in outcome.warnings)
