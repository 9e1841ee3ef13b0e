from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest
from presidio_analyzer import EntityRecognizer, RecognizerResult
from pydantic import ValidationError

from curate.errors import ConfigError
from curate.pii import STOCK_ENTITIES, CustomRecogniser, Finder, FinderSettings, WeightedPattern
from tests.pii.said import found


@pytest.mark.parametrize(
    "expected",
    [
        ("write to Jane.Doe@acme.com today", "EMAIL_ADDRESS", "Jane.Doe@acme.com"),
        ("call (212) 555-0172 today", "PHONE_NUMBER", "(212) 555-0172"),
        ("reach us at +44 20 7946 0958.", "PHONE_NUMBER", "+44 20 7946 0958"),
        ("Jane | 4155562766 | Sales", "PHONE_NUMBER", "4155562766"),
        ("paid with 4111 1111 1111 1111", "CREDIT_CARD", "4111 1111 1111 1111"),
        ("to DE89 3704 0044 0532 0130 00", "IBAN_CODE", "DE89 3704 0044 0532 0130 00"),
        ("from 192.168.10.22 at noon", "IP_ADDRESS", "192.168.10.22"),
        ("from 2001:db8::8a2e:370:7334", "IP_ADDRESS", "2001:db8::8a2e:370:7334"),
        ("card 00:1A:2B:3C:4D:5E", "MAC_ADDRESS", "00:1A:2B:3C:4D:5E"),
        ("SSN 219-09-9999", "US_SSN", "219-09-9999"),
        ("social security 219099999", "US_SSN", "219099999"),
        ("taxpayer 912-70-1234", "US_ITIN", "912-70-1234"),
        ("passport number 123456789", "US_PASSPORT", "123456789"),
        ("driver's license H12345678", "US_DRIVER_LICENSE", "H12345678"),
        ("the drvier license of the fitter, ours is D4408127.", "US_DRIVER_LICENSE", "D4408127"),
        ("bank account 945456787654", "US_BANK_NUMBER", "945456787654"),
        ("NHS number 943 476 5919", "UK_NHS", "943 476 5919"),
        ("DEA certificate BB1388568", "MEDICAL_LICENSE", "BB1388568"),
        (
            "wallet 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
            "CRYPTO",
            "1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
        ),
        ("id 123e4567-e89b-12d3-a456-426614174000", "UUID", "123e4567-e89b-12d3-a456-426614174000"),
    ],
)
def test_each_type_is_found(finder: Finder, expected: tuple[str, str, str]) -> None:
    text, kind, value = expected

    assert found(finder, text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the 18F team of 25 moved to room 1234 on floor 3.",
        "See https://slack.com/help/articles/4409607962387-Copy or /edit#gid=1337778906.",
        "Version 2.3.4.1 came on 2021-03-04; the mask is 255.255.255.0, host 127.0.0.1.",
        "We discuss united policy 123456789 and 14019033 clicks.",
        "Revised_3-7-2017 and PRAPrimer_04072010.pdf",
        "Status:: std::vector a::b 10:30 12:45:10",
        "License A1 applies; ISO 27001, RFC 2119, page 211-227 (2003).",
        "Order 44-0553234, part 20405-1234, serial 60123456.",
        "It costs $4155562766 or 12,345,678.90 in all, 50% of 123456.",
    ],
)
def test_ordinary_prose_is_left_alone(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


MOMENTS = ("1616089455", "1640854621341", "1616089455123456", "1616089455.25")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(
    "text",
    [
        '{"account": "acme", "created_at": MOMENT}',
        '{"bank": {"lastModified": "MOMENT"}}',
        "account:\n  expires_ms: MOMENT",
        "driver_license=x&ts=MOMENT",
        "Bank account: 7 Last updated at: MOMENT",
        "bank account | Created at (UTC)\nacme | MOMENT\nbeta | MOMENT",
    ],
)
def test_a_moment_counted_from_1970_is_no_number_of_anyone(
    finder: Finder, text: str, moment: str
) -> None:
    assert found(finder, text.replace("MOMENT", moment)) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"phone": VALUE, "created_at": 1}',
        "phone | created_at\nVALUE | 1",
        "created_at, phone VALUE",
        "Call the desk at: VALUE",
        "contact_on_phone: VALUE",
    ],
)
def test_a_telephone_number_beside_a_moment_is_found(finder: Finder, text: str) -> None:
    for value in ("1616089455", "4155562766"):
        assert found(finder, text.replace("VALUE", value)) == [("PHONE_NUMBER", value)]


def test_a_moment_is_told_by_the_name_of_its_property(finder: Finder) -> None:
    assert finder.find("1616089455", field="field.created_at.0") == []
    assert finder.find("1616089455", field="field.phone.0") != []


@pytest.mark.parametrize(
    "text",
    [
        "driver version 5521934",
        "the driver 5521934 was installed",
        "NVIDIA driver 535.129.03 build 5521934, printer driver v5521934",
        "Windows driver update KB5034441",
        '{"driver": {"version": 5521934, "release": 12345678}}',
        "the driver's licence file, version 5521934",
        "kernel driver e1000e 12345678",
    ],
)
def test_software_that_drives_has_no_licence(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "driver licence no. VALUE",
        "Driver License: VALUE",
        '{"driver_license": "VALUE"}',
        "driverLicenseNumber: VALUE",
        "driving permit VALUE",
        "driver id VALUE",
        "the driver showed her licence (VALUE)",
    ],
)
def test_a_drivers_licence_is_found_however_it_is_named(finder: Finder, text: str) -> None:
    for value in ("5521934", "V5521934", "H12345678"):
        assert found(finder, text.replace("VALUE", value)) == [("US_DRIVER_LICENSE", value)]


