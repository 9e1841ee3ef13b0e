"""A refused release names the documents for which it is refused, and what to write to let it pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from curate.errors import ReleaseError
from curate.pipeline.gating.causes import Causes, allowance, reasons
from curate.pipeline.gating.gates import gates_of
from curate.pipeline.settings import Gates
from curate.release.gates import Gate, judged
from curate.release.publish import Products
from curate.store.workspace import Workspace
from tests.flow.share import run_share

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "# Rule {0}\n\n## What does rule {0} say?\n\nRule {0} says that lamp {0} is put out at {0} o'clock.\n"


def _share(folder: Path, *, gates: str = "") -> Path:
    (folder / "docs").mkdir()
    for number in range(9):
        (folder / f"docs/{number}.md").write_text(PAGE.format(number))
    (folder / "p.yaml").write_text(f"sources: [{{path: docs}}]\n{gates}")
    return folder / "p.yaml"


def _refused(pipeline: Path, workspace: Path) -> list[str]:
    with pytest.raises(ReleaseError) as error:
        run_share(pipeline, workspace, workers=1)
    return str(error.value).splitlines()


def test_documents_that_are_rejected_are_named_the_new_ones_first(tmp_path: Path) -> None:
    pipeline = _share(tmp_path, gates="gates: {rejected: 50%, empty_corpus: false}\n")
    (tmp_path / "docs/0.md").write_text("")
    run_share(pipeline, tmp_path / "w", workers=1)
    for number in range(1, 7):
        (tmp_path / f"docs/{number}.md").write_text("")
    (tmp_path / "docs/jo@acme.example.com.md").write_text("")

    head, *lines = _refused(pipeline, tmp_path / "w")
    at = lines.index("  rejected: 80 %, limit 50 % (8 of 10).")

    assert head == "curate: the release is refused, release 1 stays:"
    assert lines[at + 1 : at + 6] == [f"    {number}.md: empty" for number in range(1, 6)]
    assert lines[at + 6] == "    and 3 more"
    assert lines[at + 7] == f"    To let it pass, write in {pipeline}:  gates: {{rejected: 80%}}"
    assert "jo@acme" not in "\n".join(lines)
    assert lines[-1] == "  Or publish this once all the same with --force; it is recorded."


def test_what_is_written_lets_the_release_pass(tmp_path: Path) -> None:
    pipeline = _share(tmp_path)
    run_share(pipeline, tmp_path / "w", workers=1)
    for number in range(4):
        (tmp_path / f"docs/{number}.md").unlink()

    lines = _refused(pipeline, tmp_path / "w")
    keys = {line.partition("gates: {")[2].rstrip("}") for line in lines if "gates: {" in line}
    named = [line for line in lines if line.endswith(" fewer, it is gone")]
    pipeline.write_text(f"{pipeline.read_text()}gates: {{{', '.join(sorted(keys))}}}\n")
    outcome, _ = run_share(pipeline, tmp_path / "w", workers=1)

    assert {line.split(":")[0].strip() for line in named} == {f"{n}.md" for n in range(4)}
    assert outcome.published


def test_documents_that_are_left_out_are_named_where_nothing_is_left(tmp_path: Path) -> None:
    pipeline = _share(tmp_path, gates="gates: {empty_finetune: true}\n")
    pipeline.write_text(pipeline.read_text().replace("path: docs", "path: docs, use: corpus"))

    lines = _refused(pipeline, tmp_path / "w")

    assert [line.split(":")[0].strip() for line in lines[2:7]] == [f"{n}.md" for n in range(5)]
    assert lines[7] == "    and 4 more"
    assert lines[8].endswith("gates: {empty_finetune: false}")


def test_each_gate_has_a_key_with_which_it_passes() -> None:
    counts: dict[str, Any] = {
        "documents": {"in": 7, "kept": 0, "flagged": 4, "rejected": 3},
        "corpus": {"chunks": 0, "withheld": 2},
        "finetune": {"examples": 0, "withheld": 1},
        "leaks": {"left": 4},
    }
    old: dict[str, Any] = {
        "documents": {"in": 7, "kept": 7, "flagged": 0, "rejected": 0},
        "corpus": {"chunks": 7},
        "finetune": {"examples": 3},
    }
    gates = gates_of(counts, old, Gates(empty_finetune=True))
    refused = [gate for gate in gates if judged(gate) == "refuse"]
    said = {}
    for gate in refused:
        key, _, value = allowance(gate).partition(": ")
        said[key] = value == "true" if value in {"true", "false"} else value

    again = gates_of(counts, old, Gates.model_validate(said))

    assert {gate.name for gate in refused} == {
        "rejected", "flagged", "pii_found", "leaks", "empty_corpus", "empty_finetune",
        "chunks_dropped", "examples_dropped",
    }  # fmt: skip
    assert {judged(gate) for gate in again if gate.name not in {"rejected", "flagged"}} == {"pass"}
    assert all(judged(replace(gate, parent=None)) == "pass" for gate in again)


def test_personal_data_that_was_withheld_is_named_by_document_and_type(tmp_path: Path) -> None:
    causes = Causes(Products([], [], [], []), ["a.md: UUID"], Workspace(tmp_path), 0)
    gate = Gate("pii_found", "", 1, 0, "rows withheld by the second scan", "")

    assert reasons([gate], causes, file="p.yaml").splitlines()[1:3] == [
        "    a.md: UUID",
        "    What it found is withheld. To let it pass, write in p.yaml:  gates: {pii_found: 1}",
    ]
