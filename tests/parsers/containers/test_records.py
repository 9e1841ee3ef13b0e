from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.parsers.containers import ContainerLimits, Member, contents, is_container, members
from curate.parsers.records import SHAPES, Shape, shape_from

if TYPE_CHECKING:
    from pathlib import Path

JSON = "application/json"
LINES = "application/x-ndjson"


def listed(value: object, shape: Shape | None = None) -> list[Member]:
    return list(members(json.dumps(value).encode(), JSON, shape=shape))


def loaded(found: list[Member]) -> list[object]:
    return [json.loads(member.data) for member in found]


def test_lines_keep_their_bytes_and_a_bad_one_is_named() -> None:
    data = b'\xef\xbb\xbf{"id": 1,  "a": "\xc3\xa9"}\n\n{"id": 2\n[1]\n{"id": 3}'

    found = list(members(data, LINES))

    assert [(m.key, m.data, m.problem) for m in found] == [
        ("1", b'{"id": 1,  "a": "\xc3\xa9"}', ""),
        ("", b"", "bad_json"),
        ("", b"", "not_a_record"),
        ("3", b'{"id": 3}', ""),
    ]


def test_a_line_beyond_the_limit_is_named_and_the_next_one_read() -> None:
    data = b'{"id": 1, "a": "' + b"x" * 3000 + b'"}\n{"id": 2}\n'

    found = list(members(data, LINES, limits=ContainerLimits(member=1000)))

    assert [(m.key, m.problem) for m in found] == [("", "too_large"), ("2", "")]


def test_the_key_is_the_first_usual_name_that_is_unique_and_never_empty() -> None:
    repeated = [{"id": 1, "number": "A"}, {"id": 1, "number": "B"}]
    partly = [{"key": "x", "ticket_id": 7}, {"key": None, "ticket_id": 8}]

    assert [m.key for m in listed(repeated)] == ["A", "B"]
    assert [m.key for m in listed(partly)] == ["7", "8"]
    assert [m.key for m in listed([{"id": None}, {"id": 2}])] == ["", ""]


def test_a_mapped_key_counts_even_when_it_repeats() -> None:
    shape = shape_from({"id": "meta.ref", "title": "t"})

    found = listed([{"meta": {"ref": "r"}, "t": 1}, {"meta": {"ref": "r"}, "t": 2}], shape)

    assert [m.key for m in found] == ["r", "r#2"]


@pytest.mark.parametrize(
    "value",
    [
        [{"a": 1}, {"a": 2}],
        {"tickets": [{"a": 1}, {"a": 2}], "count": 2, "next_page": None, "users": [{"id": 9}]},
        {"startAt": 0, "maxResults": 50, "total": 2, "issues": [{"a": 1}, {"a": 2}]},
        {"version": 3, "records": [{"a": 1}, {"a": 2}]},
        {"export": "x", "day": "2024-05-01", "tickets": [{"a": 1}, {"a": 2}]},
    ],
)
def test_arrays_of_objects_are_containers_also_within_an_envelope(value: object) -> None:
    assert is_container(json.dumps(value).encode(), JSON)
    assert loaded(listed(value)) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "value",
    [
        {"id": 1, "subject": "s", "comments": [{"body": "b"}, {"body": "c"}]},
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]},
        {"messages": [{"role": "user", "content": "hi"}]},
        {"tickets": [{"a": 1}], "articles": [{"a": 1}]},
        {"title": "Pumps", "tickets": [{"a": 1}]},
        {"invoice": "A-1", "items": [{"sku": 1}]},
        {"desk": {"name": "x"}, "tickets": [{"a": 1}]},
        {"channel": "x", "messages": [{"id": "1", "from": "Ann", "text": "hi"}]},
        [1, 2],
        [],
        {},
        "text",
    ],
)
def test_anything_else_is_one_record_and_comes_out_whole(value: object) -> None:
    assert not is_container(json.dumps(value).encode(), JSON)
    assert loaded(listed(value)) == [value]


def test_members_of_an_array_that_are_no_objects_are_named() -> None:
    assert [m.problem for m in listed([{"a": 1}, 2, None])] == ["", "not_a_record", "not_a_record"]


def test_a_conversation_in_an_array_is_one_record() -> None:
    turns = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}]

    assert loaded(listed(turns)) == [{"messages": turns}]


def test_a_day_of_slack_comes_out_by_thread() -> None:
    day = [
        {"type": "message", "user": "U1", "text": "q?", "ts": "1.0", "thread_ts": "1.0"},
        {"type": "message", "user": "U2", "text": "other", "ts": "2.0"},
        {"type": "message", "user": "U3", "text": "a", "ts": "3.0", "thread_ts": "1.0"},
    ]

    found = listed(day)

    assert [m.key for m in found] == ["1.0", "2.0"]
    assert loaded(found) == [
        {"thread_ts": "1.0", "messages": [day[0], day[2]]},
        {"thread_ts": "2.0", "messages": [day[1]]},
    ]


