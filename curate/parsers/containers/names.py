"""Names of members: relative, normalised, unique, and never a way out of the container."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

CLIMBS_OUT = "climbs_out"
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SYSTEM = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"})


class Placed(NamedTuple):
    """A member's name, why it must not be read (empty: it may), and the name it shares with another.

    `twin` is empty where the name is its own; else `path` is numbered.
    """

    path: str
    problem: str
    twin: str


@dataclass(slots=True)
class Names:
    """Gives each member a name of its own, in the order of the container."""

    longest: int
    _taken: set[str] = field(default_factory=set)

    def place(self, raw: str) -> Placed:
        """Return a member's relative name and what there is to say of it."""
        name = unicodedata.normalize("NFC", _CONTROL.sub("_", raw.replace("\\", "/")))
        parts = [part for part in _DRIVE.sub("", name).split("/") if part not in {"", "."}]
        kept = "/".join(part for part in parts if part != "..") or "unnamed"
        problem = ""
        if name.startswith("/") or _DRIVE.match(name) or ".." in parts:
            problem = CLIMBS_OUT
        elif len(kept) > self.longest:
            problem = "name_too_long"
        elif _is_system(parts):
            problem = "system_file"
        kept = kept[: self.longest]
        own = self._own(kept)
        return Placed(own, problem, "" if own == kept else kept)

    def key(self, key: str) -> str:
        """Return a record's key, numbered where another record has it; an empty one stays empty."""
        if not key:
            return ""
        key = unicodedata.normalize("NFC", _CONTROL.sub("_", key))[: self.longest]
        own, number = key, 1
        while own in self._taken:
            number += 1
            own = f"{key}#{number}"
        self._taken.add(own)
        return own

    def _own(self, name: str) -> str:
        folder, slash, last = name.rpartition("/")
        stem, dot, suffix = last.rpartition(".")
        if not stem:
            stem, dot, suffix = last, "", ""
        own, number = name, 1
        while own in self._taken:
            number += 1
            own = f"{folder}{slash}{stem} ({number}){dot}{suffix}"
        self._taken.add(own)
        return own


def _is_system(parts: list[str]) -> bool:
    """Tell whether a name is one that operating systems leave behind."""
    if any(part.casefold() in _SYSTEM for part in (*parts[:1], *parts[-1:])):
        return True
    return bool(parts) and parts[-1].startswith("._")
