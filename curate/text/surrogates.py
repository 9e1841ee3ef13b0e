"""Stand-ins for personal values: same kind and format, the same for the same person, never real.

A surrogate is computed from the person's keyed digest alone, so that it is equal in all documents
and releases under one key and tells nothing without it. Only the format (grouping, case, length,
country) is taken from the value. Each kind draws from a range that nobody owns: reserved domains
and networks, telephone prefixes that cannot be assigned, numbers whose check digits are wrong.
`GENERATORS` maps a PII type to its generator; a type that it does not name keeps its shape of
letters and digits.
"""

from __future__ import annotations

import re
from hashlib import shake_256
from typing import TYPE_CHECKING, Protocol

from curate.ids import mac
from curate.text.dates import shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

_BYTES = 512
_ATTEMPTS = 20
_CONSONANTS = "bdfghklmnprstvz"
_VOWELS = "aeiou"
_SHORTEST_CARD = 8  # digits
_AMERICAN = 10  # digits of a North American number with its area code
_WITHOUT_AREA = 7
_EXTENSION = re.compile(r"(?<=\d)[^\d]*[^\W\d_#;,].*|(?<=\d)\s*[#;,].*", re.DOTALL)
_LONGEST_EXTENSION = 20


class Draw:
    """An endless supply of numbers from one seed."""

    def __init__(self, key: bytes, seed: bytes) -> None:
        """Begin at the seed's first number; the key goes along for what hangs on no person."""
        self.key = key
        self.seed = seed
        self._stream = b""
        self._block = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 up to but without `limit` (at most 65,536)."""
        if not self._stream:
            block = self._block.to_bytes(8, "little")
            self._stream = shake_256(self.seed + block).digest(_BYTES)
            self._block += 1
        taken, self._stream = self._stream[:4], self._stream[4:]
        return int.from_bytes(taken, "little") * limit >> 32

    def digits(self, count: int) -> str:
        """Return decimal digits."""
        return "".join(str(self.below(10)) for _ in range(count))

    def word(self, syllables: int) -> str:
        """Return a word that can be spoken and means nothing; 6 bits a syllable."""
        pairs = ((_CONSONANTS, _VOWELS) for _ in range(syllables))
        return "".join(c[self.below(len(c))] + v[self.below(len(v))] for c, v in pairs)


class Generator(Protocol):
    """Makes a surrogate in the format of a value from numbers drawn for a person."""

    def __call__(self, value: str, draw: Draw) -> str:
        """Return the surrogate."""


def surrogate(kind: str, value: str, *, key: bytes, person: bytes) -> str:
    """Return the stand-in for a value of a PII type; never the value itself.

    Args:
        kind: The type of PII.
        value: The value, for its format.
        key: The workspace's key for pseudonyms.
        person: The keyed digest of the person or the value.
    """
    generator = GENERATORS.get(kind, same_shape)
    for attempt in range(_ATTEMPTS):
        seed = mac(key, "surrogate", kind, person, bytes([attempt]))
        made = generator(value, Draw(key, seed))
        if made.casefold() != value.casefold():
            return made
    return f"<{kind}>"


def same_shape(value: str, draw: Draw) -> str:
    """Return other letters and digits in the same places.

    >>> same_shape("Ab-12", Draw(b"", b""))
    'Wa-40'
    """
    return "".join(_like(character, draw) for character in value)


def _like(character: str, draw: Draw) -> str:
    if character.isdecimal():
        return str(draw.below(10))
    if not character.isalpha():
        return character
    letter = chr(ord("a") + draw.below(26))
    return letter.upper() if character.isupper() else letter


def email_address(value: str, draw: Draw) -> str:
    """Return an address at a reserved domain; one domain has one surrogate for all its people."""
    local, _, domain = "".join(value.replace(">", " ").split()).rpartition("@")
    gap = next((sign for sign in "._-" if sign in local.strip(sign)), "")
    first, second = draw.word(4), draw.word(4)
    return f"{first}{gap}{second}{draw.digits(2)}@{_domain(domain, draw)}"


def _domain(domain: str, draw: Draw) -> str:
    seed = mac(draw.key, "pii-domain", domain.casefold())
    return f"{Draw(draw.key, seed).word(5)}.example"


def url(value: str, draw: Draw) -> str:
    """Return an address at a reserved domain, with a made-up path where there was one."""
    parts = re.fullmatch(
        r"(?is)(?P<scheme>[a-z][a-z0-9+.-]*://)?(?P<host>[^/?#]*)(?P<path>.*)", value
    )
    if parts is None:
        return same_shape(value, draw)
    path = f"/{draw.word(5)}" if parts["path"].strip("/") else parts["path"]
    return f"{parts['scheme'] or ''}{_domain(parts['host'], draw)}{path}"


def phone_number(value: str, draw: Draw) -> str:
    """Return a number in the same grouping that no exchange can assign.

    North American numbers get an area code of the form N9X, kept back for a longer numbering plan,
    and an exchange that begins with 1, which is never given out. All others begin with the country
    codes 83x and 89x, which are unassigned; without an international prefix, 00 is put in front.
    """
    digits = re.sub(r"\D", "", _EXTENSION.sub("", value))
    made = _phone_digits(digits, draw, plus="+" in value)
    return _filled(value, made + draw.digits(_LONGEST_EXTENSION))


def _phone_digits(digits: str, draw: Draw, *, plus: bool) -> str:
    count = len(digits)
    local = count - _AMERICAN
    if (local == 0 and digits[0] not in "01" and not plus) or (local == 1 and digits[0] == "1"):
        area = f"{2 + draw.below(4)}9{draw.below(9)}"
        return digits[:local] + area + "1" + draw.digits(6)
    if count <= _WITHOUT_AREA and not plus:
        return "01" + draw.digits(count)
    prefix = "" if plus else _exit_code(digits)
    return (prefix + "8" + "39"[draw.below(2)] + draw.digits(count))[:count]


def _exit_code(digits: str) -> str:
    return "011" if digits.startswith("011") else "00"


def _filled(value: str, digits: str) -> str:
    """Return the value with its digits replaced in order."""
    rest = iter(digits)
    return re.sub(r"\d", lambda _: next(rest, "0"), value)


def credit_card(value: str, draw: Draw) -> str:
    """Return a number of the same length and first digit whose check digit is wrong."""
    old = re.sub(r"\D", "", value)
    if len(old) < _SHORTEST_CARD:
        return same_shape(value, draw)
    body = old[0] + draw.digits(len(old) - 2)
    wrong = (_luhn(body) + 1 + draw.below(9)) % 10
    return _filled(value, f"{body}{wrong}")


def _luhn(body: str) -> int:
    """Return the check digit that would make a card number valid."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return -sum(number // 10 + number % 10 for number in doubled) % 10


