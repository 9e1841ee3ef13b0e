"""The harness of `bench-main` on three tiny files; nothing here looks at how long anything takes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.main import Bench, compared, gathered
from tests.benchmarks.usage import measured

# A peer that reads Markdown alone, and writes what the glue script writes.
READER = """
import json, pathlib, sys
share, output = map(pathlib.Path, sys.argv[1:3])
output.mkdir(parents=True, exist_ok=True)
with (output / "documents.jsonl").open("w") as out:
    for path in sorted(p for p in share.rglob("*") if p.is_file()):
        row = {"path": str(path), "pii": [], "chunks": [path.read_text()]}
        if path.suffix != ".md":
            row = {"path": str(path), "error": "ValueError"}
        print(json.dumps(row), file=out)
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files = {
        "company_docs/firm/v1/old.md": "# Old\n\nThis was said before.\n",
        "company_docs/firm/v2/leave.md": "# Leave\n\nEverybody has thirty days of leave a year.\n",
        "company_docs/firm/v2/pay.txt": "Salaries are paid on the last day of the month.\n",
        "tika/empty.docx": "",
    }
    for name, text in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    script = tmp_path / "reader.py"
    script.write_text(READER, encoding="utf-8")
    place = tmp_path / "place"
    place.mkdir()
    return Bench(Path(sys.executable), 1, place, script)


def test_the_newest_version_of_each_company_is_gathered_and_the_missing_are_named(
    data: Path, tmp_path: Path
) -> None:
    share = tmp_path / "share"

    missing = gathered(data, share)

    names = {path.relative_to(share).as_posix() for path in share.rglob("*") if path.is_file()}
    assert names == {"firm/leave.md", "firm/pay.txt", "tika/empty.docx"}
    assert missing == ["docling", "unstructured", "kreuzberg", "markitdown"]


def test_both_sides_are_run_and_files_unread_are_counted(
    bench: Bench, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gathered(data, bench.place / "share")

    found = compared(bench, bench.place / "share", 1)

    assert {"main.speedup", "main.memory_ratio", "main.seconds", "main.glue_mb"} <= found.keys()
    assert all(isinstance(value, (int, float)) for value in found.values())
    assert found["main.documents"] == 3
    assert found["main.glue_unread"] == 2
    assert found["main.unread"] == 1
    assert found["main.documents_both"] == 1
    assert found["main.unread_both"] == 0
    assert "could not read 2: 2 ValueError" in capsys.readouterr().out


def test_memory_and_time_of_a_child_are_counted_to_its_parent() -> None:
    child = "import time; held = bytearray(b'x') * (64 << 20); time.sleep(0.6)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    began = time.monotonic()

    used = measured([sys.executable, "-c", parent])

    assert used.peak_mb > 64
    assert used.parent_mb < 64
    assert used.seconds <= time.monotonic() - began
