"""One share that lives through three releases, in each folder of which another case happens.

What the ids should be is worked out by `HERE`, not read from the releases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from curate.release.changes import changes
from tests.flow.expected import Expected
from tests.flow.pages import page
from tests.flow.share import TRAVEL
from tests.flow.whole import KEYS
from tests.release.kept.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from curate.release.reading import Release
    from curate.tables.changes import ChunkChange, DocumentChange, ReleaseChanges

HERE = Expected(bytes.fromhex(KEYS["CURATE_KEY_IDS"]))
ONE, TWO = page("lathes"), page("canteen")
ONCE, THEN = page("gantry"), page("roofing")
EARLIER, LATER = page("parking"), page("heating")
COPIED, TWICE = page("samples"), page("laptops")
MOVED, CARRIED = page("visitors"), page("badges")
FACTS = {"access": page("salaries"), "owner": page("cleaning"), "effective": page("holidays")}
SAID = {
    "access": "access: {users: [ingrid]}\n",
    "owner": "owner: ingrid\n",
    "effective": "dates: {effective: 2026-01-01}\n",
}
DATED, NARROWED = page("pallets"), page("invoices")
COPIES = {"copy": COPIED, "kept": TWICE, "dated": DATED, "narrowed": NARROWED}
HEADED, TITLED = page("forklifts", parent="Rules of the hall"), page("couriers")


@dataclass(frozen=True)
class Tale:
    """Three releases of one share."""

    one: Release
    two: Release
    three: Release
    second: ReleaseChanges
    third: ReleaseChanges

    def turn(self, later: str) -> tuple[ReleaseChanges, Release, Release]:
        """Return what changed up to the second or the third release, and both sides of it."""
        if later == "two":
            return self.second, self.one, self.two
        return self.third, self.two, self.three


def told(root: Path) -> Tale:
    """Run the share through its three releases."""
    site = Site(root)
    site.settings()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        _begin(site)
        one = site.run()
        _change(site)
        two = site.run()
        _return(site)
        three = site.run()
    return Tale(one, two, three, changes(one, two), changes(two, three))


def _begin(site: Site) -> None:
    site.write("swap/one.md", ONE.written())
    site.write("swap/two.md", TWO.written())
    site.write("once/old.md", ONCE.written())
    site.write("taken/old.md", EARLIER.written())
    for folder, held in COPIES.items():
        site.write(f"{folder}/a.md", held.written())
        site.write(f"{folder}/a (copy).md", held.written())
    site.write("moved/visitors.md", MOVED.written())
    site.write("carried/badges.md", CARRIED.written())
    site.write("back/travel.md", TRAVEL)
    for name, held in FACTS.items():
        site.write(f"facts/{name}.md", held.written())
    site.write("headings/parent.md", HEADED.written())
    site.write("headings/title.md", TITLED.written())


def _change(site: Site) -> None:
    site.write("swap/one.md", TWO.written())
    site.write("swap/two.md", ONE.written())
    site.move("once/old.md", "once/new.md")
    site.write("once/old.md", THEN.written())
    site.move("taken/old.md", "taken/new.md")
    site.write("copy/a (copy).md", COPIED.edited().written())
    site.write("kept/a.md", TWICE.edited().written())
    site.move("moved/visitors.md", "moved/elsewhere/guests.md")
    site.move("carried/badges.md", "carried/cards.md")
    site.write("carried/cards.md", CARRIED.edited().written())
    (site.share / "back/travel.md").unlink()
    for name, said in SAID.items():
        site.write(f"facts/{name}.md.meta.yaml", said)
    site.write("dated/a (copy).md.meta.yaml", "dates: {modified: 2026-02-01}\n")
    site.write("narrowed/a (copy).md.meta.yaml", SAID["access"])
    site.write("headings/parent.md", replace(HEADED, parent="What holds in the hall").written())
    site.write("headings/title.md", replace(TITLED, title="Drivers").written())


def _return(site: Site) -> None:
    site.write("taken/old.md", LATER.written())
    site.write("back/travel.md", TRAVEL)


def documents(found: ReleaseChanges, doc_id: str) -> list[DocumentChange]:
    return [row for row in found.documents if row.doc_id == doc_id]


def chunks(found: ReleaseChanges, doc_id: str) -> dict[str, ChunkChange]:
    return {row.chunk_id: row for row in found.chunks if row.doc_id == doc_id}


def ops(rows: dict[str, ChunkChange]) -> dict[str, tuple[str, str, bool]]:
    return {name: (row.op, row.reason, row.embed) for name, row in rows.items()}


def chunks_of(release: Release, doc_id: str) -> list[str]:
    """Return the chunks that a release holds of a document, in reading order."""
    rows = sorted(release.chunks("doc_id", doc_id), key=lambda row: row["span"][0])
    return [row["chunk_id"] for row in rows]


def owners(release: Release) -> dict[str, str]:
    return {row["address"]: row["doc_id"] for row in release.ledger}
