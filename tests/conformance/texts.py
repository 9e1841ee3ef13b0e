"""The texts of the share that most scenarios look at; each stands there for one of them."""

from __future__ import annotations

PERSON = "alice.moran@wetherlund.example.com"
PHONES = ("212-555-0172", "212-555-0173", "212-555-0174")
MAILS = ("kim.lee@wetherlund.example.com", "ravi.shah@wetherlund.example.com")
SHORT = "Lift closed."
NOTICE = (
    "Whoever finds a cracked probe puts it into the red box beside the door, writes its number on the "
    "list above the box, and tells the head of the shift before the shift ends."
)
SECTIONS = 40

HOLIDAYS = f"""# Holidays

## What does {PERSON} sign?

Requests for leave are signed by {PERSON} within three days; who hears nothing asks {PERSON} once more
before the month ends, with the dates and the name of whoever stands in.
"""
COURIER = f"""# Courier

## What is {PERSON} told of a late courier?

Tell {PERSON} which courier is late and what it carries, so that the customer hears of it before noon.
"""
IN_A_ROW = f"""# Numbers of the desk

The desk answers at {" ".join(PHONES)} on working days, and reads {" ".join(MAILS)} in the evening.
"""
EVERYWHERE = f"""# Letters of {PERSON}

## What does {PERSON} sign?

- Orders above 500 EUR, which {PERSON} sees first.

| Paper | Signed by |
|---|---|
| Contract | {PERSON} |
| Receipt | {MAILS[0]} |
"""


def long_manual() -> str:
    """Return a document of many sections, each with its own question and answer."""
    words = ("valve", "lamp", "belt", "filter", "fan", "hinge", "spring", "gasket")
    sections = (
        f"## How is the {words[number % 8]} of line {number} changed?\n\nStop line {number} at the grey "
        f"switch, loosen bolt {number * 3 + 2}, lift the {words[number % 8]} out to the left and set the "
        f"new one in with its mark facing door {number + 50}."
        for number in range(SECTIONS)
    )
    return "# Manual of the lines\n\n" + "\n\n".join(sections) + "\n"


def lease(town: str, clauses: str) -> str:
    """Return a lease: what all leases say, and the clauses of one kind of lease."""
    common = (
        "The tenant keeps the rooms clean and dry. The owner repairs the roof, the outer walls and "
        "the pipes. Rent is due on the third working day. Either side may end the lease with six "
        "months' notice in writing. Keys are handed back on the last day before noon. Nothing is "
        "let on to others, and no wall is moved, without a word of the owner's on paper. Whoever "
        "breaks a pane pays for it. Heating is switched on from the first of October to the end of "
        "April, and costs are shared by the size of the rooms. Letters reach the owner at the "
        "address that stands on the bill, and the tenant at the rooms. What is agreed by word of "
        "mouth alone is not agreed. The courts of the county decide what the two sides cannot."
    )
    return f"# Lease {town}\n\nThis lease is for rooms in {town}.\n\n{common}\n\n{clauses}\n"


OFFICE = (
    "Desks, lamps and shelves stay with the rooms. The kitchen on the second floor is shared with the "
    "neighbours, who clean it in turn each Friday. Visitors sign the book at the porter's lodge, and "
    "leave their cars behind the house. The lift is for people alone and is locked at nine."
)
STORE = (
    "Forklifts are charged at the northern wall only. Nothing that burns is kept nearer than ten steps "
    "to the gate. The sprinklers are tested each March by the fire brigade, while the hall is empty. "
    "Pallets are stacked four high at most, with a lane of two metres between the rows."
)
LEASES = {
    "leeds": lease("Leeds", OFFICE),
    "york": lease("York", OFFICE),
    "hull": lease("Hull", STORE),
    "ripon": lease("Ripon", STORE),
}
WITH_NOTICE = {
    "press": "# The press\n\nThe press is oiled every Monday and rests on Thursdays.",
    "oven": "# The oven\n\nThe oven reaches its heat after forty minutes and is opened with both gloves.",
    "bath": "# The bath\n\nThe bath is filled to the blue line; its water is changed when it turns grey.",
}
