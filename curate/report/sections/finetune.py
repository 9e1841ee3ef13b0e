"""Fine-tuning set: extractors by split, lengths of the responses, what it teaches."""

from collections.abc import Iterator
from itertools import groupby

from curate.report.blocks import Margin, bar, note, panel, section
from curate.report.markup import Html, el, join
from curate.report.model import ExtractorRow, Finetune, Lengths, Touch
from curate.report.plots.small import small
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import cell, clipped, number, plural

TITLE = "Fine-tuning set"
LONGEST = 24


def finetune(part: Finetune) -> Html:
    """Return the section of the fine-tuning set; an empty one is a sentence."""
    if not part.examples:
        empty = "The fine-tuning set is empty: no example was chosen."
        return section(Margin("finetune", TITLE, "", part.commands), el("p.absent", empty))
    below = (_teaches(part), _touch(part.touch) if part.touch else "")
    return section(
        Margin("finetune", TITLE, _lead(part), part.commands),
        _table(part),
        _lengths(part.lengths) if part.lengths else "",
        el("div.halves", *filter(None, below)),
    )


def _lead(part: Finetune) -> str:
    train, validation, test, held_out = _splits(part.rows)
    said = f"{plural(part.examples, 'example')} in {number(train)} train"
    said += f", {number(validation)} validation, {number(test)} test"
    if held_out:
        of = f" of {part.held_out}" if part.held_out else ""
        said += f"; {number(held_out)}{of} are held out whole"
    reviewed = sum(row.reviewed for row in part.rows)
    if not reviewed:
        return f"{said}."
    approved = sum(row.approved for row in part.rows)
    return f"{said}. Reviewers approved {number(approved)} of {number(reviewed)}."


def _splits(rows: tuple[ExtractorRow, ...]) -> tuple[int, int, int, int]:
    return (
        sum(row.train for row in rows),
        sum(row.validation for row in rows),
        sum(row.test for row in rows),
        sum(row.held_out for row in rows),
    )


def _table(part: Finetune) -> Html:
    heads = (
        Column("Task", "task"), Column("Extractor", "code"), Column("examples", "n.b"),
        Column("", "bars"), Column("train", "n"), Column("valid.", "n"), Column("test", "n"),
        Column("held out", "n"), Column("approved", "n"), Column("teaches", "q"),
    )  # fmt: skip
    most = max(row.examples for row in part.rows)
    rows = tuple(
        _row(row, most, first=index == 0)
        for _, group in groupby(part.rows, key=_task)
        for index, row in enumerate(group)
    )
    shown = Table("Examples by extractor and split", heads, rows, (_foot(part),), css="extractors")
    return table(shown)


def _task(row: ExtractorRow) -> str:
    return row.task


def _row(row: ExtractorRow, most: int, *, first: bool) -> tuple[str | Cell, ...]:
    task = Cell(row.task, "first" if first else "again")
    taught = tuple((one.name, one.count) for one in row.teaches if one.count)
    return (
        task,
        row.extractor,
        cell(row.examples),
        bar(row.examples, most),
        *(cell(count) for count in _splits((row,))),
        _approved(row.approved, row.reviewed),
        taught[0][0] if len(taught) == 1 else _taught(taught),
    )


def _approved(approved: int, reviewed: int) -> Html:
    if not reviewed:
        return join("·")
    return join(number(approved), el("span.q", f" of {number(reviewed)}"))


def _taught(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{name} {number(count)}" for name, count in counts)


def _foot(part: Finetune) -> tuple[str | Cell, ...]:
    approved = sum(row.approved for row in part.rows)
    reviewed = sum(row.reviewed for row in part.rows)
    return (
        "all",
        "",
        number(part.examples),
        "",
        *(cell(count) for count in _splits(part.rows)),
        _approved(approved, reviewed),
        _taught(tuple(_lessons(part))),
    )


def _lessons(part: Finetune) -> Iterator[tuple[str, int]]:
    totals: dict[str, int] = {}
    for row in part.rows:
        for one in row.teaches:
            totals[one.name] = totals.get(one.name, 0) + one.count
    yield from sorted(totals.items(), key=lambda item: (-item[1], item[0]))


def _lengths(lengths: tuple[Lengths, ...]) -> Html:
    tokens = lengths[0].tokens
    span = number(tokens.width * len(tokens.counts))
    how = f"0 to {span}, bins of {tokens.width}, each to its own height; the mark is the median"
    plots = (
        el("div", el("p.name", el("b", one.name), " ", number(one.examples)), small(one.tokens))
        for one in lengths
    )
    return panel("Tokens of the response", el("div.sixths", *plots), hint=how)


def _teaches(part: Finetune) -> Html:
    lessons = tuple(_lessons(part))
    if not lessons:
        return Html()
    return panel("What it teaches", stacked(lessons), note(part.teaches_note))


def _touch(touch: Touch) -> Html:
    parts = (("sections", touch.sections), ("without an example", touch.without))
    return panel("How much of the corpus it touches", stacked(parts, rest=True), note(touch.note))


def stacked(parts: tuple[tuple[str, int], ...], *, rest: bool = False) -> Html:
    """Return parts of a whole as one bar, each named under its beginning."""
    shown = tuple((name, count) for name, count in parts if count)
    fills = ("blue", "rest") if rest else ("blue", "pale", "paler")
    bars = (
        el(f"span.bar.{fills[min(index, len(fills) - 1)]}", style=f"flex:{count} 1 0")
        for index, (_, count) in enumerate(shown)
    )
    names = (
        el("span", el("b", number(count)), f" {clipped(name, LONGEST)}", style=f"flex:{count} 1 0")
        for name, count in shown
    )
    return el("div.stacked", el("div", *bars, aria_hidden="true"), el("p", *names))
