"""What a run leaves: nothing of documents that are gone, nothing of runs that died, and all is mended."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from curate.errors import ContractError, ReleaseError
from curate.pipeline.making.chunks import Chunks
from curate.pipeline.request import Request
from curate.pipeline.run import Outcome, run
from curate.release import publish
from curate.release.reading import Release, open_release
from curate.store import head as heads
from curate.store import shown
from curate.store.corpus import Corpus
from curate.store.workspace import Workspace
from tests.flow.share import Heard, contents, run_share, write_share
from tests.flow.whole import leftovers
from tests.store.frames import frames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRET = "The quarrelsome zebra sleeps in the annexe until further notice."
LONG_AGO = 1_700_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A share with a workspace that holds its first release."""

    share: Path
    root: Path

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def run(self, *, verify: bool = False) -> tuple[Outcome, dict[str, int]]:
        return run_share(self.share, self.root, workers=1, verify=verify)

    def say(self, text: str) -> None:
        (self.share / "zebra.md").write_text(f"# Zebra\n\n{text}\n")

    def files(self, folder: str) -> set[str]:
        return {path.name for path in (self.root / folder).iterdir()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("left")
    run_share(_aged(write_share(root / "share")), root / "w", workers=1)
    return root


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    shutil.copytree(made, tmp_path / "copy")
    return Place(_aged(tmp_path / "copy/share"), tmp_path / "copy/w")


def _aged(share: Path) -> Path:
    """Make files older than the clock's grain, as they are on a real share."""
    for path in share.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return share


def _said(place: Place, word: str) -> list[str]:
    """Return the stages whose results hold a word, every file decoded."""
    said = word.encode()
    return sorted({p.parent.name for p in _segments(place) if any(said in d for d in frames(p))})


def _stop(*_: object, **__: object) -> NoReturn:
    message = "the run ends here, as if it were killed"
    raise KeyboardInterrupt(message)


def _die(place: Place, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, _stop)
        with pytest.raises(KeyboardInterrupt):
            place.run()


# Documents that are gone


def test_a_deleted_document_is_in_no_stored_result_after_the_next_run(place: Place) -> None:
    assert {"parse", "chunk", "mine"} <= set(_said(place, "140 EUR"))
    (place.share / "policies/travel.md").unlink()

    outcome, _ = place.run()

    assert outcome.published
    assert _said(place, "140 EUR") == []
    assert "parse" in _said(place, "fourteen days")


def test_what_an_edit_removed_is_in_no_stored_result_after_the_next_run(place: Place) -> None:
    path = place.share / "policies/travel.md"
    path.write_text(path.read_text().replace("140 EUR", "160 EUR"))

    place.run()

    assert _said(place, "140 EUR") == []
    assert "parse" in _said(place, "160 EUR")


# Runs that died


@pytest.mark.parametrize(
    ("owner", "name"),
    [(publish, "_put"), (heads, "advance")],
    ids=["before the folder is moved", "before the commit point"],
)
def test_what_a_dead_run_left_goes_even_if_the_next_publishes_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    before = {folder: place.files(folder) for folder in ("corpus.lance/data", "releases")}
    place.say(SECRET)
    _die(place, monkeypatch, owner, name)
    (place.share / "zebra.md").unlink()

    outcome, _ = place.run()

    assert (outcome.release, outcome.published) == (1, False)
    assert _said(place, "quarrelsome") == []
    assert {folder: place.files(folder) for folder in before} == before
    assert leftovers(place.root) == []


def test_files_of_a_commit_that_was_killed_are_cleaned_away_by_the_next_run(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = place.files("corpus.lance/data")
    stray = place.root / "corpus.lance/data" / f"{'01' * 12}ab.lance"
    place.say(SECRET)
    _die(place, monkeypatch, Corpus, "commit")
    stray.write_bytes(b"what Lance was writing")

    outcome, _ = place.run()

    assert outcome.published
    assert not stray.exists()
    assert before < place.files("corpus.lance/data")
    assert Release(outcome.workspace, 1).corpus.collect().height > 0


def test_what_a_run_was_keeping_when_it_died_after_its_commit_is_kept_by_the_next(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.say(SECRET)
    _die(place, monkeypatch, Chunks, "keep")
    stray = place.workspace.shown / ".chunks.parquet.1.tmp"
    stray.write_bytes(b"half a file")

    outcome, _ = place.run()

    assert (outcome.release, outcome.published) == (2, False)
    assert leftovers(place.root) == []
    content = heads.read(place.workspace.head).manifest
    assert shown.read(place.workspace.shown, content)[0].num_rows


def test_an_unchanged_run_after_a_whole_one_looks_for_no_leftovers(place: Place) -> None:
    place.run()

    outcome, worked = place.run()

    assert (outcome.published, worked) == (False, {})
    assert outcome.seconds < 0.1


def test_a_missing_tag_is_mended_by_whoever_opens_the_release(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.say(SECRET)
    _die(place, monkeypatch, Corpus, "_name")
    corpus = Corpus(place.workspace.corpus)
    head = heads.read(place.workspace.head)
    assert (head.release, corpus.version(2)) == (2, 0)

    release = open_release(place.root)

    assert release.number == 2
    assert "quarrelsome" in "\n".join(release.corpus.collect()["text"])
    assert corpus.version(2) == head.corpus_version


def test_a_missing_tag_is_mended_by_opening_an_earlier_release_and_by_an_unchanged_run(
    place: Place,
) -> None:
    place.run()
    tag = place.root / "corpus.lance/_refs/tags/release-1.json"
    tag.unlink()

    outcome, _ = place.run()

    assert not outcome.published
    assert tag.exists()
    tag.unlink()
    open_release(place.root, 1)
    assert tag.exists()


# Runs that are refused


def test_a_refused_run_leaves_stored_results_only(place: Place) -> None:
    head = heads.read(place.workspace.head)
    corpus = Corpus(place.workspace.corpus)
    version = corpus.base(head.corpus_version)
    for number in range(12):
        (place.share / f"{number}.pdf").write_bytes(b"%PDF-1.4\nno PDF at all")

    with pytest.raises(ReleaseError, match="rejected"):
        place.run()

    assert place.files("releases") == {"1"}
    assert leftovers(place.root) == []
    assert heads.read(place.workspace.head) == head
    assert corpus.base(head.corpus_version) == version
    assert open_release(place.root).number == 1


# Damage, and changes without a sign


def test_only_verify_finds_a_change_that_keeps_size_and_time(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from curate.sources import walk

    path = place.share / "policies/travel.md"
    place.run()
    seen = walk.entry_of

    def blind(path: Path, relative: str) -> walk.Entry:
        """Stamp files by their time alone, as some storages do."""
        entry = seen(path, relative)
        return walk.Entry(
            entry.path, entry.location, entry.size, f"{entry.modified}", entry.modified
        )

    monkeypatch.setattr(walk, "entry_of", blind)
    place.run()
    path.write_text(path.read_text().replace("140 EUR", "160 EUR"))
    os.utime(path, (LONG_AGO, LONG_AGO))

    quiet, _ = place.run()
    verified, worked = place.run(verify=True)

    assert not quiet.published
    assert verified.published
    assert worked["parse"] == 1
    assert "160 EUR" in "\n".join(open_release(place.root).corpus.collect()["text"])


def test_verify_without_a_change_publishes_nothing(place: Place) -> None:
    outcome, worked = place.run(verify=True)

    assert not outcome.published
    assert sum(worked.values()) == 0


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])


def _garble(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


def _spoil(path: Path) -> None:
    """Damage rows, so that it shows only where they are read."""
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


@pytest.mark.parametrize("damage", [_truncate, _garble])
def test_a_damaged_listing_is_ignored_and_written_again(
    place: Place, damage: Callable[[Path], None]
) -> None:
    damage(place.workspace.private / "listing.parquet")
    place.say(SECRET)

    outcome, worked = place.run()
    again, _ = place.run(verify=True)

    assert (outcome.published, worked["parse"]) == (True, 1)
    assert outcome.mended == ("the last listing was damaged; every file was read again",)
    assert again.mended == ()


@pytest.mark.parametrize(
    ("suffix", "damage"),
    [(".index", _truncate), (".index", _garble), (".rows", _truncate), (".rows", _spoil)],
)
def test_damaged_results_are_made_again_with_a_word_and_the_same_release(
    place: Place, suffix: str, damage: Callable[[Path], None]
) -> None:
    before = contents(Outcome(place.workspace, 1, True, 0, 0.0))
    for path in _segments(place):
        damage(path.with_suffix(suffix))

    outcome, worked = place.run(verify=True)

    assert not outcome.published
    assert outcome.mended == ("stored results were damaged; their work was done again",)
    assert worked["parse"] > 0
    assert contents(Outcome(place.workspace, 1, True, 0, 0.0)) == before
    assert place.run(verify=True)[0].mended == ()


def _segments(place: Place) -> Iterator[Path]:
    return (place.workspace.private / "memo").rglob("*.rows")


@pytest.mark.parametrize("damage", [_truncate, _garble, Path.unlink])
@pytest.mark.parametrize(
    "name",
    [
        "ledger.parquet",
        "findings.parquet",
        "left_out.parquet",
        "history.json",
        "finetune/README.md",
    ],
)
def test_a_release_in_force_of_which_a_file_is_damaged_is_published_again(
    place: Place, name: str, damage: Callable[[Path], None]
) -> None:
    before = contents(Outcome(place.workspace, 1, True, 0, 0.0))
    damage(place.workspace.release(1) / name)

    outcome, _ = place.run()

    assert (outcome.release, outcome.published) == (2, True)
    assert outcome.mended == ("release 1 was damaged; release 2 stands in its place",)
    assert contents(outcome) == before
    assert not place.run()[0].published


@pytest.mark.parametrize("damage", [_truncate, Path.unlink])
@pytest.mark.parametrize("edited", [False, True])
def test_a_corpus_of_which_a_file_is_gone_or_cut_is_written_again(
    place: Place, damage: Callable[[Path], None], *, edited: bool
) -> None:
    before = contents(Outcome(place.workspace, 1, True, 0, 0.0))
    if edited:
        place.say(SECRET)
    for path in (place.workspace.root / "corpus.lance/data").iterdir():
        damage(path)

    outcome, _ = place.run()

    assert (outcome.release, outcome.published) == (2, True)
    assert outcome.mended == ("release 1 was damaged; release 2 stands in its place",)
    assert (contents(outcome) == before) is not edited
    assert not place.run()[0].published
    assert not place.run(verify=True)[0].published


def test_damaged_state_is_an_error_that_names_the_file(place: Place) -> None:
    state = heads.read(place.workspace.head).state["identities"]
    _garble(place.workspace.state / state)
    place.say(SECRET)

    with pytest.raises(ContractError, match=rf"{state}.*backup"):
        place.run()


def test_a_note_that_cannot_be_read_is_no_note(place: Place) -> None:
    for text in ("", "{", "[]", '{"settings": 1}', "\xff"):
        (place.workspace.private / "last-run.json").write_text(text, encoding="latin-1")

        outcome, _ = place.run()

        assert (outcome.release, outcome.published) == (1, False)


def _request(place: Place) -> Request:
    return Request(target=place.share, as_of="2026-03-31", workers=1, workspace=place.root)


def test_a_run_that_is_refused_can_be_forced_afterwards(place: Place) -> None:
    from dataclasses import replace

    for number in range(12):
        (place.share / f"{number}.pdf").write_bytes(b"%PDF-1.4\nno PDF at all")
    with pytest.raises(ReleaseError):
        place.run()

    outcome = run(replace(_request(place), force=True), Heard({}))

    assert (outcome.release, outcome.published) == (2, True)


def test_a_link_among_stored_results_is_removed_and_what_it_leads_to_stays(
    place: Place, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "kept.txt").write_text("mine")
    (place.root / "private/memo/old").symlink_to(away)
    place.say("The zebra has moved to the annexe, as all may know.")

    outcome, _ = place.run()

    assert outcome.published
    assert not (place.root / "private/memo/old").is_symlink()
    assert (away / "kept.txt").read_text() == "mine"
