"""The ShareGPT format: a JSON array of conversations between human and gpt, a file a split.

LLaMA-Factory warns of a row whose turns do not alternate and drops it; here such a row stops the export.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from curate.release.exports.exporter import Exporter, Written
from curate.release.exports.json_rows import Form, write_json
from curate.release.exports.turns import CHAT, Roles, is_utf8, text_problem, turns_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles, Shape
    from curate.tables.examples import Example

_NAMES = {CHAT.user: "human", CHAT.assistant: "gpt"}
_ROLES = Roles(system="", user="human", assistant="gpt")  # `system` stands beside the conversation

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "description": "One element of a ShareGPT file: a conversation that human and gpt hold by turns.",
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "conversations": {
            "type": "array",
            "minItems": 2,
            "items": {
                "type": "object",
                "properties": {
                    "from": {"type": "string", "enum": ["human", "gpt"]},
                    "value": {"type": "string", "minLength": 1},
                },
                "required": ["from", "value"],
                "additionalProperties": False,
            },
        },
        "system": {"type": "string"},
    },
    "required": ["id", "conversations"],
    "additionalProperties": False,
}


def row_of(example: Example, shape: Shape) -> Mapping[str, object]:
    """Return an example's element; `system` is in every row or in none."""
    messages = list(example.messages)
    system = messages.pop(0).content if messages[:1] and messages[0].role == CHAT.system else ""
    turns = [{"from": _NAMES.get(m.role, m.role), "value": m.content} for m in messages]
    return {
        "id": example.example_id,
        "conversations": turns,
        **({"system": system} if shape.system else {}),
    }


def problem(row: Mapping[str, object]) -> str:
    """Return why a reader would drop an element, "" if it would not."""
    required = {"id", "conversations"}
    if not required <= set(row) <= required | {"system"}:
        return "it has to hold `id`, `conversations`, and at most `system`"
    if reason := text_problem(row["id"]):
        return f"`id` {reason}"
    system = row.get("system", "")
    if not isinstance(system, str) or not is_utf8(system):
        return "`system` is no text"
    return _turns_problem(row["conversations"])


def _turns_problem(turns: object) -> str:
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        return "`conversations` is no list of messages"
    if any(set(turn) != {"from", "value"} for turn in turns):
        return "a message has to hold `from` and `value` and nothing else"
    return turns_problem([(turn["from"], turn["value"]) for turn in turns], _ROLES)


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write the arrays, their metadata, and how LLaMA-Factory finds them."""
    shape = release.shape()
    form = Form(partial(row_of, shape=shape), problem, array=True)
    paths = write_json(release, folder, form)
    info = folder / "dataset_info.json"
    info.write_text(_info(release, shape), encoding="utf-8", newline="\n")
    return Written((*paths, info))


def _info(release: ReleaseFiles, shape: Shape) -> str:
    columns = {"messages": "conversations", **({"system": "system"} if shape.system else {})}
    tags = {
        "role_tag": "from",
        "content_tag": "value",
        "user_tag": "human",
        "assistant_tag": "gpt",
    }
    sets = {
        f"{release.name}_{split}": {
            "file_name": f"{split}.json",
            "formatting": "sharegpt",
            "columns": columns,
            "tags": tags,
        }
        for split in release.splits()
    }
    return json.dumps(sets, indent=2, ensure_ascii=False) + "\n"


EXPORTER = Exporter("sharegpt", write)
