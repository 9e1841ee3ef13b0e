"""The chunker as a pipeline's settings have it."""

from __future__ import annotations

import pytest

from curate.chunking import cut
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.stages.chunk import Chunks
from curate.text.tokens import Tokens


@pytest.mark.parametrize("written", [{}, {"strategy": "recursive"}, {"split": "heading"}])
def test_no_chunk_of_a_pipeline_crosses_a_heading(written: dict[str, str]) -> None:
    page = "\n\n".join(f"## Part {n}\n\nIt says a few words about {n}." for n in range(6))
    parsed = read_markdown(Blob(page.encode(), "page.md", "text/markdown"))

    settings = Chunks.model_validate(written).craft()
    found = cut(parsed, settings=settings, tokens=Tokens("cl100k"))

    assert [parsed.text[one.start : one.end].count("Part") for one in found] == [1] * 6


def test_who_asks_for_no_border_at_headings_gets_none() -> None:
    page = "\n\n".join(f"## Part {n}\n\nIt says a few words about {n}." for n in range(6))
    parsed = read_markdown(Blob(page.encode(), "page.md", "text/markdown"))

    found = cut(parsed, settings=Chunks(split="nothing").craft(), tokens=Tokens("cl100k"))

    assert len(found) == 1
