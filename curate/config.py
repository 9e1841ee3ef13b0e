"""From a YAML file to frozen settings, with errors that name the line, the key and what is accepted.

This module knows nothing of any subject: the pipeline hands it the model of the whole file, whose
sections are the settings that stages and crafts define beside their code. Unknown keys are errors.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from curate import ids
from curate.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Settings(BaseModel):
    """Base of every section: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)


def _share(value: Any) -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Return a percentage such as `2%` as a fraction."""
    if isinstance(value, str) and value.rstrip().endswith("%"):
        return float(value.rstrip().rstrip("%")) / 100
    return value


Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1)]

Model = TypeVar("Model", bound=Settings)


class _Loader(yaml.SafeLoader):
    """YAML in which a date is the text that stands there."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _unique(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    """Build a mapping whose keys differ."""
    keys = [key.value for key, _ in node.value]
    twice = next((key for key, _ in node.value if keys.count(key.value) > 1), None)
    if twice is not None:
        problem = f"the key {twice.value!r} stands twice"
        raise yaml.constructor.ConstructorError(None, None, problem, twice.start_mark)
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(value, deep=True)
        for key, value in node.value
    }


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique)


def load(path: Path, model: type[Model]) -> Model:
    """Read a pipeline file.

    Raises:
        ConfigError: with file, line, key, what was found and what is accepted.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"{path}: cannot be read: {reason}."
        raise ConfigError(message) from None
    return parse(text, model, name=path.name)


def parse(text: str, model: type[Model], *, name: str) -> Model:
    """Return the settings that a YAML text states; `name` stands in errors."""
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "no valid YAML"
        message = f"{name}{line}  not valid YAML: {problem}."
        raise ConfigError(message) from None
    except RecursionError:
        message = f"{name}  is nested too deeply."
        raise ConfigError(message) from None
    if not isinstance(data, dict):
        message = f"{name}  a pipeline file is a mapping of sections, such as `sources:`."
        raise ConfigError(message)
    return build(data, model, name=name, node=node)


def build(
    data: Mapping[str, Any], model: type[Model], *, name: str, node: yaml.Node | None = None
) -> Model:
    """Return settings from plain values; `node` is the YAML they came from, for line numbers."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [dict(e) for e in error.errors()]
        lines = [_explain(e, model, name=name, node=node) for e in found if not _echoes(e, found)]
        raise ConfigError("\n".join(dict.fromkeys(lines))) from None


def fingerprint(settings: BaseModel) -> bytes:
    """Return the digest of a settings value, defaults included."""
    written = json.dumps(settings.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return ids.digest("settings", type(settings).__name__, written)


def _echoes(error: dict[str, Any], errors: list[dict[str, Any]]) -> bool:
    """Tell whether an error only says that what it holds has errors: a list left too short by them."""
    place = error["loc"]
    inside = (e for e in errors if len(e["loc"]) > len(place) and e["loc"][: len(place)] == place)
    return error["type"] == "too_short" and any(inside)


def _explain(
    error: dict[str, Any], model: type[Settings], *, name: str, node: yaml.Node | None
) -> str:
    """Return one line for one error, without repeating values that may be secrets."""
    place = tuple(part for part in error["loc"] if not _is_tag(part))
    key = _dotted(place)
    line = _line(node, place)
    where = f"{name}:{line}" if line else name
    if error["type"] == "extra_forbidden":
        known = _known_keys(model, place[:-1])
        hint = did_you_mean(str(place[-1]), known) if known else ""
        return f"{where}  {key} is not a setting. {hint}".rstrip()
    if error["type"] == "missing":
        return f"{where}  {key} is missing."
    found = error.get("input")
    shown = f" Found: {found!r}." if isinstance(found, (str, int, float, bool)) else ""
    said = error["msg"].removeprefix("Value error, ").rstrip(".?")
    end = "?" if error["msg"].endswith("?") else "."
    return f"{where}  {key}: {said}{end}{shown if error['type'] != 'value_error' else ''}"


def _is_tag(part: str | int) -> bool:
    """Tell whether a step of pydantic's path names a union's branch, not a key of the file."""
    return isinstance(part, str) and ("[" in part or part in {"str", "int", "float", "bool"})


def _dotted(place: tuple[str | int, ...]) -> str:
    key = ""
    for part in place:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    return key.lstrip(".") or "the file"


def _line(node: yaml.Node | None, place: tuple[str | int, ...]) -> int:
    """Return the line, from 1, of the deepest part of the place that the file holds."""
    line = 0
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part] if part < len(node.value) else None
            line = node.start_mark.line + 1 if node else line
        elif isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            line = pair[0].start_mark.line + 1 if pair else line
            node = pair[1] if pair else None
    return line


def _known_keys(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """Return the keys of the section at a place, by walking the models' annotations."""
    for part in place:
        if isinstance(part, int):
            continue
        field = model.model_fields.get(part)
        nested = _nested_model(field.annotation) if field else None
        if nested is None:
            return []
        model = nested
    return list(model.model_fields)


def _nested_model(hint: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    candidates = (_nested_model(arg) for arg in getattr(hint, "__args__", ()))
    return next((candidate for candidate in candidates if candidate), None)
