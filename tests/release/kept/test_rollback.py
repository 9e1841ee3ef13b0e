"""An older release's content in force again, under a new number; unchanged inputs publish nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import BusyError, ConfigError, DamagedReleaseError
from curate.pipeline.report import write_report
from curate.pipeline.rollback import rollback
from curate.release.changes import changes
from curate.release.listing import releases
from curate.release.reading import Release, open_release
from curate.store import head as heads
from curate.store.lock import locked
from tests.flow.share import REFUNDS
from tests.flow.whole import leftovers, published, release_of
from tests.release.kept.site import Site, site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three releases: one, an edit with a file more and one less, and the first again."""
    made = site(tmp_path_factory.mktemp("rolled"))
    made.run()
    _edit(made)
    made.run()
    rollback(made.workspace, 1)
    return made


@pytest.fixture
def rolled(first: Site, tmp_path: Path) -> Site:
    """A copy of it, for one test alone."""
    return first.copied(tmp_path)


def _edit(made: Site) -> None:
    made.write("refunds.md", REFUNDS.replace("fourteen", "twenty"))
    made.write("more.md", "# More\n\nThe guard at the gate keeps the spare key of the press.\n")
    (made.share / "travel.md").unlink()


def test_the_new_release_equals_the_old_one(rolled: Site) -> None:
    root = rolled.workspace.root

    assert published(root) == 3
    assert release_of(root, 3) == release_of(root, 1)
    assert changes(Release(rolled.workspace, 1), Release(rolled.workspace, 3)).chunks == ()
    assert leftovers(root) == []


def test_its_history_says_what_it_undoes(rolled: Site) -> None:
    history = open_release(rolled.root).history

    assert (history["release"], history["parent"]) == (3, 2)
    assert (history["rollback"]["to"], history["rollback"]["from"]) == (1, 2)
    assert history["changes"]["chunks"]["add"] > 0


def test_its_page_has_its_own_number(rolled: Site) -> None:
    text = write_report(open_release(rolled.root)).read_text()

    assert "releases/3" in text


def test_a_run_with_the_inputs_that_were_rolled_back_publishes_nothing(rolled: Site) -> None:
    again = [rolled.outcome() for _ in range(2)]

    assert [(one.release, one.published) for one in again] == [(3, False), (3, False)]


def test_a_run_with_other_inputs_publishes(rolled: Site) -> None:
    rolled.write("more.md", "# More\n\nThe guard at the gate keeps both keys of the press.\n")

    assert rolled.run().number == 4
    assert published(rolled.workspace.root) == 4


def test_rolling_back_twice_still_remembers_the_last_run(rolled: Site) -> None:
    rollback(rolled.workspace, 2)
    rollback(rolled.workspace, 1)

    outcome = rolled.outcome()

    assert (outcome.release, outcome.published) == (5, False)


def test_ids_and_splits_stay_what_the_last_run_made_them(rolled: Site) -> None:
    before = heads.read(rolled.workspace.head).state

    rollback(rolled.workspace, 2)

    assert heads.read(rolled.workspace.head).state == before


def test_rolling_back_to_what_is_in_force_publishes_nothing(rolled: Site) -> None:
    done = rollback(rolled.workspace, 1)

    assert (done.release, done.published) == (3, False)


@pytest.mark.parametrize("name", ["ledger.parquet", "history.json", "finetune/README.md"])
def test_a_damaged_release_is_not_put_in_force(rolled: Site, name: str) -> None:
    path = rolled.workspace.release(2) / name
    path.write_bytes(path.read_bytes()[:20])

    with pytest.raises(DamagedReleaseError, match=f"{name}.*release 2 is damaged"):
        rollback(rolled.workspace, 2)

    assert published(rolled.workspace.root) == 3


@pytest.mark.parametrize("left", ["", "x"])
def test_the_lost_tag_of_an_older_release_is_set_again(rolled: Site, left: str) -> None:
    tag = rolled.workspace.root / "corpus.lance/_refs/tags/release-2.json"
    before = Release(rolled.workspace, 2).corpus.collect().sort("chunk_id")
    tag.unlink()
    if left:
        tag.write_text(left)
    rolled.write("more.md", "# More\n\nThe guard keeps two keys.\n")
    rolled.run()

    again = open_release(rolled.root, 2).corpus.collect().sort("chunk_id")

    assert again.equals(before)
    assert {line.standing for line in releases(rolled.workspace).releases} == {"kept", "in_force"}


def test_a_release_that_was_never_there_is_a_mistake(rolled: Site) -> None:
    with pytest.raises(ConfigError, match="there is no release 9"):
        rollback(rolled.workspace, 9)


def test_while_a_run_holds_the_workspace_nothing_is_rolled_back(rolled: Site) -> None:
    with locked(rolled.workspace.private), pytest.raises(BusyError):
        rollback(rolled.workspace, 2)


def test_the_page_of_the_next_run_compares_with_what_was_in_force(rolled: Site) -> None:
    rolled.write("last.md", "# Last\n\nThe guard at the gate keeps the last key of the press.\n")
    release = rolled.run()

    text = (release.folder / "report.json").read_text()
    edits = {row.op for row in release.changes.documents if row.address == "refunds.md"}
    assert edits == {"modified"}
    assert "twenty days" in text or "by edits" in text


def test_python_tells_changes_and_traces(rolled: Site) -> None:
    release = open_release(rolled.root)
    chunk = release.corpus.collect()["chunk_id"][0]

    assert (release.changes.before, release.changes.after) == (2, 3)
    assert release.trace(chunk).releases[-1] == 3
    with pytest.raises(ConfigError, match="is the first"):
        _ = Release(rolled.workspace, 1).changes
