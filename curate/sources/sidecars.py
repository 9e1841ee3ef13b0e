"""What the sidecar files of one place say together, of a folder as of an archive, failing closed.

A file that is called nearly as a sidecar, one that cannot be understood, one whose file is gone and
two that contradict each other state nothing. Where such a file may have narrowed access, it closes
what it seems to speak of, since the wider statement must not hold in its place.
"""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.errors import ConfigError
from curate.sources.facts import (
    OF_THE_SYSTEM,
    Sidecar,
    folded,
    is_sidecar,
    is_stray,
    plain,
    read_sidecar,
    sidecar_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

MOST_BYTES = 64 << 10
_ENDING = re.compile(r"meta\.ya?ml$", re.IGNORECASE)
_NEARLY = re.compile(r"(?:^_|\.)meta\.ya?m[l1i|]", re.IGNORECASE)
_PERHAPS = re.compile(
    r"[._ -]*meta(?:data)?(?![a-z]).*\.(?:ya?ml|json|toml)(?:\.txt)?$|^[._ -]+meta(?:data)?$"
    r"|(?<=.)\.meta(?:data)?$|(?:^|[._ -]+)access\.(?:ya?ml|json|toml)$"
    r"|(?<=\.[a-z]{2})\.(?:ya?ml|json)$|(?<=\.[a-z0-9]{3})\.(?:ya?ml|json)$"
    r"|(?<=\.[a-z0-9]{4})\.(?:ya?ml|json)$",
    re.IGNORECASE,
)
# So short and so called that it may be a sidecar with any misspelling; numbered files are records.
_LONGEST_SHORT = 24
_NO_SETTINGS = (".md", ".pdf", ".docx", ".html", ".eml", ".xlsx", ".pptx", ".csv", ".jsonl")
_LIKE_SETTINGS = re.compile(
    r"(?!.*\d\d)(?:.*[.,](?:y\w{0,2}m\w{0,2}l?|yal|js\w{1,3}|t\w?ml|xml)"
    r"|[._][^.]*|[^.]*(?:meta|access|acl|perm|ya?ml|json|toml)[^.]*)",
    re.IGNORECASE,
)
_TEXT = ".txt"  # which editors put behind any name
_HOLDS_SETTINGS = re.compile(r"(?!.*\d\d)(?:[._]|.*(?:ya?ml|json|toml))", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:\(\d+\)|- (?:copy|kopie|copie|copia)(?: \(\d+\))?)(?=\.|$)", re.IGNORECASE
)
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x03\x04", b"\x28\xb5\x2f\xfd")
_AROUND = re.compile(
    r"^(?:(?:copy|kopie|copie|copia)(?: \(\d+\))? (?:of|von|de|di)(?:\s+|$)|[\s.~#_-]+)+",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"^[ \t]*#.*$", re.MULTILINE)
