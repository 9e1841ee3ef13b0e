"""Walks over the strings of a value made of frozen dataclasses."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TypeVar, cast

Value = TypeVar("Value")


def with_strings(value: Value, change: Callable[[str], str]) -> Value:
    """Return the value with every `str` field changed, however deep; modes stay as they are."""
    return cast("Value", _changed(value, change))


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_changed(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: _changed(getattr(value, one.name), change) for one in fields(value)}
        return type(value)(**named)
    return value
