"""Small fragments and deleted rows of the corpus are written anew when there are many, and not before.

A refresh adds one fragment. Writing all of it together each time would keep a whole copy of the
corpus for every release that is kept; so the large fragments stay, the small ones are put together
when they are many, and a large one only when most of its rows are dead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lance import LanceDataset

MANY = 8  # fragments; a small one takes twice the room for a row, and reading slows down with each
_SMALL = 16  # a fragment with less than this part of the rows is small
_LEAST_ROWS = 1024
_DEAD = 0.5  # share of dead rows from which on a fragment is written anew


def compact_if_due(dataset: LanceDataset) -> None:
    """Put small fragments together, as a version of its own; the rows and their ids stay the same."""
    fragments = dataset.get_fragments()
    written = sum(fragment.physical_rows for fragment in fragments)
    live = dataset.count_rows()
    if len(fragments) <= MANY and live >= (1 - _DEAD) * written:
        return
    dataset.optimize.compact_files(
        target_rows_per_fragment=max(_LEAST_ROWS, live // _SMALL),
        materialize_deletions_threshold=_DEAD,
    )


def purge(dataset: LanceDataset) -> None:
    """Write every fragment with deleted rows anew, so that no file of the latest version holds one."""
    dataset.optimize.compact_files(materialize_deletions=True, materialize_deletions_threshold=0.0)
