"""Assign: which split each document's examples belong to, and what a split never divides.

A group is everything that documents, threads and clusters of near copies hang together by. It goes
where a member already is (train wins), else where the keyed hash of its first member says, unless it
would alone fill much of a small split; what was once in train is never in validation or test again.
Where the draw leaves a small split far below its share, new groups next to it go there too; where it
leaves nothing to train on, the one nearest to train goes there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import model_validator

from curate import ids
from curate.config import Settings, Share

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
_LARGEST = 0.3  # a group that alone would fill more of a small split than this is train,
_SMALL = 5  # unless it has no more examples than this
_ENOUGH = 0.75  # of its share of the examples: a small split that has less is filled


class Splits(Settings):
    """Shares of groups; what is left is train."""

    validation: Share = 0.1
    test: Share = 0.1

    @model_validator(mode="after")
    def _leave_some(self) -> Splits:
        if self.validation + self.test >= 1:
            message = "validation and test leave nothing to train on"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Grouping:
    """The group and the split of every document."""

    groups: Mapping[bytes, bytes]
    splits: Mapping[bytes, str]


def assign(
    ties: Iterable[Sequence[bytes]],
    documents: Iterable[bytes],
    *,
    known: Mapping[bytes, str],
    settings: Splits,
    key: bytes,
) -> Grouping:
    """Return group and split of documents.

    Args:
        ties: Documents that belong together: of a thread, of a cluster, of one example.
        documents: The document of every example, as often as it has examples.
        known: The split of each document that once had one.
        settings: The shares.
        key: The workspace's key for ids.
    """
    documents = list(documents)
    wanted = sorted(set(documents))
    roots = _components(ties)
    members: dict[bytes, list[bytes]] = {}
    for doc_id in wanted:
        members.setdefault(roots.find(doc_id), []).append(doc_id)
    held: dict[bytes, set[str]] = {}
    for doc_id, split in known.items():
        held.setdefault(roots.find(doc_id), set()).add(split)
    shares = {root: _share(group[0], key) for root, group in members.items()}
    sizes = Counter(roots.find(doc_id) for doc_id in documents)
    room = _Room(settings, len(documents))
    by_root = {
        root: _held(held.get(root, ())) or room.drawn(shares[root], sizes[root]) for root in shares
    }
    new = sorted((root for root in shares if root not in held), key=lambda root: shares[root])
    for split in (TEST, VALIDATION):
        room.fill(split, by_root, new, sizes)
    if TRAIN not in by_root.values() and new:
        by_root[new[-1]] = TRAIN
    groups, splits = {}, {}
    for root, group in members.items():
        groups.update(dict.fromkeys(group, group[0]))
        splits.update(dict.fromkeys(group, by_root[root]))
    return Grouping(groups, splits)


def _held(splits: Collection[str]) -> str:
    """Return the split that a group once had, by any of its documents; train wins."""
    return next((split for split in SPLITS if split in splits), "")


def _share(name: bytes, key: bytes) -> float:
    return int.from_bytes(ids.mac(key, "split", name)[:8], "big") / 2**64


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a group is drawn to: the shares, and how many examples there are in all."""

    settings: Splits
    examples: int

    def drawn(self, share: float, size: int) -> str:
        """Return the split of a group with its keyed share (0 to 1) and so many examples."""
        test, validation = self.settings.test, self.settings.validation
        if share < test:
            return TEST if self._fits(size, TEST) else TRAIN
        if share < test + validation:
            return VALIDATION if self._fits(size, VALIDATION) else TRAIN
        return TRAIN

    def fill(
        self,
        split: str,
        by_root: dict[bytes, str],
        new: Iterable[bytes],
        sizes: Mapping[bytes, int],
    ) -> None:
        """Move new groups from train into a small split that the draw left nearly empty.

        Args:
            split: The split.
            by_root: Every group's split; it is changed.
            new: The groups that never had one, by their keyed shares, ascending.
            sizes: How many examples each group has.
        """
        least = int(_ENOUGH * self._wanted(split))
        has = sum(sizes[root] for root, its in by_root.items() if its == split)
        for root in new:
            if has >= least:
                return
            if by_root[root] == TRAIN and self._fits(sizes[root], split):
                by_root[root] = split
                has += sizes[root]

    def _fits(self, size: int, split: str) -> bool:
        return size <= max(_LARGEST * self._wanted(split), _SMALL)

    def _wanted(self, split: str) -> float:
        share = self.settings.test if split == TEST else self.settings.validation
        return share * self.examples


class _Components:
    """Union-find with the smaller id as root, so that the order of unions does not matter."""

    def __init__(self) -> None:
        self._parent: dict[bytes, bytes] = {}

    def find(self, item: bytes) -> bytes:
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, item)) != root:
            self._parent[item] = root
            item = parent
        return root

    def join(self, one: bytes, other: bytes) -> None:
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low


def _components(ties: Iterable[Sequence[bytes]]) -> _Components:
    components = _Components()
    for tie in ties:
        for other in tie[1:]:
            components.join(tie[0], other)
    return components
