"""PII: what was found, by type and source, as counts alone; no value is on this page."""

from collections.abc import Iterator

from curate.report.blocks import Margin, section
from curate.report.markup import Html, el, join
from curate.report.model import Pii, PiiRow
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import cell, listed, noun, number, plural

TITLE = "PII"
STEPS = (1, 10, 100, 1000)


def pii(part: Pii) -> Html:
    """Return the section of personal data; none found is a sentence."""
    margin = Margin("pii", TITLE, _lead(part), part.commands)
    if not part.found:
        return section(margin, el("p.wide-note", _treatment(part)))
    return section(margin, _heat(part), el("p.wide-note", _treatment(part)))


def _lead(part: Pii) -> str:
    searched = plural(part.documents, "document")
    if not part.found:
        return f"None was {'replaced' if part.keeps else 'found'} in {searched}."
    having = f"in {number(sum(part.documents_with))} of {searched}"
    if part.keeps:
        return f"{number(part.found)} replaced {having}, what is kept not counted{_second(part)}"
    return f"{number(part.found)} found {having}. All replaced{_second(part)}"


def _second(part: Pii) -> str:
    if part.withheld is None:
        return "; no second scan was made."
    if not part.withheld:
        return f"; a second scan of what is published found {'no other' if part.keeps else 'none'}."
    return (
        f"; a second scan found more, and {plural(part.withheld, 'row was', 'rows were')} withheld."
    )


def _heat(part: Pii) -> Html:
    columns = (
        Column("", "code"),
        *(Column(name, "n") for name in part.columns),
        Column("all", "n"),
    )
    rows = tuple(map(_row, part.rows))
    sums = tuple(sum(counts) for counts in zip(*(row.counts for row in part.rows), strict=True))
    having = tuple(Cell(cell(count), "q") for count in part.documents_with)
    every = Cell(cell(sum(part.documents_with)), "q")
    foot = (
        ("all", *map(cell, sums), cell(part.found)),
        (Cell("documents with any", "plain.q"), *having, every),
    )
    title = f"Found, by type and {part.by}. Shades begin at 1, 10, 100 and 1,000."
    return table(Table(title, columns, rows, foot, css="heat", titled=True))


def _row(row: PiiRow) -> tuple[str | Cell, ...]:
    return row.type, *map(_shade, row.counts), cell(sum(row.counts))


def _shade(count: int) -> Cell:
    return Cell(cell(count), f"h{sum(count >= step for step in STEPS)}")


def _treatment(part: Pii) -> Html:
    said: list[str] = []
    if part.mask:
        said += ["In the corpus each is a typed mask: ", el("span.mask", part.mask), ". "]
    if part.surrogate:
        said += [
            "In closed-book examples it is a surrogate, the same one throughout a document: ",
            el("span.stand-in", part.surrogate),
            ". ",
        ]
    if part.keeps:
        return join(*said, *_kept(part), "No value is in this page.")
    return join(*said, "No value is stored outside the private folder, and none is in this page.")


def _kept(part: Pii) -> Iterator[str]:
    """Yield what the settings of the pipeline leave as it was written."""
    products = (("corpus", part.kept_in_corpus), ("fine-tuning set", part.kept_in_finetune))
    for name, types in products:
        if types:
            yield (
                f"By the pipeline's settings the {name} keeps personal data of "
                f"{noun(len(types), 'this type', 'these types')} as it was written: "
                f"{listed(types)}. "
            )
