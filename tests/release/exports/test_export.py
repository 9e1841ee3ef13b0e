"""Exports of a whole release: each opens with its reader, nothing of another's is touched."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow.parquet as pq
import pytest

from curate.errors import ConfigError, ContractError
from curate.release.exports import EXPORTERS, export
from curate.tables.chunks import Chunk
from curate.tables.schema import from_arrow
from tests.release.rows import changed, chunk, example, in_splits, publish

if TYPE_CHECKING:
    from pathlib import Path

    from curate.release.reading import Release

NAMES = [exporter.name for exporter in EXPORTERS]
SIZES = {"train": 12, "validation": 2, "test": 0}


@pytest.fixture(name="release")
def _release(tmp_path: Path) -> Release:
    return publish(tmp_path, [chunk(d, p) for d in range(4) for p in range(3)], in_splits(12, 2, 0))


def _rows(path: Path) -> list[Any]:
    lines = path.read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


def test_openai_holds_messages_and_the_rest_beside(release: Release, tmp_path: Path) -> None:
    written = export(release, to="openai", folder=tmp_path / "out")

    for split, size in SIZES.items():
        lines = _rows(tmp_path / "out" / f"{split}.jsonl")
        beside = _rows(tmp_path / "out" / "metadata" / f"{split}.jsonl")
        assert len(lines) == len(beside) == size
        assert {key for line in lines for key in line} <= {"messages"}
        assert [row["line"] for row in beside] == list(range(1, size + 1))
    assert _rows(tmp_path / "out/train.jsonl")[3]["messages"][0]["content"] == "What is rule 3?"
    assert _rows(tmp_path / "out/metadata/train.jsonl")[3]["example_id"] == example(3).example_id
    assert _rows(tmp_path / "out/metadata/train.jsonl")[3]["tenant"] == "acme"
    assert all(path.is_file() for path in written)


def test_openai_says_when_a_job_would_be_too_small(tmp_path: Path) -> None:
    small = publish(tmp_path, [chunk(0, 0)], in_splits(3, 0, 0))

    export(small, to="openai", folder=tmp_path / "out")

    notes = json.loads((tmp_path / "out/export.json").read_text(encoding="utf-8"))["notes"]
    assert notes == ["train.jsonl holds 3 examples; a job wants at least 10."]


@pytest.mark.filterwarnings("default")
def test_trl_loads_as_conversations_and_nothing_else(release: Release, tmp_path: Path) -> None:
    from datasets import load_dataset

    export(release, to="trl", folder=tmp_path / "out")

    found = load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in found.items()} == {"train": 12, "validation": 2}
    assert found["train"].column_names == ["messages"]
    assert found["train"][3]["messages"][0] == {"role": "user", "content": "What is rule 3?"}
    assert _rows(tmp_path / "out/metadata/train.jsonl")[3]["index"] == 3


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ["openai", "alpaca", "sharegpt"])
def test_json_is_loaded_by_its_splits(release: Release, tmp_path: Path, name: str) -> None:
    from datasets import load_dataset

    export(release, to=name, folder=tmp_path / "out")

    found = load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {split: len(rows) for split, rows in found.items()} == {"train": 12, "validation": 2}


@pytest.mark.parametrize("name", ["alpaca", "sharegpt"])
def test_arrays_are_found_by_their_info(release: Release, tmp_path: Path, name: str) -> None:
    export(release, to=name, folder=tmp_path / "out")

    info = json.loads((tmp_path / "out/dataset_info.json").read_text(encoding="utf-8"))
    assert list(info) == [
        "handbook_train",
        "handbook_validation",
    ]  # a loader fails at an empty file
    assert (tmp_path / "out/test.json").read_text(encoding="utf-8") == "[\n]\n"
    for entry, size in zip(info.values(), SIZES.values(), strict=False):
        rows = json.loads((tmp_path / "out" / entry["file_name"]).read_text(encoding="utf-8"))
        assert len(rows) == size
        assert all(set(entry["columns"].values()) <= set(row) for row in rows)


def test_sharegpt_names_who_speaks(release: Release, tmp_path: Path) -> None:
    export(release, to="sharegpt", folder=tmp_path / "out")

    rows = json.loads((tmp_path / "out/train.json").read_text(encoding="utf-8"))
    assert rows[3]["id"] == example(3).example_id
    assert [turn["from"] for turn in rows[3]["conversations"]] == ["human", "gpt"]


def test_parquet_holds_both_products(release: Release, tmp_path: Path) -> None:
    export(release, to="parquet", folder=tmp_path / "out")

    chunks = from_arrow(Chunk, pq.read_table(tmp_path / "out" / "corpus"))
    assert sorted(c.chunk_id for c in chunks) == sorted(
        chunk(d, p).chunk_id for d in range(4) for p in range(3)
    )
    assert [(c.doc_id, c.span) for c in chunks] == sorted((c.doc_id, c.span) for c in chunks)
    examples = pl.read_parquet(tmp_path / "out" / "examples" / "*.parquet")
    assert examples.group_by("split").len().sort("split").rows() == [
        ("train", 12),
        ("validation", 2),
    ]


def test_delta_holds_both_products(release: Release, tmp_path: Path) -> None:
    from deltalake import DeltaTable

    export(release, to="delta", folder=tmp_path / "out")

    chunks = DeltaTable(tmp_path / "out/corpus").to_pyarrow_table()
    held = {row.chunk_id: row for row in from_arrow(Chunk, chunks)}
    assert held == {c.chunk_id: c for c in (chunk(d, p) for d in range(4) for p in range(3))}
    examples = DeltaTable(tmp_path / "out/examples")
    assert examples.metadata().partition_columns == ["split"]
    assert examples.to_pyarrow_table().num_rows == 14
    assert examples.history()[0]["curate.release"] == "1"


def test_delta_without_its_package_says_how_to_get_it(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "deltalake", None)

    with pytest.raises(ConfigError, match=r"pip install 'curate\[delta\]'"):
        export(release, to="delta", folder=tmp_path / "out")

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "delta"])
def test_equal_releases_give_equal_files(tmp_path: Path, name: str) -> None:
    rows = [chunk(d, p) for d in range(4) for p in range(3)]
    straight = publish(tmp_path / "a", rows, in_splits(12, 2, 0))
    publish(tmp_path / "b", [*rows[7:], chunk(9, 9), chunk(0, 0, "Old.")], in_splits(1, 0, 0))
    late = publish(
        tmp_path / "b", rows[:7], in_splits(12, 2, 0), deletes=[chunk(9, 9).chunk_id], number=2
    )

    export(straight, to=name, folder=tmp_path / "one")
    export(late, to=name, folder=tmp_path / "two")

    one, two = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [file for file in one if one[file] != two[file]] == ["export.json"]  # names the release


@pytest.mark.parametrize("name", NAMES)
def test_an_earlier_export_is_replaced(release: Release, tmp_path: Path, name: str) -> None:
    export(release, to="openai", folder=tmp_path / "out")

    export(release, to=name, folder=tmp_path / "out")
    export(release, to=name, folder=tmp_path / "out")

    marker = json.loads((tmp_path / "out/export.json").read_text(encoding="utf-8"))
    held = _bytes(tmp_path / "out")
    del held["export.json"]
    assert marker["format"] == name
    assert marker["files"] == {
        file: hashlib.sha256(data).hexdigest() for file, data in held.items()
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [".curate", "out"]


def test_what_a_killed_export_left_is_cleared_away(release: Release, tmp_path: Path) -> None:
    for left in (".out.curate-export", ".out.curate-export-old"):
        (tmp_path / left).mkdir()
        (tmp_path / left / "train.jsonl").write_text("half a li", encoding="utf-8")

    export(release, to="openai", folder=tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".curate", "out"]
    assert len(_rows(tmp_path / "out/train.jsonl")) == 12


def test_an_empty_folder_is_taken(release: Release, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    export(release, to="openai", folder=tmp_path / "out")

    assert (tmp_path / "out/train.jsonl").exists()


@pytest.mark.parametrize("kept", ["notes.txt", "metadata/mine.txt", "empty"])
def test_what_somebody_else_put_there_is_never_touched(
    release: Release, tmp_path: Path, kept: str
) -> None:
    export(release, to="openai", folder=tmp_path / "out")
    place = tmp_path / "out" / kept
    place.write_text("mine", encoding="utf-8") if kept != "empty" else place.mkdir()
    before = _bytes(tmp_path / "out")

    with pytest.raises(ConfigError, match=f"holds {kept}") as caught:
        export(release, to="alpaca", folder=tmp_path / "out")

    assert caught.value.exit_code == 2
    assert _bytes(tmp_path / "out") == before


def test_a_delta_table_that_was_written_on_is_not_replaced(
    release: Release, tmp_path: Path
) -> None:
    from deltalake import DeltaTable

    export(release, to="delta", folder=tmp_path / "out")
    DeltaTable(tmp_path / "out/corpus").delete("tokens > 100000 OR tokens < 100000")

    with pytest.raises(ConfigError, match="no earlier export"):
        export(release, to="delta", folder=tmp_path / "out")


@pytest.mark.parametrize("name", ["openai", "trl", "alpaca", "sharegpt"])
def test_a_row_that_no_trainer_takes_stops_the_export(tmp_path: Path, name: str) -> None:
    broken = [*in_splits(2, 0, 0), changed(example(2), ("user", "Why?"), ("assistant", " "))]
    release = publish(tmp_path, [chunk(0, 0)], broken)
    (tmp_path / "out").mkdir()

    with pytest.raises(ContractError, match=rf"train.*, row 3 \({broken[2].example_id}\): .*empty"):
        export(release, to=name, folder=tmp_path / "out")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".curate", "out"]
    assert not any((tmp_path / "out").iterdir())


def test_a_release_without_anything_can_be_exported(tmp_path: Path) -> None:
    release = publish(tmp_path, [], [])

    for name in NAMES:
        export(release, to=name, folder=tmp_path / name)

    assert json.loads((tmp_path / "alpaca/train.json").read_text(encoding="utf-8")) == []


def test_an_unknown_format_names_the_nearest(release: Release, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="Did you mean 'sharegpt'") as caught:
        export(release, to="shareGPT", folder=tmp_path / "out")

    assert caught.value.exit_code == 2


@pytest.mark.parametrize("place", [".curate", ".curate/releases/1/finetune/out"])
def test_nothing_is_exported_into_the_workspace(
    release: Release, tmp_path: Path, place: str
) -> None:
    with pytest.raises(ConfigError, match="inside the workspace"):
        export(release, to="openai", folder=tmp_path / place)


def test_a_place_that_is_a_file_is_refused(release: Release, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")

    with pytest.raises(ConfigError, match="is no folder"):
        export(release, to="openai", folder=tmp_path / "out")


def test_a_place_below_a_file_is_refused(release: Release, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")

    with pytest.raises(ConfigError, match="cannot be written"):
        export(release, to="openai", folder=tmp_path / "file" / "out")


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
