"""`curate trace`: from an example or a chunk back to file, version, page and span."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from curate.cli.console import console, plural, print_json
from curate.cli.lines import on_one_line
from curate.cli.run import Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.tables.chunks import Count
    from curate.tables.trace import Origin, Passage, Trace

EXAMPLE = "Example:  curate trace e_2b9sq9tvh3dae4gn8p6k2483pt"

_LONG = 76


def trace_command(
    identity: Annotated[
        str, typer.Argument(metavar="ID", help="An example (e_), chunk (c_) or document (d_).")
    ],
    workspace: Workspace = None,
    json: Json = False,
) -> None:
    """Show where something comes from, and which releases hold it; older releases are looked through too."""
    from curate.release.reading import open_workspace
    from curate.release.tracing import trace

    found = trace(open_workspace(workspace), identity)
    if json:
        print_json(asdict(found))
        return
    for line in _lines(found):
        console().print(line, highlight=False, markup=False)


def _lines(found: Trace) -> Iterator[str]:
    where = f"in {plural(len(found.releases), 'release')}: {_numbers(found.releases)}"
    now = "" if found.current else f", not in force: told from release {found.release}"
    made = f"  {found.split}, {found.extractor}" if found.split else ""
    yield f"{found.id}  {found.kind}{made}  {where}{now}"
    origins = {origin.doc_id: origin for origin in found.documents}
    for passage in found.evidence:
        yield f'└─ evidence  "{_short(passage.text)}"' if passage.text else "└─ evidence"
        yield f"   └─ {_place(passage, origins[passage.doc_id])}"
        yield from _redacted("      ├─ ", passage.redacted)
        if passage.chunk_id:
            yield f"      └─ in corpus  {passage.chunk_id}"
    for origin in found.documents:
        yield from _origin(origin)
    if found.retired:
        yield f"Retired releases cannot be asked: {_numbers(found.retired)}"


def _place(passage: Passage, origin: Origin) -> str:
    page = f"page {passage.page}  " if passage.page else ""
    start, end = passage.span
    return f"{on_one_line(origin.address)}  version {origin.number}  {page}{start}–{end}"


def _origin(origin: Origin) -> Iterator[str]:
    yield f"{origin.doc_id}  {on_one_line(origin.address)}  version {origin.number} ({origin.version})"
    why = f" ({', '.join(origin.reasons)})" if origin.reasons else ""
    yield f"├─ outcome   {origin.outcome}{why}: corpus {origin.corpus}, finetune {origin.finetune}"
    yield from _redacted("├─ ", origin.redacted)
    if origin.copies:
        told = (f"{on_one_line(c.address)} ({c.how.replace('_', ' ')})" for c in origin.copies)
        yield f"├─ copies    {', '.join(told)}"
    counts = plural(origin.chunks, "chunk"), plural(origin.examples, "example")
    yield f"└─ holds     {', '.join(counts)}"


def _redacted(lead: str, counts: Iterable[Count]) -> Iterator[str]:
    parts = [f"{count.count:,} {count.type}" for count in counts]
    if parts:
        yield f"{lead}redacted  {', '.join(parts)}"


def _short(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in numbers)
