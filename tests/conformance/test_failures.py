"""Failures: an update that fails leaves the last release whole, and trying again does what was not done."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from curate.errors import ConfigError
from curate.release.reading import open_release
from tests.conformance.material import PAGE
from tests.conformance.site import PIPELINE, Ran, Site
from tests.flow.share import REFUNDS, TRAVEL
from tests.flow.test_full_disk import limited
from tests.flow.whole import KEYS, Runs

if TYPE_CHECKING:
    from pathlib import Path

OWN = """
def lamps(document, visible):
    if "flight" in document.text:
        raise ValueError(document.text)
    return iter(())
"""
TWO_SOURCES = """name: share
sources:
  - {path: share, name: one}
  - {path: mounted, name: two}
"""


@dataclass(frozen=True)
class Tried:
    """An update that failed: what it said, what readers saw then, and the same update tried again."""

    said: str
    seen: str
    in_force: int
    again: Ran


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Change one document and add another while the disk is full; try again once there is room."""
    site = Site(tmp_path_factory.mktemp("failures"))
    site.write("policy.html", PAGE.format(days=30))
    site.run()
    site.write("policy.html", PAGE.format(days=14))
    site.write("travel.md", TRAVEL * 400)
    failed = limited(20_000, site.root / "p.yaml", "run", "--workspace", str(site.root / "w"))
    assert failed.returncode == 1, failed.stderr
    before = open_release(site.root / "w")
    seen = "\n".join(before.corpus.collect()["index_text"])
    return Tried(failed.stderr, seen, before.number, site.run())


@pytest.mark.scenario("10")
def test_an_update_that_fails_leaves_the_last_release_whole(tried: Tried) -> None:
    assert "release 1 stays in force" in tried.said
    assert tried.in_force == 1
    assert "30 days" in tried.seen


@pytest.mark.scenario("11")
def test_the_same_run_again_publishes_what_the_failed_one_did_not(tried: Tried) -> None:
    assert (tried.again.release.number, tried.again.published) == (2, True)
    assert "14 days" in tried.again.searched()
    assert "30 days" not in tried.again.searched()
    assert tried.again.documents()["travel.md"]["corpus"] == "in"


@pytest.mark.scenario("b")
def test_a_run_that_was_killed_while_publishing_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path)
    for number in range(20):
        site.write(f"{number}.md", REFUNDS.replace("card", f"card of kind {number}"))
    (tmp_path / "p.yaml").write_text(PIPELINE)
    runs = Runs(tmp_path / "p.yaml")
    process = runs.start(tmp_path / "w")
    while process.poll() is None and not (tmp_path / "w/corpus.lance").exists():
        time.sleep(0.001)
    process.kill()
    process.communicate()
    for name, key in KEYS.items():
        monkeypatch.setenv(name, key)

    ran = site.run()

    assert process.returncode == -9
    assert (ran.release.number, ran.published) == (1, True)
    assert ran.worked["parse"] == ran.worked["chunk"] == ran.worked["mine"] == 0
    assert len(ran.documents()) == 20


@pytest.mark.scenario("a")
def test_a_step_that_raises_on_one_document_is_told_of_that_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    site = Site(tmp_path)
    site.write("travel.md", TRAVEL)
    site.write("refunds.md", REFUNDS)
    (tmp_path / "own_lamps.py").write_text(OWN)

    ran = site.run(PIPELINE + 'mining: {extractors: [default, "own_lamps:lamps"]}\n')

    told = {address: row["reasons"] for address, row in ran.documents().items()}
    assert told["travel.md"] == ["extractor_failed"]
    assert "extractor_failed" not in told["refunds.md"]
    assert ran.examples("refunds.md")
    assert "extractor_failed" in ran.release.manifest["warnings"]


@pytest.mark.scenario("15b")
def test_a_source_that_lies_empty_by_mistake_deletes_nothing_unasked(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("policy.html", PAGE.format(days=30))
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    (mounted / "refunds.md").write_text(REFUNDS)
    (mounted / "travel.md").write_text(TRAVEL)
    site.run(TWO_SOURCES)
    for path in mounted.iterdir():
        path.unlink()

    with pytest.raises(ConfigError, match="no file there is included"):
        site.run(TWO_SOURCES)

    assert open_release(tmp_path / "w").number == 1
