"""What each format's own check refuses, and that it is never more lenient than its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from curate.release.exports import alpaca, openai, sharegpt
from curate.release.exports.json_rows import dumped
from curate.release.exports.products import Shape
from curate.release.exports.turns import turns_problem
from tests.release.rows import example

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

USER, ANSWER = ("user", "Why?"), ("assistant", "So.")

FORMATS: dict[str, tuple[Callable[[Mapping[str, object]], str], Mapping[str, object]]] = {
    "openai": (openai.problem, openai.SCHEMA),
    "alpaca": (alpaca.problem, alpaca.SCHEMA),
    "sharegpt": (sharegpt.problem, sharegpt.SCHEMA),
}


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        ([USER, ANSWER], ""),
        ([("system", "Be brief."), USER, ANSWER, USER, ANSWER], ""),
        ([], "there is no message of user and assistant"),
        ([("system", "Be brief.")], "there is no message of user and assistant"),
        ([USER], "the last message is not the assistant's"),
        ([ANSWER, USER], "user and assistant do not speak by turns, the user first"),
        ([USER, USER, ANSWER], "user and assistant do not speak by turns, the user first"),
        (
            [USER, ("system", "No."), ANSWER],
            "user and assistant do not speak by turns, the user first",
        ),
        ([("tool", "42"), ANSWER], "message 1 has an unknown role"),
        ([USER, ("assistant", " \n")], "message 2 is empty"),
        ([USER, ("assistant", None)], "message 2 is no text"),
        ([USER, ("assistant", "\ud83d")], "message 2 is no UTF-8"),
    ],
)
def test_a_conversation_goes_by_turns(turns: list[tuple[str, object]], reason: str) -> None:
    assert turns_problem(turns) == reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"messages": [], "id": "e_1"}, "it has to hold `messages` and nothing else"),
        ({"messages": "Why?"}, "`messages` is no list of messages"),
        (
            {"messages": [{"role": "user", "content": "Why?", "weight": 1}]},
            "a message has to hold `role` and `content` and nothing else",
        ),
    ],
)
def test_a_line_that_a_job_would_refuse_is_named(row: Mapping[str, object], reason: str) -> None:
    assert openai.problem(row) == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"output": ""}, "`output` is empty"),
        ({"instruction": 3}, "`instruction` is no text"),
        ({"input": None}, "`input` is no text"),
        ({"source": "x"}, "it has to hold `instruction`, `input`, `output`"),
        ({"history": [["Why?"]]}, "`history` has to hold pairs"),
        ({"history": [["Why?", ""]]}, "`history` holds what is no text or empty"),
    ],
)
def test_an_element_that_a_reader_would_drop_is_named(
    change: Mapping[str, object], reason: str
) -> None:
    row = {"instruction": "Why?", "input": "", "output": "So.", **change}

    assert alpaca.problem(row).startswith(reason)


def test_earlier_turns_become_history_and_the_system_message_a_key() -> None:
    talk = example(
        1, ("system", "Be brief."), USER, ANSWER, ("user", "And?"), ("assistant", "Yes.")
    )

    row = alpaca.row_of(talk, Shape(system=True, turns=2))

    assert row == {
        "instruction": "And?",
        "input": "",
        "output": "Yes.",
        "system": "Be brief.",
        "history": [["Why?", "So."]],
    }
    assert alpaca.problem(row) == ""


def test_rows_of_one_file_have_the_same_keys() -> None:
    plain, talk = example(1), example(2, ("system", "Be brief."), USER, ANSWER)
    shape = Shape(system=True, turns=1)

    for row_of in (alpaca.row_of, sharegpt.row_of):
        assert list(row_of(plain, shape)) == list(row_of(talk, shape))


@pytest.mark.parametrize(
    "messages", [(USER,), (ANSWER, USER), (USER, USER, ANSWER), (USER, ANSWER, USER)]
)
def test_a_broken_conversation_passes_in_no_format(messages: tuple[tuple[str, str], ...]) -> None:
    shape = Shape(system=False, turns=2)
    broken = example(1, *messages)

    assert openai.problem(openai.row_of(broken))
    assert alpaca.problem(alpaca.row_of(broken, shape))
    assert sharegpt.problem(sharegpt.row_of(broken, shape))


_SHAPE = Shape(system=True, turns=2)
_TALK = example(1, ("system", "Be brief."), USER, ANSWER, ("user", "And?"), ("assistant", "Yes."))
_VALID: dict[str, Mapping[str, object]] = {
    "openai": openai.row_of(_TALK),
    "alpaca": alpaca.row_of(_TALK, _SHAPE),
    "sharegpt": sharegpt.row_of(_TALK, _SHAPE),
}
_VALUES: st.SearchStrategy[object] = st.sampled_from(
    [None, 3, "", " ", "Why?", "user", "gpt", "system", [], {}, [["a", "b"]], [["a"]]]
)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where a value can be changed, down to the last message's last word."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    found = [(*path, "a new key")] if isinstance(value, dict) else []
    for key, held in inner:
        found.append((*path, key))
        found += _paths(held, (*path, key)) if isinstance(held, (dict, list)) else []
    return found


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_what_passes_the_check_fits_the_schema(name: str, data: st.DataObject) -> None:
    problem, schema = FORMATS[name]
    row: Any = json.loads(json.dumps(_VALID[name]))
    *way, last = data.draw(st.sampled_from(_paths(row)))
    place = row
    for step in way:
        place = place[step]
    place[last] = data.draw(_VALUES)

    passes, fits = not problem(row), Draft202012Validator(schema).is_valid(row)

    assert fits or not passes


@pytest.mark.parametrize("name", FORMATS)
def test_a_good_row_passes_the_check_and_fits_the_schema(name: str) -> None:
    problem, schema = FORMATS[name]

    assert problem(_VALID[name]) == ""
    assert Draft202012Validator(schema).is_valid(_VALID[name])


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_row_is_one_line_for_every_reader_and_comes_back_whole(text: str) -> None:
    line = dumped({"text": text})

    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}
