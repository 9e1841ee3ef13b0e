"""One stage tried on one file, with the extractors that a pipeline file names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.pipeline.trial import attempt

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
