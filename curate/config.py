"""From a YAML file to frozen settings, with errors that name the line, the key and what is accepted.

This module knows nothing of any subject: the pipeline hands it the model of the whole file, whose
sections are the settings that stages and crafts define beside their code. Unknown keys are errors.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from curate import ids
from curate.errors import ConfigError
from curate.mistakes import NoNumberError, dotted, in_words, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Settings(BaseModel):
    """Base of every section: frozen, an unknown key is an error, and yes or no is no number."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)

    @field_validator("*", mode="before")
    @classmethod
    def _numbers_are_numbers(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever the YAML holds
        """Refuse `true` for a number, which pydantic takes for 1; also as a value of a mapping."""
        if _is_number(cls.model_fields[info.field_name or ""].annotation):
            values = value.items() if isinstance(value, dict) else [("", value)]
            for key, found in values:
                if isinstance(found, bool):
                    raise NoNumberError(found, *((key,) if key else ()))
        return value


def _is_number(hint: Any) -> bool:  # noqa: ANN401 - any annotation
    """Tell whether a setting takes nothing but numbers: one, perhaps none, or several by name."""
    inner = [arg for arg in get_args(hint) if isinstance(arg, type) or get_args(arg)]
    wanted = [arg for arg in inner if arg not in {type(None), str}]
    return hint in {int, float} or (bool(wanted) and all(map(_is_number, wanted)))


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


def load(path: Path, model: type[Model], *, name: str = "", base: Path | None = None) -> Model:
    """Read a pipeline file.

    Args:
        path: Where it lies.
        model: The settings that it holds.
        name: What errors call it (default: its name without folders).
        base: The folder that relative paths in it start at (default: its own).

    Raises:
        ConfigError: with file, line, key, what was found and what is accepted.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        message = f"{path}: cannot be read: {reason}."
        raise ConfigError(message) from None
    return parse(text, model, name=name or path.name, base=base or path.parent)


def parse(text: str, model: type[Model], *, name: str, base: Path | None = None) -> Model:
    """Return the settings that a YAML text states; `name` stands in errors.

    Validators find `base`, the folder that relative paths start at, in their context.
    """
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
    return build(data, model, name=name, node=node, base=base)


def build(
    data: Mapping[str, Any],
    model: type[Model],
    *,
    name: str,
    node: yaml.Node | None = None,
    base: Path | None = None,
) -> Model:
    """Return settings from plain values; `node` is the YAML they came from, for line numbers."""
    try:
        return model.model_validate(data, context={"base": base} if base else None)
    except ValidationError as error:
        found = [dict(e) for e in error.errors()]
        told = (_explain(e, model, name=name, node=node) for e in found if not _echoes(e, found))
        lines: dict[str, str] = {}
        for spot, line in told:
            lines.setdefault(spot, line)  # the branches of a union all complain; one is enough
        raise ConfigError("\n".join(lines.values())) from None


def fingerprint(settings: BaseModel) -> bytes:
    """Return the digest of a settings value, defaults included."""
    written = json.dumps(settings.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return ids.digest("settings", type(settings).__name__, written)


def where(path: Path, *place: str | int, name: str = "") -> str:
    """Return the line and key of a place in a pipeline file, as errors begin: `a.yaml:3  name`.

    Args:
        path: Where the file lies.
        place: The keys and numbers that lead to the place.
        name: What errors call the file (default: its name without folders).
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        node = None
    return f"{_spot(name or path.name, node, place)}  {dotted(place)}"


def _echoes(error: dict[str, Any], errors: list[dict[str, Any]]) -> bool:
    """Tell whether an error only repeats what is told of a place inside: a list left too short."""
    place = place_of(error)
    below = (place_of(e) for e in errors)
    inside = any(len(other) > len(place) and other[: len(place)] == place for other in below)
    return inside and (error["type"] == "too_short" or error["type"].endswith("_type"))


def _explain(
    error: dict[str, Any], model: type[Settings], *, name: str, node: yaml.Node | None
) -> tuple[str, str]:
    """Return where an error stands and what it is, without repeating values that may be secrets."""
    place = place_of(error)
    return f"{_spot(name, node, place)} {dotted(place)}", (
        f"{_spot(name, node, place)}  {in_words(error, model, written=_written(node, place))}"
    )


def _written(node: yaml.Node | None, place: tuple[str | int, ...]) -> str:
    """Return the scalar at a place as it stands in the file, "" for anything else."""
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part] if part < len(node.value) else None
        elif isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == str(part)), None)
        else:
            return ""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _spot(name: str, node: yaml.Node | None, place: tuple[str | int, ...]) -> str:
    line = _line(node, place)
    return f"{name}:{line}" if line else name


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
