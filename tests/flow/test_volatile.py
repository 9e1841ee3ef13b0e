"""Documents that change often: the corpus serves them, and nothing is learnt from them until they rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.pipeline.request import Request
from curate.pipeline.run import run
from curate.release.reading import Release
from tests.flow.share import Heard
from tests.release.kept.site import Site, site

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.run import Outcome

PRICES = """# Prices

## What does a box of labels cost?

A box of labels costs {price} euros this week, and the price is set anew every Monday morning.
"""


@pytest.fixture
def made(tmp_path: Path) -> Site:
    """A site that learns from what changed at most once in a quarter."""
    return site(tmp_path, "finetune: {max_changes_per_quarter: 1}\n")


def _run(made: Site, as_of: str) -> tuple[Outcome, Release]:
    asked = Request(made.root / "p.yaml", as_of, workers=1, workspace=made.workspace.root)
    outcome = run(asked, Heard({}))
    return outcome, Release(outcome.workspace, outcome.release)


def _learnt(release: Release) -> str:
    row = next(row for row in release.ledger if row["address"] == "prices.md")
    assert row["corpus"] == "in"
    assert row["chunks"] > 0
    assert row["finetune"] == "in" if row["examples"] else row["finetune"] != "in"
    return str(row["finetune"])


def test_what_changed_too_often_is_served_and_not_learnt(made: Site) -> None:
    learnt = []
    for day in (1, 8, 15):
        made.write("prices.md", PRICES.format(price=day))
        learnt.append(_learnt(_run(made, f"2026-03-{day:02}")[1]))

    assert learnt == ["in", "in", "volatile"]


def test_it_is_learnt_again_when_the_quarter_is_over_though_no_file_changed(made: Site) -> None:
    for day in (1, 8, 15):
        made.write("prices.md", PRICES.format(price=day))
        _run(made, f"2026-03-{day:02}")

    same, _ = _run(made, "2026-03-15")
    soon, held = _run(made, "2026-04-20")
    later, release = _run(made, "2026-07-20")

    assert (same.published, soon.published, later.published) == (False, False, True)
    assert (_learnt(held), _learnt(release)) == ("volatile", "in")


def test_a_file_that_was_only_touched_or_moved_did_not_change(made: Site) -> None:
    made.write("prices.md", PRICES.format(price=1))
    _run(made, "2026-03-01")
    made.write("prices.md", PRICES.format(price=1))
    _run(made, "2026-03-08")
    made.move("prices.md", "old/prices.md")
    _run(made, "2026-03-09")
    made.move("old/prices.md", "prices.md")
    made.write("prices.md", PRICES.format(price=2))

    assert _learnt(_run(made, "2026-03-15")[1]) == "in"
