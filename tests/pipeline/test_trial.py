"""One stage tried on one file, with the extractors that a pipeline file names."""

from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.pipeline.trials.trial import attempt
from tests.text.test_tokens import word_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
from curate.mining.drafts import Draft, Features, Span, Teaches


def symptoms(document, visible):
    span = Span(0, len(document.text.rstrip()))
    sides = ("Which fault?",), (span,)
    yield Draft("qa", "symptoms", "", *sides, (span,), Teaches.KNOWLEDGE, Features(0.7), 0.9)
"""


def _pipeline(folder: Path, module: str, code: str) -> Path:
    (folder / f"{module}.py").write_text(code)
    file = folder / "p.yaml"
    file.write_text(
        f'sources: [{{path: docs}}]\nmining: {{extractors: [default, "{module}:symptoms"]}}\n'
    )
    return file


def test_an_own_extractor_is_tried_as_a_run_would_use_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "docs").mkdir()
    note = tmp_path / "docs/note.txt"
    note.write_text("The pump loses its pressure in the night.\n\nReplace the valve.\n")

    rows = attempt("mine", note, _pipeline(tmp_path, "trial_acme", OWN))

    assert [row["extractor"] for row in rows] == ["symptoms"]


def test_an_extractor_that_is_not_there_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    note = tmp_path / "note.txt"
    note.write_text("The pump loses its pressure.\n")
    file = _pipeline(tmp_path, "trial_other", "def others(document, visible):\n    yield\n")

    with pytest.raises(ConfigError, match=r"p\.yaml:2.*: trial_other\.py defines no 'symptoms'"):
        attempt("mine", note, file)


def test_an_own_extractor_that_breaks_down_is_named_with_what_it_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    note = tmp_path / "note.txt"
    note.write_text("The pump loses its pressure in the night.\n")
    code = "def symptoms(document, visible):\n    raise KeyError(document.text)\n"

    rows = attempt("mine", note, _pipeline(tmp_path, "trial_broken", code))

    assert rows == [{"extractor_failed": "trial_broken:symptoms:KeyError"}]


TICKETS = """sources:
  - path: other
    name: other
  - path: exports
    name: desk
    include: ["*.jsonl"]
    exclude: ["old*"]
    records: {like: tickets, title: what, body: told, status: state, done: [closed], messages: said}
    labels: [topic]
  - path: .
    name: rest
