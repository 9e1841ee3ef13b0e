"""What is gone or cut in the table itself: every reader is told, and the next run mends it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.errors import ContractError, DamagedReleaseError, ReleaseError
from curate.pipeline.rollback import rollback
from curate.release.listing import releases
from curate.release.reading import open_release
from curate.release.retention import published
from tests.flow import whole
from tests.release.kept.site import Site, page, site

if TYPE_CHECKING:
    from collections.abc import Callable

_LAST = (1 << 64) - 1


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three releases, of which the second and the third deleted rows."""
    made = site(tmp_path_factory.mktemp("tables"))
    for number in (1, 2, 3):
        made.write("page.md", page(number))
        made.run()
    return made


@pytest.fixture
def own(before: Site, tmp_path: Path) -> Site:
    """A copy of it, for one test alone."""
    return before.copied(tmp_path)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10])


def _manifest(made: Site, release: int) -> Path:
    version = open_release(made.root, release).history["corpus_version"]
    return Path(made.workspace.corpus, "_versions", f"{_LAST - version}.manifest")


def _last_manifest(made: Site) -> list[Path]:
    return [_manifest(made, 3)]


def _deletions(made: Site) -> list[Path]:
    return sorted(Path(made.workspace.corpus, "_deletions").iterdir())


def _standing(made: Site) -> list[str]:
    return [line.standing for line in releases(made.workspace).releases]


@pytest.mark.parametrize("damage", [_cut, Path.unlink])
@pytest.mark.parametrize("files", [_last_manifest, _deletions])
def test_a_table_that_cannot_be_read_is_told_everywhere_and_written_again(
    own: Site, files: Callable[[Site], list[Path]], damage: Callable[[Path], None]
) -> None:
    was = whole.release_of(own.workspace.root, 3)
    for path in files(own):
        damage(path)
    assert _standing(own)[-1] == "damaged"
    with pytest.raises(DamagedReleaseError, match=r"release 3 reads are gone or cut.*backup"):
        open_release(own.root)

    outcome = own.outcome()

    assert (outcome.release, outcome.published) == (4, True)
    assert outcome.mended == ("release 3 was damaged; release 4 stands in its place",)
    assert whole.release_of(own.workspace.root, 4) == was
    assert _standing(own)[-2:] == ["retired", "in_force"]
    assert not own.outcome().published


@pytest.mark.parametrize("part", [".", "_versions"])
def test_releases_whose_rows_are_lost_with_the_table_never_show_those_of_another(
    own: Site, part: str
) -> None:
    was = whole.release_of(own.workspace.root, 3)
    shutil.rmtree(Path(own.workspace.corpus, part))
    assert _standing(own) == ["damaged"] * 3

    own.outcome()
    own.write("page.md", page(4))
    own.outcome()

    assert published(own.workspace) == [4, 5]
    assert whole.release_of(own.workspace.root, 4) == was


def test_an_older_version_that_cannot_be_read_does_not_stop_a_run(own: Site) -> None:
    _cut(_manifest(own, 1))
    assert _standing(own) == ["damaged", "kept", "in_force"]
    with pytest.raises(DamagedReleaseError, match="release 1 reads"):
        open_release(own.root, 1)
    own.write("page.md", page(4))

    assert own.run().number == 4
    assert _standing(own) == ["retired", "kept", "kept", "in_force"]


def test_from_a_table_that_cannot_be_read_one_goes_back_when_it_is_forced(own: Site) -> None:
    was = whole.release_of(own.workspace.root, 2)
    _cut(_manifest(own, 3))
    with pytest.raises(ReleaseError, match="rollback to release 2 is refused"):
        rollback(own.workspace, 2)

    assert rollback(own.workspace, 2, force=True).release == 4
    assert whole.release_of(own.workspace.root, 4) == was
    assert own.outcome().published is False


@pytest.mark.parametrize("last", [1, 3])
def test_where_the_head_is_gone_nothing_begins_anew_over_the_releases(own: Site, last: int) -> None:
    if last == 1:
        for number in (2, 3):
            shutil.rmtree(own.workspace.release(number))
    shutil.rmtree(own.workspace.head)
    before = {path for path in own.workspace.root.rglob("*") if path.is_file()}

    for command in (own.outcome, lambda: open_release(own.root), lambda: releases(own.workspace)):
        with pytest.raises(ContractError, match=r"head.lance: .* is gone\. Put the folder back"):
            command()

    after = {path for path in own.workspace.root.rglob("*") if path.is_file()}
    assert {
        path for path in before - after if not path.is_relative_to(own.workspace.private)
    } == set()
