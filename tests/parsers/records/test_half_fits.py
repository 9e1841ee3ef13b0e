"""Mappings that find only some of what they name in a record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from curate.parsers.blob import Blob
from curate.parsers.readers import RECORD, read
from curate.parsers.records import shape_from
from curate.tables.parsed import Kind, Parsed

DESK = {
    "like": "tickets", "title": "subject", "body": "description", "created": "created_at",
    "status": "status", "messages": "comments", "messages.body": "body", "messages.role": "role",
    "messages.public": "public",
}  # fmt: skip
TALK = [
    {"author": "customer", "text": "It stays dark."},
    {"author": "agent", "text": "Hold the button for ten seconds until the light is green."},
    {"author": "customer", "text": "Thanks, that worked!"},
]
SECRET = "The customer must not know of the recall."


def _read(record: dict[str, Any], mapping: dict[str, str] | None = None) -> Parsed:
    blob = Blob(json.dumps(record).encode(), "", RECORD)
    return read(blob, shape_from(DESK if mapping is None else mapping))


def _plainly(record: dict[str, Any]) -> Parsed:
    return read(Blob(json.dumps(record).encode(), "", RECORD), None)


def _ticket(**more: object) -> dict[str, Any]:
    return {"id": 0, "subject": "How do I reset the charger?", "status": "solved", **more}


def test_messages_that_a_mapping_has_no_place_for_are_read_by_the_records_own_keys() -> None:
    record = _ticket(messages=TALK)

    parsed = _read(record)

    assert parsed.text == _plainly(record).text
    assert parsed.turns == _plainly(record).turns
    assert [turn.role for turn in parsed.turns] == ["customer", "agent", "customer"]


def test_parts_of_messages_that_a_mapping_has_no_place_for_are_read_too() -> None:
    assert _read(_ticket(comments=TALK)).text == _plainly(_ticket(comments=TALK)).text


def test_a_body_and_a_title_that_a_mapping_has_no_place_for_are_read_too() -> None:
    mapping = {"title": "subject", "body": "description"}
    record = {"id": 1, "title": "Lamp", "description": "It is dark."}
    other = {"id": 1, "subject": "Lamp", "content": "It is dark."}

    assert _read(record, mapping).text == _read(other, mapping).text == "Lamp\n\nIt is dark."


@pytest.mark.parametrize(
    "mark",
    [{"public": False}, {"is_public": "no"}, {"internal": True}, {"is_private": 1}],
)
@pytest.mark.parametrize("listed", ["comments", "messages", "replies"])
@pytest.mark.parametrize("text", ["body", "text"])
def test_internal_notes_stay_internal_where_a_mapping_half_fits(
    mark: dict[str, object], listed: str, text: str
) -> None:
    told = [{**one, text: one["text"]} for one in TALK]
    parsed = _read(_ticket(**{listed: [*told, {"author": "agent", text: SECRET, **mark}]}))

    assert not parsed.turns[-1].public
    assert [e.detail for e in parsed.elements if e.kind is Kind.COMMENT] == ["internal"]


def test_a_list_of_notes_is_shown_by_none_but_a_mapping_that_names_it() -> None:
    assert SECRET not in _read(_ticket(notes=[{"author": "agent", "text": SECRET}])).text


def test_a_field_whose_key_stands_though_empty_is_taken_at_its_word() -> None:
    silent = _ticket(comments=[], messages=[{"author": "agent", "text": SECRET}])

    assert SECRET not in _read(silent).text
