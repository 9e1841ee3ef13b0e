"""`curate diff`: what changed between two releases, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from curate.cli.console import console, plural, print_json
from curate.cli.lines import on_one_line
from curate.cli.run import Json, Workspace
from curate.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from curate.release.reading import Release
    from curate.tables.changes import DocumentChange, ReleaseChanges

EXAMPLE = "Example:  curate diff      curate diff 3 4 --json"

_MOST_VALUES = 6
_SIGNS = {"added": "+", "modified": "~", "deleted": "-", "renamed": ">", "decided": "="}


def diff_command(
    before: Annotated[int, typer.Argument(min=0, help="A release's number.")] = 0,
    after: Annotated[int, typer.Argument(min=0, help="Another's (default: the current).")] = 0,
    workspace: Workspace = None,
    most: Annotated[int, typer.Option(min=0, help="How many documents to name.")] = 10,
    json: Json = False,
) -> None:
    """Show what changed between two releases, by default the last two, and why.

    With --json every changed document, chunk and example is a row.
    """
    from curate.release.changes import changes

    found = changes(*_both(workspace, before, after))
    if json:
        print_json(asdict(found))
        return
    for line in (*_summary(found), *_why(found), *_named(found, most)):
        console().print(line, highlight=False, markup=False)


def _both(place: Path | None, before: int, after: int) -> tuple[Release, Release]:
    """Open two releases: those named, or the one in force and the newest that is kept before it.

    Raises:
        ConfigError: if there is only one, or one was retired.
    """
    from curate.release.reading import open_release
    from curate.release.retention import published

    new = open_release(place, after or None)
    if before:
        return open_release(place, before), new
    earlier = [n for n in published(new.workspace) if n < new.number]
    if not earlier:
        message = (
            f"{new.workspace.root}: only release {new.number} is kept; there is nothing to compare."
        )
        raise ConfigError(message)
    return open_release(place, earlier[-1]), new


def _summary(found: ReleaseChanges) -> Iterator[str]:
    documents, chunks, examples = found.document_counts, found.chunk_counts, found.example_counts
    edited = documents.renamed - documents.moved
    moved = f"{documents.renamed:,} moved" + (f" ({edited:,} of them edited)" if edited else "")
    yield f"Release {found.before} → {found.after}"
    yield _line(
        "documents", f"+{documents.added:,} new", f"{documents.modified:,} edited",
        f"{documents.deleted:,} gone", moved, f"of {documents.total:,}",
    )  # fmt: skip
    updates = f"{chunks.update_text:,} shown otherwise", f"{chunks.update_meta:,} facts only"
    yield _line(
        "chunks", f"+{chunks.add:,}", f"−{chunks.delete:,}", f"of them {chunks.replaced:,} edits",
        *updates, f"{chunks.moved:,} moved",
    )  # fmt: skip
    yield _line("embeddings", f"{chunks.embed:,} needed of {_of(chunks.embed, chunks.total)}")
    yield _line(
        "examples", f"+{examples.new:,}", f"−{examples.stale:,} stale",
        f"−{examples.gone:,} not chosen again", f"{examples.reworded:,} reworded",
        f"of {examples.total:,}",
    )  # fmt: skip


def _of(part: int, whole: int) -> str:
    return f"{whole:,} ({part / whole:.1%})" if whole else f"{whole:,}"


def _line(name: str, *parts: str) -> str:
    return f"  {name:<12}" + "   ".join(part for part in parts if part)


def _why(found: ReleaseChanges) -> Iterator[str]:
    """Yield what caused it: reasons by number of rows, settings, tools, labels, findings."""
    for kind in ("chunk", "example"):
        rows = [row for row in found.because if row.kind == kind]
        parts = [f"{row.count:,} {row.op} {row.reason}" for row in rows]
        if parts:
            yield _line(f"{kind}s by", ", ".join(parts))
    yield from _limited("settings", (f"{v.name}: {v.old} → {v.new}" for v in found.settings))
    yield from _limited("tools", (f"{v.name} {v.old} → {v.new}" for v in found.versions))
    labels = Counter(f"{row.name}: {row.old} → {row.new}" for row in found.labels)
    yield from _limited("labels", (f"{count:,} {name}" for name, count in labels.most_common()))
    findings = Counter(f"{row.op} {row.kind}" for row in found.findings)
    yield from _limited("findings", (f"{count:,} {name}" for name, count in findings.most_common()))


def _limited(name: str, parts: Iterable[str]) -> Iterator[str]:
    lines = [on_one_line(part) for part in parts]
    for line in lines[:_MOST_VALUES]:
        yield _line(name, line)
    if len(lines) > _MOST_VALUES:
        yield _line(name, f"and {len(lines) - _MOST_VALUES:,} more")


def _named(found: ReleaseChanges, most: int) -> Iterator[str]:
    order = list(_SIGNS)
    rows = sorted(found.documents, key=lambda row: (order.index(row.op), row.address))
    for row in rows[:most]:
        yield f"    {_SIGNS[row.op]} {on_one_line(_told(row))}"
    if len(rows) > most:
        yield f"    {plural(len(rows) - most, 'document')} more: --most, --json"


def _told(row: DocumentChange) -> str:
    if row.op == "renamed":
        return f"{row.old_address} → {row.address}" + ("  (edited)" if row.edited else "")
    return f"{row.address or row.old_address}" + (f"  {row.reason}" if row.op == "decided" else "")