def iban(value: str, draw: Draw) -> str:
    """Return an account number of the same country with the check digits 00, which none has."""
    head = re.match(r"([A-Za-z]{2})\d\d", value)
    if head is None:
        return same_shape(value, draw)
    return f"{head[1]}00{same_shape(value[head.end() :], draw)}"


def social_security(value: str, draw: Draw) -> str:
    """Return a number from 900 to 999 with a middle group below 50: neither an SSN nor an ITIN."""
    count = len(re.sub(r"\D", "", value))
    middle = 1 + draw.below(49)
    return _filled(value, f"9{draw.digits(2)}{middle:02}{draw.digits(count)}"[:count])


def nhs_number(value: str, draw: Draw) -> str:
    """Return a health service number whose check digit is wrong."""
    body = draw.digits(9)
    total = sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True))
    wrong = (-total % 11 + 1 + draw.below(9)) % 10
    return _filled(value, f"{body}{wrong}")


def medical_license(value: str, draw: Draw) -> str:
    """Return a certificate number whose check digit is wrong."""
    body = draw.digits(6)
    total = sum(map(int, body[::2])) + 2 * sum(map(int, body[1::2]))
    wrong = (total + 1 + draw.below(9)) % 10
    return re.sub(r"\d{7}\Z", f"{body}{wrong}", same_shape(value, draw))


def ip_address(value: str, draw: Draw) -> str:
    """Return an address of the networks set aside for documentation; a mask stays."""
    address, slash, mask = value.partition("/")
    if ":" in address:
        groups = ":".join(f"{draw.below(65536):x}" for _ in range(6))
        return f"2001:db8:{groups}{slash}{mask}"
    network = ("192.0.2", "198.51.100", "203.0.113")[draw.below(3)]
    return f"{network}.{1 + draw.below(254)}{slash}{mask}"


def mac_address(value: str, draw: Draw) -> str:
    """Return a locally administered address in the same grouping and case."""
    octets = [draw.below(256) for _ in range(6)]
    octets[0] = octets[0] & 0xFC | 0x02
    return _hexadecimal(value, bytes(octets).hex())


def uuid(value: str, draw: Draw) -> str:
    """Return an identifier of version 8, which is left to applications."""
    letters = f"{draw.below(65536):04x}{draw.below(65536):04x}{draw.below(65536):04x}8"
    letters += f"{draw.below(4096):03x}{'89ab'[draw.below(4)]}{draw.below(4096):03x}"
    return _hexadecimal(value, letters + "".join(f"{draw.below(65536):04x}" for _ in range(3)))


def _hexadecimal(value: str, letters: str) -> str:
    rest = iter(letters.upper() if value.upper() == value else letters)
    return re.sub(r"[0-9A-Fa-f]", lambda _: next(rest, "0"), value)


def date_time(value: str, draw: Draw) -> str:
    """Return the date moved by up to a year either way, in the same format."""
    days = 1 + draw.below(365)
    moved = shifted(value, days if draw.below(2) else -days)
    return same_shape(value, draw) if moved is None else moved


GENERATORS: Mapping[str, Generator] = {
    "CREDIT_CARD": credit_card,
    "DATE_TIME": date_time,
    "EMAIL_ADDRESS": email_address,
    "IBAN_CODE": iban,
    "IP_ADDRESS": ip_address,
    "MAC_ADDRESS": mac_address,
    "MEDICAL_LICENSE": medical_license,
    "PHONE_NUMBER": phone_number,
    "UK_NHS": nhs_number,
    "URL": url,
    "US_ITIN": social_security,
    "US_SSN": social_security,
    "UUID": uuid,
}
