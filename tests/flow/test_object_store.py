"""A share in S3 that fails now and then: a real server on this machine that refuses requests or hangs up.

A fault that passes while the client tries again changes nothing; one that stays ends the run with the
last release in force, and never looks like a file that was deleted or a sidecar that was never there.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from curate.sources.around import beside
from tests.flow.share import MAIL, REFUNDS, REPLY, TRAVEL, VPN
from tests.flow.whole import Contents, Runs, leftovers, published, release_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("moto", reason="the S3 server of these tests is moto's")
pytest.importorskip("s3fs", reason="S3 is read by s3fs")

from tests.flow.bucket import NAME, SECRETS, Bucket, bucket

pytestmark = pytest.mark.slow

FILES = {"refunds.md": REFUNDS, "vpn.html": VPN, "mail/1.eml": MAIL, "mail/2.eml": REPLY}
EDITED = TRAVEL.replace("140 EUR", "160 EUR")
CLOSED = "access: {groups: [hr]}\n"


@dataclass(frozen=True)
class Due:
    """A share in a bucket whose second release is due; what it is when nothing fails."""

    store: Bucket
    runs: Runs
    first: Path
    expected: tuple[Contents, Contents]

    def mended(self, workspace: Path) -> None:
        """Run in fair weather, and hold what comes of it against the undisturbed release."""
        self.runs.finish(workspace)

        assert published(workspace) == 2
        assert release_of(workspace, 2) == self.expected[1]
        assert leftovers(workspace) == []


@pytest.fixture(scope="module")
def due(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Due]:
    root = tmp_path_factory.mktemp("s3")
    with bucket() as store:
        runs = Runs(root / "p.yaml", SECRETS)
        runs.share.write_text(
            f"name: share\nsources:\n  - path: s3://{NAME}/\n    name: share\n"
            f"    options: {{endpoint_url: '{store.endpoint}'}}\n"
            "    access: {groups: [everyone]}\naudience: [everyone]\n"
        )
        store.put({**FILES, "travel.md": TRAVEL})
        runs.finish(root / "first")
        store.put({"travel.md": EDITED, "pay.md": REFUNDS, "pay.md.meta.yaml": CLOSED})
        shutil.copytree(root / "first", root / "quiet")
        runs.finish(root / "quiet")
        both = release_of(root / "first", 1), release_of(root / "quiet", 2)
        yield Due(store, runs, root / "first", both)


def test_requests_that_fail_now_and_then_change_nothing(due: Due, tmp_path: Path) -> None:
    workspace = shutil.copytree(due.first, tmp_path / "w")
    before = due.store.weather.refused + due.store.weather.dropped

    with due.store.weather.storm(0.25):
        due.mended(workspace)

    assert due.store.weather.refused + due.store.weather.dropped > before


def test_a_store_that_cannot_be_listed_ends_the_run_and_the_release_stays(
    due: Due, tmp_path: Path
) -> None:
    workspace = shutil.copytree(due.first, tmp_path / "w")

    with due.store.weather.storm(1.0):
        code, said = due.runs.end(workspace)

    assert (code, said.count("\n")) == (75, 1)
    assert "cannot be listed" in said
    assert release_of(workspace, published(workspace)) == due.expected[0]
    due.mended(workspace)


def test_a_file_that_is_not_delivered_is_no_deleted_one_and_the_release_stays(
    due: Due, tmp_path: Path
) -> None:
    workspace = shutil.copytree(due.first, tmp_path / "w")

    with due.store.weather.storm(1.0, only="travel.md"):
        code, said = due.runs.end(workspace)

    assert code == 3, said
    assert "rejected" in said
    assert release_of(workspace, published(workspace)) == due.expected[0]
    due.mended(workspace)


def test_what_failed_in_a_release_all_the_same_is_read_again_by_the_next_run(
    due: Due, tmp_path: Path
) -> None:
    workspace = tmp_path / "w"

    with due.store.weather.storm(1.0, only="refunds.md"):
        code, said = due.runs.end(workspace)  # a first release is warned of, not refused
    assert (code, published(workspace)) == (0, 1), said

    due.mended(workspace)


def test_a_sidecar_that_is_not_delivered_closes_what_it_speaks_of(
    due: Due, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    place, options = f"s3://{NAME}/pay.md", due.store.options
    options["skip_instance_cache"] = True

    fair = beside(place, options=options)
    with due.store.weather.storm(1.0, only="meta.yaml"):
        foul = beside(place, options=options)

    assert [(one.path, one.problem) for one in fair] == [("pay.md.meta.yaml", "")]
    assert ("pay.md.meta.yaml", "unreadable") in [(one.path, one.problem) for one in foul]
