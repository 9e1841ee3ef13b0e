"""`curate try`: one stage on one file, shown or as JSON; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from curate.cli.console import console, plural, print_json
from curate.cli.lines import on_one_line, wrapped
from curate.cli.run import Json
from curate.cli.view import conversation, fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

EXAMPLE = "Example:  curate try parse contract.pdf      curate try chunk handbook.md --json"

_HELP = "list, split, parse, identify, scan, find_pii, sign, admit, edit, chunk, mine or verify."
_DIGESTS = frozenset({"sha256"})
_TEXTS = ("text", "index_text", "words")
_LONG = 60  # letters that stand beside a name


def try_command(
    stage: Annotated[str, typer.Argument(help=_HELP)],
    file: Annotated[Path, typer.Argument(help="The file.")],
    pipeline: Annotated[
        Path | None, typer.Option("--pipeline", "-p", help="A pipeline file with settings.")
    ] = None,
    json: Json = False,
) -> None:
    """Show what one stage makes of one file; writes nothing.

    The stages that it needs before it run too. With a pipeline the file is read as the source
    does that includes it.
    """
    from curate.pipeline.trials.trial import attempt

    rows = attempt(stage, file, pipeline, tell=_tell)
    if json:
        print_json(rows)
        return
    out = console()
    for row in rows:
        for line in (*_lines(_legible(row), out), ""):
            out.print(line, highlight=False, markup=False)
    out.print(plural(len(rows), "row"), highlight=False)


def _legible(value: Any) -> Any:  # noqa: ANN401 - a row, or what lies in it
    """Return a value without digests, which tell a person nothing."""
    if isinstance(value, dict):
        return {
            name: _legible(part)
            for name, part in value.items()
            if not _is_digest(part) and name not in _DIGESTS
        }
    if isinstance(value, list | tuple):
        return [_legible(part) for part in value]
    return value


def _is_digest(value: Any) -> bool:  # noqa: ANN401 - any column
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(part, bytes) for part in value)
    return isinstance(value, bytes)


def _lines(row: Mapping[str, Any], out: Console) -> Iterator[str]:
    """Yield a row's facts, then what is longer: its parts one a line, its words whole."""
    told = {name: value for name, value in row.items() if _says_something(name, value)}
    longer = {name for name, value in told.items() if _is_long(name, value)}
    for name, value in told.items():
        if name not in longer:
            yield from fact(name, "nobody" if value == [] else value, out)
    for name, value in told.items():
        if name in longer:
            yield from _below(name, value, out)


def _says_something(name: str, value: Any) -> bool:  # noqa: ANN401 - any column
    return value not in ("", None) and (value != [] or name == "access")


def _is_long(name: str, value: Any) -> bool:  # noqa: ANN401 - any column
    if isinstance(value, str):
        return name in _TEXTS and (len(value) > _LONG or "\n" in value)
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _below(name: str, value: Any, out: Console) -> Iterator[str]:  # noqa: ANN401 - any column
    if name == "messages":
        yield from conversation(value, out)
        return
    count = "" if isinstance(value, str) else f" ({len(value)})"
    yield from ("", f"  {name}{count}")
    for part in [value] if isinstance(value, str) else map(_part, value):
        yield from wrapped(part, out, indent="    ")


def _part(part: Mapping[str, Any]) -> str:
    said = {name: value for name, value in part.items() if value not in ("", None, [])}
    return on_one_line(said)


def _tell(said: str) -> None:
    sys.stderr.write(f"{said}\n")
