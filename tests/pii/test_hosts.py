"""Machines, and who logs in to them: padded and listed addresses, user info, names in quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


@pytest.mark.parametrize(
    ("before", "value"),
    [
        ("", "192.168.001.010"),
        ("the server ", "185.020.077.031"),
        ("", "010.000.000.005"),
        ("", "10.0.0.[1-5]"),
        ("ping ", "10.0.0.{1..5}"),
        ("hosts ", "203.0.113.[4,5,6]"),
        ("", "192.168.[0-3].1"),
        ("", "10.0.0.1-5"),
        ("block ", "203.0.113.7–9"),
    ],
)
def test_padded_and_listed_addresses_are_found_whole(
    finder: Finder, before: str, value: str
) -> None:
    assert found(finder, f"{before}{value} is down") == [("IP_ADDRESS", value)]


@pytest.mark.parametrize(
    "text",
    [
        "see section 01.02.03.04 and version 10.00.01.02",
        "version 10.0.0.[1-5], Kernel 5.4.0.[1-9]",
        "step 1.2.3.(1-4) and 10.0.0.[1-500]",
        "on 10.01.02.03 the list 1.0.0.{1,2}",
        "019.099.099.300 and 1.0.0",
    ],
)
def test_versions_and_paragraphs_are_no_addresses(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("before", "value", "behind"),
    [
        ("http://", "bob:secret@host", "/"),
        ("see https://", "bob:secret@host.example.com", "/path?x=1"),
        ("https://", "bob@host.example.com", "/path"),
        ("https://", "bob:p@ss=w&rd@host.example.com", "/"),
        ("postgres://", "admin:hunter2@db.internal", ":5432/x"),
        ("redis://", ":secret@cache", ":6379"),
        ("ftp://", "bob:secret@10.0.0.1", "/"),
    ],
)
def test_who_logs_in_is_found_whole(finder: Finder, before: str, value: str, behind: str) -> None:
    text = f"{before}{value}{behind}"

    assert found(finder, text) == [("EMAIL_ADDRESS", value)]
    assert [text[one.start : one.end] for one in finder.in_link(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "ssh://git@github.com/x and https://git@github.com/x",
        "https://host/@bob and https://medium.com/@bob/x",
        "http://bob@host/ and http://$USER:$PASS@host/",
        "docker://alpine@sha256:abc, https://unpkg.com/react@next",
        'the label "x"@en and "y"@foo',
    ],
)
def test_programs_and_places_for_names_log_nobody_in(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    "value", ['"weird name"@acme.com', '"a/b?c"@acme.com', "“jane doe”@acme.com"]
)
def test_a_mailbox_in_quotes_is_found_whole(finder: Finder, value: str) -> None:
    assert found(finder, f"write to {value}, please") == [("EMAIL_ADDRESS", value)]
