"""LangChain's Markdown-header and recursive splitters in an interpreter of their own.

python markdown_splitters.py FOLDER SIZE    # prints {path: [[heading path, text], ...]} as JSON

They are put together as LangChain's own guide does: first at the headings, which stay in the text,
then by size, counted in cl100k tokens, without overlap. Front matter is left out: it is no text.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from langchain_text_splitters import MarkdownHeaderTextSplitter, RecursiveCharacterTextSplitter
from toktok import batch_count

LEVELS = [("#" * level, str(level)) for level in range(1, 7)]
FRONT_MATTER = re.compile(r"\A---\s*\n.*?^---\s*$", re.DOTALL | re.MULTILINE)


def count(text: str) -> int:
    """Return the cl100k tokens of a text."""
    found: int = batch_count([text], "cl100k_base", threads=1)[0]
    return found


def main(folder: Path, size: int) -> None:
    """Split every Markdown file of a folder."""
    by_heading = MarkdownHeaderTextSplitter(LEVELS, strip_headers=False)
    by_size = RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=0, length_function=count
    )
    found = {}
    for path in sorted(folder.rglob("*.md")):
        text = FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))
        pieces = by_size.split_documents(by_heading.split_text(text))
        found[path.relative_to(folder).as_posix()] = [
            [list(piece.metadata.values()), piece.page_content] for piece in pieces
        ]
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
