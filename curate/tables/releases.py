"""Releases as they are listed, what is left of those that were retired, and what a rollback came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from curate.tables.values import Natural

Why = Literal["retention", "erased", "damaged"]
Standing = Literal["in_force", "kept", "damaged", "retired", "erased"]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a release that was retired: its number and date, counts, and why it is gone.

    `retired_on` is the day it went, `by` the release that was in force then. It holds no text.
    """

    release: int
    date: str
    parent: int | None
    documents: Natural
    chunks: Natural
    examples: Natural
    forced: bool
    why: Why
    retired_on: str
    by: int


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release as listed.

    `date` is the day it is for. Of a damaged one nothing is known but what it takes. `bytes` are
    those of all files that it reads, `own_bytes` those that would be freed if it were retired.
    `rollback_to` is the release whose content it publishes again.
    """

    release: int
    date: str
    standing: Standing
    parent: int | None
    documents: Natural
    chunks: Natural
    examples: Natural
    forced: bool
    bytes: Natural
    own_bytes: Natural
    rollback_to: int | None


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases of a workspace, the oldest first, and what the products of those kept take."""

    workspace: str
    in_force: int
    bytes: Natural
    releases: tuple[ReleaseLine, ...]


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What a rollback came to: `release` is in force now and has the content of `to`.

    `published` is False where that content was in force already.
    """

    release: int
    to: int
    before: int
    published: bool
    add: Natural
    delete: Natural
    update: Natural
