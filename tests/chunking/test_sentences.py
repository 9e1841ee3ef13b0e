from __future__ import annotations

import pytest

from curate.chunking.sentences import LINE, SENTENCE, sentence_starts


@pytest.mark.parametrize(
    "text",
    [
        "See Fig. 3 for the curve.",
        "Ask Dr. Jones or Prof. Lee.",
        "Use one, e.g. A or B, or none.",
        "Siehe Abs. 2 bzw. Nr. 4 der Ordnung.",
        "Es gilt z.B. Für alle.",
        "It lasts approx. 3 hours.",
        "J. R. Smith signs.",
        "Am 3. Oktober ist frei.",
        "It costs 3.50 today.",
        "the file a.b c stays",
    ],
)
def test_an_abbreviation_a_number_or_an_initial_ends_no_sentence(text: str) -> None:
    assert list(sentence_starts(text, 0, len(text))) == []


def test_sentences_end_with_full_stop_question_and_exclamation_mark() -> None:
    text = 'Stop. Why? Go! He said "No." Then (yes.) End in 2020. Next'

    found = [text[at:].split(maxsplit=1)[0] for at, _ in sentence_starts(text, 0, len(text))]

    assert found == ["Why?", "Go!", "He", "Then", "End", "Next"]


def test_an_end_of_line_costs_less_than_an_end_of_sentence() -> None:
    text = "One. Two\nThree"

    assert [cost for _, cost in sentence_starts(text, 0, len(text))] == [SENTENCE, LINE]


def test_escaped_empty_lines_of_a_dump_are_lines() -> None:
    text = r"'content': 'First part\n\nSecond part, C:\new stays'"

    assert [text[at:][:6] for at, _ in sentence_starts(text, 0, len(text))] == ["Second"]
