"""How a stage is declared: a plain function whose annotations are the declaration.

Of a record stage, the positional parameters are what it reads (a row type, or `tuple[Row, ...]`
for all rows of that document in another table), `settings` is its section, every other
keyword-only parameter is a tool built once per worker, and the return annotation names the rows it
yields. The decorator returns the function unchanged; `describe` reads the annotations and refuses
a declaration it does not understand.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from curate.config import Settings
from curate.errors import StageError

Grain = Literal["record", "group"]
Function = TypeVar("Function", bound=Callable[..., Any])

_MARK = "__curate_stage__"


@dataclass(frozen=True, slots=True)
class Resources:
    """What one row may use: CPU seconds, wall-clock seconds as a backstop, bytes above the start."""

    cpu_seconds: float = 60.0
    wall_seconds: float = 300.0
    memory: int = 2 << 30


@dataclass(frozen=True, slots=True)
class Read:
    """One input: the parameter's name, the row type, and whether all rows or the single one is read."""

    name: str
    row: type
    many: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as its function's signature declares it."""

    name: str
    version: int
    grain: Grain
    reads: tuple[Read, ...]
    writes: type
    settings: type[Settings] | None
    tools: tuple[tuple[str, type], ...]
    run: Callable[..., Any]


def stage(*, version: int, grain: Grain) -> Callable[[Function], Function]:
    """Mark a function as a stage; `version` rises when equal input gives different output."""

    def mark(function: Function) -> Function:
        setattr(function, _MARK, (version, grain))
        return function

    return mark


def describe(function: Callable[..., Any]) -> Stage:
    """Return the stage that a marked function declares.

    Raises:
        StageError: naming the function and the parameter that is declared wrongly.
    """
    name = getattr(function, "__name__", repr(function))
    mark: tuple[int, Grain] = getattr(function, _MARK, (0, "record"))
    version, grain = mark
    if not version:
        message = f"stage {name}: no @stage(version=..., grain=...) stands above it."
        raise StageError(message)
    hints = _hints(function, name)
    parameters = inspect.signature(function).parameters.values()
    missing = next((p.name for p in parameters if p.name not in hints), None)
    if missing or "return" not in hints:
        message = f"stage {name}: parameter {missing or 'return'} has no annotation; add one."
        raise StageError(message)
    free = [p for p in parameters if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    named = [p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY]
    return Stage(
        name=name,
        version=version,
        grain=grain,
        reads=tuple(_read(name, p.name, hints[p.name]) for p in free),
        writes=_writes(name, hints["return"]),
        settings=_settings(name, hints.get("settings")),
        tools=tuple((tool, hints[tool]) for tool in named if tool != "settings"),
        run=function,
    )


def _hints(function: Callable[..., Any], stage_name: str) -> dict[str, Any]:
    try:
        return get_type_hints(function, include_extras=False)
    except NameError as error:
        message = f"stage {stage_name}: an annotation names {error.name!r}, which is not imported."
        raise StageError(message) from None


def _settings(stage_name: str, hint: Any) -> type[Settings] | None:  # noqa: ANN401 - the same
    if hint is None or (isinstance(hint, type) and issubclass(hint, Settings)):
        return hint
    message = f"stage {stage_name}: settings must be a subclass of Settings."
    raise StageError(message)


def _read(stage_name: str, parameter: str, hint: Any) -> Read:  # noqa: ANN401 - any annotation
    many = get_origin(hint) is tuple
    row, rest = (*get_args(hint), None, None)[:2] if many else (hint, ...)
    if not is_dataclass(row) or rest is not ...:
        message = f"stage {stage_name}: {parameter} must be a row type or tuple[row type, ...]."
        raise StageError(message)
    return Read(parameter, row, many)  # type: ignore[arg-type]


def _writes(stage_name: str, hint: Any) -> type:  # noqa: ANN401 - any annotation
    if get_origin(hint) is Iterator and is_dataclass(get_args(hint)[0]):
        row: type = get_args(hint)[0]
        return row
    message = f"stage {stage_name}: it must return Iterator[row type]."
    raise StageError(message)
