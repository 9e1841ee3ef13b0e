"""A document that is erased leaves every table, version and file, and does not come back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from curate.erase import erasing
from curate.erase.proof import traces
from curate.errors import ConfigError
from curate.pipeline.erase import erase, plan
from curate.pipeline.rollback import rollback
from curate.release.changes import changes
from curate.release.reading import open_release
from curate.release.retention import published
from curate.release.schemas import schemas
from curate.store.workspace import Workspace
from tests.cli.test_cli import call
from tests.flow import whole
from tests.release.kept.site import Site, page, site

if TYPE_CHECKING:
    from pathlib import Path

    from curate.tables.erasures import Erasure

PLANTED = "Zebulon Quarkington"
FILE = "zebulon-q-file"
SECRET = f"""# The affair of {PLANTED}

## What did {PLANTED} sign in spring?

The paper that {PLANTED} signed in spring lies in the blue cabinet beside the foreman's desk.
"""
WORDS = (PLANTED, FILE, "blue cabinet")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three releases: without the document, with it and a copy, and with another page changed."""
    made = site(tmp_path_factory.mktemp("erase"))
    made.write("page.md", page(1))
    made.run()
    made.write(f"hr/{FILE}.md", SECRET)
    made.write(f"old/{FILE}-2.md", SECRET)
    made.run()
    made.write("page.md", page(2))
    made.run()
    return made


@pytest.fixture
def own(before: Site, tmp_path: Path) -> Site:
    """A copy of it, for one test alone."""
    return before.copied(tmp_path)


def erased(made: Site, name: str = f"hr/{FILE}.md") -> Erasure:
    return erase(made.workspace, name, shown=plan(made.workspace, name))


def test_the_search_finds_what_is_there(before: Site) -> None:
    found = traces(before.workspace, WORDS)

    assert any(name.endswith(".lance") for name in found)
    assert any("memo/parse" in name for name in found)
    assert any(name.endswith("ledger.parquet") for name in found)
    assert any("finetune/data/train" in n or "finetune/data/" in n for n in found)
    assert any("corpus.lance version" in name for name in found)


def test_the_plan_shows_documents_copies_and_releases_and_touches_nothing(own: Site) -> None:
    files = {p: p.stat().st_mtime_ns for p in own.workspace.root.rglob("*") if p.is_file()}
    shown = plan(own.workspace, f"hr/{FILE}.md")

    assert {(one.address, one.why) for one in shown.documents} == {
        (f"hr/{FILE}.md", "named"), (f"old/{FILE}-2.md", "same bytes"),
    }  # fmt: skip
    assert shown.retires == (2, 3)
    assert {p: p.stat().st_mtime_ns for p in own.workspace.root.rglob("*") if p.is_file()} == files


def test_nothing_of_it_is_left_decoded_or_raw(own: Site) -> None:
    done = erased(own)

    assert traces(own.workspace, WORDS) == {}
    assert (done.found, done.searched > 0) == (0, True)


def test_one_clean_release_follows_and_those_that_held_it_are_gone(own: Site) -> None:
    old = open_release(own.root, 3)
    texts = set(old.corpus.collect()["text"])

    done = erased(own)

    assert published(own.workspace) == [1, 4]
    assert whole.published(own.workspace.root) == 4
    left = texts - set(open_release(own.root).corpus.collect()["text"])
    assert left
    assert all("Quarkington" in text or "affair" in text for text in left)
    assert done.retired == (2, 3)
    with pytest.raises(ConfigError, match=r"release 3 of .* something it held was erased"):
        open_release(own.root, 3)


def test_releases_that_never_held_it_stay_as_they_were(own: Site) -> None:
    one = whole.release_of(own.workspace.root, 1)

    erased(own)

    assert whole.release_of(own.workspace.root, 1) == one


def test_its_row_in_the_ledger_says_erased_and_nothing_else(own: Site) -> None:
    erased(own)

    release = open_release(own.root)
    rows = [row for row in release.ledger if row["reasons"] == ["erased"]]
    counts = release.manifest["counts"]["documents"]
    assert [(row["address"], row["chunks"], row["version"]) for row in rows] == [
        ("(erased)", 0, "")
    ] * 2
    assert counts["in"] == counts["kept"] + counts["flagged"] + counts["rejected"]


def test_it_does_not_come_back_with_the_next_run_nor_moved_nor_edited(own: Site) -> None:
    erased(own)
    own.run()
    assert traces(own.workspace, WORDS) == {}

    (own.share / f"hr/{FILE}.md").rename(own.share / "elsewhere.md")
    own.write(f"old/{FILE}-2.md", SECRET.replace("blue", "green"))
    release = own.run()

    rows = [row for row in release.ledger if row["reasons"] == ["erased"]]
    assert len(rows) == 2
    assert traces(own.workspace, (PLANTED, FILE)) == {}


@pytest.mark.parametrize("first", ["moved", "edited"])
def test_it_does_not_come_back_moved_and_edited_one_run_after_the_other(
    own: Site, first: str
) -> None:
    erased(own)
    (own.share / f"old/{FILE}-2.md").unlink()
    place, text = own.share / f"hr/{FILE}.md", f"{SECRET}\nOne line more.\n"
    if first == "edited":
        place.write_text(text)
        own.run()
    place = place.rename(own.share / "elsewhere.md")
    if first == "moved":
        own.run()
        place.write_text(text)
    own.run()
    own.write("page.md", page(3))

    release = own.run()

    assert [row["address"] for row in release.ledger if row["reasons"] == ["erased"]] == [
        "(erased)"
    ]
    assert traces(own.workspace, WORDS) == {}


