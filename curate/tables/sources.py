"""What was found in the sources: one row a record, with everything known about it from outside."""

from __future__ import annotations

from dataclasses import dataclass

from curate.tables.schema import Id


@dataclass(frozen=True, slots=True)
class Label:
    """A label that a path, a sidecar file or a column states."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step into a container: its media type and which of its members."""

    media_type: str
    number: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of who may read a record.

    `stated` tells that something outside of containers says it. `inside` tells that sidecars in its
    container do: `access` is then the bound that they set, and a statement of its own only where
    nothing outside says anything about anybody.
    """

    stated: bool
    access: tuple[str, ...]
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file as listed, or one record of a container once it is split.

    `address` identifies the place (tenant, source, path, member, record), `version` the bytes;
    `location` is how storage opens the file, `steps` lead through the containers it lies in (none:
    the file itself).
    `access` counts as `claim` says; `firm` names what of `access` and `tenant` a sidecar or a
    pattern states, so that what stands inside can only narrow it; `shut` says why nobody may read
    it where nobody was meant to be told so. `problem` is a reason code when it cannot be read at all.
    Sizes are bytes; dates are ISO 8601.
    """

    address: Id
    source: str
    path: str
    member: str
    record: str
    location: str
    steps: tuple[Step, ...]
    size: int
    version: Id
    media_type: str
    tenant: str
    owner: str
    stated: bool
    access: tuple[str, ...]
    labels: tuple[Label, ...]
    authority: int
    use: str
    created: str
    modified: str
    effective: str
    problem: str
    firm: tuple[str, ...] = ()
    shut: str = ""

    @property
    def claim(self) -> Claim:
        """Return what is said of who may read it."""
        return Claim(self.stated, self.access, inside="access" in self.firm)


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a container: its number in it, its own path or key, its bytes' digest.

    `facts` are what the record says of its tenant, owner, access and dates. A number below zero is
    no member: it says of the file itself what a record would. `twin` is the path that another
    member has as well, where this one's was numbered.
    """

    number: int
    path: str
    key: str
    size: int
    version: Id
    media_type: str
    labels: tuple[Label, ...]
    facts: tuple[Label, ...]
    problem: str
    twin: str = ""

    def called(self) -> str:
        """Return the name that a sidecar beside it calls it by."""
        return self.twin or self.path


@dataclass(frozen=True, slots=True)
class Listed:
    """What the last listing saw of a file, so that an untouched one is not read again."""

    address: Id
    size: int
    stamp: str
    version: Id
    media_type: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document an address holds, and the number that made its id unique.

    `path` and `outline` are those of the version last seen, by which it is known again elsewhere;
    the outline of a record with a key, or of one that could not be read, is empty.
    """

    doc_id: Id
    address: Id
    tenant: str
    version: Id
    number: int
    path: str
    outline: bytes
