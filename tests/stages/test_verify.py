"""The second scan: what a mask covers is dealt with, what stands beside it is not."""

from __future__ import annotations

import pytest

from curate.pii import Finder
from curate.stages.verify import verify_chunks, verify_drafts
from curate.tables.chunks import Body, Mask
from curate.tables.examples import DraftRow, Message, Stand

NO_ID = bytes(16)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def body(text: str, *masks: str) -> Body:
    spans = tuple(Mask(at := text.index(mask), at + len(mask)) for mask in masks)
    return Body(
        title="", start=0, end=len(text), text=text, index_text=text, heading_path=(), kinds=(),
        page=None, tokens=0, text_key=NO_ID, section_key=NO_ID, masked=spans, index_masked=spans,
        redactions=(),
    )  # fmt: skip


def draft(answer: str, *stands: str) -> DraftRow:
    spans = tuple(Stand(1, at := answer.index(stand), at + len(stand)) for stand in stands)
    return DraftRow(
        task="qa", extractor="x", template="x", messages=(Message("user", "?"), Message("x", answer)),
        evidence=(), content_keys=(), question_key=NO_ID, answer_key=NO_ID, titled="",
        titled_key=NO_ID, teaches="knowledge", score=1.0, flaws=(), masked=spans, tokens=1,
    )  # fmt: skip


def chunk_left(finder: Finder, text: str, *masks: str) -> list[str]:
    return [one.type for one in verify_chunks((body(text, *masks),), finder=finder)]


def draft_left(finder: Finder, text: str, *stands: str) -> list[str]:
    return [one.type for one in verify_drafts((draft(text, *stands),), finder=finder)]


def test_what_stands_for_a_value_is_forgiven(finder: Finder) -> None:
    assert chunk_left(finder, "Call <PHONE_NUMBER> today", "<PHONE_NUMBER>") == []
    assert draft_left(finder, "Call +83 20 7946 0958 today", "+83 20 7946 0958") == []


def test_a_mask_forgives_nothing_beside_it(finder: Finder) -> None:
    assert draft_left(finder, "pay DE89 3704 0044 0532 0130 00", "DE89 3704 0044") == ["IBAN_CODE"]
    assert draft_left(finder, "ask jane.doe@acme.com", "jane") == ["EMAIL_ADDRESS"]


def test_two_masks_beside_each_other_forgive_what_they_cover_together(finder: Finder) -> None:
    assert draft_left(finder, "call +44 20 7946 0958", "+44 20", "7946 0958") == []


def test_the_name_on_a_mask_speaks_of_no_number_beside_it(finder: Finder) -> None:
    assert chunk_left(finder, "<US_SSN> 536120037", "<US_SSN>") == []


def test_a_head_that_a_chunk_repeats_tells_what_its_rows_are(finder: Finder) -> None:
    assert chunk_left(finder, "Name | SSN\nAnn | 536120037") == ["US_SSN"]
    assert chunk_left(finder, "Name | SSN\nAnn | <US_SSN>", "<US_SSN>") == []


def test_the_number_of_a_thing_without_its_name_is_left_to_the_first_scan(finder: Finder) -> None:
    assert draft_left(finder, "2079460979") == []
    assert draft_left(finder, "+44 20 7946 0958") == ["PHONE_NUMBER"]


@pytest.mark.parametrize("row", ["4111 | 1111 | 1111 | 1111", "3782 | 822463 | 10005"])
def test_a_row_that_a_chunk_cuts_holds_no_card_that_the_whole_row_does_not(
    finder: Finder, row: str
) -> None:
    whole = "\n".join(f"{n}111 | 2222 | 3333 | {row} | 4444" for n in range(1, 9))

    assert finder.find(whole) == []
    assert chunk_left(finder, row) == []
