"""Values in forms that Presidio looks past, and values that it takes in part."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


@pytest.mark.parametrize(
    ("kind", "before", "value"),
    [
        ("CREDIT_CARD", "card ", "4111–1111–1111–1111"),
        ("CREDIT_CARD", "card ", "5555  5555  5555  4444"),
        ("CREDIT_CARD", "card ", "4012_8888_8888_1881"),
        ("CREDIT_CARD", "card ", "4222.2222.2222.2220"),
        ("US_SSN", "SSN ", "536–12–3457"),
        ("US_SSN", "SSN", "536123456"),
        ("US_SSN", "SSN ", "536\u00a012\u00a03456"),
        ("IBAN_CODE", "IBAN", "DE89370400440532013000"),
        ("IBAN_CODE", "", "DE 75 5121 0800 1245 1261 99"),
        ("IBAN_CODE", "to ", "DE89.3704.0044.0532.0130.00"),
        ("IBAN_CODE", "to ", "FR14\u202f2004\u202f1010\u202f0505\u202f0001\u202f3M02\u202f606"),
        ("PHONE_NUMBER", "", "+972 54 123 4123"),
        ("PHONE_NUMBER", "call ", "+33.1.42.68.53.00"),
        ("PHONE_NUMBER", "", "+44·20·7946·0958"),
        ("PHONE_NUMBER", "tel ", "⁺⁴⁴ ²⁰ ⁷⁹⁴⁶ ⁰⁹⁵⁷"),
        ("PHONE_NUMBER", "Tél. ", "01\u202f42\u202f68\u202f53\u202f15"),
        ("PHONE_NUMBER", "phone=", "2125550173"),
        ("PHONE_NUMBER", "phone#", "2125550172"),
        ("PHONE_NUMBER", "https://x.example.com/a?tel=", "+442079460951"),
        ("PHONE_NUMBER", "Tel. ", "0221 4567"),
        ("PHONE_NUMBER", "Fax: ", "06221 54-0"),
        ("PHONE_NUMBER", "Telefon ", "23 45 67"),
        ("PHONE_NUMBER", "phone ", "555-0134"),
        ("PHONE_NUMBER", "Durchwahl -", "678"),
        ("IP_ADDRESS", "host ", "fd00::5"),
        ("IP_ADDRESS", "addr ", "fe80::1"),
        ("IP_ADDRESS", "host ", "192[.]168[.]1[.]10"),
        ("MAC_ADDRESS", "MAC ", "001B44113AB7"),
        ("UUID", "uuid: ", "123E4567E89B12D3A456426614174000"),
        ("US_PASSPORT", "Passport ", "C01X00T47"),
        ("US_DRIVER_LICENSE", "driver license no. ", "D123-4567-8901-23"),
        ("PHONE_NUMBER", "call ", "+1 (212) 555-0199 ext 12"),
        ("US_BANK_NUMBER", "bank account ", "1234 5678 9012"),
        ("US_BANK_NUMBER", "account no. ", "1234-5678-9012"),
        ("US_BANK_NUMBER", "a/c no ", "12345678"),
        ("US_BANK_NUMBER", "acc: ", "55779911"),
        ("US_BANK_NUMBER", "sort code ", "20-00-00"),
        ("US_BANK_NUMBER", "Konto ", "12345678"),
        ("US_BANK_NUMBER", "Kontonr. ", "12345678"),
        ("US_BANK_NUMBER", "Kontonummer: ", "1234 567 890"),
        ("US_BANK_NUMBER", "ABA ", "021000021"),
        ("US_BANK_NUMBER", "routing no. ", "021000021"),
        ("US_DRIVER_LICENSE", "CA DL ", "D1234567"),
        ("US_DRIVER_LICENSE", "DL# ", "F255-921-50-094-0"),
        ("MAC_ADDRESS", "HWaddr ", "001A2B3C4D5E"),
        ("MAC_ADDRESS", "MAC address ", "001A2B-3C4D5E"),
    ],
)
def test_a_value_is_found_whole(finder: Finder, kind: str, before: str, value: str) -> None:
    assert found(finder, f"{before}{value}, and that is all.") == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "The iPhone 15 costs 1,199 and the phone 12 345 times as much.",
        "mobile 10 000 users, fax 2019-2020",
        "the machine 001B44113AB7 and the digest 123E4567E89B12D3A456426614174000",
        "up +12.345.678 or +1 234 567 890 in all",
        "at +51.5007 -0.1246254, GMT+0100 2020 12 31",
        "std::abc, face::bad, 1::2",
        "the number 4012_8888_8888_1882 and DE88_3704_0044_0532_0130_00",
        "Sizes 12 14 16 18 20 are 1.2.3.4.5.6 of 2019–2020",
        "acc 0.98, access 12345678, the database 021000021, sort 20-00-00",
        "account 2019 2020, account 12 of 34, the middle D1234567, 001A2B-3C4D5E",
    ],
)
def test_what_only_looks_like_such_a_value_is_left_alone(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("IBAN DE89 3704 0044\n0532 0130 00.", "IBAN_CODE", "DE89 3704 0044\n0532 0130 00"),
        ("IBAN NL91 ABNA\n0417 1643 00", "IBAN_CODE", "NL91 ABNA\n0417 1643 00"),
        ("- DE89 3704 0044\n- 0532 0130 00", "IBAN_CODE", "DE89 3704 0044\n- 0532 0130 00"),
        ("card 5555 5555 5555\n4444 please", "CREDIT_CARD", "5555 5555 5555\n4444"),
        ("call +44 20 7946\n0929 or", "PHONE_NUMBER", "+44 20 7946\n0929"),
        ("TEL;TYPE=cell:+44 20 79\n46 0918\nEND", "PHONE_NUMBER", "+44 20 79\n46 0918"),
        ("call 212-555-01\n73", "PHONE_NUMBER", "212-555-01\n73"),
        ("at (877)\n472-6716 to", "PHONE_NUMBER", "(877)\n472-6716"),
        ("536-12-\n3456 is hers", "US_SSN", "536-12-\n3456"),
        ("SSN 536 22\n8712", "US_SSN", "536 22\n8712"),
        ("my mobile 07911\n123803 is", "PHONE_NUMBER", "07911\n123803"),
        ("Mobile: 07911\n123456", "PHONE_NUMBER", "07911\n123456"),
        ("at 020 7946\n0802 or", "PHONE_NUMBER", "020 7946\n0802"),
        ("call 0171\n4567890", "PHONE_NUMBER", "0171\n4567890"),
        ("Phone: 212\n555-0172", "PHONE_NUMBER", "212\n555-0172"),
        ("Tel: 7946\n0841", "PHONE_NUMBER", "7946\n0841"),
        ("at (212)\n\n555-9905", "PHONE_NUMBER", "(212)\n\n555-9905"),
        ("call +44 20 7946\n\n0801", "PHONE_NUMBER", "+44 20 7946\n\n0801"),
        ("> call +44 20 7946\n> 0801", "PHONE_NUMBER", "+44 20 7946\n> 0801"),
        ("> my mobile 07911\n> 123803", "PHONE_NUMBER", "07911\n> 123803"),
        ("> card 4111 1111 1111\n> 1111", "CREDIT_CARD", "4111 1111 1111\n> 1111"),
        (">> DE89 3704 0044\n>> 0532 0130 00", "IBAN_CODE", "DE89 3704 0044\n>> 0532 0130 00"),
    ],
)
def test_a_value_that_a_line_end_breaks_is_found(
    finder: Finder, text: str, kind: str, value: str
) -> None:
    assert found(finder, text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "12345\n67890\n12345\n67890\n" * 40,
        "of 1234\n567 890 12",
        "her SSN 536-12-\n\n3456 is",
        "4111 1111 | x\n1111 1111 | y",
        "Sum 212\n555 0172",
        "0171\n4567890\n0172\n4567891",
        "Phone 12345\n67890 of them",
        "mobile 2019\n2020 was",
        "in all (1999)\n\n212-5550 rooms",
        "up +12\n\n345 678 and",
        "> of 1234\n> 567 890 12",
    ],
)
def test_numbers_on_lines_of_their_own_stay_apart(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    ("value", "behind"),
    [
        ("+44 20 7946 0958", "12 people came."),
        ("+44 20 7946 0958", "\n1200 people came."),
        ("555-0134", "1000 rooms"),
        ("0221 4567", "12 Leute"),
    ],
)
def test_a_number_before_a_line_end_takes_nothing_of_the_next_line(
    finder: Finder, value: str, behind: str
) -> None:
    assert found(finder, f"Phone {value}\n{behind}") == [("PHONE_NUMBER", value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x | 4111 1111 | 1111 1111", ["4111 1111", "1111 1111"]),
        ("x | +44 20 | 7946 0938", ["+44 20", "7946 0938"]),
        ("x | DE89 3704 0044 | 0532 0130 00", ["DE89 3704 0044", "0532 0130 00"]),
    ],
)
def test_of_a_value_in_two_cells_both_halves_are_found(
    finder: Finder, text: str, values: list[str]
) -> None:
    assert [value for _, value in found(finder, text)] == values


def test_numbers_in_neighbouring_cells_are_no_halves(finder: Finder) -> None:
    assert found(finder, "+12 | 345 678 | 4111 1111 | 1111 1112\n2019 | 2020 | 2021 | 2022") == []


@pytest.mark.parametrize(
    "text",
    [
        "1-" * 50_000,
        "+1 " * 40_000,
        "12345\n" * 20_000,
        "DE89 " * 20_000,
        "fe80::" * 20_000,
        "Tel: 555-0134, " * 4_000,
        "call x431 " * 15_000,
        "a/c 1234 5678 " * 10_000,
        "call 415-555-2671 ext. 12/13 " * 4_000,
        "10.0.0.[1-5] at .0 " * 5_000,
        "http://a:b@c/" * 8_000,
        '"@a.com' * 15_000,
    ],
    ids=[
        *("dashes", "pluses", "lines", "accounts", "networks", "lists", "extensions", "named"),
        *("overlaps", "ranges", "users", "quotes"),
    ],
)
def test_hostile_text_takes_no_long_time(finder: Finder, text: str) -> None:
    began = time.process_time()

    finder.find(text)

    assert time.process_time() - began < 5
