"""How alike two files are, as git sees it when it looks for renames.

A file is cut at line ends, and after 64 bytes within long lines; what two files have in common are
the bytes of pieces that both hold, as often as both hold them, over the size of the larger file
(the measure of git's diffcore-delta). A sketch keeps a keyed hash and the bytes of each different
piece, and no piece itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import xxhash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PIECE = 64
_PAIR = np.dtype([("hash", "<u4"), ("bytes", "<u4")])
_MOST_HOLDERS = 64  # a piece that more of the files hold says nothing of a pair
SAME_NAME = 0.75  # from which likeness a file that keeps its name, and is alone in it, has moved
ANY_NAME = 0.5  # the same for any other


def outline(data: bytes, *, seed: int) -> bytes:
    """Return the sketch of a file: pairs of hash and bytes, sorted by hash (little-endian)."""
    sizes: Counter[bytes] = Counter()
    for line in data.replace(b"\r\n", b"\n").splitlines(keepends=True):
        for start in range(0, len(line), _PIECE):
            piece = line[start : start + _PIECE]
            sizes[piece] += len(piece)
    pairs = np.zeros(len(sizes), _PAIR)
    pairs["hash"] = [xxhash.xxh32_intdigest(piece, seed) for piece in sizes]
    pairs["bytes"] = list(sizes.values())
    return np.sort(pairs, order="hash").tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Return how alike two sketched files are, 0 to 1."""
    left, right = np.frombuffer(one, _PAIR), np.frombuffer(other, _PAIR)
    larger = max(int(left["bytes"].sum()), int(right["bytes"].sum()))
    if not larger:
        return 0.0
    _, here, there = np.intersect1d(left["hash"], right["hash"], return_indices=True)
    shared = np.minimum(left["bytes"][here], right["bytes"][there]).sum()
    return float(shared) / larger


@dataclass(frozen=True, slots=True)
class Held:
    """A file that vanished or is new: its path, the digest of its bytes, its sketch ("" for none)."""

    path: str
    version: bytes
    outline: bytes

    @property
    def name(self) -> str:
        """Return the last part of its path."""
        return self.path.rpartition("/")[2]


def renames(gone: Mapping[bytes, Held], new: Mapping[bytes, Held]) -> dict[bytes, bytes]:
    """Return which new file each vanished one became: new keys to old keys.

    By equal bytes, files of one name first; then by a name that is unique on both sides, at 75 %
    likeness; then the most alike from 50 %. Ties fall to the first path.
    """
    left, come = dict(gone), dict(new)
    found: dict[bytes, bytes] = {}
    for step in (_equal, _named, _alike):
        for fresh, old in step(left, come):
            if fresh in come and old in left:
                found[fresh] = old
                del come[fresh], left[old]
    return found


def _equal(gone: Mapping[bytes, Held], new: Mapping[bytes, Held]) -> list[tuple[bytes, bytes]]:
    held = _grouped({key: file.version for key, file in gone.items()})
    pairs = [(key, old) for key, file in new.items() for old in held.get(file.version, ())]
    return sorted(pairs, key=lambda p: (_order(new[p[0]], gone[p[1]]), p))


def _named(gone: Mapping[bytes, Held], new: Mapping[bytes, Held]) -> list[tuple[bytes, bytes]]:
    old, fresh = (_grouped({key: f.name for key, f in side.items()}) for side in (gone, new))
    single = [name for name in old if len(old[name]) == len(fresh.get(name, ())) == 1]
    pairs = [(fresh[name][0], old[name][0]) for name in single]
    return [p for p in pairs if likeness(new[p[0]].outline, gone[p[1]].outline) >= SAME_NAME]


def _alike(gone: Mapping[bytes, Held], new: Mapping[bytes, Held]) -> list[tuple[bytes, bytes]]:
    measured = {
        pair: likeness(new[pair[0]].outline, gone[pair[1]].outline) for pair in _likely(gone, new)
    }
    pairs = [pair for pair, alike in measured.items() if alike >= ANY_NAME]
    return sorted(pairs, key=lambda p: (-measured[p], _order(new[p[0]], gone[p[1]]), p))


def _likely(gone: Mapping[bytes, Held], new: Mapping[bytes, Held]) -> set[tuple[bytes, bytes]]:
    """Return pairs of files of like sizes that share a piece which few files hold."""
    holders: dict[int, list[bytes]] = defaultdict(list)
    for key, file in gone.items():
        for piece in np.frombuffer(file.outline, _PAIR)["hash"].tolist():
            holders[piece].append(key)
    pairs: set[tuple[bytes, bytes]] = set()
    for key, file in new.items():
        for piece in np.frombuffer(file.outline, _PAIR)["hash"].tolist():
            if len(holders.get(piece, ())) <= _MOST_HOLDERS:
                pairs.update((key, old) for old in holders.get(piece, ()))
    return pairs


def _grouped(marks: Mapping[bytes, str | bytes]) -> dict[str | bytes, Sequence[bytes]]:
    found: dict[str | bytes, list[bytes]] = defaultdict(list)
    for key, mark in marks.items():
        found[mark].append(key)
    return dict(found)


def _order(new: Held, old: Held) -> tuple[bool, str, str]:
    return new.name != old.name, new.path, old.path
