from __future__ import annotations

import pytest

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.web import read_data
from curate.tables.parsed import Kind, Parsed


def read(text: str, name: str = "a.json") -> Parsed:
    return read_data(Blob(text.encode(), name, "application/json"))


def test_settings_are_readable_lines() -> None:
    parsed = read(
        '{"name": "x", "on": true, "ports": [1, 2], "db": {"host": "h", "more": [{"a": 1}]}}'
    )

    assert parsed.title == "x"
    assert parsed.text == "name: x\non: true\nports: 1, 2\ndb:\n  host: h\n  more:\n    - a: 1"


def test_long_texts_stand_under_their_key() -> None:
    parsed = read('{"terms_of_use": "' + "A sentence of it. " * 20 + '", "version": 2}')

    assert [e.kind for e in parsed.elements] == [Kind.CODE, Kind.HEADING, Kind.PARAGRAPH]
    assert parsed.text.startswith("version: 2\n\nterms of use\n\nA sentence")


def test_yaml_values_are_strings_as_written() -> None:
    assert read("a: yes\nb: 010\nc:\n  - x\n  - y\n", "a.yaml").text == "a: yes\nb: 010\nc: x, y"


@pytest.mark.parametrize(
    "text", ["{broken", "[" * 100_000, "a: &a [x]\n" + "b: [*a, *a]\n" * 100, "{" * 50_000]
)
def test_what_cannot_be_loaded_is_read_as_text(text: str) -> None:
    assert read(text, "a.yaml").text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": [1,2,', "bad_json"),
        ("{broken", "bad_json"),
        ('[{"id": 1}, {"id": 2,', "bad_json"),
        ('{"a": 1} and then some words', "bad_json"),
        ('{"a": "/*" } }', "bad_json"),
        ("/* " * 200_000 + "{", ""),
        ("{" + "/*" * 200_000, "bad_json"),
        ("[" * 100_000, "too_deep"),
        ("[" * 100_000 + "]" * 100_000, "too_deep"),
        ("[" * 500 + "]" * 500, "too_deep"),
    ],
)
def test_what_is_called_json_and_is_none_says_so(text: str, reason: str) -> None:
    found = ""
    try:
        read(text)
    except DocumentError as error:
        found = error.code

    assert found == reason


@pytest.mark.parametrize(
    "text",
    [
        '{\n  // the lamp\n  "lamp": "on", /* "x": [ */\n  "ports": [1, 2,],\n}',
        '{"lamp": "on"}\n{"lamp": "off"}\n',
        '{"lamp": "on"}\n{"lamp": "off"',
        '[{"lamp": 1}]\n[{"lamp": 2}]',
        "{lamp: 'on'}",
        '{"lamp": "line\nbreak"}',
        '{"lamp": ' + "1" * 5000 + "}",
        '\ufeff{"lamp": "on", "url": "http://a//b"}',
    ],
)
def test_what_people_write_as_json_is_read(text: str) -> None:
    assert "lamp" in read(text).text


def test_deep_data_is_cut_and_not_followed_without_end() -> None:
    assert read('{"a":' * 400 + '"x"' + "}" * 400).text.startswith("a:")


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read("{}")
