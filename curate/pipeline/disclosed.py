"""Settings as a release's manifest shows them: what was set, without what only its owner may know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.pipeline.words import Words

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
    for source in values["sources"]:
        source.pop("options")
        source["owner"] = words.masked(source["owner"])
        for name in ("name", "path", "tenant"):
            source[name] = words.named(source[name]) if source[name] else source[name]
        for name in ("include", "exclude"):
            source[name] = [words.named(pattern) for pattern in source[name]]
        if isinstance(source["labels"], dict):
            source["labels"] = _masked(source["labels"], words)
    for recogniser in values["pii"]["recognisers"]:
        recogniser.update({name: _sealed(recogniser[name], key) for name in _SOUGHT})
    context = values["pii"]["context"]
    values["pii"]["context"] = {kind: _sealed(held, key) for kind, held in context.items()}
    return values


def _masked(labels: Mapping[str, str], words: Words) -> dict[str, str]:
    return {words.masked(name): words.masked(value) for name, value in labels.items()}


def _sealed(held: str | list[Any], key: bytes) -> dict[str, Any]:
    """Return how many values there are, and a digest that only the workspace's key gives."""
    values = [held] if isinstance(held, str) and held else list(held)
    written = json.dumps(values, sort_keys=True)
    return {
        "count": len(values),
        "digest": ids.mac(key, "setting", written).hex() if values else "",
    }
