"""Records whose keys are spelled otherwise, or are nobody's; roles by a desk's own words."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from curate.errors import ConfigError, DocumentError
from curate.parsers.blob import Blob
from curate.parsers.containers import is_container, members
from curate.parsers.readers import PLAIN, RECORD, read
from curate.parsers.records import SHAPES, Shape, infer_shape, read_record, shape_from
from curate.tables.parsed import Kind, Parsed

CASE = {
    "Ticket ID": "T-1",
    "Subject": "Lamp",
    "Description": "The lamp of the meter is dark.",
    "Resolution": "Turn the ring to the left until the lamp is bright again.",
    "Status": "Solved",
}
SPELLINGS = [
    CASE,
    {key.upper(): value for key, value in CASE.items()},
    {key.lower().replace(" ", "-"): value for key, value in CASE.items()},
    {key.replace(" ", ""): value for key, value in CASE.items()},
]


def _read(record: dict[str, Any], shape: Shape | None = None) -> Parsed:
    return read(Blob(json.dumps(record).encode(), "", RECORD), shape)


@pytest.mark.parametrize("record", SPELLINGS)
def test_keys_in_any_spelling_are_those_of_a_ticket(record: dict[str, Any]) -> None:
    parsed = _read(record)

    assert infer_shape([record]) is SHAPES["tickets"]
    assert [t.role for t in parsed.turns] == ["customer", "agent"]
    assert [t.accepted for t in parsed.turns] == [False, True]
    assert parsed.title == "Lamp"


def test_keys_within_messages_are_known_in_any_spelling_too() -> None:
    said = [
        {"Author-Role": "Customer", "Body": "Why is it dark?"},
        {"Author-Role": "Service Desk", "Body": "Turn the ring.", "Is Public": False},
    ]

    parsed = _read({"Ticket ID": 1, "Subject": "Lamp", "Comments": said})

    assert [(t.role, t.public) for t in parsed.turns] == [("customer", True), ("agent", False)]


def test_a_key_that_stands_as_the_shape_spells_it_goes_before_another_spelling() -> None:
    record = {"ticket_id": 1, "Subject": "other", "subject": "Lamp", "description": "It is dark."}

    assert _read(record).title == "Lamp"


def test_the_key_of_a_record_is_found_in_any_spelling() -> None:
    lines = "\n".join(json.dumps({**CASE, "Ticket ID": f"T-{n}"}) for n in range(3)).encode()

    assert [m.key for m in members(lines, "application/x-ndjson")] == ["T-0", "T-1", "T-2"]


@pytest.mark.parametrize(
    "head",
    ["ticket_id,subject,description,resolution,status", "Ticket ID;Subject;Description;Solution"],
)
def test_a_csv_file_with_the_columns_of_tickets_is_read_by_rows(head: str) -> None:
    sign = ";" if ";" in head else ","
    row = sign.join(["7", "Lamp", "The lamp is dark.", "Turn the ring to the left.", "solved"])
    data = f"{head}\n{row}\n".encode()

    (member,) = members(data, "text/csv")

    assert is_container(data, "text/csv")
    assert member.key == "7"
    assert [t.role for t in read(Blob(member.data, "", RECORD), None).turns] == [
        "customer",
        "agent",
    ]


@pytest.mark.parametrize(
    "head",
    ["", "name,office,phone", "id,title,description,status", "subject,term,grade", "\x00\xff,\n"],
)
def test_any_other_csv_file_stays_a_table(head: str) -> None:
    data = f"{head}\na,b,c,d\n".encode()

    assert not is_container(data, "text/csv")


def test_a_record_of_an_unknown_shape_is_lines_without_json() -> None:
    record = {"case_no": "C-0002", "headline": 'Über "A"', "steps": ["one", "two"], "n": None}

    parsed = _read(record)

    assert parsed.text == 'case_no: C-0002\nheadline: Über "A"\nsteps: one, two\nn:'
    assert (parsed.reader, parsed.title) == (PLAIN, 'Über "A"')


def test_notes_that_are_marked_as_internal_reach_no_product_in_an_unknown_shape_either() -> None:
    log = [{"by": "x", "words": "Seen by all."}, {"words": "Between us.", "visible": False}]

    parsed = _read({"case_no": "C-0002", "log": log})

    assert (
        parsed.text
        == "case_no: C-0002\nlog:\n  - by: x\n    words: Seen by all.\n\nwords: Between us.\nvisible: false"
    )
    assert [e.kind for e in parsed.elements] == [Kind.CODE, Kind.COMMENT]


def test_a_message_that_is_not_visible_is_an_internal_note() -> None:
    said = [
        {"author": "a", "body": "Seen."},
        {"author": "b", "body": "Not seen.", "visible": False},
    ]

    parsed = _read({"ticket_id": 1, "subject": "Lamp", "comments": said})

    assert [t.public for t in parsed.turns] == [True, False]


def test_common_words_for_who_asks_and_who_answers_are_known() -> None:
    parsed = _read(_talk("client", "helper"))

    assert ([t.role for t in parsed.turns], parsed.notes) == (["customer", "agent"], ())


@pytest.mark.parametrize(
    ("asks", "answers"), [("customer", "agent"), ("Requester", "Support"), ("Kunde", "Techniker")]
)
def test_an_author_that_is_a_word_for_a_role_says_the_role(asks: str, answers: str) -> None:
    told = "Turn the ring below the lamp to the left until you hear it click twice."
    said = [{"author": asks, "body": "Why is it dark?"}, {"author": answers, "body": told}]

    parsed = _read({"id": 1, "subject": "Lamp", "status": "solved", "comments": said})

    assert [(t.role, t.accepted) for t in parsed.turns] == [("customer", False), ("agent", True)]


def test_a_stated_role_goes_before_a_word_for_a_role_as_the_author() -> None:
    said = [{"author": "agent", "role": "customer", "body": "Why is it dark?"}]

    parsed = _read({"id": 1, "subject": "Lamp", "comments": said})

    assert [t.role for t in parsed.turns] == ["customer"]


def test_a_desk_maps_its_own_words_for_who_asks_and_who_answers() -> None:
    mapping = {"like": "tickets", "messages.customers": ["pilot"], "messages.agents": "Ground Crew"}

    parsed = _read(_talk("Pilot", "ground_crew"), shape_from(mapping))

    assert ([t.role for t in parsed.turns], parsed.notes) == (["customer", "agent"], ())


def test_words_for_roles_that_nobody_knows_are_noted() -> None:
    assert _read(_talk("pilot", "crew")).notes == ("unknown_roles",)


def test_names_of_people_are_no_unknown_roles() -> None:
    said = [{"from": "Ann Roe", "text": "Why?"}, {"from": "Bob Poe", "text": "So."}]

    assert _read({"messages": said}).notes == ()


@pytest.mark.parametrize("written", ["NaN", "null", "Infinity", "-Infinity"])
def test_a_number_that_json_does_not_know_is_no_text(written: str) -> None:
    text = f'{{"subject": "Lamp?", "description": "It is dark.", "resolution": {written}}}'

    blob = Blob(text.encode(), "t.json", "application/json")
    parsed = read_record(blob, SHAPES["tickets"])

    assert parsed.text == "Lamp?\n\nIt is dark."


def test_a_wrong_key_for_words_is_named() -> None:
    with pytest.raises(ConfigError, match=r"messages\.agents"):
        shape_from({"like": "tickets", "messages.agent": ["helper"]})


def test_a_shape_says_the_same_in_every_process() -> None:
    program = "from curate.parsers.records import SHAPES, stable; print(stable(SHAPES['tickets']))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(said) == 1


def _talk(asker: str, answerer: str) -> dict[str, Any]:
    said = [
        {"role": asker, "body": "Why is the lamp dark?"},
        {"role": answerer, "body": "Turn the ring to the left until the lamp is bright again."},
    ]
    return {"ticket_id": 1, "subject": "Lamp", "status": "solved", "messages": said}


DESK = shape_from({"like": "tickets", "title": "subject", "body": "description"})


def test_a_record_in_which_a_mapping_finds_no_words_is_read_as_if_nothing_were_mapped() -> None:
    plain = _by_desk({"Product": "Lamp", "Price EUR": 12, "Stock": 3})
    known = _by_desk({"Question": "Why is it dark?", "Answer": "The ring is turned to the right."})
    answer = _by_desk({"Answer": "The ring is turned to the right."})

    assert (plain.reader, plain.text) == (PLAIN, "Product: Lamp\nPrice EUR: 12\nStock: 3")
    assert known.text == "Why is it dark?\n\nThe ring is turned to the right."
    assert answer.text == "The ring is turned to the right."


def test_messages_that_a_mapping_finds_no_words_in_are_not_shown_as_plain_data() -> None:
    with pytest.raises(DocumentError) as raised:
        _by_desk({"id": 1, "comments": [{"note": "The customer must not know."}]})

    assert raised.value.code == "empty"


def _by_desk(record: object) -> Parsed:
    return read(Blob(json.dumps(record).encode(), "r", RECORD), DESK)
