"""What changed since the parent: documents, chunks to apply, examples, real edits."""

from curate.report.blocks import Margin, note, panel, section
from curate.report.markup import Html, el
from curate.report.model import Changes, Edit, Identity, Operation, SourceChange, State
from curate.report.quotes import quote
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import MINUS, cell, noun, number, percent, plural, signed, spelled

STATES = (State.KEPT, State.FLAGGED, State.REJECTED)
UNCHANGED = "unchanged"


def changes(part: Changes, identity: Identity) -> Html:
    """Return the section of what changed."""
    pairs = (
        _matrix(part, identity),
        _by_source(part) if part.sources else "",
        _operations(part) if part.operations else "",
        _examples(part) if part.examples else "",
    )
    return section(
        Margin("changes", "What changed", _lead(part), part.commands),
        el("div.halves", *filter(None, pairs)),
        _edits(part.edits) if part.edits else "",
    )


def _lead(part: Changes) -> str:
    new, edited, gone, moved = _sums(part.sources)
    said = f"{plural(new, 'document is', 'documents are')} new, {number(edited)} edited"
    said += f", {number(gone)} gone, {number(moved)} moved."
    if not part.operations or not part.chunks_now:
        return said
    stayed = sum(one.chunks for one in part.operations if one.code == UNCHANGED) / part.chunks_now
    need = f"{number(part.to_embed)} {noun(part.to_embed, 'needs', 'need')} an embedding"
    return f"{said} {percent(stayed, decimals=1)} of the chunks stayed as they were; {need}."


def _sums(rows: tuple[SourceChange, ...]) -> tuple[int, int, int, int]:
    return (
        sum(row.new for row in rows),
        sum(row.edited for row in rows),
        sum(row.gone for row in rows),
        sum(row.moved for row in rows),
    )


def _matrix(part: Changes, identity: Identity) -> Html:
    counts = {(was, now): 0 for was in State for now in State}
    for one in part.transitions:
        counts[one.was, one.now] += one.documents
    parent = "before" if identity.parent is None else f"release {identity.parent}"
    heads = ("was ↓ is →", "kept", "flagged", "rejected", "gone", parent)
    columns = tuple(Column(head, "n" if index else "") for index, head in enumerate(heads))
    rows = tuple(_was(was, counts) for was in (*STATES, State.ABSENT))
    sums = tuple(cell(sum(counts[was, now] for was in State)) for now in (*STATES, State.ABSENT))
    foot = (f"release {identity.release}", *sums, "")
    title = f"Documents: what they were in {parent}, what they are now"
    return el("div", table(Table(title, columns, rows, (foot,), titled=True)))


def _was(was: State, counts: dict[tuple[State, State], int]) -> tuple[str | Cell, ...]:
    cells = tuple(
        Cell(cell(counts[was, now]), "q" if was is now or not counts[was, now] else "b")
        for now in (*STATES, State.ABSENT)
    )
    name = "not there" if was is State.ABSENT else was.value
    return name, *cells, cell(sum(counts[was, now] for now in State))


def _by_source(part: Changes) -> Html:
    columns = (Column(""), *(Column(head, "n") for head in ("new", "edited", "gone", "moved")))
    rows = tuple(
        _moves(row.name, (row.new, row.edited, row.gone, row.moved)) for row in part.sources
    )
    foot = _moves("all", _sums(part.sources))
    return el("div", table(Table("By source", columns, rows, (foot,), titled=True)))


def _moves(name: str, counts: tuple[int, int, int, int]) -> tuple[str, ...]:
    new, edited, gone, moved = counts
    return name, signed(new), cell(edited), signed(-gone), cell(moved)


def _operations(part: Changes) -> Html:
    columns = (Column("", "code"), Column("chunks", "n"), Column("", "q"), Column("to embed", "n"))
    rows = tuple(_operation(one) for one in part.operations)
    foot = ("all", "", f"{number(part.chunks_now)} now", cell(part.to_embed))
    title = "Chunks: what a vector store has to apply"
    return el("div", table(Table(title, columns, rows, (foot,), css="operations", titled=True)))


def _operation(one: Operation) -> tuple[str, ...]:
    return one.code, cell(one.chunks), one.detail, cell(one.to_embed)


def _examples(part: Changes) -> Html:
    columns = (Column("", "code"), Column("examples", "n"), Column("", "q"))
    rows = tuple((one.code, cell(one.examples), one.detail) for one in part.examples)
    return el("div", table(Table("Examples", columns, rows, css="operations", titled=True)))


def _edits(edits: tuple[Edit, ...]) -> Html:
    counted = f"{spelled(len(edits)).capitalize()} {noun(len(edits), 'edit')} that moved the most"
    return panel(counted, el("div.thirds.edits", *map(_edit, edits)))


def _edit(edit: Edit) -> Html:
    return el(
        "div.edit",
        el("code.path", edit.address, dir="auto"),
        el("code.heading", edit.heading, dir="auto") if edit.heading else "",
        quote(edit.quote),
        note(edit.effect.replace("-", MINUS) if edit.effect[:1] in "+-" else edit.effect),
    )