"""
TICKET = """{"what": "The lamp blinks", "told": "Since Tuesday.", "state": "closed", "topic": "x", "said": []}
"""


def _tried(stage: str, file: Path, pipeline: Path) -> tuple[list[str], list[str]]:
    said: list[str] = []
    rows = attempt(stage, file, pipeline, tell=said.append)
    return [row.get("title") or row.get("left_out", "") for row in rows], said


def test_a_file_is_read_as_the_first_source_that_includes_it_reads_it(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(TICKETS)
    (tmp_path / "exports").mkdir()
    for name in ("exports/a.jsonl", "exports/old.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(TICKET)

    mapped, nothing = _tried("parse", tmp_path / "exports/a.jsonl", tmp_path / "p.yaml")
    rest, still_nothing = _tried("parse", tmp_path / "exports/old.jsonl", tmp_path / "p.yaml")

    assert (mapped, nothing) == (["The lamp blinks"], [])
    assert (rest != mapped, still_nothing) == (True, [])


def test_what_no_source_reads_is_tried_and_told(tmp_path: Path) -> None:
    text = TICKETS.partition("  - path: .")[0]
    (tmp_path / "p.yaml").write_text(text)
    (tmp_path / "exports").mkdir()
    for name in ("exports/old.jsonl", "b.jsonl"):
        (tmp_path / name).write_text(TICKET)

    passed = _tried("parse", tmp_path / "exports/old.jsonl", tmp_path / "p.yaml")
    outside = _tried("parse", tmp_path / "b.jsonl", tmp_path / "p.yaml")

    assert passed[0] == ["The lamp blinks"]
    assert "a run passes over it; `include` and `exclude` of the source 'desk'" in passed[1][0]
    assert "lies in no source of the pipeline" in outside[1][0]


def test_why_nothing_is_learnt_from_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("sources: [{path: ., access: {groups: [hr]}}]\n")
    (tmp_path / "a.md").write_text("# A\n\nThe pump loses its pressure in the night.\n")

    assert _tried("mine", tmp_path / "a.md", tmp_path / "p.yaml") == (["not_for_audience"], [])


def test_a_tokenizer_is_looked_for_beside_the_pipeline_file(tmp_path: Path) -> None:
    word_tokenizer(tmp_path)
    (tmp_path / "p.yaml").write_text("sources: [{path: .}]\nchunks: {tokens: tokenizer.json}\n")
    (tmp_path / "a.txt").write_text("The pump loses its pressure in the night.\n")
    (tmp_path / ".curate").mkdir()
    inferred = tmp_path / ".curate/pipeline.yaml"
    inferred.write_text("sources: [{path: .}]\nchunks: {tokens: tokenizer.json}\n")

    [row] = attempt("chunk", tmp_path / "a.txt", tmp_path / "p.yaml")
    [same] = attempt("chunk", tmp_path / "a.txt", inferred)

    assert row["tokens"] == same["tokens"] == 9


def test_records_are_read_by_the_shape_of_the_source_in_which_the_file_lies(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    file = tmp_path / "docs" / "a.jsonl"
    file.write_text(
        '{"nr": "C-1", "kopf": "Lamp", "log": [{"von": "pilot", "body": "Why is it dark?"}]}'
    )
    pipeline = tmp_path / "p.yaml"
    pipeline.write_text(
        "sources:\n  - path: docs\n    records:\n      {id: nr, title: kopf, messages: log,"
        " messages.role: von, messages.customers: [pilot]}\n"
    )

    (row,) = attempt("parse", file, pipeline)

    assert (row["record"], row["title"]) == ("C-1", "Lamp")
    assert [turn["role"] for turn in row["turns"]] == ["customer"]


GUIDE = (
    "# Guide\n\n## How do I reach the desk?\n\n"
    "Write to desk@acme.example or call +49 30 901820 before noon on any working day.\n"
)


def _guide(folder: Path, settings: str = "") -> tuple[Path, Path]:
    (folder / "a.md").write_text(GUIDE)
    (folder / "p.yaml").write_text(f"sources: [{{path: ., name: docs{settings}}}]\n")
    return folder / "a.md", folder / "p.yaml"


def test_a_file_is_listed_with_what_its_source_says_of_it(tmp_path: Path) -> None:
    file, pipeline = _guide(tmp_path, ", access: {groups: [hr]}")

    (row,) = attempt("list", file, pipeline)

    assert (row["source"], row["path"], row["size"]) == ("docs", "a.md", len(GUIDE))
    assert (row["media_type"], row["access"]) == ("text/markdown", ("hr",))


def test_a_container_is_split_into_its_records(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.md", GUIDE)
        archive.writestr("two.bin", b"\x00\x01")

    rows = attempt("split", tmp_path / "a.zip", None)

    assert {row["member"] for row in rows} == {"one.md", "two.bin"}  # ordered by keyed addresses


def test_an_address_and_its_id_are_told_and_whose_key_made_it(tmp_path: Path) -> None:
    said: list[str] = []
    file, pipeline = _guide(tmp_path)

    (row,) = attempt("identify", file, pipeline, tell=said.append)

    assert (row["address"], row["source"]) == ("a.md", "docs")
    assert row["doc_id"].startswith("d_")
    assert "key of this trial" in said[0]


def test_admission_tells_each_product_and_why_a_file_is_out(tmp_path: Path) -> None:
    said: list[str] = []
    file, pipeline = _guide(tmp_path, ", access: {groups: [hr]}")

    (row,) = attempt("admit", file, pipeline, tell=said.append)

    assert (row["corpus"], row["finetune"]) == ("in", "out: not_for_audience")
    assert row["access"] == ("hr",)
    assert "as if there were no other" in said[0]


LATE = """sources: [{path: ., name: docs}]
pii: {recognisers: [{type: LATE, patterns: [{regex: '\\AWrite to', score: 0.9}]}]}
"""  # found only where a text begins with it: in an answer, not in its document


def test_the_second_scan_tells_how_much_it_searched_and_what_it_found(tmp_path: Path) -> None:
    file, _ = _guide(tmp_path)
    (tmp_path / "late.yaml").write_text(LATE)

    chunks, drafts = attempt("verify", file, None)
    *_, counted, found = attempt("verify", file, tmp_path / "late.yaml")

    assert (chunks["searched"], chunks["rows"], chunks["found"]) == ("chunks", 1, 0)
    assert (drafts["searched"], drafts["rows"], drafts["found"]) == ("drafts", 1, 0)
    assert (counted["searched"], counted["found"]) == ("drafts", 1)
    assert (found["type"], found["row"]) == ("LATE", 0)
    assert found["messages"][1]["content"].startswith("Write to")


@pytest.mark.parametrize("stage", ["dedup", "judge", "choose", "assign", "publish"])
def test_a_stage_that_needs_all_documents_is_refused_and_near_ones_are_named(
    tmp_path: Path, stage: str
) -> None:
    file, _ = _guide(tmp_path)

    with pytest.raises(ConfigError, match=rf"^{stage} .*Try `curate try \w+ FILE` or"):
        attempt(stage, file, None)


@pytest.mark.parametrize("stage", ["sign", "mine"])
def test_no_row_holds_sketches(tmp_path: Path, stage: str) -> None:
    file, _ = _guide(tmp_path)

    rows = attempt(stage, file, None)

    assert rows
    assert not any({"runs", "minhash"} & row.keys() for row in rows)
