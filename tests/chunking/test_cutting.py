from __future__ import annotations

import pytest

from curate.chunking import ChunkSettings, Cut, Split, Strategy, cut
from curate.errors import ConfigError
from curate.tables.parsed import Kind, Parsed
from curate.text.canonical import Canonical, Cell
from curate.text.tokens import Tokens

TOKENS = Tokens("cl100k")
SENTENCE = "The committee meets on the first Monday of every month to review open requests. "


def test_a_section_that_fits_is_one_chunk_with_its_heading() -> None:
    document = _handbook()

    chunks = _cut(document, size=100)

    assert [_text(document, c).split("\n")[0] for c in chunks] == ["Handbook", "Travel", "Lodging"]
    assert _text(document, chunks[1]).startswith("Travel\n\nBook early.")


def test_a_heading_without_text_goes_with_what_follows_it() -> None:
    canonical = Canonical()
    canonical.heading("Benefits", level=1)
    canonical.heading("Health", level=2)
    canonical.paragraph("Enroll within sixty days.")

    document = canonical.build()
    (chunk,) = _cut(document)

    assert _text(document, chunk) == "Benefits\n\nHealth\n\nEnroll within sixty days."


def test_the_heading_path_leads_from_the_highest_heading_to_the_chunks_own() -> None:
    document = _handbook()

    chunks = _cut(document, size=100)

    assert _path(document, chunks[2]) == ["Handbook", "Travel", "Lodging"]


def test_later_chunks_of_a_section_have_the_same_heading_path() -> None:
    canonical = Canonical()
    canonical.heading("Meetings", level=1)
    for _ in range(12):
        canonical.paragraph(SENTENCE * 2)
    document = canonical.build()

    chunks = _cut(document, size=80)

    assert len(chunks) > 3
    assert {tuple(_path(document, c)) for c in chunks} == {("Meetings",)}


def test_a_section_just_above_the_size_is_cut_evenly_and_between_paragraphs() -> None:
    canonical = Canonical()
    for _ in range(4):
        canonical.paragraph(SENTENCE * 3)
    document = canonical.build()

    chunks = _cut(document, size=150)

    assert len(chunks) == 2
    assert max(c.tokens for c in chunks) - min(c.tokens for c in chunks) < 10
    assert _text(document, chunks[0]) == "\n\n".join([(SENTENCE * 3).strip()] * 2)


def test_a_chunk_ends_with_a_sentence_and_an_abbreviation_ends_none() -> None:
    canonical = Canonical()
    canonical.paragraph("Dr. Smith, e.g. of St. Mary's, met J. Doe on p. 12 of No. 5 there. " * 30)
    document = canonical.build()

    chunks = _cut(document, size=60)

    assert all(_text(document, c).endswith("there.") for c in chunks)


def test_a_table_that_fits_stays_whole_above_the_size() -> None:
    document = _table(rows=14)

    chunks = _cut(document, size=120)

    tables = [c for c in chunks if Kind.TABLE in c.kinds]
    assert len(tables) == 1
    assert 120 < tables[0].tokens <= 180


def test_a_long_table_is_cut_between_rows_and_repeats_its_header() -> None:
    document = _table(rows=60)

    chunks = [c for c in _cut(document, size=120) if Kind.TABLE in c.kinds]

    lines = [line for c in chunks for line in _text(document, c).split("\n") if " | " in line]
    assert lines == [line for line in document.text.split("\n") if " | " in line]
    assert chunks[0].header == ()
    assert {document.text[a:b] for c in chunks[1:] for a, b in c.header} == {
        "Form | Purpose | Owner"
    }


def test_a_header_as_long_as_half_a_chunk_is_not_repeated() -> None:
    document = _table(
        rows=60, head="Purpose of the form in the words of the office that owns it " * 3
    )

    chunks = _cut(document, size=60)

    assert all(not c.header for c in chunks)


def test_steps_stay_with_their_lead_in() -> None:
    canonical = Canonical()
    canonical.paragraph(SENTENCE * 6)
    canonical.paragraph("To reset your password:")
    for number in range(1, 9):
        canonical.item(
            "Open the settings page and confirm the change with the code.", number=number
        )
    canonical.paragraph(SENTENCE * 6)
    document = canonical.build()

    texts = [_text(document, c) for c in _cut(document, size=120)]

    (steps,) = [text for text in texts if "1. Open" in text]
    assert "To reset your password:" in steps
    assert "8. Open" in steps


def test_a_question_stays_with_its_answer_above_the_size() -> None:
    canonical = Canonical()
    canonical.heading("Who approves travel?", level=2)
    for _ in range(7):
        canonical.paragraph(SENTENCE)
    document = canonical.build()

    assert len(_cut(document, size=100)) == 1
    assert len(_cut(document, size=60)) > 1


def test_code_is_cut_between_lines_only() -> None:
    canonical = Canonical()
    canonical.code("\n".join(f"value_{n} = compute(value_{n - 1}, step={n})" for n in range(80)))
    document = canonical.build()

    chunks = _cut(document, size=100)

    lines = [line for c in chunks for line in _text(document, c).split("\n")]
    assert lines == document.text.split("\n")


def test_a_sentence_without_end_is_cut_between_words() -> None:
    canonical = Canonical()
    canonical.paragraph(" ".join(f"word{n}" for n in range(600)))
    document = canonical.build()

    chunks = _cut(document, size=50)

    assert max(c.tokens for c in chunks) <= 50
    words = [word for c in chunks for word in _text(document, c).split()]
    assert words == document.text.split()


