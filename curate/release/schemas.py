"""The JSON Schemas of everything a release publishes, written by `python -m curate.release.schemas`.

Tables are described by their dataclasses, export rows by their exporters; only the two JSON files of a
release, whose counts and settings grow, are described here: by what a reader may rely on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.release.exports import alpaca, openai, sharegpt
from curate.release.gates import Gate
from curate.tables.changes import ReleaseChanges
from curate.tables.chunks import Chunk
from curate.tables.erasures import Erasure, ErasurePlan
from curate.tables.examples import Example
from curate.tables.found import PipelineWritten
from curate.tables.ledger import Finding, LedgerRow
from curate.tables.left_out import LeftOut
from curate.tables.releases import Releases, RolledBack, Tombstone
from curate.tables.schema import json_schema
from curate.tables.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_COUNT = {"type": "integer", "minimum": 0}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}
_SECONDS = {"type": "number", "minimum": 0}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _object(required: Mapping[str, Any], **optional: object) -> dict[str, Any]:
    """Return the schema of an object; keys it does not name are allowed."""
    properties = {**required, **optional}
    return {"type": "object", "properties": properties, "required": list(required)}


MANIFEST = {
    "description": "What a release is made of and how it was made; equal releases have equal manifests.",
    **_object(
        {
            "format": {"const": 1},
            "name": {"type": "string"},
            "as_of": {"type": "string", "format": "date"},
            "content": _SHA256,
            "settings": {"type": "object"},
            "versions": {"type": "object", "additionalProperties": {"type": "string"}},
            "counts": _object(
                {
                    "documents": _object(
                        dict.fromkeys(("in", "kept", "flagged", "rejected"), _COUNT)
                    ),
                    "corpus": _object({"chunks": _COUNT}),
                    "finetune": _object(
                        {"examples": _COUNT, "splits": _COUNTS, "extractors": _COUNTS}
                    ),
                }
            ),
            "digests": {"type": "object", "additionalProperties": _SHA256},
            "warnings": {"type": "array", "items": {"type": "string"}},
        }
    ),
    "additionalProperties": False,
}

HISTORY = {
    "description": "What happened when a release was made: parent, changes, gates, times.",
    **_object(
        {
            "release": {"type": "integer", "minimum": 1},
            "parent": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
            "changes": _object({"chunks": _COUNTS}),
            "gates": {"type": "array", "items": json_schema(Gate)},
            "forced": {"type": "boolean"},
            "seconds": {"type": "object", "additionalProperties": _SECONDS},
            "total_seconds": _SECONDS,
        },
        corpus_version=_COUNT,
        rollback=_object({"to": _COUNT, "from": _COUNT, "content": _SHA256}),
        erased=_object({"documents": _COUNT}, content=_SHA256),
    ),
}

_BODIES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "chunk": ("A chunk of the corpus", json_schema(Chunk)),
    "example": ("An example of the fine-tuning set", json_schema(Example)),
    "ledger": ("A row of the ledger", json_schema(LedgerRow)),
    "finding": ("A finding", json_schema(Finding)),
    "left-out": ("A draft that became no example", json_schema(LeftOut)),
    "manifest": ("A release's manifest.json", MANIFEST),
    "history": ("A release's history.json", HISTORY),
    "changes": ("What `curate diff --json` prints", json_schema(ReleaseChanges)),
    "init": ("What `curate init --json` prints", json_schema(PipelineWritten)),
    "releases": ("What `curate releases --json` prints", json_schema(Releases)),
    "trace": ("What `curate trace --json` prints", json_schema(Trace)),
    "rollback": ("What `curate rollback --json` prints", json_schema(RolledBack)),
    "tombstone": ("What is left of a retired release", json_schema(Tombstone)),
    "erasure-plan": ("What `curate erase --dry-run --json` prints", json_schema(ErasurePlan)),
    "erasure": ("The record of an erasure", json_schema(Erasure)),
    "export-openai": ("A line of the export openai", openai.SCHEMA),
    "export-trl": ("A row of the export trl", openai.SCHEMA),
    "export-alpaca": ("An element of the export alpaca", alpaca.SCHEMA),
    "export-sharegpt": ("An element of the export sharegpt", sharegpt.SCHEMA),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its file's name."""
    return {
        f"{name}.v{VERSION}.json": {
            "$schema": DIALECT,
            "$id": f"urn:curate:schema:{name}:v{VERSION}",
            "title": title,
            **body,
        }
        for name, (title, body) in _BODIES.items()
    }


def written(schema: Mapping[str, Any]) -> str:
    """Return a schema as its file holds it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write all schemas into the folder given, or into `schemas`."""
    folder = Path(sys.argv[1] if sys.argv[1:] else "schemas")
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(written(schema), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
