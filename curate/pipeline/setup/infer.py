"""The pipeline file that describes what a run on a folder would do, with comments that say why.

It is made by looking at names, sizes, and the heads of tables and records. Written once and then
read, so that one new file changes no other file's result.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import yaml

from curate.errors import ConfigError
from curate.pii.resolve import merged
from curate.pipeline.setup.offered import offered
from curate.pipeline.setup.telling import told
from curate.pipeline.setup.template import filled_in
from curate.sources.facts import is_sidecar
from curate.sources.own import ACCESS
from curate.sources.settings import SourceSettings
from curate.sources.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.pipeline.setup.telling import Told
    from curate.sources.walk import Entry

_MOST_FORMATS = 12
_NOT_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")
_NOT_LETTERS = re.compile(r"[^\w ._-]+")
_ASIDE = re.compile(r"[()\[\]{}<>\"']+")
_BASES = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)  # letters that are no base with a mark
_LONGEST_NAME = 64
_SUFFIX = re.compile(r"(?=[0-9_-]*[a-z])(?!(?:\D*\d){4})[a-z0-9_-]{1,12}")
_UNDERSCORES = str.maketrans("_", " ")
# Only for such names is loaded what finds personal data; of an address whose @ gave way to a plain sign
# nothing would be found any more when the name is published.
_MAY_BE_PERSONAL = re.compile(r"[@\uff20%+\uff0b]|(?:\d\D{0,3}){9}")


def inferred(folder: Path, *, path: str, file: str = "pipeline.yaml") -> str:
    """Return the text of a pipeline file for a folder.

    Args:
        folder: Where to look.
        path: How the file names the folder.
        file: The name that the file will have.

    Raises:
        ConfigError: if there is no file in the folder.
    """
    entries = list(walk(str(folder), options={}))
    files = offered(SourceSettings(path=path), entries)
    if all(entry.problem for entry in files):
        message = f"{folder}: there is no file here to read."
        raise ConfigError(message)
    called = _masked(folder.resolve().name)
    sidecars = sum(is_sidecar(entry.path) and not entry.problem for entry in entries)
    return filled_in(
        what=f"the folder {called!r}",
        typed=shlex.quote(file),
        name=_quoted(ascii_name(called)),
        found=_summary(files),
        formats=_formats(files),
        path=_quoted(path),
        source=_quoted(_cleaned(unicodedata.normalize("NFC", called), _NOT_LETTERS)),
        sidecars=_sidecars(sidecars) + _remarks([f for f in files if not f.problem], indent="    "),
    )


def remarks(folder: Path) -> str:
    """Return comments on fields of a folder's records that may say who may read them ("": none)."""
    return _remarks([entry for entry in walk(str(folder), options={}) if not entry.problem])


def _remarks(files: Sequence[Entry], indent: str = "") -> str:
    by_fact: dict[str, list[Told]] = {}
    for one in told(files):
        by_fact.setdefault(one.fact, []).append(one)
    return "".join(f"{indent}# {line}\n" for held in by_fact.values() for line in _remark(held))


def _remark(held: Sequence[Told]) -> tuple[str, ...]:
    """Return the lines that tell of a field, and the line to write where it says who may read."""
    first = held[0]
    more = len({one.path for one in held}) - 1
    others = f" and {more:,} more file{'s' * (more > 1)}" if more else ""
    shown = _quoted(_masked(first.path))
    name = first.spelled if first.spelled.isascii() and first.spelled.isalpha() else ""
    says = "who may read each record" if first.fact == ACCESS else "whose each record is"
    return (
        f"{shown}{others}: has a column or field called {first.fact}, which nothing reads.",
        f"Does it say {says}? Then write (a table that is not read by rows needs `records` too):",
        f"columns: {{{first.fact}: {name or _quoted(first.spelled)}}}",
    )


def _masked(called: str) -> str:
    """Return a folder's name without personal data; few names look as if they held any."""
    if not _MAY_BE_PERSONAL.search(called):
        return called
    from curate.pii import Finder

    views = (called, called.translate(_UNDERSCORES))
    finder = Finder()
    spans = [span for view in views for span in finder.find(view, field="title")]
    found = merged([], spans, called)
    for span in reversed(found):
        called = f"{called[: span.start]}{span.type}{called[span.end :]}"
    return called


def ascii_name(called: str) -> str:
    """Return the name of a pipeline for a folder: the nearest letters that need no quoting anywhere.

    >>> ascii_name("Übersicht — 2025 (alt)"), ascii_name("Straße"), ascii_name("東京")
    ('Ubersicht - 2025 alt', 'Strasse', 'documents')
    """
    apart = unicodedata.normalize("NFKD", called.translate(_BASES))
    bases = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _cleaned(bases, _NOT_NAME)


def _cleaned(called: str, unfit: re.Pattern[str]) -> str:
    words = unfit.sub("-", _ASIDE.sub("", called))
    return words.strip("-. _")[:_LONGEST_NAME].rstrip() or "documents"


def _summary(files: Sequence[Entry]) -> str:
    size = sum(entry.size for entry in files)
    closed = sum(bool(entry.problem) for entry in files)
    beside = f"; {closed:,} cannot be read" if closed else ""
    return f"found: {len(files):,} file{'s' * (len(files) != 1)}, {size / 1e6:,.1f} MB{beside}"


def _formats(files: Sequence[Entry]) -> str:
    counts = Counter(suffix(entry.path) for entry in files)
    shown = [f"{count:,} {kind}" for kind, count in _ranked(counts)]
    more = len(counts) - _MOST_FORMATS
    return f"  #   {', '.join(shown)}" + (f", {more} other formats" if more > 0 else "")


def suffix(path: str) -> str:
    """Return what the files of one format end with, in words where that may be a part of a name.

    >>> suffix("a/b.PDF"), suffix("a/call.212-555-0172"), suffix("a.b/LICENSE")
    ('pdf', 'no known suffix', 'no suffix')
    """
    _, dot, ending = path.rsplit("/", 1)[-1].lower().rpartition(".")
    if not dot:
        return "no suffix"
    return ending if _SUFFIX.fullmatch(ending) else "no known suffix"


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_FORMATS]


def _sidecars(count: int) -> str:
    states = "file states" if count == 1 else "files state"
    return f"    # {count} sidecar {states} access, labels or dates here\n" if count else ""


def _quoted(text: str) -> str:
    """Return a string as YAML writes it on one line."""
    return yaml.safe_dump(text, default_style='"', width=10_000, allow_unicode=True).strip()
