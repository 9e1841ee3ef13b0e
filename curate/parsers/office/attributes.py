"""Whole numbers in attributes of hostile XML: never longer, never larger than wanted."""

from __future__ import annotations

_MOST_DIGITS = 9


def whole(text: str | None, *, most: int, default: int = 0) -> int:
    """Return a number from 0 to `most` that a text states; the default if it states none.

    >>> whole("12", most=10), whole("x", most=10, default=1)
    (10, 1)
    """
    if text is None or not text.isdecimal():
        return default
    return min(int(text), most) if len(text) <= _MOST_DIGITS else most
