"""List: storage to sources. Size and time only steer which files are read again; bytes decide.

Every file becomes a row, also those that cannot be read, which carry a reason. Sidecar files are
read here and are no rows, unless what they say reaches no file. A file whose stamp was seen before
keeps the digest of that listing, unless it is as young as the listing itself: it may have changed
since within the clock's grain.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import PurePath
from typing import Any, BinaryIO

from curate import ids
from curate.errors import ConfigError, EmptySourceError
from curate.sources.around import above, around_link
from curate.sources.around import beside as beside_file
from curate.sources.facts import (
    Facts,
    compiled,
    facts_of,
    is_pipeline,
    is_sidecar,
)
from curate.sources.plain import NotPlainError, open_plain
from curate.sources.settings import SourceSettings
from curate.sources.sidecars import MOST_BYTES, Beside, Statement, heard, together
from curate.sources.store import Stored
from curate.sources.walk import Entry, is_remote, walk
from curate.tables.sources import Listed, Source

HEAD_BYTES = 64 << 10
NO_PRODUCT = "none"  # the use of a file that is settings, not a document
_READERS = 4
_AHEAD = 512
_AT_ONCE = 64  # files that a reader takes: handing over each costs more than reading it
_BLOCK = 1 << 20
_TRIED = 16  # files of `_AHEAD` that one reader reads, to see how long they take
_SLOW = 0.001  # seconds for a file: below, threads wait for each other longer than for the disk
_NO_ID = bytes(ids.ID_BYTES)
_NAMED = re.compile(
    r"(?<!\\)\(\?P<\w+>"
)  # the name of a part, of which several patterns may have one
_MOST_LOOKED_INTO = 64 << 20
_LOOKED_INTO = (b"PK", b"\xd0\xcf\x11\xe0")  # zip and OLE2: what they are stands inside


@dataclass(frozen=True, slots=True)
class Place:
    """One source with its path made absolute; `sections` are the keys of a pipeline file.

    `links` are those on the way that its path was written with. A file of more than `most_bytes` is
    not read, unless it holds others: those are read one by one. 0 is no limit.
    """

    settings: SourceSettings
    path: str
    sections: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    most_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """One file of the listing: its source row and what to remember of it."""

    source: Source
    listed: Listed
    read: bool


def address(key: bytes, *parts: str) -> bytes:
    """Return the digest of an address: tenant, source, path, member, record."""
    return ids.mac(key, "address", *parts)


def version(key: bytes, data: bytes) -> bytes:
    """Return the digest of a record's bytes."""
    state = _version_state(key)
    state.update(data)
    return state.digest()


def list_sources(
    places: Sequence[Place], *, known: Mapping[bytes, Listed], key: bytes, since: float
) -> Iterator[Seen]:
    """Yield every file of every source.

    Args:
        places: The sources.
        known: What the last listing saw, by address.
        key: The workspace's key for ids.
        since: Clock time of the last listing; files as young are read again.

    Raises:
        ConfigError: if a source cannot be listed.
        EmptySourceError: if nothing of it is included.
    """
    for place in places:
        entries = list(walk(place.path, options=place.settings.options))
        passed_over = place.settings.passed_over()
        kept = [entry for entry in entries if not _fits(entry, passed_over)]
        included = [e for e in kept if not is_sidecar(e.path) and _fits(e, place.settings.include)]
        if not included:
            message = (
                f"{place.path}: no file there is included by {_patterns(place)}. Put the files back, "
                "or set `path`, `include` and `exclude` of this source."
            )
            raise EmptySourceError(message)
        beside = _beside(place, entries)
        seen = {entry.path for entry in included}
        aside = [e for e in kept if e.path in beside.settings and e.path not in seen]
        yield from _Lister(place, beside, known, key, since).run([*included, *aside])


def _patterns(place: Place) -> str:
    return ", ".join(place.settings.include)


