"""The page: a document's head with the style sheet, the sections in their order, the last lines.

Sections are rendered first, so that the strip and the points link only to what is there. The page
forbids itself scripts and everything from elsewhere, so that even a slip in escaping cannot load
or run anything.
"""

import re
from collections.abc import Iterator
from importlib import resources

from curate.report.blocks import Margin, command, section
from curate.report.markup import Html, el, join, raw
from curate.report.model import Absent, Hint, Report
from curate.report.sections.changes import changes
from curate.report.sections.corpus import corpus
from curate.report.sections.duplicates import duplicates
from curate.report.sections.finetune import finetune
from curate.report.sections.gates import gates
from curate.report.sections.head import head, headline, identity
from curate.report.sections.intake import intake
from curate.report.sections.labels import labels
from curate.report.sections.leaks import leaks
from curate.report.sections.left_out import left_out
from curate.report.sections.pii import pii
from curate.report.sections.samples import chunks, examples
from curate.report.sections.strip import strip
from curate.report.sections.times import times

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(report: Report) -> Html:
    """Return the whole page."""
    sections = join(*_sections(report))
    anchors = frozenset(re.findall(r' id="([^"]+)"', sections))
    body = el(
        "body",
        el("a.skip", "Skip to the sections", href="#sections"),
        identity(report.identity),
        head(report, anchors),
        strip(report, anchors),
        el("main", sections, id="sections", tabindex="-1"),
        _footer(report),
    )
    return join(raw("<!doctype html>\n"), el("html", _head(report), body, lang="en"), raw("\n"))


def _head(report: Report) -> Html:
    name = f"{report.identity.pipeline} · {report.headline or headline(report)}"
    style = resources.files("curate.report").joinpath("report.css").read_text(encoding="utf-8")
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", name),
        el("style", raw(style)),
    )


def _sections(report: Report) -> Iterator[Html]:
    yield gates(report)
    yield from _arrival(report)
    yield from _products(report)
    yield from _findings(report)
    yield from _run(report)
    yield from _samples(report)


def _arrival(report: Report) -> Iterator[Html]:
    part = report.intake
    if isinstance(part, Absent):
        yield _absent(part, ident="intake", title="What came in", sentence="No document came in.")
    else:
        yield intake(part)
    moved = report.changes
    if isinstance(moved, Absent):
        yield _absent(
            moved,
            ident="changes",
            title="What changed",
            sentence="Nothing was compared with the parent.",
        )
    elif moved is not None:
        yield changes(moved, report.identity)


def _products(report: Report) -> Iterator[Html]:
    if isinstance(report.corpus, Absent):
        yield _absent(
            report.corpus, ident="corpus", title="Corpus", sentence="This release holds no corpus."
        )
    else:
        yield corpus(report.corpus)
    if isinstance(report.finetune, Absent):
        sentence = "This release holds no fine-tuning set."
        yield _absent(report.finetune, ident="finetune", title="Fine-tuning set", sentence=sentence)
    else:
        yield finetune(report.finetune)


def _findings(report: Report) -> Iterator[Html]:
    if isinstance(report.left_out, Absent):
        sentence = "Nothing was left out and nothing is doubted."
        yield _absent(
            report.left_out, ident="left-out", title="Left out, or doubted", sentence=sentence
        )
    else:
        yield left_out(report.left_out)
    if isinstance(report.pii, Absent):
        yield _absent(
            report.pii, ident="pii", title="PII", sentence="No search for personal data was made."
        )
    else:
        yield pii(report.pii)
    if isinstance(report.duplicates, Absent):
        sentence = "No two documents were compared."
        yield _absent(
            report.duplicates,
            ident="duplicates",
            title="Duplicates and versions",
            sentence=sentence,
        )
    else:
        yield duplicates(report.duplicates)


def _run(report: Report) -> Iterator[Html]:
    if isinstance(report.labels, Absent):
        sentence = "No source states a label, so none is doubted."
        yield _absent(report.labels, ident="labels", title="Labels doubted", sentence=sentence)
    else:
        yield labels(report.labels)
    if isinstance(report.leaks, Absent):
        sentence = "There are no splits that could leak into each other."
        yield _absent(report.leaks, ident="leaks", title="Leaks", sentence=sentence)
    else:
        yield leaks(report.leaks)
    if isinstance(report.times, Absent):
        yield _absent(
            report.times, ident="time", title="Time and cost", sentence="No times were kept."
        )
    else:
        yield times(report.times)


def _samples(report: Report) -> Iterator[Html]:
    if isinstance(report.chunks, Absent):
        yield _absent(
            report.chunks, ident="chunks", title="Chunks", sentence="There is no chunk to read."
        )
    else:
        yield chunks(report.chunks)
    if isinstance(report.examples, Absent):
        yield _absent(
            report.examples,
            ident="examples",
            title="Examples",
            sentence="There is no example to read.",
        )
    else:
        yield examples(report.examples)


def _absent(part: Absent, *, ident: str, title: str, sentence: str) -> Html:
    typed = (part.command,) if part.command else ()
    return section(Margin(ident, title, "", typed), el("p.absent", part.sentence or sentence))


def _footer(report: Report) -> Html:
    shown = report.identity
    written = f"Written by {shown.tool} as of {shown.as_of.isoformat()}"
    source = (" from ", el("code", shown.written_from)) if shown.written_from else ()
    return el(
        "footer",
        el("p", written, *source, ". ", _kept(shown.folder), _hints(report.hints)),
    )


def _kept(folder: str) -> Html:
    if not folder:
        return Html()
    base = folder.rstrip("/")
    return join(
        "Settings, versions and digests stand in ", el("code", f"{base}/manifest.json"),
        ", every row with its reason in ", el("code", f"{base}/ledger.parquet"), ". ",
    )  # fmt: skip


def _hints(hints: tuple[Hint, ...]) -> Html:
    if not hints:
        return Html()
    said = (join(command(hint.command), f" {hint.words}") for hint in hints)
    return join("Every number here counts a list: ", join(*said, by=", "), ".")
