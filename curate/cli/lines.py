"""Values as lines of a screen: without control characters, and shorter where they are one of many."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

_SHORT = 100
_WIDEST = 100
_NARROWEST = 20


def on_one_line(value: Any) -> str:  # noqa: ANN401 - any column
    """Return a value on one line without control characters: it may come from a document."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return ", ".join(on_one_line(part) for part in value)
    if isinstance(value, dict):
        return " ".join(f"{key}={on_one_line(part)}" for key, part in value.items())
    return "".join(letter if letter.isprintable() else " " for letter in str(value))


def on_lines(text: str) -> str:
    """Return a text with its lines and without control characters, which a terminal obeys."""
    return "\n".join(on_one_line(line) for line in text.split("\n"))


def short(value: Any) -> str:  # noqa: ANN401 - any column
    """Return the beginning of a value as one of many; the mark says that it goes on.

    >>> short("a pump"), short("a" * 200)[-3:]
    ('a pump', 'aa…')
    """
    line = on_one_line(value)
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def wrapped(text: str, out: Console, *, indent: str = "") -> Iterator[str]:
    """Yield the whole of a text as lines that fit the screen, broken between words alone."""
    width = max(min(out.width, _WIDEST) - len(indent), _NARROWEST)
    for line in on_lines(text).split("\n"):
        for part in wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]:
            yield f"{indent}{part}".rstrip()
