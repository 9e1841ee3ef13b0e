"""What passes between the engine and its workers: a job, its items, the shape of their results.

A job says what to run; an item says on what, as references that the worker resolves itself, so
that no frame and no document travels through the parent. Nothing here knows what a stage is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.stage import Read, Resources
from curate.store.memo import Ref, load

if TYPE_CHECKING:
    from curate.config import Settings


@dataclass(frozen=True, slots=True)
class Tool:
    """A heavy tool: how a worker builds it, and the version that results depend on."""

    build: Callable[..., Any]
    arguments: tuple[Any, ...]
    version: str

    @property
    def name(self) -> str:
        """Return what tells it from other tools."""
        return f"{self.build.__module__}.{self.build.__qualname__} {self.version}"

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


@dataclass(frozen=True, slots=True)
class Built:
    """An input that is put together of others: the parts, each as a parameter would be given."""

    build: Callable[..., Any]
    parts: tuple[tuple[Read, Ref], ...]


Input = Ref | Call | Given | tuple[Ref, ...] | tuple[Built, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work: the key of its result, its inputs in the order of parameters, its size.

    `place` is where in a container it lies, none for what is read by itself.
    """

    key: bytes
    inputs: tuple[Input, ...]
    weight: int = 1
    place: tuple[str, tuple[int, ...]] | None = None


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
    if isinstance(source, Ref):  # which is a tuple too
        rows: tuple[Any, ...] = load(source, read.row)
        return rows if read.many else rows[0]
    return tuple(row for one in source for row in _rows(read, one))


def _rows(read: Read, source: Ref | Built) -> tuple[Any, ...]:
    if isinstance(source, Built):
        return (source.build(*(resolve(part, ref) for part, ref in source.parts)),)
    return load(source, read.row)
