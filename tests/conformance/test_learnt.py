"""What is learnt: all of a long document, each example with its source; a setting is read or refused."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel

import curate
from curate.errors import ConfigError
from curate.pipeline.settings import PipelineSettings
from tests.conformance.site import PIPELINE, Site
from tests.conformance.texts import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.conftest import Company

CODE = Path(curate.__file__).parent


@pytest.mark.scenario("e")
def test_every_section_of_a_long_document_is_learnt_or_left_out_with_a_reason(
    company: Company,
) -> None:
    row = company.ran.documents()["manual.md"]
    examples = company.ran.examples("manual.md")
    left_out = [r for r in company.ran.release.left_out if r["doc_id"] == row["doc_id"]]
    told = {number for e in examples for number in _lines(str(e["messages"]))}

    assert row["examples"] == len(examples)
    assert len(told) + len(left_out) >= SECTIONS
    assert {0, SECTIONS // 2, SECTIONS - 1} <= told
    assert all(r["reason"] for r in left_out)


def _lines(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"Stop line (\d+)", text)}


@pytest.mark.scenario("f")
def test_each_example_names_its_document_and_quotes_the_corpus(company: Company) -> None:
    known = {row["doc_id"] for row in company.ran.release.ledger}
    chunks = {
        row["chunk_id"]: row["text"] for row in company.ran.release.corpus.collect().to_dicts()
    }

    assert company.ran.release.examples
    for example in company.ran.release.examples:
        assert example["doc_id"] in known
        assert example["evidence"]
        for part in example["evidence"]:
            piece = chunks[part["chunk_id"]][part["start"] : part["end"]]
            assert hashlib.sha256(piece.encode()).hexdigest() == part["sha256"]


@pytest.mark.scenario("d")
def test_a_setting_that_nothing_reads_is_refused_with_its_line(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("a.md", "# A\n\nA page.\n")

    with pytest.raises(ConfigError, match=r"p\.yaml:4.*enable_deduplication"):
        site.run(PIPELINE + "duplicates: {enable_deduplication: true}\n")

    assert not (tmp_path / "w").exists()


@pytest.mark.scenario("d")
def test_every_setting_that_is_accepted_is_read_somewhere() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in CODE.rglob("*.py"))
    names = set(_settings(PipelineSettings, set()))

    assert len(names) > 40
    assert [name for name in sorted(names) if not re.search(rf"\.{name}\b", code)] == []


def _settings(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    """Yield the names of all settings, those of nested sections too."""
    seen.add(model)
    for name, field in model.model_fields.items():
        yield name
        for part in re.findall(r"curate\.[\w.]+", repr(field.annotation)):
            module, _, inner = part.rpartition(".")
            found = getattr(__import__(module, fromlist=[inner]), inner, None)
            if isinstance(found, type) and issubclass(found, BaseModel) and found not in seen:
                yield from _settings(found, seen)
