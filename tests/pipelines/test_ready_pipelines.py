"""The ready pipelines on the example company, and filled in for a folder of one's own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import curate
from curate import config
from curate.errors import ConfigError
from curate.pipeline.settings import PipelineSettings
from curate.pipeline.setup import ready
from tests.flow.share import write_share

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["contracts", "handbook", "mailbox", "support-desk"]
HOME = ready.home()


def test_these_are_the_ready_pipelines() -> None:
    assert ready.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_ready_pipeline_is_valid_and_names_its_sources_and_who_may_read_them(name: str) -> None:
    settings = config.load(HOME / f"{name}.yaml", PipelineSettings)

    assert settings.name == name
    assert all(source.name and source.access for source in settings.sources)
    assert all((HOME / source.path).exists() for source in settings.sources)
    assert settings.audience


@pytest.mark.parametrize("name", NAMES)
def test_a_filled_in_pipeline_is_valid_and_has_one_source(name: str) -> None:
    text = ready.filled(name, path='../a "share"', file="mine.yaml")
    settings = config.parse(text, PipelineSettings, name="mine.yaml")

    assert [source.path for source in settings.sources] == ['../a "share"']
    assert "curate run mine.yaml" in text
    assert settings.model_copy(update={"sources": ()}) == config.load(
        HOME / f"{name}.yaml", PipelineSettings
    ).model_copy(update={"sources": ()})


def test_an_unknown_name_is_met_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match="'handbook'"):
        ready.filled("handbok", path=".", file="mine.yaml")


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_ready_pipeline_runs_as_it_stands(name: str, tmp_path: Path) -> None:
    release = curate.run(HOME / f"{name}.yaml", workspace=tmp_path, as_of="2026-03-31", workers=2)
    counts = release.manifest["counts"]

    assert counts["documents"]["rejected"] == 0
    assert counts["corpus"]["chunks"] >= 20
    assert counts["finetune"]["examples"] >= 8


@pytest.mark.slow
def test_the_support_desk_learns_from_tickets_and_judges_their_categories(tmp_path: Path) -> None:
    release = _run("support-desk", tmp_path)
    labels = {finding["reason"] for finding in release.findings if finding["kind"] == "label"}

    assert release.manifest["counts"]["finetune"]["extractors"]["tickets"] > 120
    assert labels == {"label_doubted:category"}


@pytest.mark.slow
def test_contracts_are_searched_but_not_learnt_and_lose_their_serial_numbers(
    tmp_path: Path,
) -> None:
    release = _run("contracts", tmp_path)
    corpus = release.corpus.collect()
    restricted = corpus.filter(corpus["address"].str.starts_with("restricted/"))

    assert {example["source"] for example in release.examples} == {"policies"}
    assert "<SERIAL_NUMBER>" in "\n".join(corpus["text"])
    assert {tuple(access) for access in restricted["access"]} == {
        ("finance", "legal", "user:ingrid.solheim")
    }


@pytest.mark.slow
def test_a_mailbox_gives_questions_with_the_replies_to_them(tmp_path: Path) -> None:
    release = _run("mailbox", tmp_path)

    assert release.manifest["counts"]["finetune"]["extractors"]["mail_replies"] >= 3


@pytest.mark.slow
def test_a_filled_in_pipeline_runs_on_a_folder_of_ones_own(tmp_path: Path) -> None:
    share = write_share(tmp_path / "share")
    shutil.rmtree(share / "mail")
    text = ready.filled("handbook", path="share", file="mine.yaml")
    (tmp_path / "mine.yaml").write_text(text)

    release = curate.run(tmp_path / "mine.yaml", as_of="2026-03-31", workers=2)

    assert release.workspace.root == tmp_path / ".curate"
    assert release.corpus.collect().height > 4


def _run(name: str, workspace: Path) -> curate.Release:
    return curate.run(HOME / f"{name}.yaml", workspace=workspace, as_of="2026-03-31", workers=2)
