"""Numbers of lists and headings as a reader of the page sees them: 3., c), iv, Some-1.

OOXML, OpenDocument and slides name their number formats differently but draw them alike.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 4000
_MOST_LETTERS = 20  # a hostile counter may ask for millions of them
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ALPHABETS = {
    "lowerLetter": ascii_lowercase,
    "a": ascii_lowercase,
    "upperLetter": ascii_uppercase,
    "A": ascii_uppercase,
    "russianLower": _CYRILLIC,
    "russianUpper": _CYRILLIC.upper(),
    "α": _GREEK,
}
_IDEOGRAPHS = "〇一二三四五六七八九"
_PLAIN = re.compile(r"(\d{1,9})\.")
_BULLETS = re.compile(r"[•●▪◦‣■□○➢❖✓✔]\s+(?=\S)")


def number_text(number: int, style: str) -> str:
    """Return a number in a style of OOXML (`lowerRoman`) or OpenDocument (`i`).

    >>> number_text(4, "upperRoman"), number_text(28, "lowerLetter"), number_text(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    alphabet = _ALPHABETS.get(style)
    if alphabet is not None:
        return _letters(number, alphabet)
    if style in {"lowerRoman", "i"}:
        return _roman(number)
    if style in {"upperRoman", "I"}:
        return _roman(number).upper()
    return "" if style in {"none", "bullet", ""} else _rarer(number, style)


def as_number(label: str) -> int | str | None:
    """Return a drawn label as the number that canonical text writes itself, if it is one."""
    plain = _PLAIN.fullmatch(label)
    return int(plain[1]) if plain else label or None


def typed_bullet(text: str) -> int:
    """Return the length of a bullet that somebody typed by hand at the start of a line."""
    found = _BULLETS.match(text)
    return found.end() if found else 0


def _rarer(number: int, style: str) -> str:
    match style:
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}{_ordinal(number)}"
        case "ideographDigital" | "japaneseDigitalTenThousand":
            return "".join(_IDEOGRAPHS[int(digit)] for digit in str(abs(number)))
        case "decimalEnclosedCircle" if 1 <= number <= len("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"):
            return chr(ord("①") + number - 1)
        case _:
            return str(number)


def _letters(number: int, alphabet: str) -> str:
    """Write a, b, ... z, aa, bb, as Word and LibreOffice do."""
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, len(alphabet))
    return alphabet[place] * min(times + 1, _MOST_LETTERS)


def _roman(number: int) -> str:
    if not 0 < number < _MOST_ROMAN:
        return str(number)
    written = []
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        written.append(sign * times)
    return "".join(written)


def _ordinal(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
