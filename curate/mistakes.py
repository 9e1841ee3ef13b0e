"""Mistakes in settings, in plain words: what was found and what to write instead.

`config` knows where a mistake stands; this module says what it is. It reads pydantic's reports and
the annotations of the settings, so that a section needs no messages of its own beyond its subject.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from curate.errors import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[str | int, ...]

_LONGEST_SHOWN = 60
_MOST_DEPTH = 4
_KINDS = {
    "int_parsing": "no whole number",
    "int_type": "no whole number",
    "int_from_float": "no whole number",
    "float_parsing": "no number",
    "float_type": "no number",
    "finite_number": "no number",
    "bool_parsing": "neither true nor false",
    "bool_type": "neither true nor false",
    "string_type": "no text. Put it in quotes",
}
_BARE = re.compile(r"[A-Za-z0-9_./-][A-Za-z0-9_ ./-]*")  # what YAML reads as text without quotes
_LISTS = frozenset({"tuple_type", "list_type"})
_MAPPINGS = frozenset({"model_type", "dict_type", "model_attributes_type"})
_BOUNDS = {"gt": "more than", "ge": "at least", "lt": "less than", "le": "at most"}
_SIZES = {"min_length": "at least", "max_length": "at most"}


class SettingError(ValueError):
    """A mistake at a place below the one that a validator looks at."""

    def __init__(self, message: str, *place: str | int) -> None:
        """Say what is wrong, and where below."""
        super().__init__(message)
        self.place = place


class NoNumberError(SettingError):
    """A truth value where a number has to stand."""

    def __init__(self, value: bool, *place: str | int) -> None:  # noqa: FBT001 - it is the subject
        """Name the value as YAML writes it."""
        super().__init__(f"{str(value).lower()} is no number", *place)


def place_of(error: Mapping[str, Any]) -> Place:
    """Return the keys and numbers that lead to a mistake."""
    named = tuple(part for part in error["loc"] if not _is_tag(part))
    raised = error.get("ctx", {}).get("error")
    return (*named, *raised.place) if isinstance(raised, SettingError) else named


def dotted(place: Place) -> str:
    """Return a place as people write it.

    >>> dotted(("sources", 0, "path"))
    'sources[0].path'
    """
    key = ""
    for part in place:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    return key.lstrip(".") or "the file"


def in_words(error: Mapping[str, Any], model: type[BaseModel], *, written: str = "") -> str:
    """Return the key with what was found there and what to do.

    Args:
        error: What pydantic reports.
        model: The settings of the whole file.
        written: How the file writes the value, if it is a single one.
    """
    place, kind = place_of(error), str(error["type"])
    key, found = dotted(place), _found(error.get("input"), written)
    if isinstance(error.get("ctx", {}).get("error"), NoNumberError):
        return f"{key}: {written or found} is no number."
    if kind == "extra_forbidden":
        return f"{key} is not a setting. {_nearest(model, place)}".rstrip()
    if kind == "missing":
        return f"{key} is missing."
    return f"{key}: {_refused(error, model, found)}"


def _refused(error: Mapping[str, Any], model: type[BaseModel], found: str) -> str:
    """Return why a value is refused and what is accepted."""
    place, kind = place_of(error), str(error["type"])
    if kind in _KINDS:
        return f"{found} is {_KINDS[kind]}."
    if kind in _LISTS:
        return f"{found} is no list. {_as_list(error.get('input'), model, place)}"
    if kind in _MAPPINGS:
        return f"{found} is no mapping. {_keys(model, place)}"
    if kind == "literal_error":
        return f"{found} is not accepted. {_accepted(error)}"
    return _limits(error, found)


def _limits(error: Mapping[str, Any], found: str) -> str:
    """Return what a value has to be, from its bounds or the words of a validator."""
    said = error.get("ctx", {})
    for name, words in _BOUNDS.items():
        if name in said:
            return f"{found} is out of range. It has to be {words} {said[name]:g}."
    for name, words in _SIZES.items():
        if name in said:
            return f"holds {said.get('actual_length', 'too few')}. It has to hold {words} {said[name]}."
    if "pattern" in said:
        return f"{found} is not accepted. It has to match {said['pattern']}."
    text = error["msg"].removeprefix("Value error, ").rstrip(".")
    end = "" if text.endswith("?") else "."
    shown = "" if error["type"] == "value_error" else f" Found: {found}."
    return f"{text}{end}{shown}"


def _found(value: object, written: str = "") -> str:
    """Return a scalar as it was written, of anything else only what it is."""
    if isinstance(value, bool):
        return written or str(value).lower()
    if value is None:
        return "nothing (it is empty)"
    if isinstance(value, str) and len(value) > _LONGEST_SHOWN:
        return f"{value[:_LONGEST_SHOWN]!r}..."
    if isinstance(value, (str, int, float)):
        return repr(value)
    return "a list" if isinstance(value, (list, tuple)) else "a mapping"


def _as_list(value: object, model: type[BaseModel], place: Place) -> str:
    last = next((part for part in reversed(place) if isinstance(part, str)), "")
    nested = _model_at(model, place)
    shown = value if isinstance(value, (str, int, float)) else "..."
    if isinstance(value, str) and not _BARE.fullmatch(value):
        shown = repr(value)
    if nested is not None:
        first = next(iter(nested.model_fields))
        shown = f"{{{first}: {shown}}}"
    return f"Write {last}: [{shown}]."


def _keys(model: type[BaseModel], place: Place) -> str:
    nested = _model_at(model, place)
    return f"Its keys: {', '.join(nested.model_fields)}." if nested else "Write key: value pairs."


def _accepted(error: Mapping[str, Any]) -> str:
    names = [name.strip("' ") for name in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
    near = closest(str(error.get("input")), names)
    return f"{f'Did you mean {near}? ' if near else ''}Accepted: {', '.join(names)}."


def _nearest(model: type[BaseModel], place: Place) -> str:
    """Return the nearest key at a place with what it takes, one of that name elsewhere, or all."""
    section, name = _model_at(model, place[:-1]), str(place[-1])
    if section is None:
        return ""
    near = closest(name, section.model_fields)
    if near:
        choices = _choices(section.model_fields[near].annotation)
        takes = f" ({', '.join(choices)})" if choices else ""
        return f"Did you mean {dotted((*place[:-1], near))}{takes}?"
    elsewhere = next((path for path in _paths(model) if path[-1] == name), None)
    if elsewhere:
        return f"Did you mean {dotted(elsewhere)}?"
    return f"Known: {', '.join(sorted(section.model_fields))}."


def _choices(hint: Any) -> list[str]:  # noqa: ANN401 - any annotation
    """Return the values that an annotation lists, or the keys of the section it names."""
    if get_origin(hint) is Literal:
        return [str(value) for value in get_args(hint)]
    nested = _nested(hint)
    return list(nested.model_fields) if nested else []


def _paths(model: type[BaseModel], above: Place = ()) -> Iterator[Place]:
    """Yield the places of all settings outside of lists."""
    for name, field in model.model_fields.items():
        yield (*above, name)
        if _is_model(field.annotation) and len(above) < _MOST_DEPTH:
            yield from _paths(field.annotation, (*above, name))  # type: ignore[arg-type]


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """Return the section at a place, by walking the annotations."""
    at: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, int):
            continue
        field = at.model_fields.get(part) if at else None
        at = _nested(field.annotation) if field else None
    return at


def _nested(hint: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation
    if _is_model(hint):
        found: type[BaseModel] = hint
        return found
    candidates = (_nested(arg) for arg in get_args(hint))
    return next((candidate for candidate in candidates if candidate), None)


def _is_model(hint: Any) -> bool:  # noqa: ANN401 - any annotation
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _is_tag(part: str | int) -> bool:
    """Tell whether a step of pydantic's path names a union's branch, not a key of the file."""
    return isinstance(part, str) and ("[" in part or part in {"str", "int", "float", "bool"})