def test_slack_messages_beside_the_name_of_their_channel_come_out_by_thread() -> None:
    said = [
        {"type": "message", "user": "U1", "text": "q?", "ts": "1.0", "thread_ts": "1.0"},
        {"type": "message", "user": "U2", "text": "a", "ts": "2.0", "thread_ts": "1.0"},
    ]

    assert [m.key for m in listed({"channel": "help", "messages": said})] == ["1.0"]


def test_messages_with_ids_of_their_own_are_one_conversation() -> None:
    said = {
        "messages": [
            {"id": "1", "from": "Ann", "text": "q?"},
            {"id": "2", "from": "Bob", "text": "a"},
        ]
    }

    assert loaded(listed(said)) == [said]


def test_teams_messages_come_out_by_what_they_answer() -> None:
    body = {"contentType": "html", "content": "<p>x</p>"}
    messages = [
        {"id": "1", "replyToId": None, "body": body, "from": None, "messageType": "message"},
        {"id": "2", "replyToId": "1", "body": body, "from": None, "messageType": "message"},
    ]

    found = listed({"@odata.context": "c", "value": messages})

    assert [m.key for m in found] == ["1"]
    assert loaded(found) == [{"thread_id": "1", "messages": messages}]


def test_rows_are_records_once_a_shape_is_given() -> None:
    data = b"id;question;answer\n1;Why?;Because\n2;How?;So\n"

    found = list(members(data, "text/csv", shape=SHAPES["faq"]))

    assert [m.key for m in found] == ["1", "2"]
    assert loaded(found)[0] == {"id": "1", "question": "Why?", "answer": "Because"}
    assert is_container(data, "text/csv", shape=SHAPES["faq"])
    assert not is_container(data, "text/csv")


@pytest.mark.parametrize("data", [b"", b"{", b"[{}", b'{"a"', b"[{} {}]", b"\xff\xfe", b"nul"])
def test_broken_json_is_named(data: bytes) -> None:
    assert [m.problem for m in members(data, JSON)] == ["bad_json"]
    assert not is_container(data, JSON)


def test_an_array_that_breaks_off_gives_what_it_had() -> None:
    found = list(members(b'[{"a": 1}, {"a": 2}, {"a"', JSON, shape=SHAPES["tickets"]))

    assert found[-1].problem == "bad_json"


def test_nesting_without_end_is_bad_json() -> None:
    assert [m.problem for m in members(b"[" * 200_000, JSON)] == ["bad_json"]
    assert [m.problem for m in members(b'{"a":' * 200_000 + b"\n", LINES)] == ["bad_json"]


def test_a_long_array_is_streamed_over_the_borders_of_its_pieces(tmp_path: Path) -> None:
    records = [{"id": n, "text": "\u00e9\u4e2d" * 40_000} for n in range(40)]
    path = tmp_path / "long.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")

    found = list(members(path, JSON))

    assert [m.key for m in found] == [str(n) for n in range(40)]
    assert loaded(found) == records


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=4), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_arrays_and_lines_give_the_records_they_were_made_of(
    records: list[dict[str, object]],
) -> None:
    lines = "\n".join(json.dumps(record) for record in records).encode()

    assert loaded(list(members(lines, LINES))) == records
    assert loaded(list(members(json.dumps(records, indent=1).encode(), JSON))) == records


@given(st.binary(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_members(data: bytes) -> None:
    for media_type in (JSON, LINES, "text/csv", "message/rfc822", "application/vnd.ms-outlook"):
        for member in members(data, media_type, shape=SHAPES["tickets"]):
            assert member.problem == "" or member.data == b""


@given(
    st.lists(
        st.sampled_from(
            [
                b'{"id": 1}',
                b'{"id": 2, "a": "' + b"x" * 60 + b'"}',
                b"",
                b"  ",
                b"[1]",
                b"\xff",
                b"{",
            ]
        ),
        max_size=12,
    )
)
def test_contents_are_the_data_of_the_members_in_their_places(lines: list[bytes]) -> None:
    data, limits = b"\n".join(lines), ContainerLimits(member=40)

    keyed, bare = (
        list(members(data, LINES, limits=limits)),
        list(contents(data, LINES, limits=limits)),
    )

    assert len(keyed) == len(bare)
    for with_key, without in zip(keyed, bare, strict=True):
        assert with_key.problem or with_key.data == without.data
        assert (with_key.problem == "too_large") == (without.problem == "too_large")


def test_contents_of_an_array_are_those_of_its_members() -> None:
    data = json.dumps([{"id": 1, "a": "x"}, 2, {"id": 3}]).encode()

    assert [m.data for m in contents(data, JSON)] == [m.data for m in members(data, JSON)]
