from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.tables.edits import Edit, EditAction
from curate.tables.pii_spans import PiiSpan
from curate.text.edits import drop, normalise, of_field, replacements, value_digest

KEY = b"k" * 32
WISH = st.builds(
    lambda field, start, length, kind: Edit(
        field,
        start,
        start + length,
        EditAction.REPLACE if kind else EditAction.DROP,
        kind,
        kind.encode(),
        "pii" if kind else "hidden",
    ),
    st.sampled_from(["text", "title"]),
    st.integers(0, 30),
    st.integers(0, 12),
    st.sampled_from(["", "URL", "PHONE_NUMBER"]),
)


def replacing(start: int, end: int, kind: str = "URL") -> Edit:
    return Edit("text", start, end, EditAction.REPLACE, kind, kind.encode(), "pii")


def places(edits: tuple[Edit, ...]) -> list[tuple[int, int, str]]:
    return [(edit.start, edit.end, edit.type or edit.reason) for edit in edits]


def test_a_drop_wins_over_a_replacement_inside_it() -> None:
    edits = normalise([replacing(5, 8), drop("text", 0, 10, reason="hidden")])

    assert places(edits) == [(0, 10, "hidden")]


def test_what_a_drop_leaves_of_a_replacement_is_still_replaced() -> None:
    edits = normalise([replacing(2, 12), drop("text", 5, 8, reason="hidden")])

    assert places(edits) == [(2, 5, "URL"), (5, 8, "hidden"), (8, 12, "URL")]
    assert {edit.person for edit in edits if edit.type} == {b"URL"}


def test_the_longer_of_two_replacements_stays_whole() -> None:
    edits = normalise([replacing(0, 6, "PHONE_NUMBER"), replacing(4, 20)])

    assert places(edits) == [(0, 4, "PHONE_NUMBER"), (4, 20, "URL")]


def test_drops_of_one_reason_that_touch_are_one() -> None:
    wishes = [drop("text", 0, 4, reason="hidden"), drop("text", 4, 9, reason="hidden")]

    assert places(normalise(wishes)) == [(0, 9, "hidden")]


def test_drops_of_two_reasons_keep_their_reasons() -> None:
    wishes = [drop("text", 3, 9, reason="quoted"), drop("text", 0, 4, reason="hidden")]

    assert places(normalise(wishes)) == [(0, 4, "hidden"), (4, 9, "quoted")]


def test_replacements_that_touch_stay_two() -> None:
    edits = normalise([replacing(0, 4), replacing(4, 8)])

    assert places(edits) == [(0, 4, "URL"), (4, 8, "URL")]


def test_an_empty_wish_is_no_edit() -> None:
    assert normalise([replacing(4, 4)]) == ()


def test_fields_are_apart() -> None:
    edits = normalise([replacing(0, 5), drop("title", 2, 4, reason="hidden")])

    assert [edit.field for edit in edits] == ["text", "title"]
    assert places(of_field(edits, "title")) == [(2, 4, "hidden")]


@given(st.lists(WISH, max_size=12))
def test_edits_cover_what_the_wishes_cover_and_never_overlap(wishes: list[Edit]) -> None:
    edits = normalise(wishes)

    wished = {(w.field, place) for w in wishes for place in range(w.start, w.end)}
    covered = [(e.field, place) for e in edits for place in range(e.start, e.end)]
    assert sorted(wished) == sorted(covered)
    assert all((a.field, a.end) <= (b.field, b.start) for a, b in pairwise(edits))


@given(st.lists(WISH, max_size=12), st.randoms())
def test_normalising_twice_or_in_another_order_changes_nothing(
    wishes: list[Edit], random: object
) -> None:
    edits = normalise(wishes)
    shuffled = list(wishes)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis names no public type for it

    assert normalise(edits) == edits
    assert normalise(shuffled) == edits


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("PHONE_NUMBER", "(212) 555-0172", "212.555.0172"),
        ("EMAIL_ADDRESS", "Jane@Acme.com", "jane@acme.COM"),
        ("IBAN_CODE", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
        ("MAC_ADDRESS", "00:1a:2b:3c:4d:5e", "00-1A-2B-3C-4D-5E"),
        ("PERSON", "Jane  Doe", "jane doe"),
    ],
)
def test_a_value_is_the_same_however_it_is_written(kind: str, one: str, other: str) -> None:
    assert value_digest(KEY, kind, one) == value_digest(KEY, kind, other)
    assert value_digest(KEY, kind, one) != value_digest(b"x" * 32, kind, one)


def test_a_found_span_becomes_a_wish_with_the_digest_of_its_value() -> None:
    text = "Write to jane@acme.com now"
    span = PiiSpan("text", 9, 22, "EMAIL_ADDRESS", "EmailRecognizer", 1.0)

    (wish,) = replacements([span], {"text": text}, key=KEY)

    assert (wish.start, wish.end, wish.action) == (9, 22, EditAction.REPLACE)
    assert wish.person == value_digest(KEY, "EMAIL_ADDRESS", "jane@acme.com")


def test_a_span_of_a_known_person_keeps_the_person() -> None:
    span = PiiSpan("text", 0, 4, "PERSON", "names", 0.9, person=b"p" * 16)

    (wish,) = replacements([span], {"text": "Jane"}, key=KEY)

    assert wish.person == b"p" * 16
