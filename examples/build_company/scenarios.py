"""The grammars of the tickets: kinds of problems by category, and the words all of them share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

NEIGHBOURS: Final = {
    "calibration": ("repair", "how_to"),
    "repair": ("calibration", "software"),
    "software": ("account_access", "how_to"),
    "account_access": ("software", "billing"),
    "billing": ("returns", "orders"),
    "returns": ("billing", "orders"),
    "orders": ("returns", "billing"),
    "how_to": ("calibration", "software"),
}


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
    """What all categories share; `openings` are first sentences that fit any product."""

    words: dict[str, list[str]]
    orgs: list[tuple[str, str]]
    ratings: list[int | None]
    asides: dict[str, list[str]]
    openings: dict[str, list[str]]
    exchanges: list[tuple[str, str]]


def read_common(folder: Path) -> Common:
    """Read the shared word lists and the asides of each category."""
    facts = yaml.safe_load((folder / "tickets_common.yaml").read_text(encoding="utf-8"))
    ratings, orgs = facts.pop("csat"), [tuple(pair) for pair in facts.pop("orgs")]
    exchanges = [tuple(pair) for pair in facts.pop("followups")]
    asides, openings = {}, {}
    for path in sorted((folder / "tickets").glob("*.yaml")):
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        asides[found["category"]] = found["asides"]
        fitting = [s for s in found["scenarios"] if s["products"] == ["any"]]
        openings[found["category"]] = [s["problem"][0] for s in fitting]
    return Common(facts, orgs, ratings, asides, openings, exchanges)


def read_scenarios(folder: Path) -> list[Scenario]:
    """Read all scenarios in the order of their files."""
    scenarios: list[Scenario] = []
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
