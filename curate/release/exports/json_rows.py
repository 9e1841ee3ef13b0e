"""Rows as JSON: one a line, or one array; what else is known of them in a file beside.

Trainers refuse rows with keys they do not know, so ids, evidence and quality go to `metadata/`, keyed by the
row's place and the example's id. A card tells `datasets` which of the files are rows.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from curate.errors import ContractError
from curate.release.front import configs, front_matter
from curate.release.tally import SPLITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from curate.release.exports.products import ReleaseFiles
    from curate.tables.examples import Example

    Json = Mapping[str, object]

# Line ends to some readers and plain characters to others; JSON allows to write them escaped.
_LINE_ENDS = {0x2028: "\\u2028", 0x2029: "\\u2029", 0x85: "\\u0085"}


@dataclass(frozen=True, slots=True)
class Form:
    """How an example is written: its row, what is wrong with a row (""), and whether as one array."""

    row: Callable[[Example], Json]
    problem: Callable[[Json], str]
    array: bool = False


def write_json(release: ReleaseFiles, folder: Path, form: Form) -> tuple[Path, ...]:
    """Write a file for each split and its metadata beside; return the paths.

    Raises:
        ContractError: if a row does not fit its format.
    """
    (folder / "metadata").mkdir()
    suffix = "json" if form.array else "jsonl"
    rows = [folder / f"{split}.{suffix}" for split in SPLITS]
    metadata = [folder / "metadata" / f"{split}.jsonl" for split in SPLITS]
    for split, path, beside in zip(SPLITS, rows, metadata, strict=True):
        _write_rows(path, _checked(release.examples(split), form, path.name), array=form.array)
        write_metadata(beside, release.examples(split), key="index" if form.array else "line")
    return (_card(release, folder, suffix), *rows, *metadata)


def _card(release: ReleaseFiles, folder: Path, suffix: str) -> Path:
    """Write what `datasets.load_dataset` finds the splits by; an empty file is no split to it."""
    files = {split: f"{split}.{suffix}" for split in release.splits() or SPLITS}
    values = {"pretty_name": release.name, "configs": configs({"default": files})}
    path = folder / "README.md"
    path.write_text(f"{front_matter(values)}\n# {release.name}\n", encoding="utf-8", newline="\n")
    return path


def write_metadata(path: Path, examples: Iterator[Example], *, key: str) -> None:
    """Write what a format has no place for: a line an example, `line` counting from 1, `index` from 0."""
    first = 1 if key == "line" else 0
    _write_rows(path, _metadata(examples, key, first), array=False)


def _metadata(examples: Iterator[Example], key: str, first: int) -> Iterator[Json]:
    for number, example in enumerate(examples, start=first):
        values = asdict(example)
        del values["messages"]
        yield {key: number, **values}


def _checked(examples: Iterator[Example], form: Form, name: str) -> Iterator[Json]:
    for number, example in enumerate(examples, start=1):
        row = form.row(example)
        if reason := form.problem(row):
            message = f"{name}, row {number} ({example.example_id}): {reason}."
            raise ContractError(message)
        yield row


def _write_rows(path: Path, rows: Iterator[Json], *, array: bool) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if not array:
            file.writelines(f"{dumped(row)}\n" for row in rows)
            return
        file.write("[")
        file.writelines(f"{',' if n else ''}\n{dumped(row)}" for n, row in enumerate(rows))
        file.write("\n]\n")


def dumped(row: Json) -> str:
    """Return a row as JSON on one line, whatever counts as the end of a line."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)