def test_a_word_without_end_is_cut_between_signs() -> None:
    canonical = Canonical()
    canonical.paragraph("Key: " + "0aF9" * 500)
    document = canonical.build()

    chunks = _cut(document, size=50)

    assert max(c.tokens for c in chunks) <= 50
    held = "".join(_text(document, c) for c in chunks)
    assert held.replace(" ", "") == document.text.replace(" ", "")


def test_text_without_spaces_is_cut_behind_its_own_full_stops() -> None:
    canonical = Canonical()
    canonical.paragraph("この規程は従業員の出張に関する手続きを定める。" * 20)
    document = canonical.build()

    chunks = _cut(document, size=100)

    assert len(chunks) > 1
    assert all(_text(document, c).endswith("。") for c in chunks)


def test_what_edits_drop_is_neither_counted_nor_a_chunk() -> None:
    canonical = Canonical()
    canonical.paragraph("Kept before.")
    canonical.paragraph("secret " * 400, kind=Kind.HIDDEN)
    canonical.paragraph("Kept after.")
    document = canonical.build()
    hidden = document.elements[1]

    (chunk,) = _cut(document, dropped=[(hidden.start, hidden.end)])

    assert chunk.tokens < 12
    assert chunk.kinds == (Kind.PARAGRAPH,)


def test_a_chunk_begins_and_ends_with_what_is_seen() -> None:
    canonical = Canonical()
    canonical.paragraph("Draft. The limit is 500 euros. Draft.")
    document = canonical.build()
    end = len(document.text)

    (chunk,) = _cut(document, dropped=[(0, 6), (end - 6, end)])

    assert _text(document, chunk) == "The limit is 500 euros."


def test_a_dropped_heading_is_in_no_path() -> None:
    document = _handbook()
    heading = document.elements[0]

    chunks = _cut(document, size=100, dropped=[(heading.start, heading.end)])

    assert _path(document, chunks[-1]) == ["Travel", "Lodging"]


def test_an_empty_document_has_no_chunks() -> None:
    assert _cut(Canonical().build()) == []


def test_pages_are_chunks_of_their_own() -> None:
    from curate.text.canonical import Place

    canonical = Canonical()
    for page in (1, 1, 2):
        canonical.paragraph(f"Text of page {page}.", at=Place(page))
    document = canonical.build()

    chunks = cut(document, settings=ChunkSettings(strategy=Strategy.PAGE), tokens=TOKENS)

    assert [c.page for c in chunks] == [1, 2]


def test_blocks_are_chunks_of_their_own_with_their_heading() -> None:
    document = _handbook()

    chunks = cut(document, settings=ChunkSettings(strategy=Strategy.ELEMENT), tokens=TOKENS)

    assert [_text(document, c) for c in chunks][1:] == [
        "Travel\n\nBook early.",
        "Keep receipts.",
        "Lodging\n\nThe limit is per night.",
    ]


def test_fixed_chunks_fill_up_whatever_stands_there() -> None:
    document = _handbook()

    chunks = cut(document, settings=ChunkSettings(Strategy.FIXED, size=12), tokens=TOKENS)

    assert max(c.tokens for c in chunks) <= 12
    assert "".join(_text(document, c) for c in chunks).split() != []


def test_greedy_chunks_fill_up_before_the_next_begins() -> None:
    canonical = Canonical()
    for _ in range(5):
        canonical.paragraph(SENTENCE * 3)
    document = canonical.build()
    settings = ChunkSettings(Strategy.RECURSIVE, size=100)

    chunks = cut(document, settings=settings, tokens=TOKENS)

    assert chunks[0].tokens > 80
    assert chunks[-1].tokens < chunks[0].tokens


def test_headings_split_nothing_where_that_is_switched_off() -> None:
    document = _handbook()
    settings = ChunkSettings(split=Split.NOTHING)

    assert len(cut(document, settings=settings, tokens=TOKENS)) == 1


def test_only_headings_down_to_the_level_split() -> None:
    document = _handbook()
    settings = ChunkSettings(heading_level=2)

    chunks = cut(document, settings=settings, tokens=TOKENS)

    assert [_text(document, c).split("\n")[0] for c in chunks] == ["Handbook", "Travel"]


@pytest.mark.parametrize("settings", [{"size": 0}, {"whole": 0.5}])
def test_settings_that_nothing_can_be_cut_by_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        ChunkSettings(**settings)  # type: ignore[arg-type]


def _cut(
    document: Parsed, *, size: int = 250, dropped: list[tuple[int, int]] | None = None
) -> list[Cut]:
    return cut(document, dropped=dropped or [], settings=ChunkSettings(size=size), tokens=TOKENS)


def _text(document: Parsed, chunk: Cut) -> str:
    return document.text[chunk.start : chunk.end]


def _path(document: Parsed, chunk: Cut) -> list[str]:
    return [document.text[start:end] for start, end in chunk.heading_path]


def _handbook() -> Parsed:
    canonical = Canonical()
    canonical.heading("Handbook", level=1)
    canonical.paragraph("What everybody should know.")
    canonical.heading("Travel", level=2)
    canonical.paragraph("Book early.")
    canonical.paragraph("Keep receipts.")
    canonical.heading("Lodging", level=3)
    canonical.paragraph("The limit is per night.")
    return canonical.build()


def _table(*, rows: int, head: str = "Purpose") -> Parsed:
    canonical = Canonical()
    canonical.paragraph("All forms are listed here.")
    body = [[f"Form {n}", "Request for equipment", "Office of supplies"] for n in range(rows)]
    canonical.table([["Form", Cell(head), "Owner"], *body], header_rows=1)
    canonical.paragraph("Ask the office about others.")
    return canonical.build()
