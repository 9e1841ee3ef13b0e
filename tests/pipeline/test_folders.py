"""A folder that is run holds documents: what others laid into it chooses neither code nor places."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.pipeline.ahead import early
from curate.pipeline.plan import plan
from curate.pipeline.request import resolve
from curate.pipeline.trials.trial import attempt
from curate.store.planted import odd_places
from curate.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _early(share: Path) -> object:
    return early(share, None, workers=1)


WAYS: tuple[Callable[[Path], object], ...] = (
    lambda share: resolve(share, None),
    lambda share: plan(share, None, workers=1),
    lambda share: attempt("parse", share / "a.md", share / ".curate/pipeline.yaml"),
)

BEGINNINGS = (*WAYS[:2], _early)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "share/docs").mkdir(parents=True)
    for name in ("outside/secret.md", "share/a.md", "share/docs/b.md"):
        (tmp_path / name).write_text("# The lamp\n\nThe lamp blinks until its clock is set.\n")
    (tmp_path / "share/leads-out").symlink_to(tmp_path / "outside", target_is_directory=True)
    return tmp_path / "share"


def _planted(share: Path, text: str) -> Path:
    (share / ".curate").mkdir()
    (share / ".curate/pipeline.yaml").write_text(text)
    return share


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "path", ["../outside", "leads-out", "docs/../../outside", "/", "~", "file:///", "s3://bucket"]
)
def test_a_pipeline_found_in_a_folder_names_no_source_outside(
    share: Path, way: Callable[[Path], object], path: str
) -> None:
    _planted(share, f"sources:\n  - path: docs\n  - path: '{path}'\n")

    with pytest.raises(ConfigError, match=r"pipeline.yaml:3  sources\[1\].path: .* lies outside"):
        way(share)


@pytest.mark.parametrize("way", WAYS)
def test_a_pipeline_found_in_a_folder_names_no_code(
    share: Path, way: Callable[[Path], object]
) -> None:
    (share / "evil.py").write_text("def go(document, visible):\n    return iter(())\n")
    text = "sources: [{path: .}]\nmining:\n  extractors: [default, 'evil:go']\n"
    _planted(share, text)
    before = [*sys.path]

    with pytest.raises(ConfigError, match=r"yaml:3  mining.extractors\[1\]: 'evil:go' is code"):
        way(share)

    assert sys.path == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["../outside/tokenizer.json", "leads-out/tokenizer.json"])
def test_a_pipeline_found_in_a_folder_names_no_tokenizer_outside(
    share: Path, way: Callable[[Path], object], path: str
) -> None:
    (share.parent / "outside/tokenizer.json").write_text("{}")
    _planted(share, f"sources: [{{path: docs}}]\nchunks: {{tokens: {path}}}\n")

    with pytest.raises(ConfigError, match=r"yaml:2  chunks.tokens: .* lies outside"):
        way(share)


def test_the_same_holds_of_a_folder_with_its_workspace_elsewhere(share: Path) -> None:
    (share.parent / "w").mkdir()
    (share.parent / "w/pipeline.yaml").write_text("sources: [{path: ../outside}]\n")

    with pytest.raises(ConfigError, match="lies outside"):
        resolve(share, share.parent / "w")


def test_what_is_named_inside_is_run_and_a_file_of_ones_own_names_what_it_likes(
    share: Path,
) -> None:
    _planted(share, f"sources: [{{path: docs}}, {{path: '{share}/a.md'}}]\n")
    own = share.parent / "own.yaml"
    own.write_text("sources: [{path: outside}]\n")

    assert len(resolve(share, None).settings.sources) == 2
    assert plan(own, None, workers=1).files == 1


def test_a_folder_that_is_reached_by_a_link_is_run_as_itself(share: Path) -> None:
    (share.parent / "called").symlink_to(share, target_is_directory=True)

    resolve(share.parent / "called", None)

    assert plan(share.parent / "called", None, workers=1).files == 3


@pytest.mark.parametrize(
    "place",
    [
        ".curate",
        ".curate/private",
        ".curate/private/state",
        ".curate/private/memo/parse",
        ".curate/releases/1",
        ".curate/corpus.lance/data",
    ],
)
def test_a_workspace_in_the_folder_that_leads_elsewhere_is_refused_unless_it_is_named(
    share: Path, place: str
) -> None:
    victim = share.parent / "victim"
    victim.mkdir()
    (share / place).parent.mkdir(parents=True, exist_ok=True)
    (share / place).symlink_to(victim, target_is_directory=True)

    for way in BEGINNINGS:
        with pytest.raises(ConfigError, match=f"{place}: is a link.*--workspace"):
            way(share)
    assert list(victim.iterdir()) == []

    assert resolve(share, share / ".curate").workspace.root == share / ".curate"


def test_a_pipe_in_the_place_of_the_pipeline_file_lets_nobody_wait(share: Path) -> None:
    (share / ".curate").mkdir()
    os.mkfifo(share / ".curate/pipeline.yaml")

    with pytest.raises(ConfigError, match=r"pipeline\.yaml: is no file"):
        resolve(share, None)


def test_looking_for_links_in_a_workspace_of_many_files_costs_little(tmp_path: Path) -> None:
    data = tmp_path / "corpus.lance/data"
    data.mkdir(parents=True)
    for number in range(3000):
        (data / f"{number}.lance").touch()

    started = time.perf_counter()
    found = list(odd_places(tmp_path))

    assert (found, time.perf_counter() - started < 0.5) == ([], True)


def test_a_workspace_in_the_folder_that_belongs_to_another_user_is_refused_unless_it_is_named(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Workspace(share / ".curate").make()
    monkeypatch.setattr(os, "geteuid", lambda: share.stat().st_uid + 1)

    for way in BEGINNINGS:
        with pytest.raises(ConfigError, match=r"\.curate: belongs to another user.*--workspace"):
            way(share)

    assert resolve(share, share / ".curate").workspace.exists()


def test_a_plan_refuses_code_that_is_not_there_as_a_run_does(share: Path) -> None:
    own = share.parent / "own.yaml"
    own.write_text("sources: [{path: share}]\nmining: {extractors: ['nosuch:go']}\n")

    with pytest.raises(ConfigError, match="there is no module 'nosuch'"):
        plan(own, None, workers=1)
