"""What passes between the engine and its workers: a job, its items, the shape of their results.

A job says what to run; an item says on what, as references that the worker resolves itself, so that no
frame and no document travels through the parent. Nothing here knows what a stage is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.stage import Resources
from curate.store.memo import Ref, load

if TYPE_CHECKING:
    from curate.config import Settings
    from curate.stage import Read


@dataclass(frozen=True, slots=True)
class Tool:
    """A heavy tool: how a worker builds it, and the version that results depend on."""

    build: Callable[..., Any]
    arguments: tuple[Any, ...]
    version: str

    def make(self) -> Any:  # noqa: ANN401 - a tool is whatever its stage asks for
        """Build the tool."""
        return self.build(*self.arguments)


@dataclass(frozen=True, slots=True)
class Call:
    """An input that a worker makes by a call instead of reading it from the memo."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An input that travels with the item, small and fixed."""

    value: Any


Input = Ref | Call | Given | tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work: the key of its result, its inputs in the order of parameters, its size."""

    key: bytes
    inputs: tuple[Input, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What to run on every item of a stage."""

    run: Callable[..., Any]
    reads: tuple[Read, ...]
    writes: type
    settings: Settings | None = None
    tools: Mapping[str, Tool] = field(default_factory=dict)
    resources: Resources = field(default_factory=Resources)


def resolve(read: Read, source: Input) -> Any:  # noqa: ANN401 - a row, or a tuple of rows
    """Return what a parameter is given."""
    if isinstance(source, Call):
        return source.function(*source.arguments)
    if isinstance(source, Given):
        return source.value
    if isinstance(source, tuple):
        return tuple(row for ref in source for row in load(ref, read.row))
    rows = load(source, read.row)
    return rows if read.many else rows[0]