_ACCESS = re.compile(rb"""(?<![\w.-])access["']?[ \t]*:""", re.IGNORECASE)
_ACCESS_TOML = re.compile(rb"^[ \t]*\[?[ \t]*(?:access|tenant)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a file says that is or seems to be a sidecar; `said` is None where it has to close."""

    path: str
    said: Sidecar | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is said by all sidecars of a place.

    `said` holds what is understood, by the names that sidecars ought to have. `settings` are the
    files that are no documents though no statement of theirs holds. `above` are the statements of
    folders above the place, the farthest first, and those around each link that leads there; `shut`
    tells that one of those cannot be understood.
    """

    said: Mapping[str, Sidecar]
    settings: frozenset[str]
    closed: frozenset[str]
    loosely: frozenset[str]
    above: tuple[tuple[Sidecar, ...], ...] = ()
    shut: bool = False

    def closes(self, path: str) -> bool:
        """Tell whether a file is to be read by nobody because of what lies beside it."""
        if path in self.settings:
            return False
        return self.shut or not (
            self.closed.isdisjoint((path, *_folders(path)))
            and self.loosely.isdisjoint(_stems(folded(path)))
        )

    def below(self, *higher: Beside) -> Beside:
        """Return what is said with what is said above the place, by each way that leads there."""
        above = tuple(
            tuple(one.said[name] for name in sorted(one.said, key=_nearness)) for one in higher
        )
        shut = any(one.closed or one.loosely for one in higher)
        return replace(self, above=above, shut=shut)

    def chain(self, path: str) -> list[Sidecar]:
        """Return the statements about a file, the nearest last."""
        return [self.said[name] for name in sidecar_names(path) if name in self.said]


def heard(path: str, read: Callable[[], bytes], *, size: int = 0) -> Statement | None:
    """Return what a file states, None if it is a document like any other.

    Args:
        path: Relative to its place.
        size: As the place lists it; what is large and not called as a sidecar is not opened.
        read: Returns its bytes, or at least the first `MOST_BYTES` and one more; may raise
            OSError or ConfigError, which close.
    """
    if is_sidecar(path):
        return Statement(path, _understood(path, read))
    if is_stray(path):
        return Statement(path, None if _may_restrict(read) else Sidecar())
    if _PERHAPS.search(_plain(path)) is not None and _states(path, read):
        return Statement(path, None)
    if _may_be_settings(path) and size <= MOST_BYTES and _is_statement(path, read):
        return Statement(path, None)
    return None


def _may_be_settings(path: str) -> bool:
    if path.endswith(_NO_SETTINGS):  # most are, and asking so is cheapest
        return False
    name = _name(path)
    stem = name[: -len(_TEXT)] if name.lower().endswith(_TEXT) else name
    if len(stem) > _LONGEST_SHORT:
        return False
    held = stem != name and _HOLDS_SETTINGS.match(stem) is not None
    return held or _LIKE_SETTINGS.fullmatch(stem) is not None


def _is_statement(path: str, read: Callable[[], bytes]) -> bool:
    """Tell whether a file, whatever it is called, is nothing but what a sidecar says of access or tenant."""
    try:
        data = _recoded(read())
    except (ConfigError, OSError):
        return False
    if b"access" not in data and b"tenant" not in data:
        return False
    said = _understood(path, lambda: data) or _parsed(data)
    return said is not None and not (said.access is None and said.tenant is None)


def _recoded(data: bytes) -> bytes:
    """Return in UTF-8 what an editor saved in UTF-16."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16", "replace").encode() if is_wide else data


def _parsed(data: bytes) -> Sidecar | None:
    """Return what a statement in JSON or TOML says."""
    for parser in (json.loads, tomllib.loads):
        with suppress(ValueError, RecursionError):  # of decoding, parsing and unknown keys alike
            return Sidecar.model_validate(parser(data.decode("utf-8-sig")))
    return None


def _states(path: str, read: Callable[[], bytes]) -> bool:
    """Tell whether a file holds what a sidecar would say of who may read something, or whose it is."""
    try:
        data = read()
    except (ConfigError, OSError):
        return False
    if path.lower().endswith(".toml"):
        return _ACCESS_TOML.search(data) is not None
    if b"access" not in data and b"tenant" not in data:  # looking is cheaper than to parse
        return False
    said = _understood(path, lambda: data)
    return said is not None and not (said.access is None and said.tenant is None)


def together(statements: Iterable[Statement], files: Collection[str]) -> Beside:
    """Return what the statements of a place say together.

    Args:
        statements: In any order.
        files: All paths of the place.
    """
    slots: dict[str, list[Statement]] = {}
    settings: set[str] = set()
    near: list[str] = []
    for one in statements:
        about = subject(one.path)
        if is_sidecar(one.path) and (_is_folder(about) or about in files):
            slots.setdefault(slot(one.path), []).append(one)
            continue
        settings.add(one.path)
        if _may_narrow(one):
            near += {about, _bare(about), _NUMBERED.sub("", about)}
    said, closed = _agreed(slots)
    closed |= _elsewhere(slots, files)
    closed |= {subject(name[:-1]) for name in _all_folders(files) if is_sidecar(name[:-1])}
    open_ones = [about for about in near if not _stated(about, said)]
    exact = {about for about in open_ones if _is_folder(about) or about in files}
    loosely = {folded(about) for about in open_ones} - {folded(about) for about in exact}
    return Beside(said, frozenset(settings), frozenset(closed | exact), frozenset(loosely))


def _elsewhere(slots: Mapping[str, Sequence[Statement]], files: Collection[str]) -> set[str]:
    """Return the folders that a sidecar means which lies in one of nearly that name.

    Where names are compared without case, what was one folder comes out of an archive as two.
    """
    restrict = [n for n, ones in slots.items() if any(_may_narrow(one) for one in ones)]
    meant = {_loose(subject(name)) for name in restrict} - {""}
    folders = _all_folders(files) if meant else set()
    own = {subject(name) for name in slots}
    return {folder for folder in folders - own if _loose(folder) in meant}


def _all_folders(files: Iterable[str]) -> set[str]:
    direct = {path[: path.rfind("/") + 1] for path in files}
    return {folder for one in direct for folder in _folders(one)}


