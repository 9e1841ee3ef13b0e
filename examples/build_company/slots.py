"""The values that tickets are filled with: people, devices, orders, dates of reserved ranges."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

    from .scenarios import Common

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Requester:
    """Who writes the ticket."""

    name: str
    email: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is fixed about a ticket before a word of it is written."""

    person: Requester
    product: str
    created: dt.datetime
    agent: str


def requester(rng: random.Random, common: Common) -> Requester:
    """Invent a customer."""
    first, last = rng.choice(common.words["first"]), rng.choice(common.words["last"])
    organisation, domain = rng.choice(common.orgs)
    local = rng.choice((f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}", first))
    return Requester(f"{first} {last}", f"{local.lower()}@{domain}", organisation)


def slots_for(case: Case, common: Common) -> Mapping[str, Callable[[random.Random], str]]:
    """Return the makers of all slot values for one ticket."""
    fixed = {
        "me": case.person.name,
        "me_first": case.person.name.split()[0],
        "email": case.person.email,
        "org": case.person.organisation,
        "agent": case.agent,
        "agent_first": case.agent.split()[0],
        "product": case.product,
        "p": case.product.split()[1],
    }
    makers: dict[str, Callable[[random.Random], str]] = {
        name: lambda _rng, value=value: value  # type: ignore[misc]  # bound early by the default
        for name, value in fixed.items()
    }
    makers.update(_made(case.product, common))
    makers.update(_dates(case.created))
    makers.update(
        {
            slot: lambda rng, words=common.words[key]: rng.choice(words)  # type: ignore[misc]
            for slot, key in _CHOSEN.items()
        }
    )
    return makers


def _dates(created: dt.datetime) -> dict[str, Callable[[random.Random], str]]:
    """Return dates that fit the day of the ticket: before it, or a working day after it."""

    def day(least: int, most: int) -> Callable[[random.Random], str]:
        def made(rng: random.Random) -> str:
            date = created + dt.timedelta(days=rng.randint(least, most))
            while date.weekday() >= _SATURDAY:
                date += dt.timedelta(days=-1 if most < 0 else 1)
            return f"{date.day} {date:%B}"

        return made

    def month(least: int, most: int) -> Callable[[random.Random], str]:
        return lambda rng: f"{created + dt.timedelta(days=30 * rng.randint(least, most)):%B}"

    return {
        "ago": day(-25, -13),
        "ago2": day(-9, -4),
        "soon": day(4, 12),
        "soon2": day(15, 22),
        "last_month": month(-5, -1),
        "next_month": month(1, 3),
    }


_CHOSEN = {
    "agent2": "agents",
    "sample": "samples",
    "place": "places",
    "month": "months",
    "site": "sites",
    "os": "systems",
    "part": "parts",
    "part2": "parts",
    "card": "cards",
    "iban": "ibans",
    "ssn": "ssns",
    "passport": "passports",
    "license": "licenses",
    "nhs": "nhs",
    "crypto": "cryptos",
    "bank": "banks",
    "dea": "deas",
    "birth": "births",
    "itin": "itins",
}


def _made(product: str, common: Common) -> dict[str, Callable[[random.Random], str]]:
    def serial(rng: random.Random) -> str:
        model = product.split()[1].replace("-", "")
        return f"{model}-{rng.randint(19, 25)}-{rng.randint(20, 2400):05}"

    def email(rng: random.Random) -> str:
        return requester(rng, common).email

    def name(rng: random.Random) -> str:
        return requester(rng, common).name

    def address(rng: random.Random) -> str:
        words = common.words
        return f"{rng.randint(2, 190)} {rng.choice(words['streets'])}, {rng.choice(words['towns'])}"

    return {
        "serial": serial,
        "serial2": serial,
        "email2": email,
        "name": name,
        "address": address,
        **_NUMBERS,
    }


def _phone(rng: random.Random) -> str:
    line = rng.randint(100, 199)
    return rng.choice(
        (
            f"(218) 555-0{line}",
            f"612-555-0{line}",
            f"+1 218 555 0{line}",
            f"0114 496 0{rng.randint(300, 999)}",
            f"+44 114 496 0{rng.randint(300, 999)}",
            f"020 7946 0{rng.randint(100, 999)}",
            f"+49 30 23125 {rng.randint(500, 999)}",
        )
    )


def _address_of_network(rng: random.Random) -> str:
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(2, 250)}"


def _hardware_address(rng: random.Random) -> str:
    return f"00:00:5E:00:53:{rng.randint(16, 255):02X}"


_NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "phone": _phone,
    "ip": _address_of_network,
    "mac": _hardware_address,
    "uuid": lambda rng: str(uuid.UUID(int=rng.getrandbits(128), version=4)),
    "year": lambda rng: str(rng.randint(2018, 2024)),
    "year2": lambda rng: str(rng.randint(2027, 2028)),
    "order": lambda rng: f"SO-{rng.randint(40100, 59900)}",
    "invoice": lambda rng: f"INV-{rng.randint(70100, 89900)}",
    "invoice2": lambda rng: f"INV-{rng.randint(90100, 99900)}",
    "rma": lambda rng: f"R26-{rng.randint(420, 990):05}",
    "ver": lambda rng: rng.choice(("5.1.4", "5.2", "5.2.1", "5.2.3", "5.3")),
    "amount": lambda rng: f"£{rng.randint(38, 990)}.{rng.randint(0, 99):02}",
}
