from __future__ import annotations

import io
import json
from datetime import datetime

import openpyxl
import pytest

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.records import SHAPES, read_record, rows_as_records

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rows(data: bytes, media_type: str = "text/csv") -> list[dict[str, object]]:
    return [json.loads(row) for row in rows_as_records(Blob(data, "t", media_type))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_are_records_whatever_parts_their_cells(delimiter: str) -> None:
    lines = [
        ["id", "question", "answer"],
        ["1", "Why?", '"Two\nlines"'],
        ["", "", ""],
        ["2", "How?", "So"],
    ]
    data = "\n".join(delimiter.join(line) for line in lines).encode()

    assert rows(data) == [
        {"id": "1", "question": "Why?", "answer": "Two\nlines"},
        {"id": "2", "question": "How?", "answer": "So"},
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_are_read_in_the_encodings_that_offices_write(encoding: str) -> None:
    assert rows("id,name\n1,Müller\n".encode(encoding)) == [{"id": "1", "name": "Müller"}]


def test_columns_of_one_name_are_a_list_as_jira_exports_comments() -> None:
    data = (
        b"Issue key,Summary,Comment,Comment,Resolution\n"
        b'A-1,VPN,"01/May/26 9:00 AM;ann;It drops","01/May/26 10:00 AM;bob;Update it",Done\n'
    )

    (record,) = rows(data)
    parsed = read_record(Blob(json.dumps(record).encode(), "", ""), SHAPES["jira"])

    assert parsed.text == "VPN\n\nIt drops\n\nUpdate it"
    assert [turn.date for turn in parsed.turns] == ["2026-05-01T09:00:00Z", "2026-05-01T10:00:00Z"]


def test_sheets_keep_numbers_and_dates_and_hidden_ones_stay_out() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "when", "amount", "note"])
    sheet.append([1, datetime(2026, 5, 1, 9, 30), 2.5, None])  # noqa: DTZ001
    hidden = book.create_sheet("secret")
    hidden.append(["id"])
    hidden.append([99])
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)

    found = rows(buffer.getvalue(), XLSX)

    assert found == [{"id": 1, "when": "2026-05-01T09:30:00", "amount": 2.5}]


@pytest.mark.parametrize("written", ["NaN", "nan", "None", "null", "NULL", " NaN ", ""])
def test_a_cell_that_a_program_had_no_value_for_is_left_out(written: str) -> None:
    found = rows(f"id,note,said\n1,{written},None of them came\n".encode())

    assert found == [{"id": "1", "said": "None of them came"}]


def test_a_broken_sheet_is_corrupt() -> None:
    with pytest.raises(DocumentError) as caught:
        rows(b"PK\x03\x04 not a book", XLSX)

    assert caught.value.code == "corrupt"


def test_no_rows_give_no_records() -> None:
    assert rows(b"") == []
    assert rows(b"id,name\n") == []


def test_cells_beyond_the_last_head_go_on_with_its_column_and_are_told() -> None:
    assert rows(b"id,body\n1,The lamp blinks\n2,The lamp, which is red, blinks,\n") == [
        {"id": "1", "body": "The lamp blinks"},
        {"id": "2", "body": "The lamp, which is red, blinks", "": True},
    ]


def test_cells_behind_the_last_named_column_are_told_and_those_of_an_index_are_not() -> None:
    assert rows(b",id,body,\n0,1,One,\n1,2,Two,beside\n") == [
        {"id": "1", "body": "One"},
        {"id": "2", "body": "Two", "": True},
    ]


def test_columns_whose_names_differ_in_spelling_alone_say_also_that_they_are_empty() -> None:
    assert rows(b"id,Who,who\n1,,all\n2,hr,\n") == [
        {"id": "1", "Who": "", "who": "all"},
        {"id": "2", "Who": "hr", "who": ""},
    ]
