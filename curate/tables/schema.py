"""From a dataclass to its Arrow schema and JSON Schema, and rows to Arrow and back.

A table is one frozen slotted dataclass; everything else about it is derived here, column by
column, so that a row type is written once. Nested dataclasses become structs, `tuple[T, ...]`
becomes a list,
`Id` sixteen bytes, a `StrEnum` its value.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache, partial
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin
from typing import get_type_hints as hints_of

if TYPE_CHECKING:
    import pyarrow as pa

Id = Annotated[bytes, "id"]
Row = TypeVar("Row")
_Encoder = Callable[[Sequence[Any]], "pa.Array"]
_Decoder = Callable[["pa.Array"], list[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a JSON Schema says of a value beyond its type: `Annotated[int, Rule("minimum", 0)]`."""

    keyword: str
    value: str | int


_JSON_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@cache
def arrow_schema(row: type) -> pa.Schema:
    """Return the Arrow schema of a row type."""
    import pyarrow as pa

    return pa.schema([_arrow_field(name, hint) for name, hint in _hints(row).items()])


def to_arrow(row: type[Row], rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table of the row type's schema."""
    import pyarrow as pa

    kind: type = row
    hints = _hints(kind)
    values = zip(*map(_getter(kind), rows), strict=True) if rows else ([] for _ in hints)
    columns = [_encoder(hint)(column) for hint, column in zip(hints.values(), values, strict=True)]
    return pa.Table.from_arrays(columns, schema=arrow_schema(kind))


@cache
def _getter(row: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives all values of a row."""
    names = tuple(_hints(row))
    return attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)


def from_arrow(row: type[Row], table: pa.Table) -> list[Row]:
    """Return the rows of an Arrow table that has the row type's columns."""
    kind: type = row
    columns = [
        _decoder(hint)(table.column(name).combine_chunks()) for name, hint in _hints(kind).items()
    ]
    return [row(*values) for values in zip(*columns, strict=True)] if columns else []


def json_schema(row: type) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one row as published, described by its docstring."""
    hints = _hints(row)
    return {
        "type": "object",
        "description": " ".join((row.__doc__ or "").split()),
        "properties": {name: _json_type(hint) for name, hint in hints.items()},
        "required": list(hints),
        "additionalProperties": False,
    }


@cache
def _hints(row: type) -> dict[str, Any]:
    hints = hints_of(row, include_extras=True)
    return {f.name: hints[f.name] for f in fields(row)}


def _optional(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type hint has no better type
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        return _bare(inner[0]), True
    return _bare(hint), False


def _bare(hint: Any) -> Any:  # noqa: ANN401
    """Return a hint without its rules; an id stays what it is."""
    return hint.__origin__ if hint is not Id and get_origin(hint) is Annotated else hint


def _item(hint: Any) -> Any | None:  # noqa: ANN401
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def _plain(hint: Any) -> Any:  # noqa: ANN401
    if get_origin(hint) is Literal or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return str
    return hint


def _arrow_field(name: str, hint: Any) -> pa.Field:  # noqa: ANN401
    import pyarrow as pa

    inner, nullable = _optional(hint)
    return pa.field(name, _arrow_type(inner), nullable=nullable)


@cache
def _arrow_type(hint: Any) -> pa.DataType:  # noqa: ANN401
    import pyarrow as pa

    inner, _ = _optional(hint)
    if inner is Id:
        return pa.binary(16)
    if (item := _item(inner)) is not None:
        return pa.list_(pa.field("item", _arrow_type(item), nullable=False))
    if is_dataclass(inner):
        nested = _hints(inner)  # type: ignore[arg-type]
        return pa.struct([_arrow_field(name, h) for name, h in nested.items()])
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return {**plain, bytes: pa.binary()}[_plain(inner)]


@cache
def _encoder(hint: Any) -> _Encoder:  # noqa: ANN401
    """Return what makes a column of values of a type; made once a type, since rows are many."""
    inner, nullable = _optional(hint)
    kind = _arrow_type(inner)
    if (item := _item(inner)) is not None:
        return partial(_encode_lists, kind, _encoder(item))
    if is_dataclass(inner):
        nested = _hints(inner)  # type: ignore[arg-type]
        columns = [(attrgetter(name), _encoder(h)) for name, h in nested.items()]
        encode = partial(_encode_rows, list(kind), columns)
        return partial(_encode_some, encode) if nullable else encode
    return partial(_encode_plain, kind)


def _encode_some(encode: _Encoder, values: Sequence[Any]) -> pa.Array:
    """Return a column of rows of which some are not there."""
    import pyarrow as pa

    places = accumulate(value is not None for value in values)
    taken = [
        place - 1 if value is not None else None
        for value, place in zip(values, places, strict=True)
    ]
    held = encode([value for value in values if value is not None])
    return held.take(pa.array(taken, pa.int64()))


def _encode_lists(kind: pa.DataType, encode: _Encoder, values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    offsets = [0, *accumulate(map(len, values))]
    flat = encode(list(chain.from_iterable(values)))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), flat, type=kind)


def _encode_rows(
    kinds: Sequence[pa.Field],
    columns: Sequence[tuple[Callable[[Any], Any], _Encoder]],
    values: Sequence[Any],
) -> pa.Array:
    import pyarrow as pa

    arrays = [encode(list(map(get, values))) for get, encode in columns]
    return pa.StructArray.from_arrays(arrays, fields=kinds)


def _encode_plain(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array(values, kind)


@cache
def _decoder(hint: Any) -> _Decoder:  # noqa: ANN401
    """Return what reads a column of values of a type; made once a type, since rows are many."""
    inner, nullable = _optional(hint)
    if (item := _item(inner)) is not None:
        return partial(_decode_lists, _decoder(item))
    if is_dataclass(inner):
        row: Callable[..., Any] = inner  # type: ignore[assignment]
        nested = _hints(inner)  # type: ignore[arg-type]
        decode = partial(_decode_rows, row, [_decoder(h) for h in nested.values()])
        return partial(_decode_some, decode) if nullable else decode
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return partial(_decode_members, {None: None, **{m.value: m for m in inner}})
    return _decode_plain


def _decode_lists(decode: _Decoder, lists: pa.Array) -> list[Any]:
    offsets = lists.offsets.to_pylist() if len(lists) else [0]
    first, last = offsets[0], offsets[-1]
    if first == last:
        return [()] * len(lists)
    flat = decode(lists.values.slice(first, last - first))
    return [tuple(flat[start - first : end - first]) for start, end in pairwise(offsets)]


def _decode_rows(
    row: Callable[..., Any], decoders: Sequence[_Decoder], array: pa.Array
) -> list[Any]:
    columns = [decode(array.field(i)) for i, decode in enumerate(decoders)]
    return list(map(row, *columns))


def _decode_some(decode: _Decoder, array: pa.Array) -> list[Any]:
    there = array.is_valid()
    held = iter(decode(array.filter(there)))
    return [next(held) if is_there else None for is_there in there.to_pylist()]


def _decode_members(known: Mapping[str | None, Any], array: pa.Array) -> list[Any]:
    return [known[value] for value in array.to_pylist()]


def _decode_plain(array: pa.Array) -> list[Any]:
    values: list[Any] = array.to_pylist()
    return values


def _json_type(hint: Any) -> dict[str, Any]:  # noqa: ANN401
    inner, nullable = _optional(hint)
    schema: dict[str, Any]
    if inner is Id or inner is bytes:
        schema = {"type": "string", "contentEncoding": "base16"}
    elif (item := _item(inner)) is not None:
        schema = {"type": "array", "items": _json_type(item)}
    elif is_dataclass(inner):
        schema = json_schema(inner)  # type: ignore[arg-type]
    elif get_origin(inner) is Literal:
        schema = {"type": "string", "enum": list(get_args(inner))}
    elif isinstance(inner, type) and issubclass(inner, StrEnum):
        schema = {"type": "string", "enum": [member.value for member in inner]}
    else:
        schema = {"type": _JSON_TYPES[inner]}
    schema.update((rule.keyword, rule.value) for rule in _rules(hint))
    return {"anyOf": [schema, {"type": "null"}]} if nullable else schema


def _rules(hint: Any) -> list[Rule]:  # noqa: ANN401
    sides = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    notes = chain.from_iterable(getattr(side, "__metadata__", ()) for side in sides)
    return [note for note in notes if isinstance(note, Rule)]
