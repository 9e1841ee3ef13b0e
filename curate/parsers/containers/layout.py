"""How a JSON file holds its records: as an array, under one key of an envelope, or as the one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from curate.errors import DocumentError
from curate.parsers.containers.objects import (
    is_envelope_key,
    is_value,
    names_records,
    read_pieces,
)
from curate.parsers.records import infer_shape

if TYPE_CHECKING:
    from curate.parsers.containers.member import ContainerLimits
    from curate.parsers.records import Shape
    from curate.parsers.records.shape import Paths

_SAMPLE = 50
_MESSAGE_KEYS = (
    frozenset({"role", "content"}),
    frozenset({"from", "value"}),
    frozenset({"from", "text"}),
    frozenset({"author", "text"}),
    frozenset({"speaker", "text"}),
)
_TALKS = frozenset({"messages", "turns", "dialog", "dialogue", "transcript"})
_OWN = frozenset(  # what says something of a record, and nothing of an export
    ["id", "key", "number", "title", "subject", "summary", "headline", "question", "name", "body",
     "text", "content", "description"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """How a JSON file holds its records: in which array (`None`: it is one), and what they are."""

    array: str | None
    chat: bool = False
    group: Paths = ()


@dataclass(slots=True)
class _Seen:
    """What a file shows: a sample of each array's objects, and what stands beside the arrays."""

    samples: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    beside: dict[str, object] = field(default_factory=dict)


def holds_records(stream: BinaryIO, limits: ContainerLimits) -> bool:
    """Tell whether a JSON file is a container of records; a broken one is not."""
    try:
        layout = layout_of(stream, limits, None)
    except DocumentError:
        return False
    return layout.array is not None


def layout_of(stream: BinaryIO, limits: ContainerLimits, shape: Shape | None) -> Layout:
    """Return how a JSON file holds its records.

    Raises:
        DocumentError: `bad_json`, `too_large`.
    """
    seen = _seen(stream, limits)
    (array, sample), *others = seen.samples.items() or [("", [])]
    if others or not sample:
        return Layout(None)
    known = shape or infer_shape(sample)
    group = known.group if known is not None else ()
    if not _is_envelope(seen.beside, array, known):
        return Layout(None)
    if _is_chat(sample, array):
        return Layout(None if array else "", chat=True)
    return Layout(array, group=group)


def _seen(stream: BinaryIO, limits: ContainerLimits) -> _Seen:
    seen = _Seen()
    for piece in read_pieces(stream, limits.member):
        if is_value(piece) or is_envelope_key(piece.array):
            value = piece.value if is_value(piece) else None
            seen.beside[piece.array.removeprefix("=")] = value
            continue
        sample = seen.samples.setdefault(piece.array, [])
        if isinstance(piece.value, Mapping) and len(sample) < _SAMPLE:
            sample.append(piece.value)
        if not piece.array and len(sample) in {0, _SAMPLE}:
            break
    return seen


def _is_envelope(beside: Mapping[str, object], array: str, known: Shape | None) -> bool:
    """Tell whether what stands beside an array is said of an export and of no record.

    Args:
        beside: The keys beside it with their values.
        array: Its key.
        known: The shape of its objects; loose messages say by themselves that they are records.
    """
    unknown = {k: v for k, v in beside.items() if not is_envelope_key(k, array)}
    if not unknown:
        return True
    if any(isinstance(v, Mapping | list) or k.casefold() in _OWN for k, v in unknown.items()):
        return False
    if known is not None and known.group:
        return True
    named = names_records(array, known=known is not None)
    return named and infer_shape([{**beside, array: []}]) is None


def _is_chat(sample: list[Mapping[str, object]], array: str) -> bool:
    """Tell whether objects are the messages of one conversation and not records."""
    records = {"subject", "title", "question"} | ({"id"} if array not in _TALKS else set())
    return all(any(keys <= value.keys() for keys in _MESSAGE_KEYS) for value in sample) and not any(
        records & value.keys() for value in sample
    )
