"""Assign: which split each document's examples belong to, and what a split never divides.

A group is everything that documents, threads and clusters of near copies hang together by. It goes
where a member already is (train wins), else where the keyed hash of its first member says; what
was once in train is never in validation or test again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import model_validator

from curate import ids
from curate.config import Settings, Share

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)


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
        documents: All documents that have examples.
        known: The split of each document that once had one.
        settings: The shares.
        key: The workspace's key for ids.
    """
    wanted = sorted(set(documents))
    roots = _components(ties)
    members: dict[bytes, list[bytes]] = {}
    for doc_id in wanted:
        members.setdefault(roots.find(doc_id), []).append(doc_id)
    groups, splits = {}, {}
    for group in members.values():
        name = group[0]
        split = _held(group, known) or _drawn(name, settings, key)
        groups.update(dict.fromkeys(group, name))
        splits.update(dict.fromkeys(group, split))
    return Grouping(groups, splits)


def _held(group: Sequence[bytes], known: Mapping[bytes, str]) -> str:
    held = {known[doc_id] for doc_id in group if doc_id in known}
    return next((split for split in SPLITS if split in held), "")


def _drawn(name: bytes, settings: Splits, key: bytes) -> str:
    share = int.from_bytes(ids.mac(key, "split", name)[:8], "big") / 2**64
    if share < settings.test:
        return TEST
    return VALIDATION if share < settings.test + settings.validation else TRAIN


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
