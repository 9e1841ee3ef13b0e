"""No example of validation or test says what an example of another split says."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate import ids
from curate.stages.assign import Splits, assign
from curate.stages.separate import Held, runs_of, separate, ties

SENTENCE = "hold the red key for ten seconds then set the clock to four again and wait"


def held(
    name: str, split: str, text: str = "", *, question: bytes = b"", answer: bytes = b""
) -> Held:
    return Held(
        ids.digest("x", name),
        ids.digest("d", name),
        split,
        question or ids.digest("q", name),
        answer or ids.digest("a", name),
        runs_of(text or f"words of {name} alone"),
    )


def leaks(*examples: Held) -> dict[bytes, str]:
    return separate(examples).removed()


@pytest.mark.parametrize("side", ["question", "answer"])
def test_an_equal_side_leaves_the_smaller_split(side: str) -> None:
    train, test = held("a", "train"), held("b", "test")
    test = replace(test, **{side: getattr(train, side)})

    assert leaks(train, test) == leaks(test, train) == {test.example_id: f"leak_{side}"}


def test_a_term_that_two_splits_define_is_one_question_in_both() -> None:
    names = (b"1" * 16, b"2" * 16)
    train, test = replace(held("a", "train"), terms=names), held("b", "test")
    test = replace(test, terms=names[1:])

    assert leaks(train, test) == {test.example_id: "leak_question"}
    assert ties([train, test]) == [(train.home, test.home)]


def test_a_run_of_thirteen_words_is_a_leak_and_twelve_are_none() -> None:
    words = SENTENCE.split()
    train = held("a", "train", f"First, {SENTENCE}. Then go home.")
    whole = held("b", "test", f"You should {' '.join(words[:13])}!")
    part = held("c", "test", f"You should {' '.join(words[:12])}!")

    assert leaks(train, whole, part) == {whole.example_id: "leak_ngram13"}


def test_train_keeps_then_validation() -> None:
    splits = ("train", "validation", "test")
    train, validation, test = (held(split, split, question=b"q" * 16) for split in splits)

    assert leaks(validation, test) == {test.example_id: "leak_question"}
    assert leaks(train, validation, test).keys() == {validation.example_id, test.example_id}


def test_what_left_the_validation_split_takes_nothing_out_of_the_test() -> None:
    train = held("a", "train", question=b"1" * 16)
    validation = held("b", "validation", question=b"1" * 16, answer=b"2" * 16)
    test = held("c", "test", answer=b"2" * 16)

    assert leaks(train, validation, test) == {validation.example_id: "leak_question"}


def test_a_phrase_of_the_house_is_no_leak() -> None:
    examples = [held(str(n), "train", f"{SENTENCE}, says number {n}") for n in range(12)]
    test = held("t", "test", f"{SENTENCE}, says the test")

    assert leaks(*examples, test) == {}


def test_leaks_are_counted_by_measure_and_pair() -> None:
    found = separate([held("a", "train", answer=b"s" * 16), held("b", "test", answer=b"s" * 16)])

    assert found.counts()["answer"]["train/test"] == 1
    assert sum(sum(pairs.values()) for pairs in found.counts().values()) == 1


def test_nothing_at_all_is_separate() -> None:
    assert leaks() == {}
    assert leaks(held("a", "test", "short")) == {}


EXAMPLES = st.lists(
    st.builds(
        held,
        st.integers(0, 30).map(str),
        st.just(""),
        st.sampled_from(["", SENTENCE, f"{SENTENCE} a little", "other words"]),
        question=st.sampled_from([b"", b"1" * 16, b"2" * 16]),
        answer=st.sampled_from([b"", b"3" * 16, b"4" * 16]),
    ),
    max_size=8,
    unique_by=lambda example: example.example_id,
)


@given(EXAMPLES)
def test_documents_grouped_by_what_they_share_leak_nothing(examples: list[Held]) -> None:
    homes = [example.home for example in examples]
    halves = Splits(validation=0.3, test=0.3)
    splits = assign(ties(examples), homes, known={}, settings=halves, key=bytes(32)).splits

    found = separate([replace(example, split=splits[example.home]) for example in examples])

    assert found.leaks == ()


def test_many_examples_take_seconds() -> None:
    train = [held(f"r{n}", "train", " ".join(f"w{n}x{k}" for k in range(60))) for n in range(4000)]
    test = [held(f"t{n}", "test", " ".join(f"v{n}x{k}" for k in range(60))) for n in range(400)]
    started = time.process_time()

    assert leaks(*train, *test) == {}

    assert time.process_time() - started < 10
