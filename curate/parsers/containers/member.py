"""What comes out of a container, and how much may come out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.containers.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

_FLOOR = 8 * 1024 * 1024  # bytes; below that no ratio is a bomb


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a container, or the reason why it is none.

    `path` is its relative NFC name (empty for records without one), `key` its record key (empty
    where only its bytes tell it from the others), `media_type` is empty where its bytes must tell.
    `problem` is a reason code; the data is then empty. `twin` is the name that a member before it has as
    well, where this one's was numbered.
    """

    path: str
    key: str
    data: bytes
    media_type: str = ""
    problem: str = ""
    twin: str = ""


@dataclass(frozen=True, slots=True)
class ContainerLimits:
    """How much a container may hold: sizes in bytes, `ratio` of inflated to stored bytes."""

    expanded: int = 8 * 1024**3
    member: int = 512 * 1024**2
    ratio: int = 250
    members: int = 2_000_000
    depth: int = 5
    name: int = 1024  # characters of a member's name


class Intake:
    """Takes members in: counts what was inflated, refuses what goes beyond limits, gives names."""

    def __init__(self, limits: ContainerLimits) -> None:
        """Begin with nothing inflated and no name given."""
        self.limits = limits
        self.names = Names(limits.name)
        self.total = 0

    def count(self, size: int) -> None:
        """Add inflated bytes to the container's total.

        Raises:
            DocumentError: `bomb` when the container holds more than it may.
        """
        self.total += size
        if self.total > self.limits.expanded:
            raise DocumentError("bomb")

    def check(self, inflated: int, stored: int) -> None:
        """Check what one stream was inflated to against the bytes it was read from.

        Raises:
            DocumentError: `bomb`.
        """
        if inflated > _FLOOR and inflated > stored * self.limits.ratio:
            raise DocumentError("bomb")


def failed(problem: str, path: str = "", twin: str = "") -> Member:
    """Return the member that stands for something unreadable."""
    return Member(path, "", b"", problem=problem, twin=twin)


def bounded(members: Iterator[Member], limits: ContainerLimits) -> Iterator[Member]:
    """Yield members up to the limit; what ends the container early is its last member."""
    try:
        for number, member in enumerate(members):
            if number >= limits.members:
                yield failed("too_many")
                return
            yield member
    except DocumentError as error:
        yield failed(error.code)
