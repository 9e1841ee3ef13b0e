"""Chunks and examples to read: the product on the left, its source on the right."""

from curate.report.blocks import Margin, key, section
from curate.report.markup import Html, el, join
from curate.report.model import ChunkSample, ExampleSample, Samples
from curate.report.parts.shared import PieceKind
from curate.report.quotes import passage, quote
from curate.report.words import plural, score, spelled

CHUNK_KEY = (
    (el("mark", "marked"), "the span that was used"),
    (el("del", "struck"), "dropped from the text"),
)
EXAMPLE_KEY = (
    (el("mark", "marked"), "the evidence"),
    (el("span.stand-in", "Name"), "a surrogate, not the real one"),
)


def chunks(part: Samples[ChunkSample]) -> Html:
    """Return chunks beside their sources."""
    lead = f"{part.drawn} Left, what is stored; right, where it lies.".strip()
    title = _title(len(part.rows), "chunk")
    margin = Margin(
        "chunks", title, lead, part.commands, key(*CHUNK_KEY, *_mask(part), css="marks")
    )
    return section(margin, *(_chunk(row, i) for i, row in enumerate(part.rows, start=1)))


def _mask(part: Samples[ChunkSample]) -> tuple[tuple[Html, str], ...]:
    """Return the line of the key for masks, with a type that is shown; none where none is."""
    pieces = (piece for row in part.rows for piece in (*row.quote.pieces, *row.source.quote.pieces))
    first = next((piece.text for piece in pieces if piece.kind is PieceKind.MASKED), "")
    return ((el("span.mask", first), "masked"),) if first else ()


def examples(part: Samples[ExampleSample]) -> Html:
    """Return examples beside their evidence."""
    lead = f"{part.drawn} Left, what is learnt; right, the evidence for it.".strip()
    title = _title(len(part.rows), "example")
    margin = Margin("examples", title, lead, part.commands, key(*EXAMPLE_KEY, css="marks"))
    return section(margin, *(_example(row, i) for i, row in enumerate(part.rows, start=1)))


def _title(count: int, noun: str) -> str:
    return f"{spelled(count).capitalize()} {noun}{'' if count == 1 else 's'}"


def _head(index: int, ident: str, facts: tuple[str, ...]) -> Html:
    spans = (el("span", fact) for fact in facts if fact)
    return el("p.facts", el("b", str(index)), el("code", ident), *spans)


def _chunk(row: ChunkSample, index: int) -> Html:
    left = el(
        "div.product",
        _head(index, row.chunk_id, (plural(row.tokens, "token"), *row.facts)),
        el("p.heading", " › ".join(row.heading), dir="auto") if row.heading else "",
        el("p.heading", row.header, dir="auto") if row.header else "",
        quote(row.quote),
    )
    return el("article.sample", left, passage(row.source), aria_label=f"Chunk {index}")


def _example(row: ExampleSample, index: int) -> Html:
    facts = (row.task, row.split, plural(row.tokens, "token"), f"quality {score(row.quality)}")
    turns = (
        join(el("dt", message.role), el("dd", quote(message.quote))) for message in row.messages
    )
    left = el("div.product", _head(index, row.example_id, facts), el("dl.turns", *turns))
    right = el("div.evidence", *map(passage, row.evidence), _made_by(row))
    return el("article.sample", left, right, aria_label=f"Example {index}")


def _made_by(row: ExampleSample) -> Html:
    chunk_ids = join(*(el("code", ident) for ident in row.chunk_ids), by=", ")
    said = (
        join("by ", el("code", row.extractor)) if row.extractor else "",
        f"teaches {row.teaches}" if row.teaches else "",
        join("evidence in ", chunk_ids) if row.chunk_ids else "",
    )
    return el("p.remark", join(*filter(None, said), by=", ")) if any(said) else Html()
