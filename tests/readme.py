"""The README's blocks, and those of them that a run writes: `python -m tests.readme` writes them anew."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from curate.release.reading import Release, open_release

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_KEYS = {"CURATE_KEY_IDS": "11" * 32, "CURATE_KEY_PSEUDONYMS": "22" * 32}
_ADDRESS = "help-centre/faq-billing.html"
_CHUNK = ("chunk_id", "text", "heading_path", "address", "tokens", "language", "access", "tenant")
_EXAMPLE = ("example_id", "messages", "task", "extractor", "evidence", "quality", "split")
_LONG = 150


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its text, and the line of the README that it begins on."""

    language: str
    text: str
    line: int


def blocks(language: str) -> list[Block]:
    """Return the README's blocks of one language, in order."""
    text = README.read_text(encoding="utf-8")
    found = _BLOCK.finditer(text)
    return [
        Block(match[1], match[2], text[: match.start()].count("\n") + 2)
        for match in found
        if match[1] == language
    ]


def demo(folder: Path) -> dict[str, str]:
    """Return the blocks that a demo in a folder writes: its result, the second run's, two rows."""
    place = "examples/company"
    first = command(["demo", place], folder)
    again = command(["run", place], folder)
    rows = _rows(open_release(folder / place))
    return {"demo": first.strip("\n") + "\n", "again": again, "rows": rows}


def command(words: list[str], folder: Path) -> str:
    """Run the command line in a folder, with keys that are always the same."""
    ended = subprocess.run(
        [sys.executable, "-m", "curate", *words],
        cwd=folder,
        env={**os.environ, **_KEYS, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=280,
    )
    return ended.stdout


def written(name: str) -> Block:
    """Return the README's block that a demo writes: `demo`, `again` or `rows`."""
    if name == "rows":
        return blocks("json")[0]
    return blocks("text")[{"demo": 0, "again": 1}[name]]


def timeless(text: str) -> str:
    """Return a demo's result without what differs from run to run."""
    lines = [line for line in text.splitlines() if not line.startswith("  Time ")]
    return re.sub(r"\d+\.\d s", "0.0 s", "\n".join(lines))


def _rows(release: Release) -> str:
    example = next(e for e in release.examples if _stands_in(release, e, _ADDRESS))
    chunk = release.chunks("chunk_id", example["evidence"][0]["chunk_id"])[0]
    return f"{_short(chunk, _CHUNK)}\n\n{_short(example, _EXAMPLE)}\n"


def _stands_in(release: Release, example: dict[str, Any], address: str) -> bool:
    homes = {row["doc_id"] for row in release.ledger if row["address"] == address}
    return example["doc_id"] in homes


def _short(row: dict[str, Any], names: tuple[str, ...]) -> str:
    parts = [f'"{name}": {json.dumps(_cut(row[name]), ensure_ascii=False)}' for name in names]
    return "{" + ",\n ".join(parts) + "}"


def _cut(value: object) -> object:
    if isinstance(value, str):
        return value if len(value) <= _LONG else f"{value[: _LONG - 1]}…"
    if isinstance(value, list):
        return [_cut(part) for part in value]
    if isinstance(value, dict):
        return {key: _cut(part) for key, part in value.items()}
    return value


def main() -> None:
    """Write the blocks that a demo writes into the README."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = demo(Path(folder))
    text = README.read_text(encoding="utf-8")
    for name, block in fresh.items():
        text = text.replace(f"\n{written(name).text}```", f"\n{block}```", 1)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
