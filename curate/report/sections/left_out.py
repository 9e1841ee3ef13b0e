"""Left out, or doubted: each reason in plain words and as its code, with one real case."""

import re
from collections.abc import Iterator

from curate.report.blocks import Margin, bar, section
from curate.report.markup import Html, el, join
from curate.report.model import Drafts, LeftOut, Reason, ReasonSample
from curate.report.quotes import quote
from curate.report.words import cell, noun, number, plural

TITLE = "Left out, or doubted"
UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


def anchor(code: str) -> str:
    """Return the id of a reason's row."""
    return f"reason-{UNSAFE.sub('-', code)}"


def left_out(part: LeftOut) -> Html:
    """Return the section of what was left out; nothing left out is a sentence."""
    flagged = sum(reason.count for reason in part.flagged)
    rejected = sum(reason.count for reason in part.rejected)
    if not flagged + rejected and part.drafts is None:
        lead = "Nothing was left out and nothing is doubted."
        return section(Margin("left-out", TITLE, lead, part.commands))
    once = "" if len(part.flagged) == 1 else ", each counted once, under its weightiest reason"
    most = max((reason.count for reason in (*part.flagged, *part.rejected)), default=0)
    groups = (
        _group(part.flagged, f" {noun(flagged, 'document')}{once}", most=most),
        _group(
            part.rejected,
            f" {noun(rejected, 'document')} that could not be read",
            most=most,
            verb="Rejected",
        ),
    )
    return section(
        Margin("left-out", TITLE, _lead(part), part.commands),
        _documents(groups) if flagged + rejected else "",
        _drafts(part.drafts) if part.drafts else "",
    )


def _lead(part: LeftOut) -> str:
    said = plural(part.documents, "document")
    if part.drafts:
        said += f" and {plural(part.drafts.left_out, 'draft')}"
    neither = plural(part.neither, "document is", "documents are")
    return f"{said}, each with its reason. {neither[0].upper()}{neither[1:]} in neither product."


def _documents(groups: tuple[Html, ...]) -> Html:
    heads = (
        ("Reason", ""), ("docs", "n"), ("", "bars"),
        ("corpus", "place"), ("fine-t.", "place"), ("One of them", "case"),
    )  # fmt: skip
    row = (
        el(f"th.{css}" if css else "th", head, scope="col") if head else el("td.bars")
        for head, css in heads
    )
    caption = el("caption.unseen", el("span.vh", "Documents left out or doubted, by reason"))
    shown = el("table.reasons", caption, el("thead", el("tr", *row)), *groups)
    return el("div.scroll", shown, role="region", aria_label="Reasons", tabindex="0")


def _group(reasons: tuple[Reason, ...], what: str, *, most: int, verb: str = "Flagged") -> Html:
    if not reasons:
        return Html()
    count = sum(reason.count for reason in reasons)
    title = el("th.group", f"{verb} ", el("b", number(count)), what, colspan="6", scope="colgroup")
    colour = "ochre" if verb == "Flagged" else "ink"
    rows = (el("tr", *_reason(reason, most, colour), id=anchor(reason.code)) for reason in reasons)
    return el("tbody", el("tr", title), *rows)


def _reason(reason: Reason, most: int, colour: str) -> Iterator[Html]:
    yield _why(reason)
    yield el("td.n", el("b", cell(reason.count)))
    yield el("td.bars", bar(reason.count, most, colour))
    yield _place(reason.out_of_corpus, reason.count)
    yield _place(reason.out_of_finetune, reason.count)
    yield el("td.case", _case(reason.sample))


def _why(reason: Reason) -> Html:
    return el("th.why", reason.words, el("code", reason.code), scope="row")


def _place(out: int, count: int) -> Html:
    if not out:
        return el("td.place", "in")
    return el("td.place.out", "out" if out >= count else f"{number(out)} out")


def _case(sample: ReasonSample | None) -> Html:
    if sample is None:
        return Html()
    return join(
        el("code.path", sample.address, dir="auto") if sample.address else "",
        quote(sample.quote, quoted=True) if sample.quote else "",
        el("p.fact", sample.fact, dir="auto") if sample.fact else "",
        el("p.remark", sample.explanation, dir="auto") if sample.explanation else "",
    )


def _drafts(drafts: Drafts) -> Html:
    title = f"Drafts: {number(drafts.mined)} were mined, {number(drafts.chosen)} chosen"
    title += f", {number(drafts.left_out)} left out"
    most = max((reason.count for reason in drafts.reasons), default=0)
    rows = (
        el(
            "tr",
            _why(reason),
            el("td.n", el("b", cell(reason.count))),
            el("td.bars", bar(reason.count, most)),
            el("td.case", _case(reason.sample)),
            id=anchor(reason.code),
        )
        for reason in drafts.reasons
    )
    shown = el("table.reasons.drafts", el("caption", el("h3", title)), el("tbody", *rows))
    return el("div.scroll", shown, role="region", aria_label="Drafts", tabindex="0")