def test_what_lies_at_its_place_and_elsewhere_too_stays_elsewhere(own: Site) -> None:
    erased(own)
    other = page(7).replace("page", "leaflet")
    own.write(f"hr/{FILE}.md", other)
    own.write("leaflet.md", other)
    own.run()
    own.write("page.md", page(3))

    release = own.run()

    assert {row["address"]: row["outcome"] for row in release.ledger}["leaflet.md"] == "kept"


def test_it_is_erased_though_an_older_release_is_damaged_which_goes_as_well(own: Site) -> None:
    ledger = own.workspace.release(1) / "ledger.parquet"
    ledger.write_bytes(ledger.read_bytes()[:200])

    record = erased(own)

    assert record.retired == (1, 2, 3)
    assert traces(own.workspace, WORDS) == {}


def test_a_run_after_it_changes_nothing_else(own: Site) -> None:
    erased(own)
    clean = open_release(own.root)
    later = own.run()

    if later.number != clean.number:
        assert changes(clean, later).chunks == ()


def test_it_is_found_by_its_id_and_again_when_it_was_stopped(own: Site) -> None:
    doc_id = next(r["doc_id"] for r in open_release(own.root).ledger if FILE in r["address"])

    assert erased(own, doc_id).successor == 4
    with pytest.raises(ConfigError, match="no release that is kept holds"):
        plan(own.workspace, f"hr/{FILE}.md")


def _stopped(made: Site, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Erase, and die at a step of it."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasing, at, stop)
        with pytest.raises(KeyboardInterrupt):
            erased(made)


@pytest.mark.parametrize("step", ["_clear", "settle", "traces", "_kept"])
def test_a_stop_after_the_successor_is_completed_by_the_same_command(
    own: Site, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    shown = plan(own.workspace, f"hr/{FILE}.md")
    _stopped(own, monkeypatch, step)
    assert whole.published(own.workspace.root) == 4
    assert plan(own.workspace, f"hr/{FILE}.md") == shown

    done = erased(own)

    assert (done.number, done.successor, done.retired, done.found) == (1, 4, (2, 3), 0)
    assert done.searched > 0
    assert traces(own.workspace, WORDS) == {}
    assert whole.published(own.workspace.root) == 4
    assert [p.name for p in (own.workspace.private / "erasures").iterdir()] == ["1.json"]


@pytest.mark.parametrize("step", ["_clear", "traces"])
def test_a_stop_after_the_successor_is_completed_by_a_run(
    own: Site, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _stopped(own, monkeypatch, step)

    outcome = own.outcome()

    assert "finished; its record: private/erasures/1.json" in outcome.mended[0]
    assert traces(own.workspace, WORDS) == {}
    assert published(own.workspace) == [1, 4]


def test_a_stop_before_the_successor_leaves_everything_as_it_was(
    own: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stopped(own, monkeypatch, "put_in_force")

    outcome = own.outcome()

    assert (outcome.published, outcome.mended) == (False, ())
    assert list((own.workspace.private / "erasures").iterdir()) == []
    assert erased(own).found == 0


def test_a_rollback_before_it_is_not_undone_by_the_next_run(own: Site) -> None:
    own.write("page.md", page(3))
    own.run()
    rollback(own.workspace, 3)
    erased(own)

    assert [own.outcome().published for _ in range(2)] == [False, False]
    assert "Rule 1 of part 2" in " ".join(open_release(own.root).corpus.collect()["text"])


def test_the_record_is_signed_and_holds_no_text(own: Site) -> None:
    done = erased(own)
    kept = json.loads((own.workspace.private / "erasures/1.json").read_text())
    key = Workspace(own.workspace.root).key("ids")

    assert list(Draft202012Validator(schemas()["erasure.v1.json"]).iter_errors(kept)) == []
    assert kept["signature"] == done.signature == erasing.signature(done, key)
    assert erasing.signature(replace(done, chunks=99), key) != done.signature
    assert not any(word in json.dumps(kept) for word in WORDS)


def test_a_run_in_between_is_noticed(own: Site) -> None:
    shown = plan(own.workspace, f"hr/{FILE}.md")
    own.write("page.md", page(3))
    own.run()

    with pytest.raises(ConfigError, match="came in between"):
        erase(own.workspace, f"hr/{FILE}.md", shown=shown)


def test_the_command_shows_first_and_does_nothing_unasked(own: Site) -> None:
    name = f"hr/{FILE}.md"
    refused = call("erase", "--document", name, folder=own.root, code=2)
    dry = json.loads(
        call("erase", "--document", name, "--dry-run", "--json", folder=own.root).stdout
    )
    assert published(own.workspace) == [1, 2, 3]
    text = call("erase", "--document", name, "--yes", folder=own.root).stdout

    assert "2 documents would be erased" in refused.stdout
    assert "say --yes" in refused.stderr
    assert list(Draft202012Validator(schemas()["erasure-plan.v1.json"]).iter_errors(dry)) == []
    assert "Release 4 is in force" in text
    assert "0 found" in text
    assert (
        "no release" in call("erase", "--document", name, "--yes", folder=own.root, code=2).stderr
    )
