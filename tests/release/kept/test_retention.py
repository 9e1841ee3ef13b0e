"""Old releases go, their files too; who asks for one is told; nothing that stays is touched."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import lance
import pytest

from curate.errors import ConfigError
from curate.pipeline.rollback import rollback
from curate.release import retention
from curate.release.listing import releases
from curate.release.reading import open_release
from curate.release.retention import Keeping, due, published
from curate.store import head as heads
from curate.store.corpus import Corpus
from tests.flow import whole
from tests.flow.whole import release_of
from tests.release.kept.site import Site, page, site

if TYPE_CHECKING:
    from pathlib import Path


def grown(made: Site, count: int, first: int = 0) -> None:
    """Publish releases, each with one page in the place of the one before."""
    for number in range(first, first + count):
        made.write("page.md", page(number))
        made.run()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = site(tmp_path_factory.mktemp("kept"), "releases: {keep: 2}\n")
    grown(made, 5)
    return made


def test_the_last_releases_stay_and_can_be_read(kept: Site) -> None:
    assert published(kept.workspace) == [4, 5]
    assert Corpus(kept.workspace.corpus).tagged() == [4, 5]
    assert whole.published(kept.workspace.root) == 5
    assert "Part 3" in "".join(open_release(kept.root, 4).corpus.collect()["text"])


def test_who_asks_for_a_retired_one_is_told_its_number_and_date(kept: Site) -> None:
    with pytest.raises(ConfigError, match=r"release 2 of 2026-03-31 was retired on 20\d\d-"):
        open_release(kept.root, 2)
    with pytest.raises(ConfigError, match="release 2 of 2026-03-31 was retired"):
        rollback(kept.workspace, 2)


def test_a_tombstone_says_what_it_was_and_holds_no_text(kept: Site) -> None:
    stone = json.loads((kept.workspace.root / "releases/retired/3.json").read_text())

    assert (stone["release"], stone["parent"], stone["why"]) == (3, 2, "retention")
    assert stone["chunks"] > 40
    assert "Part" not in json.dumps(stone)


def test_what_no_kept_release_needs_leaves_the_disk(tmp_path: Path) -> None:
    made = site(tmp_path)
    grown(made, 6)
    before = made.bytes()
    own = {line.release: line.own_bytes for line in releases(made.workspace).releases}

    made.settings("releases: {keep: 1}\n")
    made.write("page.md", page(6))
    made.run()

    texts = "".join(open_release(made.root).corpus.collect()["text"])
    assert ("Part 6" in texts, "Part 5" in texts) == (True, False)
    assert before - made.bytes() > 0.8 * sum(own[n] for n in range(1, 6))
    versions = lance.dataset(made.workspace.corpus).versions()
    assert [v["version"] for v in versions] == [heads.read(made.workspace.head).corpus_version]


def test_a_run_that_publishes_nothing_applies_a_narrower_setting_too(tmp_path: Path) -> None:
    made = site(tmp_path)
    grown(made, 3)
    made.settings("releases: {keep: 1}\n")

    outcome = made.outcome()

    assert (outcome.published, published(made.workspace)) == (False, [3])


def test_a_rollback_retires_what_is_one_too_many(tmp_path: Path) -> None:
    made = site(tmp_path, "releases: {keep: 2}\n")
    grown(made, 2)

    rollback(made.workspace, 1)

    assert published(made.workspace) == [2, 3]
    assert whole.published(made.workspace.root) == 3


def test_old_ones_go_by_their_dates_and_the_last_stays(kept: Site, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(kept.workspace.root, root)
    made = Site(tmp_path)
    shutil.move(root, made.workspace.root)
    for number, day in ((4, "2026-01-01"), (5, "2026-03-31")):
        path = made.workspace.release(number) / "manifest.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "as_of": day}))

    assert due(made.workspace, [4, 5], Keeping(10, 90)) == []
    assert due(made.workspace, [4, 5], Keeping(10, 88)) == [4]
    assert due(made.workspace, [4, 5], Keeping(1, 90)) == [4]
    assert due(made.workspace, [4], Keeping(1, 1)) == []


@pytest.mark.parametrize("died", ["before the tag", "before the folder", "in the folder"])
def test_what_a_run_that_died_while_retiring_left_is_completed(
    kept: Site, tmp_path: Path, died: str
) -> None:
    made = Site(tmp_path)
    shutil.copytree(kept.root, made.root, dirs_exist_ok=True)
    workspace = made.workspace
    retention.bury(workspace, 4, why="retention", by=5)
    if died != "before the tag":
        Corpus(workspace.corpus).forget(4)
    if died == "in the folder":
        (workspace.release(4) / "ledger.parquet").unlink()
        workspace.release(4).rename(workspace.root / "releases/.going-4")

    with pytest.raises(ConfigError, match="was retired"):
        open_release(made.root, 4)
    made.write("page.md", page(9))
    made.run()

    assert published(workspace) == [5, 6]
    assert Corpus(workspace.corpus).tagged() == [5, 6]
    assert not list((workspace.root / "releases").glob(".going-*"))
    assert whole.published(workspace.root) == 6


def test_kept_releases_are_the_same_after_others_went(tmp_path: Path) -> None:
    made = site(tmp_path, "releases: {keep: 2}\n")
    grown(made, 2)
    before = release_of(made.workspace.root, 2)
    made.write("page.md", page(7))
    made.run()

    assert published(made.workspace) == [2, 3]
    assert release_of(made.workspace.root, 2) == before


def test_releases_are_listed_with_what_they_hold_and_take(kept: Site) -> None:
    found = releases(kept.workspace)

    assert [(line.release, line.standing) for line in found.releases] == [
        (1, "retired"), (2, "retired"), (3, "retired"), (4, "kept"), (5, "in_force"),
    ]  # fmt: skip
    last = found.releases[-1]
    assert (last.parent, last.documents, last.forced) == (4, 3, False)
    assert last.chunks > 40
    assert 0 < last.own_bytes <= last.bytes <= found.bytes
    assert found.in_force == 5
