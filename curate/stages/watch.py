"""Watch: how often each document changes, by the dates of the runs that saw it change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from curate import ids
from curate.tables.change_log import Change
from curate.tables.sources import Identity

QUARTER = 91  # days
_REMEMBERED = 400  # days
_NEVER_READ = bytes(ids.ID_BYTES)


def watch(
    log: Iterable[Change], before: Iterable[Identity], now: Iterable[Identity], *, as_of: str
) -> list[Change]:
    """Return the log with what changed between two listings, without what is long past.

    Args:
        log: The changes known so far.
        before: The identities that the last release left.
        now: Those of this run.
        as_of: The run's date.
    """
    versions = {identity.doc_id: identity.version for identity in before}
    fresh = [
        Change(identity.doc_id, as_of)
        for identity in now
        if _NEVER_READ != versions.get(identity.doc_id, _NEVER_READ) != identity.version
    ]
    first = _days_before(as_of, _REMEMBERED)
    held = {(change.doc_id, change.date) for change in log if change.date >= first}
    held.update((change.doc_id, change.date) for change in fresh)
    return [Change(*pair) for pair in sorted(held)]


def in_a_quarter(log: Sequence[Change], *, as_of: str) -> Mapping[bytes, int]:
    """Return on how many days of the last quarter each document changed."""
    first = _days_before(as_of, QUARTER)
    return Counter(change.doc_id for change in log if first <= change.date <= as_of)


def _days_before(day: str, days: int) -> str:
    return (date.fromisoformat(day[:10]) - timedelta(days=days)).isoformat()
