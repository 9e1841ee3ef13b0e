"""Sentences from small grammars: `{this|that}` is a choice, `<slot>` a value, `<n:2-9>` a number.

A writer keeps the values of one ticket, so that a serial number named twice is the same, and notes
which of them are personal: that is what the gold file lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_SLOT: Final = re.compile(r"<([a-z_]+2?)>")
_NUMBER: Final = re.compile(r"<n:(\d+)-(\d+)>")
_MARKS: Final = re.compile(r" +([.,;:?!])(?=\s|$)")
_SPACES: Final = re.compile(r"  +")
_ARTICLE: Final = re.compile(r"\b([Aa]) (?=[AEIO][a-zQ-]|LX|HL)")

PERSONAL: Final = {
    "me": "PERSON",
    "name": "PERSON",
    "agent": "PERSON",
    "agent2": "PERSON",
    "email": "EMAIL_ADDRESS",
    "email2": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "ip": "IP_ADDRESS",
    "mac": "MAC_ADDRESS",
    "uuid": "UUID",
    "card": "CREDIT_CARD",
    "iban": "IBAN_CODE",
    "ssn": "US_SSN",
    "passport": "US_PASSPORT",
    "license": "US_DRIVER_LICENSE",
    "nhs": "UK_NHS",
    "crypto": "CRYPTO",
    "bank": "US_BANK_NUMBER",
    "dea": "MEDICAL_LICENSE",
    "birth": "DATE_TIME",
    "itin": "US_ITIN",
}


@dataclass(slots=True)
class Writer:
    """Writes the sentences of one ticket."""

    rng: random.Random
    slots: Mapping[str, Callable[[random.Random], str]]
    values: dict[str, str] = field(default_factory=dict)

    def pick(self, options: Sequence[str]) -> str:
        """Choose one of several sentences and write it."""
        return self.write(self.rng.choice(options))

    def write(self, pattern: str) -> str:
        """Expand choices, numbers and slots."""
        while match := _CHOICE.search(pattern):
            chosen = self.rng.choice(match[1].split("|"))
            pattern = pattern[: match.start()] + chosen + pattern[match.end() :]
        pattern = _NUMBER.sub(self._number, pattern)
        text = _SLOT.sub(self._value, pattern).strip()
        text = _ARTICLE.sub(r"\1n ", _MARKS.sub(r"\1", _SPACES.sub(" ", text)))
        return text if text.startswith("pH") else text[:1].upper() + text[1:]

    def _number(self, match: re.Match[str]) -> str:
        return str(self.rng.randint(int(match[1]), int(match[2])))

    def _value(self, match: re.Match[str]) -> str:
        name = match[1]
        if name not in self.values:
            self.values[name] = self.slots[name](self.rng)
        return self.values[name]

    def personal(self) -> list[tuple[str, str]]:
        """Return type and value of everything personal that was written so far."""
        found = [(PERSONAL[k], v) for k, v in self.values.items() if k in PERSONAL]
        return sorted(set(found))


def misspell(text: str, rng: random.Random) -> str:
    """Swap or drop a letter in one or two longer lower-case words."""
    words = text.split(" ")
    places = [i for i, w in enumerate(words) if len(w) > 5 and w.isalpha() and w.islower()]  # noqa: PLR2004
    for place in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        word, at = words[place], rng.randint(1, len(words[place]) - 3)
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words[place] = rng.choice((swapped, word[:at] + word[at + 1 :]))
    return " ".join(words)
