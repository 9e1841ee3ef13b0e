"""Chunk: parsed text and its edits to chunk bodies, rendered as the corpus shows them.

Borders are cut without looking at personal data, so that a better recogniser changes no span and
no id; the text of a body is the render of its span alone, its index text adds what a search needs
to find it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from curate import ids
from curate.chunking import ChunkSettings, Cut, Split, Strategy, cut
from curate.config import Settings
from curate.stage import stage
from curate.stages.edit import PseudonymKey
from curate.tables.chunks import Body, Count, Mask
from curate.tables.edits import Edit, EditAction
from curate.tables.parsed import Parsed
from curate.text.edits import of_field
from curate.text.render import Policy, Rendered, Treatment, render
from curate.text.titles import titled
from curate.text.tokens import Tokens

_PATH_JOIN = " > "
_MOST_PATH_LETTERS = 400


class Chunks(Settings):
    """How documents are cut: `size` in tokens of the vocabulary `tokens`, which may be a file's path."""

    size: int = Field(default=250, ge=16, le=32_768)
    tokens: str = "cl100k"
    split: Literal["heading", "nothing"] = "heading"
    strategy: Literal["balanced", "recursive", "fixed", "page", "element"] = "balanced"
    heading_level: int = Field(default=6, ge=1, le=6)
    runt: int = Field(default=40, ge=0)
    whole: float = Field(default=1.5, ge=1.0)

    def craft(self) -> ChunkSettings:
        """Return what the chunker reads of it."""
        values = self.model_dump(exclude={"tokens", "split", "strategy"})
        return ChunkSettings(split=Split(self.split), strategy=Strategy(self.strategy), **values)


class IdKey:
    """The key that ids are made with."""

    def __init__(self, key: bytes) -> None:
        """Hold the key; it is never printed."""
        self.key = key


@dataclass(frozen=True, slots=True)
class CorpusPolicy:
    """What becomes of personal data in the corpus."""

    policy: Policy


@stage(version=8, grain="record")
def chunk(  # noqa: PLR0913 - each parameter declares an input or a tool
    parsed: Parsed,
    edits: tuple[Edit, ...],
    *,
    settings: Chunks,
    tokens: Tokens,
    policy: CorpusPolicy,
    ids_key: IdKey,
    pseudonyms: PseudonymKey,
) -> Iterator[Body]:
    """Cut one document and render its chunks; a chunk that renders empty is left out."""
    own = of_field(edits, "text")
    dropped = [(e.start, e.end) for e in own if e.action is EditAction.DROP]
    view = View(parsed.text, own, policy.policy, pseudonyms.key)
    shown = View(parsed.title, of_field(edits, "title"), policy.policy, pseudonyms.key)
    title = shown.of(0, len(parsed.title))
    maker = _Maker(view, title, titled(parsed), tokens, ids_key.key)
    for piece in cut(parsed, dropped=dropped, settings=settings.craft(), tokens=tokens):
        body = _body(maker, piece)
        if body is not None:
            yield _digested(body)


def _digested(body: Body) -> Body:
    """Return a body with the digests of what is published of it."""
    shown = (
        body.title, body.start, body.end, body.text, body.index_text, body.heading_path,
        body.kinds, body.page, body.tokens,
    )  # fmt: skip
    return replace(
        body,
        index_digest=hashlib.sha256(body.index_text.encode()).digest(),
        digest=hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).digest(),
    )


@dataclass(frozen=True, slots=True)
class View:
    """A document's text as one product shows it, span by span."""

    text: str
    edits: Sequence[Edit]
    policy: Policy
    key: bytes

    def of(self, start: int, end: int) -> Rendered:
        """Return the render of a span without white space at its ends."""
        return self.exactly(start, end).trimmed()

    def exactly(self, start: int, end: int) -> Rendered:
        """Return the render of a span."""
        return render(self.text, self.edits, policy=self.policy, key=self.key, span=(start, end))


