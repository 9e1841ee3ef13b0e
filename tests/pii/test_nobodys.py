"""Numbers that are plainly called something else belong to nobody, unless a person is spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


@pytest.mark.parametrize(
    "text",
    [
        "Order 1234567890 was shipped on 3 March.",
        "Order id 2079460979 is open.",
        "Part no. 0201 4567 890 is out of stock.",
        "HS code 8471.30.0100 applies.",
        "OID 1.3.6.1.4.1.311.2 is used.",
        "Account balance 1234567890 units.",
        "Revenue was 1 234 567 890 EUR.",
        "Pi is 0.1234567890 roughly.",
        "Sizes 12 14 16 18 20 are available.",
        "Numbers 1 2 3 4 5 6 7 8 9 10 are listed.",
        "CVE-2023-123456, KB5012345678.",
        "bytes=2125550172 rows 6123456789, pid 4567890 thread 2125550172",
        '{"size": 2147483647, "order_id": 4500123456, "id": 2079460979, "seq": 7010203040}',
        "Firmware 4.2.1.17 fixes it; upgrade from 4.2.1.9.",
        "Release notes for 7.8.9.10 and kernel 5.15.0.91.",
        "Schritt 1.2.3.4 beschreibt das; siehe Kapitel 2.3.4.5.",
        "pip install foo==1.2.3.4",
        "The bank holiday schedule 20260831 lists the days.",
        "Cost account 12345678 and cost centre 40012345.",
        "Passport printer model 123456789 prints.",
        "Serial number 4539578763621486 stands on the plate.",
        "IMEI 490154203237518 is printed on the box.",
        "Meter reading 4539 5787 6362 1486 kWh.",
        "Order no | Town\n2079460979 | Leeds",
        "order 2024-12-5678",
        "Meeting ID\n869 1664 1575",
        "Meeting ID\n\n869 1664 1575\n\nTime",
        "Lot 0123456789, batch 2024031201",
        "SAP note 1234567890; Policy number 1234567890",
        "Claim 1234567890",
        "Booking ref 1234567890, Asset tag 1234567890",
        "Error code 2147467259",
        "max int 2147483647",
        "epoch 1700000000",
        "Part no 123-456-7890",
        "Tax number 123/456/78901",
        "Other assets 12 911 706 508,410",
        "ISBN 978-0-306-40615-7, 0-306-40615-2, 3-16-148410-0",
        "time usage: 0.865/10.000 seconds, 270.4.10/1552",
        "at x 96.3897705078125 and 96,3897705078125",
        "Order 112-3456789-1234567",
        "G/L account 40000000",
        "The account has 12345678 followers",
        "Account manager for customer 10023456",
        "git clone git@github.com:acme/tool.git",
        "ssh://git@acme.com/x",
    ],
)
def test_numbers_of_things_are_left_alone(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Phone for order 2125550172", "PHONE_NUMBER", "2125550172"),
        ("Call about the part: 020 7946 0264", "PHONE_NUMBER", "020 7946 0264"),
        ("My direct line is 020 7946 0264 before noon", "PHONE_NUMBER", "020 7946 0264"),
        ("order +44 20 7946 0958", "PHONE_NUMBER", "+44 20 7946 0958"),
        ("invoice (212) 555-0172", "PHONE_NUMBER", "(212) 555-0172"),
        ("reach Ann, 2079460979", "PHONE_NUMBER", "2079460979"),
        ("Order phone | Town\n2079460979 | Leeds", "PHONE_NUMBER", "2079460979"),
        ("part (212) 555-0172", "PHONE_NUMBER", "(212) 555-0172"),
        ("Part phone no 212-555-0172", "PHONE_NUMBER", "212-555-0172"),
        ("Order: call 212-555-0172", "PHONE_NUMBER", "212-555-0172"),
        ("Note: 020 7946 0264", "PHONE_NUMBER", "020 7946 0264"),
        ("Booking: 020 7946 0264", "PHONE_NUMBER", "020 7946 0264"),
        ("claim number 800-555-0134", "PHONE_NUMBER", "800-555-0134"),
        ("customer number 212-555-0172", "PHONE_NUMBER", "212-555-0172"),
        ("You place your order.\n\n020 7946 0264", "PHONE_NUMBER", "020 7946 0264"),
        ("no.4111111111111111", "CREDIT_CARD", "4111111111111111"),
        ("1. 4111111111111111", "CREDIT_CARD", "4111111111111111"),
        ("customer's bank account 12345678", "US_BANK_NUMBER", "12345678"),
        ("git.jones@acme.com", "EMAIL_ADDRESS", "git.jones@acme.com"),
        ("jane@github.com", "EMAIL_ADDRESS", "jane@github.com"),
        ("host 10.20.30.40 runs it", "IP_ADDRESS", "10.20.30.40"),
        ("bank account 40012345", "US_BANK_NUMBER", "40012345"),
        ("passport number 123456789", "US_PASSPORT", "123456789"),
        ("paid by card, serial 4539578763621486", "CREDIT_CARD", "4539578763621486"),
    ],
)
def test_what_is_called_a_persons_is_found(
    finder: Finder, text: str, kind: str, value: str
) -> None:
    assert found(finder, text) == [(kind, value)]
