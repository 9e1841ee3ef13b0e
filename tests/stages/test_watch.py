"""How often documents change, by the dates of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate import ids
from curate.stages.identify import Found, identify
from curate.stages.watch import in_a_quarter, watch
from curate.tables.sources import Identity

if TYPE_CHECKING:
    from curate.tables.change_log import Change


KEY = bytes(32)


def identity(name: str, held: str) -> Identity:
    doc_id = ids.digest("d", name)
    return Identity(doc_id, ids.digest("a", name), "t", ids.digest("v", held), 0, name, b"")


def changed(log: list[Change], *, as_of: str) -> dict[str, int]:
    """Return the counts of the documents `a` and `b`."""
    counts = in_a_quarter(log, as_of=as_of)
    return {name: counts.get(ids.digest("d", name), 0) for name in "ab"}


def seen(*days: str) -> list[Change]:
    """Return the log of a share of which one document is other bytes on each of these days."""
    log: list[Change] = []
    before = [identity("a", "first"), identity("b", "always")]
    for day in days:
        now = [identity("a", f"{day} {len(log)}"), identity("b", "always")]
        log, before = watch(log, before, now, as_of=day), now
    return log


def test_a_document_that_is_new_has_not_changed() -> None:
    assert watch([], [], [identity("a", "one")], as_of="2026-01-01") == []


def test_changes_are_counted_by_day_within_the_last_quarter() -> None:
    log = seen("2025-09-01", "2026-01-02", "2026-01-03", "2026-01-03")

    assert changed(log, as_of="2026-01-03") == {"a": 2, "b": 0}
    assert changed(log, as_of="2026-06-01") == {"a": 0, "b": 0}


def test_a_night_on_which_a_document_could_not_be_read_changes_nothing() -> None:
    known = identify([Found(ids.digest("a", "a"), "t", ids.digest("v", "one"), "a")], (), key=KEY)
    gone = identify([Found(ids.digest("a", "a"), "t", bytes(16), "a")], known, key=KEY)
    back = identify([Found(ids.digest("a", "a"), "t", ids.digest("v", "one"), "a")], gone, key=KEY)
    other = identify([Found(ids.digest("a", "a"), "t", ids.digest("v", "two"), "a")], gone, key=KEY)

    assert watch([], known, gone, as_of="2026-01-01") == []
    assert watch([], gone, back, as_of="2026-01-02") == []
    assert len(watch([], gone, other, as_of="2026-01-02")) == 1


def test_what_is_long_past_is_forgotten() -> None:
    log = seen("2024-01-01", "2026-01-01")

    assert [change.date for change in log] == ["2026-01-01"]
