from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.chunking import ChunkSettings, Cut, Strategy, cut
from curate.tables.parsed import Kind, Parsed
from curate.text.canonical import Canonical
from curate.text.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKENS = Tokens("cl100k")
ATOMIC = {Kind.TABLE, Kind.CODE, Kind.FORMULA, Kind.LIST}
Block = tuple[str, str, int]

_WORDS = st.sampled_from(
    [
        "The",
        "limit",
        "is",
        "5.",
        "Why?",
        "e.g.",
        "ask:",
        "Übung",
        "出張。",
        "x" * 40,
        "🙂",
        "a",
        "\n",
        "…",
        "No. 5",
    ]
)
_TEXT = st.lists(_WORDS, min_size=1, max_size=60).map(" ".join)
_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["heading", "paragraph", "item", "step", "table", "code"]),
        _TEXT,
        st.integers(1, 6),
    ),
    max_size=14,
)
_SIZES = st.sampled_from([6, 12, 30, 80])  # a word of another script has up to 5 tokens


def _document(blocks: Sequence[Block]) -> Parsed:
    canonical = Canonical()
    for kind, text, number in blocks:
        match kind:
            case "heading":
                canonical.heading(text, level=number)
            case "paragraph":
                canonical.paragraph(text)
            case "item":
                canonical.item(text, depth=number % 3)
            case "step":
                canonical.item(text, number=number)
            case "table":
                rows = [[word, text[:20]] for word in text.split()[:number] if word.strip()]
                canonical.table([["Key", "Value"], *rows], header_rows=1)
            case _:
                canonical.code(text)
    return canonical.build()


@st.composite
def _drops(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    places = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    return [(a, b) for a, b in zip(places[::2], places[1::2], strict=False)]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[Parsed, list[tuple[int, int]], ChunkSettings]:
    document = _document(draw(_BLOCKS))
    dropped = draw(_drops(len(document.text)))
    strategy = draw(st.sampled_from(list(Strategy)))
    level = draw(st.integers(1, 6))
    return document, dropped, ChunkSettings(strategy, size=draw(_SIZES), heading_level=level)


def _seen(document: Parsed, dropped: Sequence[tuple[int, int]], span: tuple[int, int]) -> str:
    hidden = {at for a, b in dropped for at in range(a, b)}
    return "".join(document.text[at] for at in range(*span) if at not in hidden)


@given(_cases())
def test_chunks_are_disjoint_in_order_and_hold_all_that_is_seen(
    case: tuple[Parsed, list[tuple[int, int]], ChunkSettings],
) -> None:
    document, dropped, how = case

    chunks = cut(document, dropped=dropped, settings=how, tokens=TOKENS)

    assert all(a.end <= b.start for a, b in pairwise(chunks))
    held = "".join(_seen(document, dropped, (c.start, c.end)) for c in chunks)
    assert "".join(held.split()) == "".join(
        _seen(document, dropped, (0, len(document.text))).split()
    )


@given(_cases())
def test_a_chunk_begins_and_ends_with_a_visible_sign(
    case: tuple[Parsed, list[tuple[int, int]], ChunkSettings],
) -> None:
    document, dropped, how = case

    for chunk in cut(document, dropped=dropped, settings=how, tokens=TOKENS):
        first = _seen(document, dropped, (chunk.start, chunk.start + 1))
        last = _seen(document, dropped, (chunk.end - 1, chunk.end))
        assert first.strip()
        assert last.strip()


@given(_cases())
def test_no_chunk_is_longer_than_the_size_but_what_stays_whole(
    case: tuple[Parsed, list[tuple[int, int]], ChunkSettings],
) -> None:
    document, dropped, how = case

    for chunk in cut(document, dropped=dropped, settings=how, tokens=TOKENS):
        seen = _seen(document, dropped, (chunk.start, chunk.end))
        assert chunk.tokens == TOKENS.count(seen)
        asks = any(document.text[a:b].rstrip().endswith("?") for a, b in chunk.heading_path)
        whole = asks or ATOMIC & set(chunk.kinds)
        most = how.size * how.whole if whole else how.size
        assert chunk.tokens <= most or len(seen) == 1


@given(st.tuples(_BLOCKS, _BLOCKS), _TEXT, _SIZES)
def test_an_edit_of_one_section_moves_no_border_of_another(
    around: tuple[list[Block], list[Block]], text: str, size: int
) -> None:
    before, after = around
    kept = [("paragraph", "This is kept.", 1), ("heading", "Next", 1), *after]
    first = [*before, ("paragraph", "Body.", 1), ("heading", "Edited", 1)]
    old = _document([*first, ("paragraph", "Old words.", 1), *kept])
    new = _document([*first, ("paragraph", text, 1), *kept])

    assert _outside(old, size) == _outside(new, size)


@settings(max_examples=30)
@given(_cases())
def test_the_same_document_is_cut_the_same(
    case: tuple[Parsed, list[tuple[int, int]], ChunkSettings],
) -> None:
    document, dropped, how = case

    once = cut(document, dropped=dropped, settings=how, tokens=TOKENS)

    assert cut(document, dropped=list(dropped), settings=how, tokens=Tokens("cl100k")) == once


def _outside(document: Parsed, size: int) -> list[str]:
    """Return the chunks before and behind the edited section as text."""
    chunks: list[Cut] = cut(document, settings=ChunkSettings(size=size), tokens=TOKENS)
    edited = next(e.start for e in document.elements if document.text[e.start : e.end] == "Edited")
    following = next(
        e.start
        for e in document.elements
        if document.text[e.start : e.end] == "Next" and e.start > edited
    )
    return [
        document.text[c.start : c.end] for c in chunks if c.end <= edited or c.start >= following
    ]