def _loose(folder: str) -> str:
    """Return a folder's path in the form in which those are equal that people take for one."""
    return "/".join(part.strip(" .") for part in folded(folder).split("/"))


def _may_narrow(statement: Statement) -> bool:
    return statement.said is None or statement.said.access is not None


def slot(path: str) -> str:
    """Return the name that a sidecar ought to have.

    >>> slot("hr/_META.yml"), slot("a.PDF.Meta.yaml")
    ('hr/_meta.yaml', 'a.PDF.meta.yaml')
    """
    return _ENDING.sub("meta.yaml", path)


def subject(path: str) -> str:
    """Return the file that a sidecar speaks of, or the folder: empty, or with a slash at its end.

    >>> subject("hr/_meta.yaml.txt"), subject("hr/c.md.meta.yml"), subject("about_meta.yaml")
    ('hr/', 'hr/c.md', 'about')
    """
    name = _name(path) if is_sidecar(path) else _plain(path)
    found = _NEARLY.search(name) or _PERHAPS.search(name)
    return path[: len(path) - len(_name(path))] + name[: found.start() if found else 0]


def speaks_of(sidecar: str, path: str) -> bool:
    """Tell whether a file may say something of another one beside it.

    >>> speaks_of("_meta.yaml", "a.md"), speaks_of("A.md.meta.yml", "a.md"), speaks_of("b.md", "a.md")
    (True, True, False)
    """
    perhaps = _PERHAPS.search(_plain(sidecar)) is not None or _may_be_settings(sidecar)
    if not (is_sidecar(sidecar) or is_stray(sidecar) or perhaps):
        return False
    abouts = {subject(sidecar), _bare(subject(sidecar))}
    return any(_is_folder(about) or folded(about) in _stems(folded(path)) for about in abouts)


def _bare(about: str) -> str:
    """Return a subject without what copying and hiding put around a name.

    >>> _bare("hr/.a.md"), _bare("hr/Copy of a.md "), _bare("hr/~"), _bare("a.md")
    ('hr/a.md', 'hr/a.md', 'hr/', 'a.md')
    """
    name = _name(about)
    if name.startswith(OF_THE_SYSTEM):
        return about
    return about[: len(about) - len(name)] + _AROUND.sub("", name).rstrip()


def _agreed(slots: Mapping[str, list[Statement]]) -> tuple[dict[str, Sidecar], set[str]]:
    """Return what is said under each name, and what contradictory or broken statements close."""
    said: dict[str, Sidecar] = {}
    closed: set[str] = set()
    for name, ones in slots.items():
        first = ones[0].said
        if first is None or any(one.said != first for one in ones):
            closed.add(subject(name))
        else:
            said[name] = first
    return said, closed


def _stated(about: str, said: Mapping[str, Sidecar]) -> bool:
    """Tell whether a sidecar under the right name states the access of the same file or folder."""
    right = said.get(f"{about}_meta.yaml" if _is_folder(about) else f"{about}.meta.yaml")
    return right is not None and right.access is not None


def _understood(path: str, read: Callable[[], bytes]) -> Sidecar | None:
    try:
        return read_sidecar(read(), name=path)
    except (ConfigError, OSError):
        return None


def _may_restrict(read: Callable[[], bytes]) -> bool:
    """Tell whether a file that is no sidecar holds an access key, in whichever encoding."""
    try:
        data = read()
    except (ConfigError, OSError):
        return True
    text = _COMMENT.sub(b"", data.replace(b"\0", b""))
    untold = len(data) > MOST_BYTES or data.startswith(_PACKED)
    return untold or _ACCESS.search(text) is not None


def _is_folder(about: str) -> bool:
    return not about or about.endswith("/")


def _plain(path: str) -> str:
    return plain(_name(path))


def _nearness(sidecar: str) -> tuple[int, bool]:
    """Return what sorts sidecars of one file, the nearest last."""
    return sidecar.count("/"), not _is_folder(subject(sidecar))


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _folders(path: str) -> list[str]:
    """Return the folders a file lies in, as subjects: the place itself is empty."""
    return ["", *(path[: at + 1] for at, letter in enumerate(path) if letter == "/")]


def _stems(path: str) -> list[str]:
    """Return a path, its folders without slashes, and it without what follows each of its dots."""
    start = path.rfind("/") + 1
    dots = [at for at, letter in enumerate(path) if letter == "." and at > start]
    slashes = [at for at, letter in enumerate(path) if letter == "/"]
    return [path, *(path[:at] for at in (*slashes, *dots))]
