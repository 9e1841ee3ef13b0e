"""Walks over the strings and numbers of a value made of frozen dataclasses."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeVar, cast

Value = TypeVar("Value")
Change = Callable[[object], object]


def with_strings(value: Value, change: Callable[[str], str]) -> Value:
    """Return the value with every `str` field changed, however deep; modes stay as they are."""
    return cast("Value", _changed(value, str, cast("Change", change)))


def with_numbers(value: Value, change: Callable[[int], int]) -> Value:
    """Return the value with every `int` field changed, however deep; flags stay as they are."""
    return cast("Value", _changed(value, int, cast("Change", change)))


def _changed(value: object, kind: type, change: Change) -> object:
    if isinstance(value, (Enum, bool)):
        return value
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, kind, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {
            one.name: _changed(getattr(value, one.name), kind, change) for one in fields(value)
        }
        return type(value)(**named)
    return value
