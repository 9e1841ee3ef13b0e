"""The tickets of the service desk: eight categories, known wrong labels, planted copies.

Each ticket has its own seeded generator, so adding a scenario changes only the tickets that use
it. The given category of about one in twelve is wrong on purpose; the true one is in the gold.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import yaml

from .grammar import Writer, misspell
from .slots import Requester, requester, slots_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COUNT: Final = 536
_FIRST: Final = 10001
_SEED: Final = "wetherlund"
_START: Final = datetime.datetime(2025, 3, 3, 7, 30, tzinfo=datetime.UTC)
_NEIGHBOURS: Final = {
    "calibration": ("repair", "how_to"),
    "repair": ("calibration", "software"),
    "software": ("account_access", "how_to"),
    "account_access": ("software", "billing"),
    "billing": ("returns", "orders"),
    "returns": ("billing", "orders"),
    "orders": ("returns", "billing"),
    "how_to": ("calibration", "software"),
}
_WRONG_SHARE: Final = 0.08


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of problem and how the desk answers it."""

    category: str
    subject: str
    products: tuple[str, ...]
    problem: tuple[str, ...]
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """What all categories share: greetings, names, numbers."""

    words: dict[str, list[str]]
    orgs: list[tuple[str, str]]
    ratings: list[int | None]
    asides: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Comment:
    """One message below a ticket."""

    author: str
    role: str
    public: bool
    created_at: str
    body: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as the gold knows it; `true` is never written to the share."""

    number: int
    subject: str
    description: str
    person: Requester
    created: datetime.datetime
    status: str
    given: str
    true: str
    priority: str
    product: str
    rating: int | None
    comments: tuple[Comment, ...]
    personal: tuple[tuple[str, str], ...]
    copy_of: int | None = None
    near: bool = False


def read_common(folder: Path) -> Common:
    """Read the shared word lists and the asides of each category."""
    facts = yaml.safe_load((folder / "tickets_common.yaml").read_text(encoding="utf-8"))
    ratings, orgs = facts.pop("csat"), [tuple(pair) for pair in facts.pop("orgs")]
    asides = {}
    for path in sorted((folder / "tickets").glob("*.yaml")):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        asides[found["category"]] = found["asides"]
    return Common(facts, orgs, ratings, asides)


def read_scenarios(folder: Path) -> list[Scenario]:
    """Read all scenarios in the order of their files."""
    scenarios = []
    for path in sorted((folder / "tickets").glob("*.yaml")):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        scenarios.extend(
            Scenario(
                category=found["category"],
                subject=entry["subject"],
                products=tuple(entry["products"]),
                problem=tuple(entry["problem"]),
                answer=tuple(entry["answer"]),
            )
            for entry in found["scenarios"]
        )
    return scenarios


def make_tickets(folder: Path) -> list[Ticket]:
    """Write all tickets."""
    common, scenarios = read_common(folder), read_scenarios(folder)
    order = random.Random(f"{_SEED}:order")  # noqa: S311 (texts, not keys)
    places = [scenarios[number % len(scenarios)] for number in range(COUNT)]
    order.shuffle(places)
    tickets = [_ticket(_FIRST + n, scenario, common) for n, scenario in enumerate(places)]
    return _mislabel(_plant_copies(tickets, order), order)


def _ticket(number: int, scenario: Scenario, common: Common) -> Ticket:
    rng = random.Random(f"{_SEED}:{number}")  # noqa: S311
    person = requester(rng, common)
    products = common.words["products"] if scenario.products == ("any",) else scenario.products
    product = rng.choice(products)
    writer = Writer(rng, slots_for(person, product, common))
    created = _START + datetime.timedelta(minutes=rng.randint(0, 540_000))
    description = _description(writer, scenario, common)
    solved = rng.random() < 0.86  # noqa: PLR2004
    comments = _comments(writer, scenario, common, created=created, solved=solved)
    return Ticket(
        number=number,
        subject=writer.write(scenario.subject),
        description=description,
        person=person,
        created=created,
        status="solved" if solved else rng.choice(("open", "pending")),
        given=scenario.category,
        true=scenario.category,
        priority=rng.choice(("low", "normal", "normal", "normal", "high", "urgent")),
        product=product,
        rating=rng.choice(common.ratings) if solved else None,
        comments=comments,
        personal=tuple(writer.personal()),
    )


def _description(writer: Writer, scenario: Scenario, common: Common) -> str:
    """Write what the customer says: opening, problem, asides, personal data, closing."""
    rng, words = writer.rng, common.words
    kept = [s for n, s in enumerate(scenario.problem) if n == 0 or rng.random() < 0.72]  # noqa: PLR2004
    sentences = [writer.pick(words["contexts"])]
    sentences += [writer.write(sentence) for sentence in kept]
    sentences += _asides(writer, scenario.category, common)
    if rng.random() < 0.3:  # noqa: PLR2004
        sentences.append(writer.pick(words["pii"]))
    if rng.random() < 0.07:  # noqa: PLR2004
        sentences.append(writer.pick(words["rare_pii"]))
    body = " ".join(filter(None, sentences))
    if rng.random() < 0.28:  # noqa: PLR2004
        body = misspell(body, rng)
    parts = [writer.pick(words["greetings"]), body, writer.pick(words["closings"])]
    return rng.choice(("\n\n", "\n")).join(filter(None, parts))


def _asides(writer: Writer, category: str, common: Common) -> list[str]:
    """Write an aside of the own category often, one of a neighbour sometimes."""
    found = []
    if writer.rng.random() < 0.35:  # noqa: PLR2004
        found.append(writer.pick(common.asides[category]))
    if writer.rng.random() < 0.22:  # noqa: PLR2004
        found.append(writer.pick(common.asides[writer.rng.choice(_NEIGHBOURS[category])]))
    return found


def _comments(
    writer: Writer,
    scenario: Scenario,
    common: Common,
    *,
    created: datetime.datetime,
    solved: bool,
) -> tuple[Comment, ...]:
    rng, words, me = writer.rng, common.words, writer.write("<me>")
    agent = writer.write("<agent>")
    first = created + datetime.timedelta(minutes=rng.randint(14, 560))
    comments = []
    if rng.random() < 0.3:  # noqa: PLR2004
        note = writer.pick(words["notes"])
        comments.append(Comment(agent, "agent", public=False, created_at=_iso(first), body=note))
    if solved or rng.random() < 0.5:  # noqa: PLR2004
        steps = [writer.write(sentence) for sentence in scenario.answer]
        parts = [writer.pick(words["answers_open"]), *steps, writer.pick(words["answers_close"])]
        body = rng.choice(("\n\n", "\n")).join(parts)
        comments.append(Comment(agent, "agent", public=True, created_at=_iso(first), body=body))
    if solved and rng.random() < 0.45:  # noqa: PLR2004
        later = first + datetime.timedelta(minutes=rng.randint(35, 2900))
        body = writer.pick(words["followups"])
        comments.append(Comment(me, "customer", public=True, created_at=_iso(later), body=body))
        latest = later + datetime.timedelta(minutes=rng.randint(9, 400))
        body = writer.pick(words["acknowledgements"])
        comments.append(Comment(agent, "agent", public=True, created_at=_iso(latest), body=body))
    return tuple(comments)


def _iso(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _plant_copies(tickets: list[Ticket], rng: random.Random) -> list[Ticket]:
    """Send six tickets a second time word for word, and eight with small changes."""
    chosen = rng.sample(range(20, len(tickets) - 40, 7), 28)
    planted = list(tickets)
    for number, (old, new) in enumerate(zip(chosen[:14], chosen[14:], strict=True)):
        source, exact = tickets[old], number < 6  # noqa: PLR2004
        again = replace(
            source,
            number=tickets[new].number,
            created=source.created + datetime.timedelta(hours=rng.randint(3, 70)),
            copy_of=source.number,
            near=not exact,
            comments=(),
            status="open",
            rating=None,
        )
        planted[new] = again if exact else _edited(again, rng)
    return planted


def _edited(ticket: Ticket, rng: random.Random) -> Ticket:
    added = rng.choice(
        (
            "\nSending this again because I got no answer.",
            "\nSecond attempt, the form gave an error.",
            "\nPS: my first message had a wrong address in it.",
        )
    )
    return replace(ticket, description=misspell(ticket.description, rng) + added)


def _mislabel(tickets: list[Ticket], rng: random.Random) -> list[Ticket]:
    """Give about one ticket in twelve a wrong category, mostly a neighbour of the true one."""
    copied = {t.copy_of for t in tickets}
    free = [n for n, t in enumerate(tickets) if t.copy_of is None and t.number not in copied]
    wrong = list(tickets)
    for place in rng.sample(free, round(_WRONG_SHARE * len(tickets))):
        true = tickets[place].true
        others: Sequence[str] = sorted(set(_NEIGHBOURS) - {true})
        options = _NEIGHBOURS[true] if rng.random() < 0.55 else others  # noqa: PLR2004
        wrong[place] = replace(tickets[place], given=rng.choice(options))
    return wrong


def as_record(ticket: Ticket) -> dict[str, object]:
    """Return the ticket as the service system exports it."""
    public = [c for c in ticket.comments if c.public]
    solved = public[-1].created_at if ticket.status == "solved" and public else None
    return {
        "id": f"T-{ticket.number}",
        "subject": ticket.subject,
        "description": ticket.description,
        "requester": {"name": ticket.person.name, "email": ticket.person.email},
        "status": ticket.status,
        "created_at": _iso(ticket.created),
        "solved_at": solved,
        "category": ticket.given,
        "priority": ticket.priority,
        "tags": [ticket.product.split()[0].lower(), ticket.priority],
        "product": ticket.product,
        "satisfaction_rating": ticket.rating,
        "comments": [
            {
                "author": c.author,
                "role": c.role,
                "public": c.public,
                "created_at": c.created_at,
                "body": c.body,
            }
            for c in ticket.comments
        ],
    }
