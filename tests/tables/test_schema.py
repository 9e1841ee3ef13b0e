"""Rows go to Arrow and come back the same, whatever they hold, for every table there is."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate import tables
from curate.tables.schema import (
    Id,
    Rule,
    arrow_schema,
    from_arrow,
    json_schema,
    to_arrow,
)
from curate.tables.wire import encoded, packed, unpacked

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PLAIN = {
    str: TEXT,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=20),
    NoneType: st.none(),
}


def _row_types() -> list[type]:
    """Return every row type of the tables, nested ones included."""
    modules = [
        importlib.import_module(f"curate.tables.{module.name}")
        for module in pkgutil.iter_modules(tables.__path__)
    ]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and is_dataclass(value) and value is not Rule
    }
    return sorted((row for row in found if fields(row)), key=lambda row: row.__qualname__)


ROW_TYPES = [row for row in _row_types() if not row.__name__.startswith("_")]


def _values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - a line a kind
    """Return a strategy for an annotation, made from the annotation alone."""
    if hint is Id:
        return st.binary(min_size=16, max_size=16)
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in {Union, UnionType}:
        return st.one_of(*map(_values, inner))
    if origin is tuple:
        return st.lists(_values(inner[0]), max_size=3).map(tuple)
    if origin is not None and hasattr(hint, "__metadata__"):
        return _values(inner[0])
    if is_dataclass(hint):
        return rows_of(hint)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return PLAIN[hint]


def rows_of(row: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(row, include_extras=True)
    return st.builds(row, **{field.name: _values(hints[field.name]) for field in fields(row)})


def test_every_table_is_tested_here() -> None:
    names = {row.__name__ for row in ROW_TYPES}

    assert {"Parsed", "Chunk", "Example", "LedgerRow", "Source", "Edit", "PiiSpan"} <= names
    assert len(names) > 20


@pytest.mark.parametrize("row", ROW_TYPES, ids=lambda row: row.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_rows_come_back_from_arrow_as_they_went(row: type, data: st.DataObject) -> None:
    rows = data.draw(st.lists(rows_of(row), max_size=4))

    table = to_arrow(row, rows)
    table.validate(full=True)
    halves = pa.concat_tables([table.slice(0, 1), table.slice(1)])

    assert table.schema == arrow_schema(row)
    assert from_arrow(row, table) == rows
    assert from_arrow(row, halves) == rows


@pytest.mark.parametrize("row", ROW_TYPES, ids=lambda row: row.__name__)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_rows_come_back_from_their_bytes_and_equal_rows_have_equal_bytes(
    row: type, data: st.DataObject
) -> None:
    rows = tuple(data.draw(st.lists(rows_of(row), max_size=4)))

    back: tuple[object, ...] = unpacked(row, packed(encoded(rows)))

    assert back == rows
    assert [type(one) for one in back] == [row] * len(rows)
    assert encoded(back) == encoded(rows)


@pytest.mark.parametrize("row", ROW_TYPES, ids=lambda row: row.__name__)
def test_an_empty_table_has_the_schema_and_no_rows(row: type) -> None:
    assert from_arrow(row, arrow_schema(row).empty_table()) == []


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    """An inner row."""

    number: int
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    """A row with everything."""

    key: Id
    name: str | None
    kind: Literal["a", "b"]
    nested: tuple[tuple[Inner, ...], ...]
    one: Inner
    maybe: tuple[float, ...] = ()


@settings(max_examples=60)
@given(st.lists(rows_of(Outer), max_size=5))
def test_lists_of_lists_of_rows_and_optional_values_come_back(rows: list[Outer]) -> None:
    assert from_arrow(Outer, to_arrow(Outer, rows)) == rows


def test_an_enum_comes_back_as_its_member_and_not_as_a_word() -> None:
    row = Inner(1, Colour.BLUE)

    assert from_arrow(Inner, to_arrow(Inner, [row]))[0].colour is Colour.BLUE


def test_an_id_of_a_wrong_length_is_refused() -> None:
    row = Outer(b"short", "n", "a", (), Inner(1))

    with pytest.raises(pa.ArrowInvalid):
        to_arrow(Outer, [row])


def test_a_json_schema_says_what_each_column_may_be() -> None:
    schema = json_schema(Outer)

    assert schema["required"] == ["key", "name", "kind", "nested", "one", "maybe"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["kind"] == {"type": "string", "enum": ["a", "b"]}
    assert {"type": "null"} in schema["properties"]["name"]["anyOf"]
    inner = schema["properties"]["nested"]["items"]["items"]
    assert inner["properties"]["colour"]["anyOf"][0]["enum"] == ["red", "blue"]