def _fits(entry: Entry, patterns: Sequence[str]) -> bool:
    return bool(patterns) and _any_of(tuple(patterns)).fullmatch(entry.path) is not None


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches where any of some globs does."""
    expressions = (_NAMED.sub("(?:", compiled(pattern).pattern) for pattern in patterns)
    return re.compile("|".join(f"(?:{one})" for one in expressions))


def _beside(place: Place, entries: Sequence[Entry]) -> Beside:
    """Return what the sidecars of a place say together, those that a pattern leaves out as well."""
    outside = beside_file(place.path, options=place.settings.options)
    said = together(_heard(place, [*entries, *outside]), {entry.path for entry in entries})
    around = (together(_heard(place, around_link(link)), {link}) for link in place.links)
    return said.below(together(_heard(place, above(place.path)), ()), *around)


def _heard(place: Place, entries: Iterable[Entry]) -> list[Statement]:
    statements = (heard(e.path, partial(_head, e, place), size=e.size) for e in entries)
    return [one for one in statements if one is not None]


def _head(entry: Entry, place: Place) -> bytes:
    """Return the bytes of a sidecar file, and one more than it may have.

    Raises:
        ConfigError: if it is a link or no plain file, and so is never opened.
    """
    if entry.problem:
        message = f"{entry.path}: a sidecar file has to be a plain file ({entry.problem})."
        raise ConfigError(message)
    with _open(entry.location, place.settings.options) as file:
        return bytes(file.read(MOST_BYTES + 1))


@dataclass(frozen=True, slots=True)
class _Lister:
    place: Place
    beside: Beside
    known: Mapping[bytes, Listed]
    key: bytes
    since: float

    def run(self, files: Sequence[Entry]) -> Iterator[Seen]:
        """Yield what the files are; where they lie far away, several are read at once."""
        with ThreadPoolExecutor(_READERS) as pool:
            for start in range(0, len(files), _AHEAD):
                some, rest = files[start : start + _TRIED], files[start + _TRIED : start + _AHEAD]
                began = time.monotonic()
                tried = self._see_some(some)
                slow = time.monotonic() - began > _SLOW * len(some)
                yield from tried
                parts = [rest[at : at + _AT_ONCE] for at in range(0, len(rest), _AT_ONCE)]
                for seen in (pool.map if slow else map)(self._see_some, parts):
                    yield from seen

    def _see_some(self, entries: Sequence[Entry]) -> list[Seen]:
        return [self._see(entry) for entry in entries]

    def _see(self, entry: Entry) -> Seen:
        settings = self.place.settings
        facts = facts_of(entry.path, settings, self.beside.said, self.beside.above)
        where = address(self.key, facts.tenant, settings.title(), entry.path, "", "")
        old = self.known.get(where)
        young = entry.modified >= self.since - 2
        same = old and old.stamp and (old.size, old.stamp) == (entry.size, entry.stamp)
        if old and same and not young and not self._is_barred(entry, old.media_type):
            return Seen(self._source(entry, facts, old), old, read=False)
        new, problem = self._read(entry, where, old)
        return Seen(self._source(entry, facts, new, problem), new, read=True)

    def _read(self, entry: Entry, where: bytes, old: Listed | None) -> tuple[Listed, str]:
        if entry.problem:
            return Listed(where, entry.size, entry.stamp, _NO_ID, ""), entry.problem
        try:
            with _open(entry.location, self.place.settings.options) as file:
                head = file.read(HEAD_BYTES)
                kind = _media_type(entry, head, file) if self._is_large(entry) else ""
                if kind and self._is_barred(entry, kind):
                    return Listed(where, entry.size, "", _NO_ID, kind), "too_large"
                digest = _digest(head, file, self.key)
                same = old is not None and old.media_type and old.version == digest
                media_type = old.media_type if old and same else _media_type(entry, head, file)
        except NotPlainError as error:
            return Listed(where, entry.size, "", _NO_ID, ""), error.code
        except OSError:
            return Listed(where, entry.size, "", _NO_ID, ""), "unreadable"
        return Listed(where, entry.size, entry.stamp, digest, media_type), ""

    def _is_large(self, entry: Entry) -> bool:
        return 0 < self.place.most_bytes < entry.size

    def _is_barred(self, entry: Entry, media_type: str) -> bool:
        """Tell whether a file is too large to be read, and not one whose records are read one by one."""
        if not self._is_large(entry):
            return False
        from curate.stages.split import MAILS, may_hold

        shaped = self.place.settings.records is not None
        holds = may_hold(media_type, shaped=shaped) and media_type not in MAILS
        return not holds or is_remote(entry.location)

    def _misspoken(self, entry: Entry) -> str:
        """Withhold a file whose sidecar cannot be understood: it may have narrowed who may read."""
        return "bad_sidecar" if self.beside.closes(entry.path) else ""

    def _use(self, entry: Entry) -> str:
        """Return the products that a file is for: for none, if it says how others are to be used."""
        if entry.path in self.beside.settings or self._is_pipeline(entry):
            return NO_PRODUCT
        return self.place.settings.use

    def _is_pipeline(self, entry: Entry) -> bool:
        yaml = entry.path.lower().endswith((".yaml", ".yml")) and entry.size <= HEAD_BYTES
        if not yaml or entry.problem or not self.place.sections:
            return False
        try:
            with _open(entry.location, self.place.settings.options) as file:
                text = file.read(HEAD_BYTES).decode("utf-8", "replace")
        except OSError:
            return False
        return is_pipeline(text, self.place.sections)

    def _source(self, entry: Entry, facts: Facts, listed: Listed, problem: str = "") -> Source:
        settings = self.place.settings
        return Source(
            address=listed.address,
            source=settings.title(),
            path=entry.path,
            member="",
            record="",
            location=entry.location,
            steps=(),
            size=entry.size,
            version=listed.version,
            media_type=listed.media_type,
            tenant=facts.tenant,
            owner=facts.owner,
            stated=facts.access is not None,
            access=facts.access or (),
            labels=facts.labels,
            authority=facts.authority,
            use=self._use(entry),
            created=facts.created,
            modified=facts.modified,
            effective=facts.effective,
            problem=problem or entry.problem or self._misspoken(entry),
            firm=tuple(sorted(facts.firm)),
        )


def _open(location: str, options: Mapping[str, Any]) -> BinaryIO | Stored:
    return Stored(location, options) if is_remote(location) else open_plain(location)


def _digest(head: bytes, file: Any, key: bytes) -> bytes:  # noqa: ANN401 - any file
    """Return the digest of a file's bytes, the first of which were read."""
    state = _version_state(key)
    state.update(head)
    while block := file.read(_BLOCK):
        state.update(block)
    return state.digest()


def _media_type(entry: Entry, head: bytes, file: Any) -> str:  # noqa: ANN401 - any file
    """Return what a file is; one that is looked into is not opened a second time."""
    from curate.parsers.detect import detect, detect_open

    small = entry.size <= _MOST_LOOKED_INTO and not is_remote(entry.location)
    if small and head.startswith(_LOOKED_INTO):
        file.seek(0)
        return detect_open(file, PurePath(entry.location).name)
    return detect(head, entry.path)


def _version_state(key: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=ids.ID_BYTES, key=key, person=b"version")
