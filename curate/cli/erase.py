"""`curate erase`: a document leaves everything, and does not come back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from curate.cli.console import console, is_watched, plural, print_json
from curate.cli.lines import on_one_line
from curate.cli.run import Json, Workspace
from curate.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.tables.erasures import Erasure, ErasurePlan

EXAMPLE = "Example:  curate erase --document hr/letter.docx"


def erase_command(
    document: Annotated[
        str, typer.Option("--document", help="Its id (d_…), or its address as the ledger shows it.")
    ],
    workspace: Workspace = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would go.")] = False,
    json: Json = False,
) -> None:
    """Erase a document: from the corpus, the set, every release that held it, and private files.

    It shows what goes and asks. One clean release follows; as long as the sources hold the document it
    stands in the ledger as `erased`, without its name. A signed record is kept in private/erasures.
    """
    from curate.pipeline.erase import erase, plan
    from curate.release.reading import open_workspace

    found = open_workspace(workspace)
    shown = plan(found, document)
    if dry_run and json:
        print_json(asdict(shown))
        return
    if not json:
        _print(_planned(shown))
    if dry_run or not _agreed(yes=yes):
        return
    done = erase(found, document, shown=shown)
    if json:
        print_json(asdict(done))
    else:
        _print(_done(done))


def _agreed(*, yes: bool) -> bool:
    """Ask whether to go on.

    Raises:
        ConfigError: if nobody is there to be asked.
    """
    if yes:
        return True
    if not is_watched():
        message = "curate erase asks before it erases; where nobody can answer, say --yes."
        raise ConfigError(message)
    return typer.confirm("Erase it? This cannot be undone.", default=False)


def _planned(plan: ErasurePlan) -> Iterator[str]:
    yield f"{plural(len(plan.documents), 'document')} would be erased:"
    for one in plan.documents:
        held = f"releases {', '.join(map(str, one.releases))}"
        counts = f"{plural(one.chunks, 'chunk')}, {plural(one.examples, 'example')} now"
        yield f"  {one.doc_id}  {on_one_line(one.address)}  ({one.why}; {counts}; {held})"
    yield f"Retired would be releases {', '.join(map(str, plan.retires))}; one clean release follows."
    for address in plan.alike:
        yield f"Stays, though it has the same words: {on_one_line(address)}"


def _done(done: Erasure) -> Iterator[str]:
    counts = f"{plural(done.chunks, 'chunk')}, {plural(done.examples, 'example')}"
    yield f"Erased {plural(len(done.documents), 'document')}: {counts}. Release {done.successor} is in force."
    yield (
        f"Searched everything for {plural(done.searched, 'passage')} of its own: {done.found} found. "
        f"Record: private/erasures/{done.number}.json"
    )


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        console().print(line, highlight=False, markup=False)
