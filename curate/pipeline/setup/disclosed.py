"""Settings as a release's manifest shows them: what was set, without what only its owner may know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.words import SOURCE_WORDS, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.pipeline.flow import Flow

_SOUGHT = ("words", "patterns", "context", "literal")


def published(flow: Flow) -> dict[str, Any]:
    """Return settings without secrets of storages, with personal data masked as it is in the rows.

    What a recogniser searches for may be a list of persons: of it a count and a keyed digest are
    shown, which tell whether it changed.
    """
    values = flow.settings.model_dump(mode="json")
    words, key = Words(flow), flow.keys.ids
    values["name"] = words.named(values["name"])
    values["audience"] = _named(values["audience"], words)
    for section, name in (("chunks", "tokens"), ("labels", "judge")):
        values[section][name] = _named(values[section][name], words)
    for source in values["sources"]:
        source.pop("options")
        source.update(_source(source, words))
    for recogniser in values["pii"]["recognisers"]:
        recogniser.update({name: _sealed(recogniser[name], key) for name in _SOUGHT})
    context = values["pii"]["context"]
    values["pii"]["context"] = {kind: _sealed(held, key) for kind, held in context.items()}
    return values


def _source(source: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """Return what a source is told in words; its labels and owner read as they do in the rows."""
    told = {name: _named(source[name], words) for name in SOURCE_WORDS}
    if isinstance(source["labels"], dict):
        told["labels"] = {words.masked(n): words.masked(v) for n, v in source["labels"].items()}
    return {**told, "owner": words.masked(source["owner"])}


def _named(said: Any, words: Words) -> Any:  # noqa: ANN401 - whatever the YAML holds
    """Return a setting with every word in it masked, also in lists and mappings."""
    if isinstance(said, str):
        return words.named(said)
    if isinstance(said, dict):
        return {_named(name, words): _named(value, words) for name, value in said.items()}
    return [_named(one, words) for one in said] if isinstance(said, list) else said


def _sealed(held: str | list[Any], key: bytes) -> dict[str, Any]:
    """Return how many values there are, and a digest that only the workspace's key gives."""
    values = [held] if isinstance(held, str) and held else list(held)
    written = json.dumps(values, sort_keys=True)
    return {
        "count": len(values),
        "digest": ids.mac(key, "setting", written).hex() if values else "",
    }