def masks(rendered: Rendered, *, offset: int = 0) -> tuple[Mask, ...]:
    """Return the spans of a render that stand for something else."""
    return tuple(
        Mask(piece.at + offset, piece.until + offset)
        for piece in rendered.pieces
        if not piece.verbatim and piece.at < piece.until
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """What all bodies of a document are made with: its text and title as shown, tokens, key.

    `titled` is the stretch of text that the title is the title of.
    """

    view: View
    title: Rendered
    titled: tuple[int, int]
    tokens: Tokens
    key: bytes


def _body(maker: _Maker, piece: Cut) -> Body | None:
    view, title, key = maker.view, maker.title, maker.key
    shown = view.of(piece.start, piece.end)
    if not shown.text:
        return None
    path = [view.of(*span) for span in piece.heading_path]
    above = [view.of(*span) for span in piece.heading_path if span[0] < piece.start]
    own = maker.titled[0] <= piece.start < maker.titled[1]
    named = [title] if own and not _says([*path, shown], title) else []
    head = _index_head([*named, *above], [view.of(*span) for span in piece.header])
    found = masks(shown)
    plain = view.text[piece.start : piece.end]
    return Body(
        title=title.text,
        start=piece.start,
        end=piece.end,
        text=shown.text,
        index_text=head.text + shown.text,
        heading_path=tuple(part.text for part in path if part.text),
        kinds=tuple(kind.value for kind in piece.kinds),
        page=piece.page,
        tokens=piece.tokens if shown.text == plain else maker.tokens.count(shown.text),
        text_key=ids.mac(key, "chunk-text", " ".join(plain.split())),
        section_key=ids.mac(key, "section", *(view.text[a:b] for a, b in piece.heading_path)),
        masked=found,
        index_masked=(
            *head.masked,
            *(Mask(m.start + len(head.text), m.end + len(head.text)) for m in found),
        ),
        redactions=_redactions(view, piece),
    )


def _says(parts: Sequence[Rendered], title: Rendered) -> bool:
    """Tell whether a heading, or the beginning of a chunk, is the document's title."""
    *path, own = (_folded(part.text) for part in parts)
    name = _folded(title.text)
    return name in path or own.startswith(name)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class _Head:
    text: str
    masked: tuple[Mask, ...]


def _index_head(path: Sequence[Rendered], header: Sequence[Rendered]) -> _Head:
    """Return what stands before a chunk's own text in its index text: title and headings, table head."""
    text = ""
    masked: list[Mask] = []
    for number, part in enumerate(path):
        if len(text) > _MOST_PATH_LETTERS or not part.text:
            continue
        text += _PATH_JOIN if number and text else ""
        masked.extend(masks(part, offset=len(text)))
        text += part.text
    text += "\n\n" if text else ""
    for part in header:
        masked.extend(masks(part, offset=len(text)))
        text += part.text + "\n" if part.text else ""
    return _Head(text, tuple(masked))


def _redactions(view: View, piece: Cut) -> tuple[Count, ...]:
    """Count what is replaced by type, not what the policy keeps; a value counts where it begins."""
    edits = view.edits
    counts = Counter(
        edit.type
        for number, edit in enumerate(edits)
        if edit.action is EditAction.REPLACE
        and view.policy.treatment(edit.type) is not Treatment.KEEP
        and piece.start <= edit.start < piece.end
        and not _goes_on(edits[max(number - 2, 0) : number], edit)
    )
    return tuple(Count(kind, count) for kind, count in sorted(counts.items()))


def _goes_on(before: Sequence[Edit], edit: Edit) -> bool:
    """Tell whether a replacement is the rest of one that dropped signs part: one value, one mask."""
    if len(before) < 2 or before[1].action is not EditAction.DROP:  # noqa: PLR2004 - value, gap
        return False
    first, gap = before
    touching = first.end == gap.start and gap.end == edit.start
    return touching and (first.type, first.person) == (edit.type, edit.person)
