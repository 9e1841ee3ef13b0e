from __future__ import annotations

import json

import pytest

from curate.errors import ConfigError
from curate.parsers.blob import Blob
from curate.parsers.records import (
    SHAPES,
    infer_shape,
    read_record,
    record_key,
    record_labels,
    shape_from,
    unique_key,
)


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"id": 1, "subject": "s", "description": "d", "requester_id": 2}, "zendesk"),
        ({"key": "A-1", "fields": {"summary": "s"}}, "jira"),
        ({"number": "INC1", "short_description": "s", "close_notes": ""}, "servicenow_incident"),
        ({"number": "KB1", "short_description": "s", "text": "<p>t</p>"}, "servicenow_kb"),
        ({"id": 1, "conversation_parts": {}, "source": {}}, "intercom"),
        ({"subject": "s", "description": "d", "status": "open"}, "tickets"),
        ({"type": "message", "ts": "1.0", "text": "t", "user": "U"}, "slack"),
        ({"createdDateTime": "2026", "body": {}, "from": {}}, "teams"),
        ({"messages": [{"role": "user", "content": "c"}]}, "chat"),
        ({"question": "q", "answer": "a"}, "faq"),
        ({"title": "t", "body": "b"}, "article"),
    ],
)
def test_known_exports_are_recognised_by_their_keys(record: dict[str, object], name: str) -> None:
    shape = infer_shape([record] * 4)

    assert shape is SHAPES[name]


def test_nothing_is_recognised_in_anything_else() -> None:
    assert infer_shape([]) is None
    assert infer_shape([{"a": 1}, {"b": 2}]) is None
    assert infer_shape([{"question": "q", "answer": "a"}, {"a": 1}, {"b": 1}]) is None


def test_a_mapping_reads_what_no_shape_knows() -> None:
    shape = shape_from(
        {
            "id": "ref",
            "title": "betreff",
            "body": "text",
            "messages": "verlauf.eintraege",
            "messages.role": "von",
            "messages.body": "inhalt",
            "messages.private": "intern",
            "status": "stand",
            "done": ["erledigt"],
            "fields": {"produkt": "meta.produkt"},
        }
    )
    record = {
        "ref": "T1",
        "betreff": "Drucker",
        "text": "Er druckt nicht.",
        "stand": "erledigt",
        "meta": {"produkt": "P9"},
        "verlauf": {
            "eintraege": [
                {"von": "agent", "inhalt": "Bitte neu starten."},
                {"von": "agent", "inhalt": "Kunde klingt sauer.", "intern": True},
            ]
        },
    }

    parsed = read_record(Blob(json.dumps(record).encode(), "", ""), shape)

    assert record_key(record, shape) == "T1"
    assert [(t.role, t.public, t.accepted) for t in parsed.turns] == [
        ("customer", True, False),
        ("agent", True, True),
        ("agent", False, False),
    ]
    assert [(f.name, f.value) for f in parsed.fields] == [("produkt", "P9")]


def test_a_mapping_can_start_from_a_known_shape() -> None:
    shape = shape_from({"like": "zendesk", "title": "raw_subject", "fields": ["region"]})

    assert shape.title == ("raw_subject",)
    assert shape.messages == SHAPES["zendesk"].messages
    assert shape.fields == (("region", "region"),)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"titel": "x"}, ["'titel'", "Did you mean 'title'?"]),
        ({"like": "zendsk"}, ["'zendsk'", "Did you mean 'zendesk'?"]),
        ({"format": "rtf"}, ["'rtf'", "markdown"]),
        ({"title": ""}, ["title", "path"]),
        ({"messages.body": "x"}, ["messages.body", "needs messages"]),
    ],
)
def test_a_wrong_mapping_says_which_key_and_what_is_known(
    mapping: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        shape_from(mapping)

    assert all(word in str(caught.value) for word in words)


def test_the_unique_key_is_decided_over_all_records() -> None:
    assert unique_key([{"id": 1, "key": "a"}, {"id": 1, "key": "b"}]) == "key"
    assert unique_key([{"id": 1}, {}]) == ""
    assert unique_key([]) == ""


def test_a_record_without_a_shape_has_the_key_of_its_container() -> None:
    assert record_key({"number": 5.0}, None, unmapped="number") == "5"
    assert record_key({"number": 5}, None) == ""


def test_labels_are_found_by_path_and_below_fields() -> None:
    record = {"fields": {"priority": {"name": "High"}, "labels": ["a", "b"]}, "category": "net"}

    assert record_labels(record, ["category", "priority", "labels", "none"]) == (
        ("category", "net"),
        ("priority", "High"),
        ("labels", "a"),
        ("labels", "b"),
    )
