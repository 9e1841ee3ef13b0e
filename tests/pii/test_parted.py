"""Values that a line end parts, also where a format reads it as a blank."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Her SSN is VALUE now", "US_SSN", "536-22-|8726"),
        ("Her SSN is VALUE now", "US_SSN", "536-|22-8726"),
        ("Her SSN is VALUE now", "US_SSN", "536|-22-8726"),
        ("Her number is VALUE now", "US_ITIN", "912-|70-1234"),
        ("Call the phone VALUE today", "PHONE_NUMBER", "212|-555-2520"),
        ("Call the phone VALUE today", "PHONE_NUMBER", "212-|555-2520"),
        ("The card VALUE is hers", "CREDIT_CARD", "4629714745235|290"),
        ("The card VALUE is hers", "CREDIT_CARD", "4629-7147-|4523-5290"),
        ("The card VALUE is hers", "CREDIT_CARD", "4629-7147|-4523-5290"),
        ("The IP address is VALUE of", "IP_ADDRESS", "185.20.77.|31"),
        ("The IP address is VALUE of", "IP_ADDRESS", "185.20.|77.31"),
        ("The IP address is VALUE of", "IP_ADDRESS", "185.|20.77.31"),
        ("The server is 1.2.3.4, VALUE", "IP_ADDRESS", "10.1|.2.3"),
        ("It is VALUE of", "IP_ADDRESS", "192.168.|1.14"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@corp.|example.com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@corp262.|example.com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@corp-|one.example.com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@acme|.com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@acme.|com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe|@corp.example.com"),
        ("Write to VALUE for help", "EMAIL_ADDRESS", "jane.roe@|corp.example.com"),
    ],
)
@pytest.mark.parametrize("sign", ["\n", " "])
def test_a_value_that_a_line_end_parts_is_found_whole_also_where_it_is_a_blank(
    finder: Finder, text: str, kind: str, value: str, *, sign: str
) -> None:
    written = value.replace("|", sign)

    assert (kind, written) in found(finder, text.replace("VALUE", written))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("MAC VALUE x", "MAC_ADDRESS", "00:1B:44:\n11:3A:B7"),
        ("mac VALUE x", "MAC_ADDRESS", "00-1b-44-\n11-3a-b7"),
        ("id VALUE x", "UUID", "123e4567-e89b-12d3-\na456-426614174000"),
        ("id VALUE x", "UUID", "123e4567-e89b-12d3-a456-\n426614174000"),
    ],
)
def test_the_number_of_a_device_that_a_line_end_parts_is_found_whole(
    finder: Finder, text: str, kind: str, value: str
) -> None:
    assert found(finder, text.replace("VALUE", value)) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "the first line ends in 2019.|15 people came",
        "page 12 - 14",
        "page 12|-14 and 15",
        "version 1.2.|3 steps",
        "version 1.2.3.|4 steps",
        "see section 1.2.3.|4 people were there",
        "it is 3.5.|4.6 is more",
        "from 10.25.|12.50 is the price",
        "it cost 185.20.|77.31 was paid back",
        "000-22-|8726 and 666-22-|8726 and 536-00-|8726",
        "4629714745235|291",
        "1616089455123|456",
        "4629714745235|290 17",
        "pay $4629714745235|290",
        "at user@host.|it is up",
        "ping user@host.|setup.py is",
        "made with node.js|@vercel.com",
        "see notes.txt|@example.com",
    ],
)
def test_a_number_or_a_word_behind_the_end_of_a_sentence_makes_no_value(
    finder: Finder, text: str
) -> None:
    assert found(finder, text.replace("|", " ")) == []


@pytest.mark.parametrize(
    "text",
    [
        "the first line ends in 2019.\n15 people came",
        "page 12\n-14 and 15",
        "version 1.2.\n3 steps",
        "see section 1.2.3.\n4 people were there",
        "it cost 185.20.\n77.31 was paid back",
        "- 12 apples\n- 34 pears",
        "2021-03-04\n-05:00 is the offset",
        "de:ad:be:\nthe end",
    ],
)
def test_a_number_in_the_next_line_makes_no_value(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ask john (dot) doe (at) acme (dot) com", "john (dot) doe (at) acme (dot) com"),
        ("ask john[dot]doe[at]acme[dot]com", "john[dot]doe[at]acme[dot]com"),
        ("ask john [.] m [.] doe [at] acme [.] com", "john [.] m [.] doe [at] acme [.] com"),
        ("ask john dot doe (at) acme.com", "john dot doe (at) acme.com"),
        ("ask john dot doe at acme dot com", "john dot doe at acme dot com"),
        ("ask john (dot) doe@acme.com", "john (dot) doe@acme.com"),
        ("the polka dot doe@acme.com", "doe@acme.com"),
        ("t doe@acme.com", "doe@acme.com"),
    ],
)
def test_a_mailbox_whose_dots_are_spelt_out_is_covered_whole(
    finder: Finder, text: str, value: str
) -> None:
    assert found(finder, text) == [("EMAIL_ADDRESS", value)]


@pytest.mark.parametrize(
    "text",
    ["123-45-|" * 9_000, "1.2.3.|" * 12_000, "a@b. " * 15_000, "x (dot) " * 9_000 + "a@b.com"],
)
def test_many_such_signs_do_not_hold_up_the_search(finder: Finder, text: str) -> None:
    begun = process_time()

    spans = [one for sign in (" ", "\n") for one in finder.find(text.replace("|", sign))]

    assert process_time() - begun < 20  # a second, but for a slow machine
    assert all(span.end - span.start < 50 for span in spans)
