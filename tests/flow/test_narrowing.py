"""Whoever narrows access is followed: no gate keeps a release in force that more people may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import ReleaseError
from curate.pipeline.rollback import rollback
from curate.release.reading import Release
from tests.flow.share import run_share
from tests.flow.test_access import packed, read_by

if TYPE_CHECKING:
    from pathlib import Path

HR, EVERYONE = "access: {groups: [hr]}\n", "access: {groups: [everyone]}\n"
STRICT = "gates: {flagged: 10%, rejected: 0%, yield_drop: 1%, empty_finetune: true}\n"
PAGE = """# The {0} lamp

## What does the {0} lamp say when it blinks?

The {0} lamp says that the clock of meter {0} is to be set with the {0} key before noon.
"""


class Desk:
    """A share that everybody may read, with gates that are easily offended."""

    def __init__(self, folder: Path, gates: str = STRICT) -> None:
        self.folder = folder
        self.pipeline = folder / "desk.yaml"
        self.pipeline.write_text(f"name: desk\nsources: [{{path: share}}]\n{gates}")
        self.write({"_meta.yaml": EVERYONE})

    def write(self, files: dict[str, str | bytes]) -> None:
        for name, data in files.items():
            place = self.folder / "share" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data if isinstance(data, bytes) else data.encode())

    def run(self) -> Release:
        outcome, _ = run_share(self.pipeline, self.folder / "w", workers=1)
        return Release(outcome.workspace, outcome.release)


def _pages(*names: str) -> dict[str, str | bytes]:
    return {f"{name}.md": PAGE.format(name.rpartition("/")[2]) for name in names}


def test_a_sidecar_over_most_of_a_share_takes_effect_whatever_the_gates_are(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(_pages("pay/red", "pay/blue", "pay/green", "open"))
    first = desk.run()
    assert len(first.examples) > 1

    desk.write({"pay/_meta.yaml": HR})
    release = desk.run()

    assert release.number == 2
    who = read_by(release)
    assert {who[f"pay/{name}.md"] for name in ("red", "blue", "green")} == {("hr",)}
    gates = {gate["name"]: gate for gate in release.history["gates"]}
    assert {gate["verdict"] for gate in gates.values()} == {"pass"}
    assert gates["flagged"]["detail"] == "0 of 4; 3 more as the pipeline or a source says"
    assert "withdrawn as the pipeline or a source says" in gates["examples_dropped"]["detail"]
    assert release.manifest["counts"]["documents"]["flagged"] == 3


@pytest.mark.parametrize(
    "narrowed",
    [
        {"_meta.yaml": HR},
        {"_meta.yaml": "acess: {groups: [hr]}\n"},
        {"_meta.yaml.txt": HR, "_meta.yaml": "owner: jo\n"},
    ],
)
def test_a_share_of_which_nothing_is_left_for_everybody_is_published_so(
    tmp_path: Path, narrowed: dict[str, str | bytes]
) -> None:
    desk = Desk(tmp_path)
    desk.write(_pages("red", "blue"))
    desk.run()

    desk.write(narrowed)
    release = desk.run()

    assert release.number == 2
    assert release.examples == []
    assert ("everyone",) not in read_by(release).values()
    gates = {gate["name"]: gate["verdict"] for gate in release.history["gates"]}
    assert gates["empty_finetune"] == "warn"


def test_a_source_that_is_no_longer_learnt_from_or_searched_is_followed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write(_pages("red", "blue"))
    desk.run()

    for use in ("corpus", "finetune"):
        said = f"name: desk\nsources: [{{path: share, use: {use}}}]\n{STRICT}"
        desk.pipeline.write_text(said)
        release = desk.run()
        assert len(release.examples) == 0 or use == "finetune"
        assert len(read_by(release)) == (2 if use == "corpus" else 0)


def test_an_archive_of_which_nobody_can_tell_who_may_read_it_leaves_with_all_its_members(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    members = {name: str(text) for name, text in _pages("red", "blue", "green").items()}
    desk.write({**_pages("open"), "in.zip": packed(dict(members))})
    desk.run()

    desk.write({"in.zip.meta.yaml": "acess: {groups: [hr]}\n"})
    release = desk.run()

    assert release.number == 2
    assert set(read_by(release)) == {"open.md"}


def test_what_is_lost_for_another_reason_still_refuses_and_is_named_alone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "gates: {flagged: 10%}\n")
    desk.write(_pages("pay/red", "pay/blue", "open", "lost", "gone", "torn"))
    desk.run()

    desk.write({"pay/_meta.yaml": HR, "torn.md": ""})
    for name in ("lost", "gone"):
        (tmp_path / f"share/{name}.md").unlink()
    with pytest.raises(ReleaseError) as error:
        desk.run()

    text = str(error.value)
    assert "chunks_dropped" in text
    assert "lost.md" in text
    assert "pay/" not in text


@pytest.mark.parametrize(
    "narrowed",
    [
        {"pay/_meta.yaml": HR},
        {"pay/_meta.yaml": "acess: {groups: [hr]}\n"},
        {"in.zip.meta.yaml": "acess: {groups: [hr]}\n"},
    ],
)
def test_nobody_rolls_back_over_access_that_was_narrowed_without_saying_so(
    tmp_path: Path, narrowed: dict[str, str | bytes]
) -> None:
    desk = Desk(tmp_path)
    members = {name: str(text) for name, text in _pages("green").items()}
    desk.write({**_pages("pay/red", "open", "gone"), "in.zip": packed(dict(members))})
    first = desk.run()
    desk.write(narrowed)
    second = desk.run()
    held = {row["address"]: row["doc_id"] for row in first.ledger}
    wider = held["in.zip › green.md" if "in.zip.meta.yaml" in narrowed else "pay/red.md"]

    with pytest.raises(ReleaseError, match="1 document would be open to more") as error:
        rollback(second.workspace, 1)
    assert wider in str(error.value)
    assert desk.run().number == 2

    done = rollback(second.workspace, 1, force=True)
    release = Release(second.workspace, done.release)
    assert (done.release, release.history["forced"]) == (3, True)
    assert read_by(release)["pay/red.md"] == ("everyone",)


def test_whoever_rolls_back_to_narrower_access_or_to_what_is_gone_needs_no_force(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, "gates: {yield_drop: 100%}\n")
    desk.write({**_pages("pay/red", "open", "gone"), "pay/_meta.yaml": HR})
    desk.run()
    desk.write({"pay/_meta.yaml": EVERYONE})
    (tmp_path / "share/gone.md").unlink()
    second = desk.run()

    done = rollback(second.workspace, 1)

    assert (done.release, done.published) == (3, True)
    assert not Release(second.workspace, 3).history["forced"]
