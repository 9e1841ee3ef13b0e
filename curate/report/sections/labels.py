"""Labels doubted: given against suggested, how many are believed wrong, two of them."""

from collections.abc import Iterator

from curate.report.blocks import Margin, command, section
from curate.report.markup import Html, el, join
from curate.report.model import Labels, LabelSample
from curate.report.quotes import quote
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import cell, number, percent, score

TITLE = "Labels doubted"
STEPS = (1, 5, 10, 25)
MOST_NAMES = 14
MOST_LETTERS = 115  # of all heads side by side, a margin of three letters each


def labels(part: Labels) -> Html:
    """Return the section of doubted labels."""
    samples = el("div.halves.doubts", *map(_sample, part.samples)) if part.samples else ""
    matrix = _matrix(part) if part.total and part.names else ""
    return section(Margin("labels", TITLE, _lead(part), part.commands), matrix, samples)


def _lead(part: Labels) -> str:
    if not part.doubted:
        said = f"None of {number(part.total)} {part.what} is doubted."
    else:
        said = f"{number(part.doubted)} of {number(part.total)} {part.what} do not fit their words."
    worst = _worst(part)
    if worst:
        count, given, suggested = worst
        said += f" {number(count)} marked {given} read like {suggested}."
    if part.estimate is None:
        return said
    return f"{said} Believed wrong in all: {percent(part.estimate, decimals=1)}."


def _worst(part: Labels) -> tuple[int, str, str] | None:
    doubts = [
        (count, part.names[given], part.names[suggested])
        for given, row in enumerate(part.cells)
        for suggested, count in enumerate(row)
        if given != suggested and count
    ]
    return max(doubts, key=_first, default=None)


def _first(doubt: tuple[int, str, str]) -> int:
    return doubt[0]


def _shown(part: Labels) -> list[int]:
    """Return the labels with most doubts, in their own order, as many as a table can show."""

    def doubts(index: int) -> int:
        across = sum(part.cells[index])
        down = sum(row[index] for row in part.cells)
        return across + down - 2 * part.cells[index][index]

    ranked = sorted(range(len(part.names)), key=lambda index: (-doubts(index), index))
    return sorted(ranked[:MOST_NAMES])


def _matrix(part: Labels) -> Html:
    shown = _shown(part)
    upright = _is_wide([part.names[i] for i in shown])
    heads = (el("span.up", part.names[i]) if upright else part.names[i] for i in shown)
    columns = (
        Column(""), *(Column(head, "n") for head in heads),
        Column("doubted", "n.b"), Column("of", "n.q"),
    )  # fmt: skip
    rows = tuple(_row(part, i, shown) for i in shown)
    title = "Given, by row; what the words suggest, by column. Grey: both agree."
    if len(shown) < len(part.names):
        title += f" The {len(shown)} labels with most doubts, of {len(part.names)}."
    css = "confusion.upright" if upright else "confusion"
    return table(Table(title, columns, rows, css=css, titled=True))


def _is_wide(names: list[str]) -> bool:
    """Tell whether heads need more room side by side than the page has, beside the longest name."""
    return sum(len(name) + 3 for name in names) + max(map(len, names)) > MOST_LETTERS


def _row(part: Labels, given: int, shown: list[int]) -> tuple[str | Cell, ...]:
    return part.names[given], *_cells(part, given, shown), *_sums(part, given)


def _cells(part: Labels, given: int, shown: list[int]) -> Iterator[Cell]:
    for suggested in shown:
        count = part.cells[given][suggested]
        level = sum(count >= step for step in STEPS)
        yield Cell(cell(count), "agree" if given == suggested else f"d{level}")


def _sums(part: Labels, given: int) -> tuple[str, str]:
    total = sum(part.cells[given])
    return cell(total - part.cells[given][given]), cell(total)


def _sample(sample: LabelSample) -> Html:
    typed = join(" · ", command(sample.command)) if sample.command else ""
    verdict = join(
        "given ", el("b", sample.given), ", reads like ", el("b", sample.suggested),
        f" {score(sample.score)}", typed,
    )  # fmt: skip
    return el("div", quote(sample.quote, quoted=True), el("p.remark", verdict))
