"""Corpus: how long its chunks are, where they come from, what they are made of, who may read."""

from collections.abc import Iterator

from curate.report.blocks import Margin, bar, note, panel, section
from curate.report.markup import Html, el
from curate.report.model import Columns, Corpus, Count, Histogram, Ranking
from curate.report.plots.columns import columns, histogram
from curate.report.words import cell, number, plural, share

TITLE = "Corpus"


def corpus(part: Corpus) -> Html:
    """Return the section of the corpus; an empty one is a sentence."""
    if not part.chunks:
        empty = "The corpus is empty: no document reached it. Why is told under what was left out."
        return section(Margin("corpus", TITLE, "", part.commands), el("p.absent", empty))
    panels = tuple(_panels(part))
    return section(
        Margin("corpus", TITLE, _lead(part), part.commands), el("div.thirds.gallery", *panels)
    )


def _lead(part: Corpus) -> str:
    said = f"{plural(part.chunks, 'chunk')} of {plural(part.documents, 'document')}"
    median = part.lengths.median if part.lengths else None
    said += f", median {number(median)} tokens." if median is not None else "."
    if part.sources is None or not part.sources.rows:
        return said
    first = max(part.sources.rows, key=_count)
    return f"{said} {share(first.count, part.chunks)} of them come from {first.name}."


def _count(row: Count) -> int:
    return row.count


def _panels(part: Corpus) -> Iterator[Html]:
    yield from _lengths("Length", part.lengths)
    yield from _ranking("Source", part.sources)
    yield from _ranking("Section", part.sections)
    yield from _steps("In force since", part.since)
    yield from _ranking("Language", part.languages)
    yield from _ranking("What they are made of", part.kinds)
    yield from _steps("Headings above", part.depth)
    yield from _ranking("Who may read it", part.access)
    yield from _ranking("Repeated text taken out", part.removed, drawn=False)


def _lengths(title: str, shown: Histogram | None) -> Iterator[Html]:
    if shown is not None:
        yield panel(title, histogram(shown), note(shown.note))


def _steps(title: str, shown: Columns | None) -> Iterator[Html]:
    if shown is not None:
        yield panel(title, columns(shown), note(shown.note))


def _ranking(title: str, shown: Ranking | None, *, drawn: bool = True) -> Iterator[Html]:
    if shown is not None:
        yield panel(title, ranking(title, shown, drawn=drawn), note(shown.note))


def ranking(title: str, shown: Ranking, *, drawn: bool = True) -> Html:
    """Return named counts as a small table with bars and shares."""
    most = max((row.count for row in shown.rows), default=0)
    rows = (
        el(
            "tr",
            el("th", row.name, scope="row", dir="auto"),
            el("td.bars", bar(row.count, most)) if drawn else "",
            el("td.n", cell(row.count)),
            el("td.n.share", share(row.count, shown.whole)) if shown.whole else "",
        )
        for row in shown.rows
    )
    caption = el("caption.unseen", el("span.vh", title))
    return el("table.ranking" if drawn else "table.ranking.plain", caption, el("tbody", *rows))
