"""The share of Tika's expected strings that reach the parsed text, over the formats a share is made of.

    python -m tests.benchmarks.tika_strings --data ../shared/data

A string counts if it stands in the text, the title or a property of the document or of a record in it, white
space folded. Rows marked `clean` alone count. Prints a line a format and the whole, `tika.strings`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.containers import is_container, members
from curate.parsers.detect import detect, detect_file
from curate.parsers.readers import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.tables.parsed import Parsed

MODERN = {
    "csv", "docx", "eml", "epub", "html", "json", "jsonl", "mbox", "md", "msg", "odp", "ods", "odt",
    "pdf", "pptx", "rtf", "tsv", "txt", "xlsx", "xml",
}  # fmt: skip
_MAILS = {"message/rfc822", "application/vnd.ms-outlook"}


def main(arguments: list[str]) -> None:
    """Score the folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    folder = parser.parse_args(arguments).data / "tika"
    if not folder.is_dir():
        sys.stdout.write(f"skipped: {folder} is not there\n")
        return
    found, total = score(folder)
    for kind in sorted(total):
        sys.stdout.write(f"{kind:<8}{found[kind]:>5} of {total[kind]}\n")
    share = sum(found.values()) / max(sum(total.values()), 1)
    sys.stdout.write(json.dumps({"tika.strings": round(share, 4)}) + "\n")


def score(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Return the strings found and all strings, by kind of file."""
    lines = (folder / "expected_strings.jsonl").read_text(encoding="utf-8").splitlines()
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for row in map(json.loads, lines):
        name = row["file"]
        kind = name.rpartition(".")[2].lower()
        if not row["clean"] or kind not in MODERN:
            continue
        if name not in texts:
            texts[name] = _folded("\n".join(words(folder / "docs" / name)))
        total[kind] += 1
        found[kind] += _folded(row["string"]) in texts[name]
    return found, total


def words(path: Path) -> Iterator[str]:
    """Yield everything that is read of a file: texts, titles, properties, of its records too."""
    yield from _words(path.read_bytes(), path.name, detect_file(path))


def _words(data: bytes, name: str, media_type: str, depth: int = 0) -> Iterator[str]:
    holds = is_container(data, media_type)
    if holds or media_type in _MAILS:
        for member in members(data, media_type, name=name, depth=depth):
            if not member.problem:
                kind = member.media_type or detect(member.data, member.path)
                yield from _words(member.data, member.path, kind, depth + 1)
    if holds:
        return
    try:
        parsed = read(Blob(data, name, media_type), None)
    except DocumentError:
        return
    yield from _said(parsed)


def _said(parsed: Parsed) -> Iterator[str]:
    yield parsed.title
    yield parsed.text
    for field in parsed.fields:
        yield field.value


def _folded(text: str) -> str:
    return re.sub(r"[\s|]+", " ", text).strip()


if __name__ == "__main__":
    main(sys.argv[1:])
