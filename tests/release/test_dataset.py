"""The fine-tuning set: it loads anywhere, says what it is, and equal rows make equal files."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
import yaml

from curate.errors import ContractError
from curate.release import dataset
from curate.release.card import COLUMNS, About, about
from curate.release.front import size_category
from curate.release.tally import SPLITS
from curate.tables.examples import Example
from curate.tables.schema import from_arrow
from tests.release.rows import changed, example, in_splits

if TYPE_CHECKING:
    from pathlib import Path

# Whatever opens a connection or asks for a host's address ends the program.
_CLOSED = """
import socket, sys
def closed(*_, **__):
    sys.exit("the network was touched")
socket.socket.connect = socket.socket.connect_ex = closed
socket.getaddrinfo = socket.create_connection = closed
"""
_LONG = "word " * 400


def _load(folder: Path, home: Path, more: str = "") -> list[str]:
    """Return what a stranger's program prints of the folder: splits and their sizes."""
    program = f"""{_CLOSED}
import datasets
found = datasets.load_dataset({str(folder)!r})
for name, rows in found.items():
    print(name, len(rows))
{more}
"""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_a_stranger_loads_all_splits_without_a_network(tmp_path: Path) -> None:
    dataset.write(in_splits(5, 2, 3), tmp_path / "set", name="handbook")

    more = "print(found['train'][0]['messages'][1]['content'], found['test'][0]['evidence'][0]['span'])"
    shown = _load(tmp_path / "set", tmp_path, more)

    assert shown == ["train 5", "validation 2", "test 3", "It is 0. [100, 109]"]


def test_an_empty_split_keeps_the_others_loadable(tmp_path: Path) -> None:
    dataset.write(in_splits(5, 0, 1), tmp_path / "set", name="handbook")

    shown = _load(tmp_path / "set", tmp_path)

    assert shown == ["train 5", "test 1"]


def test_a_card_says_why_a_split_of_few_groups_is_empty(tmp_path: Path) -> None:
    dataset.write(in_splits(5, 0, 0), tmp_path / "few", name="handbook")
    dataset.write(in_splits(200, 0, 0), tmp_path / "many", name="handbook")
    dataset.write(in_splits(5, 2, 2), tmp_path / "full", name="handbook")
    few, many, full = ((tmp_path / n / "README.md").read_text() for n in ("few", "many", "full"))

    assert "nothing in `validation` and `test`: all examples come from 3 groups of documents" in few
    assert "nothing in `validation` and `test`; `load_dataset` leaves" in many
    assert "There is nothing in" not in full


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("sizes", [(3, 2, 1), (4, 0, 0), (0, 0, 0)])
def test_our_own_loading_has_all_three_splits(tmp_path: Path, sizes: tuple[int, int, int]) -> None:
    dataset.write(in_splits(*sizes), tmp_path / "set", name="handbook")

    found = dataset.load(tmp_path / "set")

    assert [(name, len(rows)) for name, rows in found.items()] == [*zip(SPLITS, sizes, strict=True)]
    assert found["test"].features == found["train"].features


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    rows = in_splits(7, 3, 2)

    dataset.write(rows, tmp_path / "set", name="handbook")

    files = sorted((tmp_path / "set" / "data").iterdir())
    held = [row for path in files for row in from_arrow(Example, pq.read_table(path))]
    assert sorted(held, key=lambda row: row.example_id) == rows


def test_equal_rows_make_equal_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    for place in ("one", "somewhere/else"):
        dataset.write(in_splits(30, 4, 5), tmp_path / place, name="handbook")

    first, second = _bytes(tmp_path / "one"), _bytes(tmp_path / "somewhere/else")

    assert first == second
    assert len(first) == 4
    assert str(tmp_path).encode() not in b"".join(first.values())


def test_a_row_of_one_split_changes_no_file_of_another(tmp_path: Path) -> None:
    rows = in_splits(20, 5, 5)
    dataset.write(rows, tmp_path / "one", name="handbook")

    dataset.write(rows[1:], tmp_path / "two", name="handbook")

    first, second = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    assert {name for name in first if first[name] != second[name]} == {
        "README.md",
        "data/train-00000-of-00001.parquet",
    }


