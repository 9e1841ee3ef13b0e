"""What came in: in = kept + flagged + rejected, where it flowed, the share kept by source."""

from curate.report.blocks import Margin, bar, key, section
from curate.report.markup import Html, el, join
from curate.report.model import Containers, Intake, Outcome, Place, Source
from curate.report.plots.flow import flow
from curate.report.tables import Column, Table, table
from curate.report.words import cell, listed, number, percent, plural, share

MEANINGS = (
    ("kept", "in every product it may be in, nothing open"),
    ("flagged", "left out of a product, or a finding is open"),
    ("rejected", "could not be read"),
)


def intake(part: Intake) -> Html:
    """Return the section of what came in."""
    margin = Margin("intake", "What came in", _lead(part), part.commands, key(*MEANINGS))
    if not part.total:
        empty = el("p.absent", "No document came in.")
        return section(Margin("intake", margin.title, "", part.commands), empty)
    return section(
        margin, _sum(part), flow(part), el("p.remark.under-flow", _remark(part)), _by_source(part)
    )


def _lead(part: Intake) -> str:
    shares = (
        f"{share(part.kept, part.total)} kept",
        f"{share(part.flagged, part.total)} flagged",
        f"{share(part.rejected, part.total)} rejected",
    )
    return f"{', '.join(shares)}. {part.reasons}".strip()


def _sum(part: Intake) -> Html:
    def term(count: int, name: str, css: str) -> Html:
        return el(f"span.term.{css}", el("span.figure", number(count)), " ", el("small", name))

    return el(
        "p.sum",
        term(part.total, "documents in", "total"),
        el("span.sign", " = "),
        term(part.kept, "kept", "kept"),
        el("span.sign", " + "),
        term(part.flagged, "flagged", "flagged"),
        el("span.sign", " + "),
        term(part.rejected, "rejected", "rejected"),
    )


def _remark(part: Intake) -> Html:
    files = _files(part.containers) if part.containers else ""
    flagged = {
        place: sum(
            one.documents
            for one in part.flows
            if one.outcome is Outcome.FLAGGED and one.place is place
        )
        for place in Place
    }
    both = flagged[Place.BOTH]
    where = tuple(
        f"{number(count)} in the {place.value}"
        for place, count in flagged.items()
        if count and place in {Place.CORPUS, Place.FINETUNE}
    )
    held = (f"{number(both)} of them are in both products with an open finding",) if both else ()
    if not held and not where:
        return join(files)
    said = f" is not lost: {listed((*held, *where))}."
    return join(files, " " if files else "", el("b", "Flagged"), said)


def _files(containers: Containers) -> str:
    files = plural(containers.files, "file")
    held = sum(kind.count for kind in containers.kinds)
    if not held:
        return f"{files}."
    kinds = ", ".join(f"{number(kind.count)} {kind.name}" for kind in containers.kinds)
    are = "is a container" if held == 1 else "are containers"
    hold = "holds" if held == 1 else "hold"
    documents = plural(containers.documents, "document")
    return f"{files}; {number(held)} of them {are} ({kinds}) that {hold} {documents}."


def _by_source(part: Intake) -> Html:
    columns = (
        Column("", "name"),
        Column("in", "n"),
        Column("kept", "n"),
        Column("flagged", "n"),
        Column("rejected", "n"),
        Column("share kept", "n.q"),
        Column("", "bars"),
    )
    totals = Source("all", part.kept, part.flagged, part.rejected)
    shown = Table(
        "By source",
        columns,
        tuple(map(_row, part.sources)),
        (_row(totals),),
        css="by-source",
        titled=True,
    )
    return el("div.panel", table(shown))


def _row(source: Source) -> tuple[str, ...]:
    name = join(
        el("span", source.name, dir="auto"),
        " ",
        el("small", source.formats) if source.formats else "",
    )
    return (
        name,
        cell(source.total),
        cell(source.kept),
        cell(source.flagged),
        cell(source.rejected),
        percent(source.kept / source.total, decimals=0) if source.total else "·",
        bar(source.kept, source.total, "pale"),
    )
