"""Laws of rendering that hold for any text, any edits and any cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.tables.edits import Edit, EditAction
from curate.text.edits import normalise
from curate.text.render import Policy, Rendered, Treatment, render

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = b"k" * 32
TEXT = st.text(alphabet="ab1 \n.,", max_size=60)
KINDS = ("EMAIL_ADDRESS", "PHONE_NUMBER", "PERSON")
POLICY = st.builds(
    Policy,
    st.sampled_from(Treatment),
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(Treatment)), max_size=2).map(tuple),
)
WISHES = st.lists(
    st.builds(
        lambda start, length, kind: Edit(
            "text",
            start,
            start + length,
            EditAction.REPLACE if kind else EditAction.DROP,
            kind,
            kind.encode(),
            "pii" if kind else "hidden",
        ),
        st.integers(0, 59),
        st.integers(1, 15),
        st.sampled_from(("", *KINDS)),
    ),
    max_size=6,
)


PLACES = st.tuples(st.integers(0, 60), st.integers(0, 60))


class Case(NamedTuple):
    text: str
    edits: tuple[Edit, ...]
    policy: Policy

    def rendered(self, span: tuple[int, int] | None = None) -> Rendered:
        return render(self.text, self.edits, policy=self.policy, key=KEY, span=span)

    def within(self, places: Iterable[int]) -> list[int]:
        return sorted(min(place, len(self.text)) for place in places)


def edits_within(text: str, wishes: list[Edit]) -> tuple[Edit, ...]:
    return normalise(wish for wish in wishes if wish.end <= len(text))


CASE = st.builds(
    lambda text, wishes, policy: Case(text, edits_within(text, wishes), policy),
    TEXT,
    WISHES,
    POLICY,
)


@given(TEXT, POLICY)
def test_no_edits_no_change(text: str, policy: Policy) -> None:
    assert render(text, (), policy=policy, key=KEY).text == text


@settings(max_examples=400)
@given(CASE, st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)))
def test_adjacent_spans_render_to_what_their_union_renders_to(
    case: Case, cuts: tuple[int, int, int]
) -> None:
    start, middle, end = case.within(cuts)

    parts = case.rendered((start, middle)).text + case.rendered((middle, end)).text

    assert case.rendered((start, end)).text == parts


@settings(max_examples=400)
@given(CASE, PLACES)
def test_the_map_of_places_covers_the_text_and_never_turns_back(
    case: Case, places: tuple[int, int]
) -> None:
    start, end = case.within(places)
    rendered = case.rendered((start, end))

    at, place = 0, start
    for piece in rendered.pieces:
        assert (piece.at, piece.start) == (at, place)
        assert piece.until >= piece.at
        if piece.verbatim:
            shown = rendered.text[piece.at : piece.until]
            assert shown == case.text[piece.start : piece.end]
        at, place = piece.until, piece.end
    assert at == len(rendered.text)
    assert place >= end


@settings(max_examples=400)
@given(CASE, PLACES)
def test_a_span_goes_there_and_back_without_getting_smaller(
    case: Case, places: tuple[int, int]
) -> None:
    rendered = case.rendered()
    start, end = case.within(places)

    here = rendered.to_rendered(start, end)
    back = rendered.to_canonical(*here)

    assert 0 <= here[0] <= here[1] <= len(rendered.text)
    shown = [piece for piece in rendered.pieces if piece.at < piece.until]
    kept = {place for piece in shown for place in range(piece.start, piece.end)}
    assert here[0] == here[1] or kept & set(range(start, end)) <= set(range(*back))


@settings(max_examples=300)
@given(WISHES, POLICY)
def test_nothing_of_what_is_edited_away_is_shown(wishes: list[Edit], policy: Policy) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(80))
    edits = edits_within(text, wishes)

    rendered = render(text, edits, policy=policy, key=KEY).text

    for edit in edits:
        kept = edit.action is EditAction.REPLACE and (policy.treatment(edit.type) is Treatment.KEEP)
        assert kept or not set(text[edit.start : edit.end]) & set(rendered)


@settings(max_examples=300)
@given(CASE)
def test_trimming_takes_white_space_alone(case: Case) -> None:
    rendered = case.rendered()
    trimmed = rendered.trimmed()

    assert trimmed.text == rendered.text.strip()
    for piece in trimmed.pieces:
        if piece.verbatim:
            shown = trimmed.text[piece.at : piece.until]
            assert shown == case.text[piece.start : piece.end]


@given(WISHES, POLICY)
def test_no_double_blank_lines_come_from_dropped_blocks(wishes: list[Edit], policy: Policy) -> None:
    text = "\n\n".join(f"block {number:02}" for number in range(8))
    blocks = [
        Edit("text", at, at + 8, EditAction.DROP, "", b"", "hidden")
        for at in sorted({wish.start // 10 * 10 for wish in wishes})
    ]

    shown = render(text, normalise(blocks), policy=policy, key=KEY).text

    assert "\n\n\n" not in shown
    assert shown == shown.strip()
    assert shown.count("block") == 8 - len(blocks)
