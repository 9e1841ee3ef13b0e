"""What a word must hold before a pattern of Presidio can match in it.

Each known pattern is named by the digest of its regular expression, with what every one of its
matches contains. A pattern with another digest (a new version, one's own) has no gate and is run
over the whole text, so that an upgrade changes speed, never findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, NamedTuple

import regex  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Gate:
    """Least number of digits, whether a letter, how many of which signs, least length.

    `spaced` patterns reach across single spaces, each word of their matches holding a digit.
    """

    digits: int
    letter: bool = False
    signs: tuple[tuple[str, int], ...] = ()
    length: int = 0
    spaced: bool = False

    def passes(self, seen: Seen) -> bool:
        """Return whether a pattern with this gate may match in a word."""
        if seen.digits < self.digits or seen.length < self.length:
            return False
        if self.letter and not seen.letter:
            return False
        return all(
            sum(seen.signs[SIGNS.index(sign)] for sign in signs) >= least
            for signs, least in self.signs
        )


class Seen(NamedTuple):
    """What gates see of a word, or of words with digits joined by single spaces.

    Numbers are no higher than any gate asks for, so that most words look like others.
    """

    length: int
    digits: int
    letter: bool
    signs: tuple[int, ...]  # how many of each of SIGNS


def seen(word: str, *, digits: int, letter: bool) -> Seen:
    """Return what gates see of a word that holds so many digits, and a letter or none."""
    counts = tuple(min(word.count(sign), _MOST_SIGNS) for sign in SIGNS)
    return Seen(min(len(word), _MOST_LENGTH), min(digits, _MOST_DIGITS), letter, counts)


def pattern_digest(regex: str) -> str:
    """Return the name of a regular expression in `GATES`."""
    return blake2b(regex.encode(), digest_size=6).hexdigest()


SIGNS: Final = "/-.:"
_SLASHES = ("/", 2)
_HYPHENS = ("-", 2)
_DOTS = (".", 2)
_ADDRESS_DOTS = (".", 3)
_COLONS = (":", 2)

GATES: Final[dict[str, Gate]] = {
    "4514f4ea74f1": Gate(13, spaced=True),  # credit card
    "44a8889226e7": Gate(8),  # bank account
    "c72640f623dc": Gate(1, letter=True),  # driver's licence, letters and digits
    "14e14220e97c": Gate(6),  # driver's licence, digits
    "61f92c901a1b": Gate(9, spaced=True),  # ITIN, grouped once
    "56fed2826686": Gate(9),  # ITIN, bare
    "3b70cc2ade57": Gate(9, spaced=True),  # ITIN, grouped
    "b4102bbca751": Gate(9),  # passport
    "ad8960939e4c": Gate(8, letter=True),  # passport, next generation
    "531438d26c22": Gate(9, signs=(("-", 1),)),  # SSN, 5-4
    "b35bfa59c595": Gate(9, signs=(("-", 1),)),  # SSN, 3-6
    "a46c73348a83": Gate(9, signs=(_HYPHENS,)),  # SSN, 3-2-4
    "1168592a38f8": Gate(9),  # SSN, bare
    "79164045e621": Gate(9, spaced=True),  # SSN, any grouping
    "49c3a4e351ad": Gate(10, spaced=True),  # NHS number
    "16a4f2ab6b94": Gate(1, length=26),  # bitcoin
    "53edb2dea0f7": Gate(10, signs=(_HYPHENS, (":", 1))),  # date and time
    "dc3fdc458515": Gate(4, signs=(_SLASHES,)),  # mm/dd/yyyy
    "664937e5458b": Gate(4, signs=(_SLASHES,)),  # dd/mm/yyyy
    "a82333a7cb3e": Gate(6, signs=(_SLASHES,)),  # yyyy/mm/dd
    "df601eef096b": Gate(6, signs=(_HYPHENS,)),  # mm-dd-yyyy
    "1f11d120711c": Gate(6, signs=(_HYPHENS,)),  # dd-mm-yyyy
    "2319c675c059": Gate(6, signs=(_HYPHENS,)),  # yyyy-mm-dd
    "11a048eb0a53": Gate(4, signs=(_DOTS,)),  # dd.mm.yyyy
    "cb851cc43fa4": Gate(3, letter=True, signs=(_HYPHENS,)),  # dd-MMM-yyyy
    "f93191081ab1": Gate(2, letter=True, signs=(("-", 1),)),  # MMM-yyyy
    "80169ceef691": Gate(1, letter=True, signs=(("-", 1),)),  # dd-MMM
    "91dbb725cfdd": Gate(5, signs=(("/", 1),)),  # mm/yyyy
    "d2c1100e2629": Gate(3, signs=(("/", 1),)),  # mm/yy
    "8fb6f1eba8e6": Gate(4, signs=(_COLONS, _ADDRESS_DOTS)),  # IPv4 mapped into IPv6
    "f54b7d8cec8a": Gate(4, signs=(_COLONS, _ADDRESS_DOTS)),  # IPv4 inside IPv6
    "10d24659e082": Gate(4, signs=(_ADDRESS_DOTS,)),  # IPv4
    "8d47f83adb60": Gate(0, signs=(_COLONS,)),  # IPv6
    "4e904c39b1ae": Gate(0, signs=(_COLONS,)),  # IPv6, unspecified
    "162dfd5a6277": Gate(7, letter=True),  # DEA certificate
    "30ad713322bc": Gate(0, signs=((":-", 5),)),  # MAC
    "166fd163ca30": Gate(0, signs=(_DOTS,), length=14),  # MAC, dotted
    "98480df8f266": Gate(1, signs=(("-", 4),), length=36),  # UUID
}

_MOST_LENGTH = max(gate.length for gate in GATES.values())
_MOST_DIGITS = max(gate.digits for gate in GATES.values())
_MOST_SIGNS = max(least for gate in GATES.values() for _, least in gate.signs)

# What every match of the patterns known here holds, those for the web aside: a digit or an @; two
# colons, or the hyphens or dots of a hardware address, in one word.
MAY_HOLD: Final = regex.compile(
    r"[\d@\U00010000-\U0010ffff]|:\S*:|-[A-F]{2}-[A-F]{2}-|[A-F]{4}\.[A-F]{4}\.", regex.IGNORECASE
)

EMAIL: Final = "98ec023d06ef"
IBAN: Final = "ddb2ef7224c7"
URL: Final = ("5fcacd4a4d39", "2a60d2096a62", "cc4d33dac60a", "5a06bae89cc3")
