"""The Alpaca format: a JSON array of instruction, input and output, a file a split.

Where any conversation of the release has a system message or several turns, every row has `system` or
`history` (earlier pairs), because readers infer columns from all rows.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from curate.release.exports.exporter import Exporter, Written
from curate.release.exports.json_rows import Form, write_json
from curate.release.exports.turns import CHAT, is_utf8, text_problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles, Shape
    from curate.tables.examples import Example

_PAIR = 2
_TEXT: Mapping[str, object] = {"type": "string", "minLength": 1}

SCHEMA: Mapping[str, object] = {
    "type": "object",
    "description": "One element of an Alpaca file: what is asked, and the answer to give.",
    "properties": {
        "instruction": _TEXT,
        "input": {"type": "string"},
        "output": _TEXT,
        "system": {"type": "string"},
        "history": {
            "type": "array",
            "items": {"type": "array", "items": _TEXT, "minItems": _PAIR, "maxItems": _PAIR},
        },
    },
    "required": ["instruction", "input", "output"],
    "additionalProperties": False,
}


def row_of(example: Example, shape: Shape) -> Mapping[str, object]:
    """Return an example's element; one that is no exchange by turns becomes one that `problem` names."""
    messages = list(example.messages)
    system = messages.pop(0).content if messages[:1] and messages[0].role == CHAT.system else ""
    sides = zip(messages[::2], messages[1::2], strict=False)
    pairs = [
        [question.content, answer.content]
        for question, answer in sides
        if (question.role, answer.role) == (CHAT.user, CHAT.assistant)
    ]
    whole = len(pairs) * _PAIR == len(messages)
    last = pairs[-1] if whole and pairs else ["", ""]
    return {
        "instruction": last[0],
        "input": "",
        "output": last[1],
        **({"system": system} if shape.system else {}),
        **({"history": pairs[:-1]} if shape.turns > 1 else {}),
    }


def problem(row: Mapping[str, object]) -> str:
    """Return why a reader would drop an element, "" if it would not."""
    required, optional = {"instruction", "input", "output"}, {"system", "history"}
    if not required <= set(row) <= required | optional:
        return "it has to hold `instruction`, `input`, `output`, and at most `system` and `history`"
    for name in ("instruction", "output"):
        if reason := text_problem(row[name]):
            return f"`{name}` {reason}"
    for name in ("input", "system"):
        value = row.get(name, "")
        if not isinstance(value, str) or not is_utf8(value):
            return f"`{name}` is no text"
    return _history_problem(row.get("history", []))


def _history_problem(history: object) -> str:
    if not isinstance(history, list):
        return "`history` is no list"
    for pair in history:
        if not isinstance(pair, list) or len(pair) != _PAIR:
            return "`history` has to hold pairs"
        if any(text_problem(text) for text in pair):
            return "`history` holds what is no text or empty"
    return ""


def write(release: ReleaseFiles, folder: Path) -> Written:
    """Write the arrays, their metadata, and how LLaMA-Factory finds them."""
    shape = release.shape()
    form = Form(partial(row_of, shape=shape), problem, array=True)
    paths = write_json(release, folder, form)
    info = folder / "dataset_info.json"
    info.write_text(_info(release, shape), encoding="utf-8", newline="\n")
    return Written((*paths, info))


def _info(release: ReleaseFiles, shape: Shape) -> str:
    columns = {"prompt": "instruction", "query": "input", "response": "output"}
    columns |= {"system": "system"} if shape.system else {}
    columns |= {"history": "history"} if shape.turns > 1 else {}
    sets = {
        f"{release.name}_{split}": {"file_name": f"{split}.json", "columns": columns}
        for split in release.splits()
    }
    return json.dumps(sets, indent=2, ensure_ascii=False) + "\n"


EXPORTER = Exporter("alpaca", write)
