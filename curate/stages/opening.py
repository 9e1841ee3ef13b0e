"""Opening a record: from where it lies, through the containers it lies in, to its bytes.

A worker keeps the container it read last open and goes forward in it, so that the members of an
archive cost one pass each worker. The bytes are compared with the digest that the listing took: a
file that changed meanwhile is no longer what was listed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.containers import ContainerLimits, Member, contents, is_container, members
from curate.parsers.records import Shape
from curate.sources.plain import NotPlainError, open_plain
from curate.sources.store import Stored
from curate.sources.walk import is_remote
from curate.stages.list import version
from curate.tables.sources import Step

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Spec:
    """Which record: the file, the steps through containers, and what is expected there.

    `options` are those of the storage as JSON, `digest` is empty where the bytes are not known yet.
    """

    location: str
    options: str
    steps: tuple[Step, ...]
    name: str
    media_type: str
    digest: bytes
    most_bytes: int


class Opener:
    """Opens records; one a worker."""

    def __init__(self, key: bytes) -> None:
        """Hold the key that versions are made with."""
        self._key = key
        self._at: tuple[object, ...] = ()
        self._next = 0
        self._forward: Iterator[Member] = iter(())

    def blob(self, spec: Spec, shape: Shape | None) -> Blob:
        """Return a record's bytes.

        Raises:
            DocumentError: `too_large`, `unreadable`, `vanished`, or `changed_while_reading`.
        """
        data = self._bytes(spec, spec.steps, shape)
        if spec.digest and version(self._key, data) != spec.digest:
            raise DocumentError("changed_while_reading")
        return Blob(data, spec.name, spec.media_type)

    def members(self, spec: Spec, shape: Shape | None) -> Iterator[Member]:
        """Yield the members of a container, those that cannot be read with their problem."""
        with _source(spec, self._held(spec)) as source:
            yield from members(
                source,
                spec.media_type,
                limits=ContainerLimits(),
                shape=shape,
                name=spec.name,
                depth=len(spec.steps),
            )

    def is_container(self, spec: Spec, shape: Shape | None) -> bool:
        """Tell whether a file holds records instead of being one."""
        with _source(spec, self._held(spec)) as source:
            return is_container(source, spec.media_type, shape=shape)

    def _held(self, spec: Spec) -> bytes | None:
        """Return the bytes of a container, None of a file of this machine, which is read where it lies."""
        inside = spec.steps or is_remote(spec.location)
        return self._bytes(spec, spec.steps, None) if inside else None

    def _bytes(self, spec: Spec, steps: tuple[Step, ...], shape: Shape | None) -> bytes:
        if not steps:
            return read_file(spec)
        outer, wanted = steps[:-1], steps[-1]
        place = (spec.location, outer, wanted.media_type, shape)
        if self._at != place or self._next > wanted.number:
            holder = _with_steps(spec, outer, wanted.media_type)
            held = self._held(holder)  # which goes forward in what is around it
            self._forward = _contents(holder, held, shape)
            self._at, self._next = place, 0
        try:
            for member in self._forward:
                self._next += 1
                if self._next > wanted.number:
                    return member.data
        except BaseException:
            self._at = ()  # what was open has ended; the next member starts over
            raise
        raise DocumentError("changed_while_reading")


@contextmanager
def _source(spec: Spec, held: bytes | None) -> Iterator[BinaryIO | bytes]:
    """Hold what a container is read from, which is open where it is a file of this machine."""
    if held is not None:
        yield held
        return
    with _told():
        file = open_plain(spec.location)
    with file:
        yield file


def _contents(holder: Spec, held: bytes | None, shape: Shape | None) -> Iterator[Member]:
    with _source(holder, held) as source:
        depth = len(holder.steps)
        yield from contents(source, holder.media_type, shape=shape, depth=depth)


def _with_steps(spec: Spec, steps: tuple[Step, ...], media_type: str) -> Spec:
    return Spec(spec.location, spec.options, steps, "", media_type, b"", spec.most_bytes)


def read_file(spec: Spec) -> bytes:
    """Return a file's bytes.

    Raises:
        DocumentError: if it is gone, unreadable or larger than allowed.
    """
    with _told(), open_file(spec.location, spec.options) as file:
        data = _read(file, spec.most_bytes + 1)
    if len(data) > spec.most_bytes:
        raise DocumentError("too_large")
    return data


@contextmanager
def _told() -> Iterator[None]:
    """Tell why a file cannot be read; one of which a link took the place is not what was listed."""
    try:
        yield
    except FileNotFoundError:
        raise DocumentError("vanished") from None
    except NotPlainError:
        raise DocumentError("changed_while_reading") from None
    except OSError:
        raise DocumentError("unreadable") from None


def _read(file: BinaryIO | Stored, most: int) -> bytes:
    """Return at most so many bytes; one read of that size would reserve all of it beforehand."""
    held = io.BytesIO()
    while block := file.read(min(_BLOCK, most - held.tell())):
        held.write(block)
    return held.getvalue()


def open_file(location: str, options: str) -> BinaryIO | Stored:
    """Open a file of a disk or a store for reading."""
    if not is_remote(location):
        return open_plain(location)
    return Stored(location, json.loads(options))