def test_what_is_found_but_not_asked_for_is_not_reported(finder: Finder) -> None:
    text = "See acme.com on 2021-03-04"

    assert {span.type for span in finder.findings(text)} >= {"URL", "DATE_TIME"}
    assert found(finder, text) == []
    assert found(Finder(FinderSettings(entities=("URL",))), text) == [("URL", "acme.com")]


def test_an_address_in_a_link_is_found(finder: Finder) -> None:
    text = "https://acme.com/?to=jane@acme.com&from=10.20.30.40"

    assert ("EMAIL_ADDRESS", "jane@acme.com") in found(finder, text)
    assert ("IP_ADDRESS", "10.20.30.40") in found(finder, text)


def test_own_recognisers_are_found_and_named() -> None:
    employee = CustomRecogniser(type="EMPLOYEE", patterns=(WeightedPattern(regex=r"EMP-\d{4}"),))
    project = CustomRecogniser(type="PROJECT", words=("Blue Moon",))
    finder = Finder(FinderSettings(recognisers=(employee, project)))

    assert found(finder, "EMP-1234 leads blue moon") == [
        ("EMPLOYEE", "EMP-1234"),
        ("PROJECT", "blue moon"),
    ]


class Shouting(EntityRecognizer):
    """Finds words in capitals, as a recogniser of names might."""

    def __init__(self) -> None:
        super().__init__(supported_entities=["PERSON"], name="shouting", context=["mr"])

    def load(self) -> None:
        """Need nothing."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: object
    ) -> list[RecognizerResult]:
        assert text
        words = getattr(nlp_artifacts, "tokens")  # noqa: B009
        return [
            RecognizerResult("PERSON", word.idx, word.idx + len(word), 0.5)
            for word in words
            if word.text.isupper() and "PERSON" in entities
        ]


def test_any_recogniser_of_presidios_kind_can_be_added() -> None:
    finder = Finder(extra=(Shouting(),))

    spans = finder.find("we met mr DOE, or ROE")

    assert [(span.type, span.start, span.recogniser) for span in spans] == [
        ("PERSON", 10, "shouting"),
        ("PERSON", 18, "shouting"),
    ]
    assert spans[0].score > 0.5


class Opinionated(Shouting):
    """Weighs context by itself."""

    def enhance_using_context(self, *_: object, **__: object) -> list[RecognizerResult]:
        return []


def test_a_recogniser_that_weighs_context_itself_is_refused() -> None:
    with pytest.raises(ConfigError, match="shouting"):
        Finder(extra=(Opinionated(),))


@pytest.mark.parametrize(
    "settings",
    [
        {"entities": ("EMAIL",)},
        {"context": {"EMAIL": ("mail",)}},
        {"recognisers": ({"type": "lower", "words": ("x",)},)},
        {"recognisers": ({"type": "NOTHING"},)},
        {"recognisers": ({"type": "BAD", "patterns": ({"regex": "("},)},)},
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FinderSettings.model_validate(settings)


def test_presidio_ships_the_types_that_are_named_here(finder: Finder) -> None:
    from curate.pii.stock import recognisers

    kinds = {kind for one in recognisers(finder.settings) for kind in one.supported_entities}

    assert kinds == set(STOCK_ENTITIES)


def test_every_pattern_of_presidio_has_its_gate(finder: Finder) -> None:
    assert not finder._search._whole
    assert not finder._search._foreign


def test_the_version_changes_with_the_settings(finder: Finder) -> None:
    other = Finder(FinderSettings(phone_regions=("US",)))

    assert finder.version == Finder().version
    assert finder.version != other.version
    assert "presidio-analyzer 2." in finder.version


def test_no_network_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "the network was asked"
        raise AssertionError(message)

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    assert found(Finder(), "jane@acme.co.uk") == [("EMAIL_ADDRESS", "jane@acme.co.uk")]


def test_importing_the_craft_loads_nothing_heavy() -> None:
    heavy = "{'presidio_analyzer', 'spacy', 'tldextract', 'phonenumbers', 'regex'}"
    program = f"import sys, curate.pii; print(sorted({heavy} & set(sys.modules)))"

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "[]"


def test_digits_that_python_does_not_know_are_no_number_and_no_error(finder: Finder) -> None:
    text = "card 4111 1111 1111 11\U00011f50\U00011f51"

    assert found(finder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "a@" * 20_000,
        "a." * 20_000,
        "+" * 50_000 + " 123456789",
        "(" * 50_000 + "1",
        "to: 1234567 " * 2_000,
        "'a.com" * 3_000,
    ],
    ids=["letters", "signs", "dots", "plus", "brackets", "words", "quotes"],
)
def test_hostile_text_takes_no_long_time(finder: Finder, text: str) -> None:
    began = time.process_time()

    finder.find(text)

    assert time.process_time() - began < 5
