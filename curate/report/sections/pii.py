"""PII: what was found, by type and source, as counts alone; no value is on this page."""

from curate.report.blocks import Margin, section
from curate.report.markup import Html, el, join
from curate.report.model import Pii, PiiRow
from curate.report.tables import Cell, Column, Table, table
from curate.report.words import cell, number, plural

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
        return f"None was found in {searched}. {_second(part)}".strip()
    where = f"{number(part.found)} found in {number(sum(part.documents_with))} of {searched}."
    return f"{where} All replaced{_second(part)}"


def _second(part: Pii) -> str:
    if part.withheld is None:
        return "" if not part.found else "; no second scan was made."
    if not part.found:
        return ""
    if not part.withheld:
        return "; a second scan of what is published found none."
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
    return join(*said, "No value is stored outside the private folder, and none is in this page.")
