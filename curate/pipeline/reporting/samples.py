"""Chunks and examples beside the passages they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from curate import ids
from curate.pipeline.gating.cautions import kept_in
from curate.pipeline.making.drafts import words_of
from curate.pipeline.reporting.drawn import drawn
from curate.pipeline.reporting.kinds import foreign, made_of, readers, voice
from curate.pipeline.reporting.passages import MASK, Text, around, pieces, rendered, text_of
from curate.report.model import (
    NO_DATA,
    Absent,
    ChunkSample,
    ExampleSample,
    Message,
    Passage,
    Piece,
    Quote,
    Samples,
    command,
)
from curate.report.words import clipped, listed, noun, number, spelled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from curate.pipeline.intake.documents import Document
    from curate.pipeline.reporting.drawn import Traits
    from curate.pipeline.reporting.material import Material
    from curate.pipeline.reporting.passages import Span
    from curate.release.assemble import Mined
    from curate.tables.chunks import Body, Chunk
    from curate.tables.examples import Example

COUNT = 5
_TRAITS = ("place", "kind", "kinds", "language", "masked")
_DROPS = {
    "quoted": "quoted mail",
    "note": "a speaker's note",
    "comment": "a comment",
    "signature": "a signature",
    "disclaimer": "a disclaimer",
}
_DRAWN = "Drawn by their keyed ids, as unlike each other as there are."
_LONGEST = 120
_FAR = 400  # letters between two spans of evidence that are still shown as one
_MOST_PARTS = 3


def chunks(material: Material) -> Samples[ChunkSample] | Absent:
    """Return chunks beside their sources; only those that everybody may read, if there are any."""
    chosen = drawn(_kinds(material), count=COUNT, traits=_traits, rank=_rank)
    names = [ids.encode("c", row["chunk_id"]) for row in chosen]
    held = _held(material, names)
    rows = tuple(s for s in (_chunk(material, held[name]) for name in names) if s is not None)
    if not rows:
        nothing = not len(material.chunks)
        return NO_DATA if nothing else Absent("No chunk is for everybody's eyes.")
    typed = (command("show", rows[0].chunk_id),)
    return Samples(rows, _DRAWN, typed)


def _kinds(material: Material) -> list[dict[str, Any]]:
    """Return the mark of one chunk of each kind that everybody may read, the one that ranks first."""
    import polars as pl

    first = (~pl.col("tokens").is_between(40, 130), pl.col("chunk_id"))
    marks = material.chunks.marks.join(material.shown.filter("open"), on="doc_id")
    kinds = marks.sort(*first).unique(_TRAITS, keep="first", maintain_order=True)
    return kinds.to_dicts()


def _traits(row: dict[str, Any]) -> Traits:
    return (
        row["place"],
        row["kind"],
        made_of(row["kinds"].split(",")),
        row["language"],
        row["masked"],
    )


def _rank(row: dict[str, Any]) -> tuple[int, str]:
    return int(not 40 <= row["tokens"] <= 130), row["chunk_id"].hex()  # noqa: PLR2004 - easily read


def _held(material: Material, names: Iterable[str]) -> dict[str, Chunk]:
    """Return the rows of some chunks by their ids as written."""
    wanted = {name for name in names if name}
    documents = material.chunks.among(wanted)["doc_id"].unique().to_list()
    rows = material.chunks.rows(documents)
    return {row.chunk_id: row for row in rows if row.chunk_id in wanted}


def _chunk(material: Material, chunk: Chunk) -> ChunkSample | None:
    document = material.by_name[chunk.doc_id]
    shown = text_of(material.flow, document)
    body = _body(material, document, chunk)
    if shown is None or body is None:
        return None
    stands = [(mask.start, mask.end) for mask in body.masked]
    return ChunkSample(
        chunk_id=chunk.chunk_id,
        tokens=chunk.tokens,
        quote=Quote(rendered(body.text, stands), voice(chunk.kinds), foreign(chunk.language)),
        source=_passage(shown, chunk, _kept(material, "corpus")),
        heading=tuple(clipped(part, _LONGEST) for part in chunk.heading_path),
        header=_header(body),
        facts=(clipped(readers(chunk.access), _LONGEST),),
    )


def _body(material: Material, document: Document, chunk: Chunk) -> Body | None:
    bodies: tuple[Body, ...] = (
        material.flow.rows("chunk", document.course) if document.course else ()
    )
    return next((b for b in bodies if (b.start, b.end) == tuple(chunk.span)), None)


def _header(body: Body) -> str:
    """Return the repeated table header that stands in the index text alone."""
    head = body.index_text.removesuffix(body.text).rpartition("\n\n")[2].strip()
    return clipped(head, 2 * _LONGEST) if head and head not in body.heading_path else ""


def _passage(shown: Text, chunk: Chunk, kept: Collection[str]) -> Passage:
    start, end = chunk.span[0], chunk.span[1]
    window = around(shown, (start, end))
    page = (f"page {chunk.page}",) if chunk.page else ()
    return Passage(
        address=chunk.address,
        quote=Quote(
            pieces(shown, window, [(start, end)]), voice(chunk.kinds), foreign(chunk.language)
        ),
        places=(*page, f"{start:,}–{end:,}"),
        about=_about(chunk),
        starts_inside=_inside(shown.text, window[0] - 1),
        ends_inside=_inside(shown.text, window[1]),
        note=_note(shown, window, kept),
    )


def _about(chunk: Chunk) -> str:
    dates = (
        ("in force since", chunk.effective),
        ("changed", chunk.modified),
        ("written", chunk.created),
    )
    return next((f"{verb} {date[:10]}" for verb, date in dates if date), "")


def _inside(text: str, at: int) -> bool:
    """Tell whether a place is amid a text and not between its paragraphs."""
    return 0 <= at < len(text) and text[at] != "\n"


def _kept(material: Material, product: Literal["corpus", "finetune"]) -> list[str]:
    """Return the types of personal data that a product keeps as they were written."""
    pii = material.flow.settings.pii
    return kept_in(pii, pii.corpus if product == "corpus" else pii.finetune)


def _note(shown: Text, window: Span, kept: Collection[str]) -> str:
    """Say what was done to a passage: how many values masked or kept, what was dropped."""
    low, high = window
    there = [mask.type in kept for mask in shown.masks if low <= mask.start < high]
    counts = (there.count(False), "masked"), (there.count(True), "kept")
    said = [f"{spelled(count)} {noun(count, 'value')} {verb}" for count, verb in counts if count]
    reasons = dict.fromkeys(
        _DROPS.get(drop.reason, "hidden text")
        for drop in shown.drops
        if drop.start < high and low < drop.end
    )
    said += [f"{listed(tuple(reasons))} dropped"] if reasons else []
    return ", ".join(said)


def examples(material: Material) -> Samples[ExampleSample] | Absent:
    """Return examples beside their evidence; only those that everybody may read, if there are any."""
    found = [e for e in material.rows.examples if _is_for_all(material, e)]

    def traits(example: Example) -> Traits:
        row = material.ledger[example.doc_id]
        masked = any(MASK.search(message.content) for message in example.messages)
        return example.extractor, material.place(row), example.split, example.language, masked

    chosen = drawn(found, count=COUNT, traits=traits, rank=_example_rank)
    wanted = {ids.decode(example.example_id)[1] for example in chosen}
    mined = {one.example_id: one for one in material.made.mined if one.example_id in wanted}
    cited = {part.chunk_id for example in chosen for part in example.evidence}
    held = _held(material, cited)
    rows = tuple(
        _example(material, example, mined[ids.decode(example.example_id)[1]], held)
        for example in chosen
    )
    if not rows:
        return Absent("No example is for everybody's eyes.") if material.rows.examples else NO_DATA
    return Samples(rows, _DRAWN, (command("show", rows[0].example_id),))


def _is_for_all(material: Material, example: Example) -> bool:
    return all(material.is_open(part.doc_id) for part in example.evidence)


def _example_rank(example: Example) -> tuple[int, str]:
    return int(not 20 <= example.tokens <= 160), example.example_id  # noqa: PLR2004


def _example(
    material: Material, example: Example, mined: Mined, held: Mapping[str, Chunk]
) -> ExampleSample:
    stands: dict[int, list[Span]] = {}
    draft = words_of(material.flow, mined)
    for stand in draft.masked:
        stands.setdefault(stand.message, []).append((stand.start, stand.end))
    lang = foreign(example.language)
    messages = tuple(
        Message(message.role, Quote(rendered(message.content, stands.get(number, ())), lang=lang))
        for number, message in enumerate(draft.messages)
    )
    return ExampleSample(
        example_id=example.example_id,
        task=example.task,
        split=example.split,
        tokens=example.tokens,
        quality=example.quality,
        messages=messages,
        evidence=tuple(_evidence(material, example, held)),
        extractor=example.extractor,
        teaches=example.teaches,
        chunk_ids=tuple(dict.fromkeys(p.chunk_id for p in example.evidence if p.chunk_id)),
    )


def _evidence(material: Material, example: Example, held: Mapping[str, Chunk]) -> list[Passage]:
    spans: dict[str, list[Span]] = {}
    chunk: dict[str, Chunk] = {}
    for part in example.evidence:
        spans.setdefault(part.doc_id, []).append((part.span[0], part.span[1]))
        if part.chunk_id in held:
            chunk.setdefault(part.doc_id, held[part.chunk_id])
    found, kept = [], _kept(material, "finetune")
    for name, used in spans.items():
        shown = text_of(material.flow, material.by_name[name])
        if shown is not None:
            address = material.ledger[name].address
            found.append(_cited(shown, used, address, chunk.get(name), kept=kept))
    return found


def _cited(
    shown: Text, used: Sequence[Span], address: str, chunk: Chunk | None, *, kept: Collection[str]
) -> Passage:
    windows = [around(shown, span, room=120) for span in _near(used)]
    first, last = min(low for low, _ in used), max(high for _, high in used)
    heading = " › ".join(chunk.heading_path) if chunk else ""
    page = (f"page {chunk.page}",) if chunk and chunk.page else ()
    quote = Quote(
        _parted([pieces(shown, window, used) for window in windows]),
        voice(chunk.kinds if chunk else ()),
        foreign(chunk.language if chunk else ""),
    )
    return Passage(
        address=address,
        quote=quote,
        places=(*page, f"{number(first)}–{number(last)}"),
        about=clipped(heading, _LONGEST),
        starts_inside=_inside(shown.text, windows[0][0] - 1),
        ends_inside=_inside(shown.text, windows[-1][1]),
        note=_note(shown, (windows[0][0], windows[-1][1]), kept),
    )


def _near(used: Sequence[Span]) -> list[Span]:
    """Join spans that lie near each other."""
    joined: list[Span] = []
    for low, high in sorted(used):
        if joined and low - joined[-1][1] <= _FAR:
            joined[-1] = joined[-1][0], max(high, joined[-1][1])
        else:
            joined.append((low, high))
    return joined[:_MOST_PARTS]


def _parted(windows: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    """Return windows of one text, with an ellipsis for what lies between."""
    found = list(windows[0])
    for window in windows[1:]:
        found += [Piece("\n…\n"), *window]
    return tuple(found)
