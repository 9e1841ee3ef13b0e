"""Choosing examples: the best of equal ones, fair shares, and a reason for each that is left out."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from curate import ids
from curate.stages.choose import Choose, Offer, choose

KEY = bytes(32)


def offer(name: str, score: float = 0.9, **values: object) -> Offer:
    plain = Offer(
        example_id=ids.digest("x", name),
        stratum=("share", "question_headings"),
        document=ids.digest("d", name),
        question=ids.digest("q", name),
        answer=ids.digest("a", name),
        score=score,
        flaws=(),
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def reasons(*offers: Offer, **settings: object) -> dict[str, str]:
    """Return why each offer was left out, by its place ("" where it was chosen)."""
    chosen = choose(offers, settings=Choose.model_validate(settings), key=KEY)
    assert chosen.chosen.isdisjoint(chosen.left_out)
    return {str(n): chosen.left_out.get(o.example_id, "") for n, o in enumerate(offers)}


def test_flaws_and_low_scores_are_left_out_with_their_reason() -> None:
    found = reasons(offer("a"), offer("b", flaws=("pii_left", "short")), offer("c", 0.2))

    assert found == {"0": "", "1": "pii_left", "2": "low_quality"}


def test_a_question_with_two_answers_teaches_nothing() -> None:
    same = ids.digest("q", "same")

    found = reasons(offer("a", question=same), offer("b", question=same), offer("c"))

    assert found == {"0": "two_answers", "1": "two_answers", "2": ""}


def test_of_definitions_of_one_term_the_best_stays_however_it_is_asked_for() -> None:
    long, short, other = (ids.digest("t", name) for name in ("long form", "lf", "other"))

    found = reasons(
        offer("stands for", 0.8, terms=(short,)),
        offer("means", 0.9, terms=(long, short)),
        offer("another", 0.8, terms=(other,)),
        offer("of another tenant", 0.7, terms=(short,), tenant="east"),
    )

    assert found == {"0": "defined_again", "1": "", "2": "", "3": ""}


def answers(*documents: tuple[int, str]) -> list[Offer]:
    """Return one question, answered differently by documents of such authority and date."""
    same = ids.digest("q", "same")
    return [
        offer(str(n), question=same, authority=authority, date=date)
        for n, (authority, date) in enumerate(documents)
    ]


def test_of_several_answers_the_newest_document_is_believed() -> None:
    found = reasons(*answers((1, "2025-01-01"), (1, "2026-03-01"), (1, "2024-12-31")))

    assert found == {"0": "outranked", "1": "", "2": "outranked"}


def test_authority_counts_more_than_a_newer_date() -> None:
    found = reasons(*answers((1, "2026-03-01"), (3, "2020-01-01"), (2, "")))

    assert found == {"0": "outranked", "1": "", "2": "outranked"}


def test_what_nothing_decides_stays_a_contradiction() -> None:
    equal = reasons(*answers((1, "2026-03-01"), (1, "2026-03-01"), (1, "2025-01-01")))
    undated = reasons(*answers((1, "2026-03-01"), (1, "")))

    assert equal == {"0": "two_answers", "1": "two_answers", "2": "outranked"}
    assert undated == {"0": "two_answers", "1": "two_answers"}


def test_a_flawed_draft_of_a_newer_document_pushes_out_none() -> None:
    old, new = answers((1, "2025-01-01"), (1, "2026-01-01"))

    found = reasons(old, replace(new, flaws=("truncated",)))

    assert found == {"0": "", "1": "truncated"}


def test_no_tenant_is_outranked_by_another() -> None:
    old, new = answers((1, "2025-01-01"), (1, "2026-01-01"))

    found = reasons(replace(old, tenant="one"), replace(new, tenant="two"))

    assert found == {"0": "", "1": ""}


def test_of_equally_good_repetitions_the_newest_stays() -> None:
    rivals = answers((1, "2025-01-01"), (1, "2026-01-01"), (1, ""))
    twins = [replace(rival, answer=rivals[0].answer) for rival in rivals]
    better = replace(twins[0], example_id=ids.digest("x", "better"), score=0.95)

    assert list(reasons(*twins).values()) == ["repeated", "", "repeated"]
    assert list(reasons(*twins, better).values()) == ["repeated", "repeated", "repeated", ""]


def test_another_tenants_answer_contradicts_nothing() -> None:
    same = ids.digest("q", "same")

    found = reasons(
        offer("a", question=same, tenant="one"),
        offer("b", question=same, tenant="two"),
        offer("c", question=same, tenant="two"),
    )

    assert found == {"0": "", "1": "two_answers", "2": "two_answers"}


def test_nothing_of_one_tenant_repeats_what_another_says() -> None:
    same = offer("a", tenant="one")

    found = reasons(
        same,
        replace(same, example_id=ids.digest("x", "b"), tenant="two"),
        replace(same, example_id=ids.digest("x", "c"), score=0.8),
    )

    assert found == {"0": "", "1": "", "2": "repeated"}


def test_of_equal_pairs_the_best_stays() -> None:
    twin = {"question": ids.digest("q", "s"), "answer": ids.digest("a", "s")}

    found = reasons(offer("a", 0.7, **twin), offer("b", 0.95, **twin), offer("c", 0.8, **twin))

    assert found == {"0": "repeated", "1": "", "2": "repeated"}


def test_one_document_is_no_more_than_its_share() -> None:
    offers = [offer(str(n), 0.9 - n / 100, document=b"one") for n in range(5)]

    found = reasons(*offers, per_document=3)

    assert list(found.values()) == ["", "", "", "per_document", "per_document"]


def test_a_budget_is_shared_by_strata_and_small_ones_are_kept_whole() -> None:
    big = [offer(f"b{n}") for n in range(50)]
    small = [offer(f"s{n}", 0.6, stratum=("share", "tickets")) for n in range(4)]

    found = reasons(*big, *small, max_examples=20)

    assert list(found.values())[50:] == [""] * 4
    assert list(found.values()).count("") == 20


OFFERS = st.lists(
    st.builds(
        offer,
        st.integers(0, 60).map(str),
        st.sampled_from([0.4, 0.6, 0.8, 0.9]),
        stratum=st.sampled_from([("a", "x"), ("a", "y"), ("b", "x")]),
        document=st.sampled_from([b"1", b"2", b"3"]),
        date=st.sampled_from(["", "2025-01-01", "2026-01-01"]),
    ),
    max_size=40,
    unique_by=lambda o: o.example_id,
)


@given(OFFERS, st.integers(1, 30))
def test_order_changes_nothing_and_each_offer_is_chosen_or_has_a_reason(
    offers: list[Offer], budget: int
) -> None:
    settings = Choose(max_examples=budget)

    once = choose(offers, settings=settings, key=KEY)
    again = choose(offers[::-1], settings=settings, key=KEY)

    assert once == again
    assert once.chosen | once.left_out.keys() == {o.example_id for o in offers}
    assert len(once.chosen) <= budget
    fit = [o for o in offers if o.score >= settings.least_quality]
    assert len(once.chosen) == min(budget, len(fit))


@given(OFFERS)
def test_one_offer_more_pushes_out_at_most_one(offers: list[Offer]) -> None:
    settings = Choose(max_examples=10, shares={})
    before = choose(offers, settings=settings, key=KEY).chosen

    after = choose([*offers, offer("new", 0.9)], settings=settings, key=KEY).chosen

    assert len(before - after) <= 2