def test_large_splits_are_cut_into_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "_BYTES_A_FILE", 1)
    monkeypatch.setattr(dataset, "_ROWS_A_GROUP", 10)

    dataset.write(in_splits(25, 1, 0), tmp_path / "set", name="handbook")

    names = sorted(path.name for path in (tmp_path / "set" / "data").iterdir())
    assert names == [
        "test-00000-of-00001.parquet",
        *(f"train-0000{n}-of-00003.parquet" for n in range(3)),
        "validation-00000-of-00001.parquet",
    ]
    assert _load(tmp_path / "set", tmp_path) == ["train 25", "validation 1"]


def test_rows_stream_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "_ROWS_A_GROUP", 20)
    held = 1_000 * len(_LONG)

    few, many = (_peak(tmp_path / str(count), count) for count in (200, 1_200))

    assert many - few < held // 4


def test_a_row_in_no_split_is_refused(tmp_path: Path) -> None:
    rows = [example(0, split="dev")]

    with pytest.raises(ContractError, match="is in no split: 'dev'"):
        dataset.write(rows, tmp_path / "set", name="handbook")


def test_a_row_that_comes_twice_is_refused(tmp_path: Path) -> None:
    rows = [example(0), example(0)]

    with pytest.raises(ContractError, match="does not come after"):
        dataset.write(rows, tmp_path / "set", name="handbook")


def test_text_that_is_no_utf8_is_refused_without_being_shown(tmp_path: Path) -> None:
    rows = [changed(example(0), ("user", "Why\ud800?"), ("assistant", "So."))]

    with pytest.raises(ContractError, match="is no UTF-8") as caught:
        dataset.write(rows, tmp_path / "set", name="handbook")

    assert "Why" not in str(caught.value)


def test_the_card_describes_every_column() -> None:
    assert list(COLUMNS) == [field.name for field in fields(Example)]


@pytest.mark.filterwarnings("default")
def test_the_front_matter_is_what_datasets_itself_would_write(tmp_path: Path) -> None:
    from datasets import Features

    dataset.write(in_splits(3, 1, 1), tmp_path / "set", name="handbook")

    front = _front(tmp_path / "set")
    schema = pq.read_schema(tmp_path / "set" / "data" / "train-00000-of-00001.parquet")
    assert front["dataset_info"]["features"] == Features.from_arrow_schema(schema)._to_yaml_list()
    assert [s["num_examples"] for s in front["dataset_info"]["splits"]] == [3, 1, 1]


def test_the_card_states_only_what_is_known(tmp_path: Path) -> None:
    rows = [replace(example(n), language=code) for n, code in enumerate(("de", "", "zh-hans"))]
    settings = {
        "pii": {"finetune": "mask", "by_type": {"US_SSN": "redact"}, "entities": ["US_SSN"]}
    }

    dataset.write(rows, tmp_path / "known", name="handbook", about=about(settings))
    dataset.write(rows, tmp_path / "unknown", name="handbook", about=About())

    known, unknown = _card(tmp_path / "known"), _card(tmp_path / "unknown")
    assert "replaced by its type" in known
    assert "`US_SSN`: removed." in known
    assert "Names of people are not searched for" in known
    assert "replaced by" not in unknown.split("## Personal data")[1]
    assert _front(tmp_path / "known")["language"] == ["de"]
    assert "license" not in _front(tmp_path / "known")


def test_a_name_cannot_break_the_front_matter(tmp_path: Path) -> None:
    name = "no: [1.0] # *x"

    dataset.write(in_splits(1, 0, 0), tmp_path / "set", name=name)

    assert _front(tmp_path / "set")["pretty_name"] == name


def test_the_card_counts_by_extractor_and_split(tmp_path: Path) -> None:
    dataset.write(in_splits(4, 1, 1), tmp_path / "set", name="handbook")

    text = _card(tmp_path / "set")

    assert "| `question_headings` | `qa` | 2 | 1 | 1 | 0.80 | 0.80 | 0.80 |" in text
    assert "| `train` | 4 | 2 | 44 |" in text


@pytest.mark.parametrize(
    ("count", "name"),
    [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (10**6, "1M<n<10M"), (10**13, "n>1T")],
)
def test_sizes_have_the_names_of_the_hub(count: int, name: str) -> None:
    assert size_category(count) == name


def _peak(folder: Path, count: int) -> int:
    """Return the most memory that Python held while a set was written."""
    rows = (
        changed(example(n), ("user", f"What is rule {n}?"), ("assistant", f"{n} {_LONG}"))
        for n in range(count)
    )
    tracemalloc.start()
    dataset.write(rows, folder, name="handbook")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _card(folder: Path) -> str:
    return (folder / "README.md").read_text(encoding="utf-8")


def _front(folder: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(_card(folder).split("---")[1])
    return values
