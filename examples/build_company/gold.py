"""Assembles gold.json: where everything planted lies and what is expected of its reader."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from . import personal
from .tickets import INJECTION, as_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .personal import Row
    from .tickets import Ticket

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"

TICKETS: Final = "support/tickets.jsonl"
ABOUT: Final = {
    "what": "Everything that was planted in examples/company, so that a run can be scored. Paths "
    "are relative to examples/company. Written by `python -m examples.build_company`.",
    "files": "every file of the share but sidecars: what it really is, and its size",
    "copies": "equal `bytes`: the same bytes; equal `text`: the same words in another file. "
    "`member` is a member of an archive; ticket pairs are records of one file",
    "near": "pairs that differ in a few words; `relation` tells what should happen to them",
    "versions": "families with the version in force; effective null: never in force",
    "conflicts": "two documents in force that state different values",
    "labels": "document types given wrongly in sidecars, ticket categories given wrongly",
    "pii": "one row for each personal value, file, record and place. where: text, table, heading, "
    "header (running header or footer, mail header), property, path, link, field (of a record or "
    "data file), note (of a slide), comment. record: ticket id, Message-ID or archive member. "
    "DATE_TIME lists personal dates only. Hidden sheets and rows count as table. PERSON rows are "
    "there for a recogniser of names",
    "risks": "hidden or injected text; of encoding tricks, what the characters spell",
    "broken": "expect: rejected, read (`as` what it is), flagged, or either of two; with `member` "
    "only that member is meant",
    "access": "folders and files that not everybody may read",
}
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Planted:
    """What the build knows about the share when all files are written."""

    facts: dict[str, list[dict[str, Json]]]
    files: dict[str, dict[str, str | int]]
    tickets: list[Ticket]
    pii: list[Row]
    access: list[dict[str, Json]]


def assemble(planted: Planted) -> str:
    """Return the text of gold.json."""
    facts, tickets = planted.facts, planted.tickets
    wrong = [
        {"record": f"T-{t.number}", "given": t.given, "true": t.true}
        for t in tickets
        if t.given != t.true
    ]
    repeated = [t for t in tickets if t.copy_of is not None]
    pii = [*planted.pii, *(row for ticket in tickets for row in _ticket_rows(ticket))]
    sections = {
        "files": planted.files,
        "copies": [
            *(dict(entry, equal="bytes") for entry in facts["copies"]),
            *(dict(entry, equal="text") for entry in facts["same_text"]),
            *(_pair(t) for t in repeated if not t.near),
        ],
        "near": [*facts["near"], *(_near(t, tickets) for t in repeated if t.near)],
        "versions": facts["versions"],
        "conflicts": facts["conflicts"],
        "labels": {"documents": facts["wrong_labels"], "tickets": wrong},
        "pii": pii,
        "risks": [*facts["risks"], *_injected(tickets)],
        "broken": facts["broken"],
        "access": planted.access,
    }
    gold = {"_about": ABOUT, "firm": "Wetherlund Instruments", "counts": _counts(sections, tickets)}
    return _dump({**gold, **sections})


def _injected(tickets: list[Ticket]) -> list[dict[str, str]]:
    return [
        {
            "file": TICKETS,
            "record": f"T-{ticket.number}",
            "kind": "injection",
            "trick": "visible",
            "text": INJECTION,
        }
        for ticket in tickets
        if INJECTION in ticket.description
    ]


def _pair(ticket: Ticket) -> dict[str, str]:
    return {
        "of": TICKETS,
        "of_record": f"T-{ticket.copy_of}",
        "copy": TICKETS,
        "copy_record": f"T-{ticket.number}",
        "equal": "text",
        "note": "subject and description; the second one has no answers",
    }


def _near(ticket: Ticket, tickets: list[Ticket]) -> dict[str, str | float]:
    original = next(t for t in tickets if t.number == ticket.copy_of)
    return {
        "a": TICKETS,
        "a_record": f"T-{original.number}",
        "b": TICKETS,
        "b_record": f"T-{ticket.number}",
        "relation": "sent again with small changes",
        "jaccard_3_words": round(_jaccard(original.description, ticket.description), 2),
    }


def _jaccard(one: str, other: str) -> float:
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second)


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


def _ticket_rows(ticket: Ticket) -> Iterator[Row]:
    """List the personal data of a ticket, as fields of its record."""
    texts = [str(value) for value in _leaves(as_record(ticket))]
    values = {*ticket.personal, *_always(ticket)}
    for text in texts:
        values.update(personal.in_ranges(text))
    place = personal.Place(TICKETS, f"T-{ticket.number}", "field")
    for kind, value in sorted(values):
        count = sum(text.count(value) for text in texts)
        if count:
            yield personal.as_row(place, kind, value, count=count)


def _always(ticket: Ticket) -> list[tuple[str, str]]:
    authors = [("PERSON", comment.author) for comment in ticket.comments]
    person = ticket.person
    return [("PERSON", person.name), ("EMAIL_ADDRESS", person.email), *authors]


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def _counts(sections: Mapping[str, object], tickets: list[Ticket]) -> dict[str, Json]:
    files, pii = sections["files"], sections["pii"]
    labels = sections["labels"]
    if not (isinstance(files, dict) and isinstance(pii, list) and isinstance(labels, dict)):
        message = "the sections of the gold have lost their shape"
        raise TypeError(message)
    lengths: dict[str, Json] = {
        name: len(rows) for name, rows in sections.items() if isinstance(rows, list)
    }
    return {
        **lengths,
        "files": len(files),
        "formats": dict(sorted(Counter(f["format"] for f in files.values()).items())),
        "tickets": len(tickets),
        "categories": dict(sorted(Counter(t.true for t in tickets).items())),
        "wrong_labels_documents": len(labels["documents"]),
        "wrong_labels_tickets": len(labels["tickets"]),
        "pii_by_type": dict(sorted(Counter(row["type"] for row in pii).items())),
        "pii_by_place": dict(sorted(Counter(row["where"] for row in pii).items())),
    }


def _dump(gold: dict[str, object]) -> str:
    """Write one row of each list on one line: readable, and small in a diff."""
    parts = []
    for key, value in gold.items():
        if isinstance(value, list):
            rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
            parts.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            text = json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            parts.append(f"  {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
