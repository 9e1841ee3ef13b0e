"""Real edits, word by word: published text of the release before against that of this one.

Both sides are chunks as the corpus shows them, so that nothing is here that is not in a release.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from curate.pipeline.reporting.kinds import foreign, voice
from curate.pipeline.reporting.passages import with_masks
from curate.report.model import Edit, Piece, PieceKind, Quote
from curate.report.words import clipped, noun
from curate.stages.admit import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.pipeline.reporting.material import Material
    from curate.tables.chunks import Chunk

MOST = 3
_MOST_CHUNKS = 6
_LIKE = 0.3
_WORDS = re.compile(r"\s+|[^\s]+")
_CONTEXT = 14  # words and spaces shown before and after a change
_LETTERS = 700
_HEADING = 120


def edits(material: Material, chunks: Mapping[str, tuple[int, int]]) -> list[tuple[str, Edit]]:
    """Return the edits that moved most chunks, with their documents, biggest first."""
    both = [name for name, (gained, lost) in chunks.items() if gained and lost]
    edited = [name for name in both if name in material.ledger and material.is_open(name)]
    edited.sort(key=lambda name: (-sum(chunks[name]), material.ledger[name].address))
    found: list[tuple[str, Edit]] = []
    for name in edited[: 2 * MOST]:
        edit = _edit(material, name, chunks[name])
        if edit is not None and len(found) < MOST:
            found.append((name, edit))
    return found


def _edit(material: Material, name: str, moved: tuple[int, int]) -> Edit | None:
    assert material.before is not None, "edits are looked for where there is a release before"
    added, removed = set(material.changes.added), set(material.changes.removed)
    rows = material.before.chunks("doc_id", name)
    if not all(is_open(row["access"]) for row in rows):
        return None
    old = [row["text"] for row in rows if row["chunk_id"] in removed]
    now_held = material.chunks.rows([material.by_name[name].doc_id])
    new = [chunk for chunk in now_held if chunk.chunk_id in added]
    pair = _likest(old[:_MOST_CHUNKS], new[:_MOST_CHUNKS])
    if pair is None:
        return None
    before, now = pair
    gained, lost = moved
    effect = f"+{gained} -{lost} {noun(max(gained, lost), 'chunk')}"
    quote = Quote(tuple(_shown(before, now.text)), voice(now.kinds), foreign(now.language))
    heading = clipped(" › ".join(now.heading_path), _HEADING)
    return Edit(now.address, quote, heading, effect)


def _likest(old: Sequence[str], new: Sequence[Chunk]) -> tuple[str, Chunk] | None:
    """Return the text and the chunk that are most alike."""
    ranked = [
        (_alike(before, now.text), -place, before, now)
        for place, now in enumerate(new)
        for before in old
    ]
    best = max(ranked, key=lambda one: (one[0], one[1], one[2]), default=None)
    return (best[2], best[3]) if best and best[0] >= _LIKE else None


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _shown(before: str, now: str) -> Iterator[Piece]:
    """Yield a change with a few words around it; long sameness is left out."""
    old, new = _WORDS.findall(before), _WORDS.findall(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    letters = 0
    for number, (what, i, j, k, m) in enumerate(codes):
        if what == "equal":
            found = _near(old[i:j], first=number == 0, last=number == len(codes) - 1)
            yield from with_masks(found)
            letters += len(found)
            continue
        for words, kind in ((old[i:j], PieceKind.DROPPED), (new[k:m], PieceKind.ADDED)):
            text = clipped("".join(words), _LETTERS - letters)
            letters += len(text)
            yield from with_masks(text, kind)
        if letters >= _LETTERS - 1:
            return


def _near(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Return the words of a run that lie beside a change."""
    head = [] if first else words[:_CONTEXT]
    tail = [] if last else words[max(len(head), len(words) - _CONTEXT) :]
    gap = " … " if len(head) + len(tail) < len(words) else ""
    return f"{''.join(head).rstrip() if gap else ''.join(head)}{gap}{''.join(tail)}"
