"""How many chunks must be embedded anew after real edits, beside those whose own words changed.

Counted are the chunks of documents that stand in both versions and were edited (renamed or not);
of a new document every chunk is new whatever cuts it. A word is a run of characters without white
space; the words of a document are those of its chunks in reading order.

`embedded`   nothing that the version before held, in any document, had the same index text
`renamed`    of these: the same words were a piece of the old version of the document under another
             heading path alone. The same words with other white space are no renamed heading
`changed`    one word of its own text, at least, lies in no equal run of difflib's alignment of the
             words of both versions
`shortened`  every word lies in such a run, yet in more than one: between them words are gone

A piece whose words all stand one after the other in the old version, wherever, is neither changed
nor shortened: what only moved has kept its words. Held against the limit is (`embedded` less
`renamed`) to `changed`; beside it stands the ratio to `changed` and `shortened`, since what lost
words in its midst is another text as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk: what is embedded of it, the headings it stands under, its own text."""

    index: str
    path: tuple[str, ...]
    text: str

    @property
    def words(self) -> list[str]:
        """The words of its own text."""
        return self.text.split()


Pieces = dict[str, list[Piece]]  # of each document, in reading order


@dataclass(frozen=True, slots=True)
class Counted:
    """Chunks of edited documents, as the module's docstring tells them apart."""

    documents: int = 0
    pieces: int = 0
    embedded: int = 0
    renamed: int = 0
    changed: int = 0
    shortened: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.documents + other.documents,
            self.pieces + other.pieces,
            self.embedded + other.embedded,
            self.renamed + other.renamed,
            self.changed + other.changed,
            self.shortened + other.shortened,
        )

    @property
    def anew(self) -> int:
        """Those that need an embedding for more than a renamed heading."""
        return self.embedded - self.renamed


def counted(
    old: Mapping[str, Sequence[Piece]],
    new: Mapping[str, Sequence[Piece]],
    pairs: Iterable[tuple[str, str]],
) -> Counted:
    """Count over two versions.

    Args:
        old: The pieces of every document of the version before.
        new: Those of the version after.
        pairs: The edited documents, by their names in both.
    """
    known = {piece.index for pieces in old.values() for piece in pieces}
    both = ((old.get(a, ()), new.get(b, ())) for a, b in pairs)
    return sum((of_document(was, now, known) for was, now in both), Counted())


def of_document(old: Sequence[Piece], new: Sequence[Piece], known: set[str]) -> Counted:
    """Count the pieces of one document."""
    before = [word for piece in old for word in piece.words]
    paths: dict[str, set[tuple[str, ...]]] = {}
    for piece in old:
        paths.setdefault(" ".join(piece.words), set()).add(piece.path)
    fresh = [piece for piece in new if piece.index not in known]
    broken = [not is_run(piece.words, before) for piece in new]
    apart = altered(before, [piece.words for piece in new]) if any(broken) else broken
    changed = [a and b for a, b in zip(broken, apart, strict=True)]
    return Counted(
        documents=1,
        pieces=len(new),
        embedded=len(fresh),
        renamed=sum(_renamed(piece, paths) for piece in fresh),
        changed=sum(changed),
        shortened=sum(broken) - sum(changed),
    )


def _renamed(piece: Piece, paths: Mapping[str, set[tuple[str, ...]]]) -> bool:
    before = paths.get(" ".join(piece.words))
    return before is not None and piece.path not in before


def is_run(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether words stand one after the other in a text.

    >>> is_run(["b", "c"], ["a", "b", "c"]), is_run(["a", "c"], ["a", "b", "c"])
    (True, False)
    """
    return f" {' '.join(words)} " in f" {' '.join(whole)} "


def altered(before: Sequence[str], pieces: Sequence[Sequence[str]]) -> list[bool]:
    """Tell of each piece of a text whether one of its words lies in no equal run of both versions.

    >>> altered(["a", "b", "c", "d"], [["a", "x"], ["c", "d"]])
    [True, False]
    """
    after = [word for words in pieces for word in words]
    equal = [False] * len(after)
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        equal[block.b : block.b + block.size] = [True] * block.size
    borders = [0]
    for words in pieces:
        borders.append(borders[-1] + len(words))
    return [not all(equal[a:b]) for a, b in pairwise(borders)]
