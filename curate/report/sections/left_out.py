"""Left out, or doubted: each reason in plain words and as its code, with one real case."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from curate.report.blocks import Margin, bar, scroll, section
from curate.report.markup import Html, el, join
from curate.report.model import Drafts, LeftOut, Reason, ReasonSample, command
from curate.report.quotes import quote
from curate.report.words import cell, noun, number, plural

TITLE = "Left out, or doubted"
_MOST = 12  # reasons of a group
UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A reason and the id of its row."""

    reason: Reason
    ident: str


def left_out(part: LeftOut) -> Html:
    """Return the section of what was left out; nothing left out is a sentence."""
    if not part.documents and part.drafts is None:
        empty = el("p.absent", "Nothing was left out and nothing is doubted.")
        return section(Margin("left-out", TITLE, "", part.commands), empty)
    margin = Margin("left-out", TITLE, _lead(part), part.commands)
    flagged, rejected, drafts = _rows(part)
    return section(
        margin,
        _documents(flagged, rejected) if part.documents else "",
        _drafts(part.drafts, drafts) if part.drafts else "",
    )


def _rows(part: LeftOut) -> tuple[tuple[Row, ...], ...]:
    """Return all reasons with ids, each used once: a namesake of `reason-copy` gets a number."""
    seen: dict[str, int] = {}
    groups = (part.flagged, part.rejected, part.drafts.reasons if part.drafts else ())
    return tuple(tuple(Row(reason, _ident(reason, seen)) for reason in group) for group in groups)


def _ident(reason: Reason, seen: dict[str, int]) -> str:
    name = f"reason-{UNSAFE.sub('-', reason.code)}"
    seen[name] = seen.get(name, 0) + 1
    # A colon is in no name, so a number cannot make two of them equal.
    return name if seen[name] == 1 else f"{name}:{seen[name]}"


def _lead(part: LeftOut) -> str:
    said = plural(part.documents, "document")
    if part.drafts:
        said += f" and {plural(part.drafts.left_out, 'draft')}"
    neither = plural(part.neither, "document is", "documents are")
    return f"{said}, each with its reason. {neither[0].upper()}{neither[1:]} in neither product."


def _documents(flagged: tuple[Row, ...], rejected: tuple[Row, ...]) -> Html:
    heads = (
        ("Reason", ""), ("docs", "n"), ("", "bars"),
        ("corpus", "place"), ("fine-t.", "place"), ("One of them", "case"),
    )  # fmt: skip
    row = (
        el(f"th.{css}" if css else "th", head, scope="col") if head else el("td.bars")
        for head, css in heads
    )
    most = max(row.reason.count for row in (*flagged, *rejected))
    shown = el(
        "table.reasons",
        el("caption.unseen", el("span.vh", "Documents left out or doubted, by reason")),
        el("thead", el("tr", *row)),
        _group(flagged, ("Flagged", ", each counted once, under its weightiest reason"), most),
        _group(rejected, ("Rejected", " that could not be read"), most),
    )
    return scroll("Reasons", shown)


def _group(rows: tuple[Row, ...], title: tuple[str, str], most: int) -> Html:
    if not rows:
        return Html()
    verb, rest = title
    count = sum(row.reason.count for row in rows)
    said = (f"{verb} ", el("b", number(count)), f" {noun(count, 'document')}{rest}")
    colour = "ochre" if verb == "Flagged" else "ink"
    shown = (el("tr.reason", *_reason(r.reason, most, colour), id=r.ident) for r in rows[:_MOST])
    more = _more(rows, verb.lower(), 6)
    return el("tbody", el("tr", el("th.group", *said, colspan="6", scope="colgroup")), *shown, more)


def _more(rows: tuple[Row, ...], name: str, columns: int) -> Html:
    """Return the row that stands for reasons that are not shown, with the command that lists all."""
    rest = rows[_MOST:]
    if not rest:
        return Html()
    held = sum(row.reason.count for row in rest)
    text = f"and {plural(len(rest), 'more reason')}, {number(held)} in all: "
    return el("tr", el("td", text, el("code", command("show", name)), colspan=str(columns)))


def _reason(reason: Reason, most: int, colour: str) -> Iterator[Html]:
    yield _why(reason)
    yield el("td.n", el("b", cell(reason.count)))
    yield el("td.bars", bar(reason.count, most, colour))
    yield _place("corpus", reason.out_of_corpus, reason.count)
    yield _place("fine-tuning", reason.out_of_finetune, reason.count)
    yield el("td.case", _case(reason.sample))


def _why(reason: Reason) -> Html:
    return el("th.why", reason.words, el("code", reason.code), scope="row")


def _place(product: str, out: int, count: int) -> Html:
    # The product is named again where a phone shows no heads of columns.
    name = el("span.narrow", f"{product} ")
    if not out:
        return el("td.place", name, "in")
    return el("td.place.out", name, "out" if out >= count else f"{number(out)} out")


def _case(sample: ReasonSample | None) -> Html:
    if sample is None:
        return Html()
    return join(
        el("code.path", sample.address, dir="auto") if sample.address else "",
        quote(sample.quote, quoted=True) if sample.quote else "",
        el("p.fact", sample.fact, dir="auto") if sample.fact else "",
        el("p.remark", sample.explanation, dir="auto") if sample.explanation else "",
    )


def _drafts(drafts: Drafts, rows: tuple[Row, ...]) -> Html:
    title = f"Drafts: {number(drafts.mined)} were mined, {number(drafts.chosen)} chosen"
    title += f", {number(drafts.left_out)} left out"
    most = max((row.reason.count for row in rows), default=0)
    shown = (el("tr.reason", *_draft(row.reason, most), id=row.ident) for row in rows[:_MOST])
    more = _more(rows, "left_out", 4)
    caption = el("caption", el("h3", title))
    return scroll("Drafts", el("table.reasons.drafts", caption, el("tbody", *shown, more)))


def _draft(reason: Reason, most: int) -> Iterator[Html]:
    yield _why(reason)
    yield el("td.n", el("b", cell(reason.count)))
    yield el("td.bars", bar(reason.count, most))
    yield el("td.case", _case(reason.sample))
