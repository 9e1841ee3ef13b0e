"""A mail as its container format has it, before its text is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """A piece of a mail's text; `flowed` says that its soft line breaks end in a space."""

    text: str
    html: bool = False
    flowed: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a mail carries; `inline` marks a picture that its HTML shows."""

    name: str
    data: bytes
    media_type: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its headers (lower-case names, decoded values), its text, the names of its files."""

    headers: tuple[tuple[str, str], ...]
    bodies: tuple[Body, ...]
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header of a name, empty if there is none."""
        return next((value for key, value in self.headers if key == name), "")
