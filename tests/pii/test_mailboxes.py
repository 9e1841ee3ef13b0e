"""Mail addresses that Presidio looks past."""

from __future__ import annotations

import pytest

from curate.pii import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def values(finder: Finder, text: str) -> list[str]:
    return [text[one.start : one.end] for one in finder.find(text) if one.type == "EMAIL_ADDRESS"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("http://wiki/people/anna.berg@acme.com", ["anna.berg@acme.com"]),
        ("http://intranet.acme.local/profile?user=bob.lee@acme.com", ["bob.lee@acme.com"]),
        ("//fileserver/home/eva.roth@acme.com/notes", ["eva.roth@acme.com"]),
        ("anna@acme.com/bob@acme.com", ["anna@acme.com", "bob@acme.com"]),
        ("ask v15@mail.acme.local today", ["v15@mail.acme.local"]),
        ("anna [at] acme [dot] com", ["anna [at] acme [dot] com"]),
        ("anna (at) acme.com", ["anna (at) acme.com"]),
        ("'jane@acme.com'", ["jane@acme.com"]),
    ],
)
def test_an_address_is_found_wherever_it_stands(
    finder: Finder, text: str, wanted: list[str]
) -> None:
    assert values(finder, text) == wanted


@pytest.mark.parametrize(
    "text", ["npm i @scope/pkg@1.2.3", "we met at noon (at last) ok. com", "user@", "a@b", "@team"]
)
def test_what_is_no_address_is_left_alone(finder: Finder, text: str) -> None:
    assert values(finder, text) == []


@pytest.mark.parametrize(
    "text",
    ["ISBN 0-306-40615-2", "ISBN-13: 978-0-306-40615-7", "OCLC 219-09-9999", "Section 1.1.1.1"],
)
def test_the_number_of_a_book_or_of_a_paragraph_is_nobodys(finder: Finder, text: str) -> None:
    assert finder.find(text) == []


def test_many_signs_do_not_hold_up_the_search(finder: Finder) -> None:
    assert values(finder, "@".join(["a.b-c"] * 20_000)) == []
