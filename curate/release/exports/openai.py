"""OpenAI's chat format: JSON lines that hold `messages` and nothing else, a file a split.

Together, Mistral, MLX and Unsloth read the same lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.release.exports.exporter import Exporter, Written
from curate.release.exports.json_rows import Form, write_json
from curate.release.exports.turns import turns_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles
    from curate.tables.examples import Example

_FEWEST = 10  # a job with fewer is refused
_MOST_TOKENS = 65_536  # some models take no longer examples

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "description": "One line of OpenAI's chat format: a conversation whose last word the assistant has.",
    "properties": {
        "messages": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "properties": {
                    "role": {"type": "string", "enum": ["system", "user", "assistant"]},
                    "content": {"type": "string", "minLength": 1},
                },
                "required": ["role", "content"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["messages"],
    "additionalProperties": False,
}


def row_of(example: Example) -> Mapping[str, object]:
    """Return an example's line."""
    return {"messages": [{"role": m.role, "content": m.content} for m in example.messages]}


def problem(row: Mapping[str, object]) -> str:
    """Return why a job would refuse a line, "" if it would not."""
    if list(row) != ["messages"]:
        return "it has to hold `messages` and nothing else"
    messages = row["messages"]
    if not isinstance(messages, list) or not all(isinstance(m, dict) for m in messages):
        return "`messages` is no list of messages"
    if any(set(message) != {"role", "content"} for message in messages):
        return "a message has to hold `role` and `content` and nothing else"
    return turns_problem([(message["role"], message["content"]) for message in messages])


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write the lines and their metadata."""
    return Written(write_json(release, folder, Form(row_of, problem)), _notes(release))


def _notes(release: ReleaseFiles) -> tuple[str, ...]:
    count, long = 0, []
    for number, example in enumerate(release.examples("train"), start=1):
        count = number
        if example.tokens > _MOST_TOKENS:
            long.append(f"train.jsonl, line {number} has {example.tokens:,} tokens.")
    few = f"train.jsonl holds {count} examples; a job wants at least {_FEWEST}."
    return (*((few,) if count < _FEWEST else ()), *long)


EXPORTER = Exporter("openai", write)
