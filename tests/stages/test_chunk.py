"""The chunker as a pipeline's settings have it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.chunking import cut
from curate.parsers.blob import Blob
from curate.parsers.web import read_markdown
from curate.stages.chunk import Chunks, CorpusPolicy, IdKey, chunk
from curate.stages.edit import PseudonymKey
from curate.tables.edits import Edit, EditAction
from curate.text.render import Policy
from curate.text.tokens import Tokens

if TYPE_CHECKING:
    from curate.tables.chunks import Body
    from curate.tables.parsed import Parsed


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


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("## Doors\n\nWear your badge.", ["Oslo office\n\nDoors\n\nWear your badge."]),
        ("Wear your badge.", ["Oslo office\n\nWear your badge."]),
        ("# Oslo  office\n\nWear your badge.", ["Oslo office\n\nWear your badge."]),
        (
            "# Oslo office\n\n## Doors\n\nWear it.\n\n## Desks\n\nShare it.",
            ["Oslo office\n\nDoors\n\nWear it.", "Oslo office\n\nDesks\n\nShare it."],
        ),
    ],
)
def test_what_is_indexed_of_a_chunk_names_its_document_once(page: str, expected: list[str]) -> None:
    parsed = replace(
        read_markdown(Blob(page.encode(), "page.md", "text/markdown")), title="Oslo office"
    )

    assert [body.index_text for body in _chunked(parsed)] == expected


def test_what_is_indexed_of_a_chunk_does_not_begin_with_a_heading_beside_it() -> None:
    page = "# Replace a filter\n\nTurn it.\n\n# Order paper\n\nAsk the office."
    parsed = read_markdown(Blob(page.encode(), "page.md", "text/markdown"))

    assert [body.index_text for body in _chunked(parsed)] == [
        "Replace a filter\n\nTurn it.",
        "Order paper\n\nAsk the office.",
    ]


def test_a_masked_title_is_masked_in_what_is_indexed() -> None:
    parsed = replace(
        read_markdown(Blob(b"It rings at nine.", "page.md", "text/markdown")),
        title="Call 555-0100 today",
    )
    hidden = Edit("title", 5, 13, EditAction.REPLACE, "PHONE_NUMBER", bytes(16), "pii")

    (body,) = _chunked(parsed, hidden)

    assert body.index_text == "Call <PHONE_NUMBER> today\n\nIt rings at nine."
    assert [body.index_text[mask.start : mask.end] for mask in body.index_masked] == [
        "<PHONE_NUMBER>"
    ]


def _chunked(parsed: Parsed, *edits: Edit) -> list[Body]:
    return list(
        chunk(
            parsed,
            edits,
            settings=Chunks(),
            tokens=Tokens("cl100k"),
            policy=CorpusPolicy(Policy()),
            ids_key=IdKey(bytes(32)),
            pseudonyms=PseudonymKey(bytes(32)),
        )
    )
