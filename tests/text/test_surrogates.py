from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.dates import shifted
from curate.text.edits import value_digest
from curate.text.surrogates import GENERATORS, Draw, same_shape, surrogate

KEY = b"k" * 32
VALUES = [
    ("EMAIL_ADDRESS", "Jane.Doe@acme.com"),
    ("PHONE_NUMBER", "(212) 555-0172"),
    ("PHONE_NUMBER", "+44 20 7946 0958"),
    ("PHONE_NUMBER", "030 123456"),
    ("PHONE_NUMBER", "555-1234"),
    ("CREDIT_CARD", "4111-1111-1111-1111"),
    ("CREDIT_CARD", "378282246310005"),
    ("IBAN_CODE", "DE89 3704 0044 0532 0130 00"),
    ("IBAN_CODE", "GB33BUKB20201555555555"),
    ("IP_ADDRESS", "10.20.30.40/16"),
    ("IP_ADDRESS", "fe80::1"),
    ("MAC_ADDRESS", "00-1A-2B-3C-4D-5E"),
    ("MAC_ADDRESS", "0012.3456.789a"),
    ("URL", "https://www.acme.com/staff/jane?q=1"),
    ("US_SSN", "219-09-9999"),
    ("US_ITIN", "912-70-1234"),
    ("US_PASSPORT", "C01234567"),
    ("US_DRIVER_LICENSE", "H12345678"),
    ("US_BANK_NUMBER", "945456787654"),
    ("UK_NHS", "943 476 5919"),
    ("MEDICAL_LICENSE", "BB1388568"),
    ("CRYPTO", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    ("UUID", "123e4567-e89b-12d3-a456-426614174000"),
    ("DATE_TIME", "2021-03-04"),
    ("PERSON", "Jane Doe"),
]


def stand_in(kind: str, value: str, key: bytes = KEY) -> str:
    return surrogate(kind, value, key=key, person=value_digest(key, kind, value))


def luhn_is_right(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()][::-1]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_surrogate_hangs_on_value_and_key_alone(kind: str, value: str) -> None:
    made = stand_in(kind, value)

    assert made == stand_in(kind, value)
    assert made != value
    assert made != stand_in(kind, value, key=b"x" * 32)


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_a_surrogate_keeps_the_punctuation_that_gives_a_value_its_format(
    kind: str, value: str
) -> None:
    made = stand_in(kind, value)

    if kind not in {"URL", "IP_ADDRESS", "EMAIL_ADDRESS"}:
        assert re.sub(r"[0-9A-Za-z]", "", made) == re.sub(r"[0-9A-Za-z]", "", value)
        assert len(made) == len(value)


def test_two_spellings_of_a_phone_number_get_the_same_digits() -> None:
    one, other = stand_in("PHONE_NUMBER", "(212) 555-0172"), stand_in("PHONE_NUMBER", "2125550172")

    assert re.sub(r"\D", "", one) == other


def test_people_of_one_domain_stay_at_one_reserved_domain() -> None:
    jane = stand_in("EMAIL_ADDRESS", "jane@acme.com")
    john = stand_in("EMAIL_ADDRESS", "john@ACME.com")

    assert jane != john
    assert jane.partition("@")[2] == john.partition("@")[2]
    assert jane.endswith(".example")


@pytest.mark.parametrize(
    "value", ["(212) 555-0172", "+1 212-555-0172 x12", "1-800-555-1212", "98765 43210"]
)
def test_an_american_number_becomes_one_that_cannot_be_assigned(value: str) -> None:
    digits = re.sub(r"\D", "", stand_in("PHONE_NUMBER", value).partition("x")[0])

    area = digits[-10:-7]
    assert area[1] == "9"
    assert area[2] != "9"
    assert digits[-7] == "1"


@pytest.mark.parametrize("value", ["+44 20 7946 0958", "+49 (0)30 123456", "+33612345678"])
def test_an_international_number_gets_a_country_code_that_nobody_has(value: str) -> None:
    assert re.match(r"\+8[39]", stand_in("PHONE_NUMBER", value))


@given(st.from_regex(r"[3-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}", fullmatch=True))
def test_a_card_number_never_passes_its_check(value: str) -> None:
    made = stand_in("CREDIT_CARD", value)

    assert made[0] == value[0]
    assert not luhn_is_right(made)


@given(st.integers(0, 10**6))
def test_an_account_number_keeps_its_country_with_check_digits_that_none_has(number: int) -> None:
    made = stand_in("IBAN_CODE", f"DE89 3704 0044 0532 {number:07}")

    assert re.fullmatch(r"DE00 \d{4} \d{4} \d{4} \d{7,}", made)


@given(st.integers(0, 999_999_999))
def test_a_social_security_number_was_never_issued(number: int) -> None:
    made = stand_in("US_SSN", f"{number:09}")

    assert made[0] == "9"
    assert 1 <= int(made[3:5]) <= 49


def test_network_addresses_are_those_set_aside_for_documentation() -> None:
    four = stand_in("IP_ADDRESS", "8.8.8.8")
    six = stand_in("IP_ADDRESS", "2a00:1450::200e")

    networks = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"]
    assert any(ip_address(four) in ip_network(network) for network in networks)
    assert ip_address(six) in ip_network("2001:db8::/32")


def test_a_hardware_address_is_locally_administered_and_of_one_receiver() -> None:
    first = int(stand_in("MAC_ADDRESS", "00:1A:2B:3C:4D:5E")[:2], 16)

    assert first & 0b11 == 0b10


def test_an_identifier_is_of_the_version_left_to_applications() -> None:
    made = UUID(stand_in("UUID", "123e4567-e89b-12d3-a456-426614174000"))

    assert made.version == 8


def test_an_address_of_the_web_goes_to_a_reserved_domain() -> None:
    made = stand_in("URL", "https://www.acme.com/staff/jane?q=1")

    assert re.fullmatch(r"https://[a-z]+\.example/[a-z]+", made)


@pytest.mark.parametrize(
    ("value", "days", "expected"),
    [
        ("2021-12-30", 3, "2022-01-02"),
        ("12/30/2021", 3, "01/02/2022"),
        ("1/5/21", 30, "2/4/21"),
        ("30.12.2021", 3, "02.01.2022"),
        ("30-DEC-2021", 3, "02-JAN-2022"),
        ("Feb-2020", -60, "Dec-2019"),
        ("2021-03-04T12:00:00Z", 1, "2021-03-05T12:00:00Z"),
        ("2021/13/45", 1, None),
        ("today", 1, None),
    ],
)
def test_a_date_is_moved_in_its_own_format(value: str, days: int, expected: str | None) -> None:
    assert shifted(value, days) == expected


def test_a_type_without_a_generator_keeps_its_shape() -> None:
    made = stand_in("EMPLOYEE_NUMBER", "AB-1234-x")

    assert re.fullmatch(r"[A-Z]{2}-\d{4}-[a-z]", made)


def test_ten_thousand_people_have_ten_thousand_surrogates() -> None:
    people = [value_digest(KEY, "PERSON", str(number)) for number in range(10_000)]

    made = {surrogate("EMAIL_ADDRESS", "a@b.com", key=KEY, person=p) for p in people}

    assert len(made) == len(people)


@given(st.sampled_from(sorted(GENERATORS)), st.text(max_size=40), st.binary(max_size=16))
def test_any_text_gets_a_surrogate_that_is_not_itself(kind: str, value: str, person: bytes) -> None:
    assert surrogate(kind, value, key=KEY, person=person) != value


def test_a_draw_goes_on_beyond_its_first_block() -> None:
    draw = Draw(KEY, b"seed")

    assert len({same_shape("0" * 30, draw) for _ in range(50)}) == 50
