"""Values of cells as people see them: percent, money, thousands, ISO dates, no float noise.

Covers what number formats of real workbooks say (sections, literals, grouping, decimals, percent,
exponents); a format beyond that falls back to the plain number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)", 48: "##0.0E+0",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(_.)|(\*.)|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+,*)?(?:E[+-][#0?]+)?|\.[#0?]+")
_FLOAT = re.compile(r"-?\d+\.(?:\d{9,}|0+)|-?\d(?:\.\d+)?[eE][+-]?\d{1,3}")
_CONDITION = re.compile(r"\s*(?:\[[^\]<>=]*\])*\[(<=|>=|<>|<|>|=)(-?\d{1,15}(?:\.\d{1,9})?)\]")
_COMPARED = {"<": lt, "<=": le, "=": eq, "<>": ne, ">": gt, ">=": ge}
_MARK, _DIGIT, _OPTIONAL = "\x00", "\x01", "\x02"
_EXACT = 1 << 53  # up to here a double holds every whole number
_NOISY = 1e15  # from here a double has less than one decimal that means anything
_LARGEST = 1e21  # up to here whole numbers are written out
_MOST_DECIMALS = 30
_SECTIONS = 2


@dataclass(frozen=True, slots=True)
class _Form:
    """One section of a number format."""

    before: str
    after: str
    decimals: int
    grouped: bool = False
    percent: int = 0
    thousands: int = 0
    exponent: bool = False
    digits: int = 1
    optional: int = 0  # decimals written as # are left out when they are zero
    mask: str = ""  # digits with signs between them, as of a phone number


def cell_text(value: object, pattern: str = "") -> str:
    """Return a cell's value as it is seen.

    >>> cell_text(0.1 + 0.2), cell_text(0.0725, "0.00%"), cell_text(-1234.5, '#,##0.00 "EUR"')
    ('0.3', '7.25%', '-1,234.50 EUR')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _formatted(value, pattern) if pattern else _plain(value)
    return _moment(value)


def plain_number(text: str) -> str:
    """Return a number written with float noise without it; any other text as it is."""
    return _plain(float(text)) if _FLOAT.fullmatch(text) else text


def shows_numbers(pattern: str) -> bool:
    """Tell whether a format draws a number otherwise than the plain one."""
    return pattern not in {"", "General", "@"} and bool(_form(pattern.partition(";")[0]))


def _plain(value: float) -> str:
    """Return a number as it was typed: whole ones with all their digits, none of them made up."""
    if isinstance(value, int):
        return str(value)
    if not -_LARGEST < value < _LARGEST:
        return f"{value:.15g}"
    if value == (whole := int(value)):
        return str(whole if -_EXACT <= whole <= _EXACT else int(Decimal(repr(value))))
    return f"{value:.15g}" if -_NOISY < value < _NOISY else repr(value)


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        value = value.replace(microsecond=0)
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        return _duration(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _formatted(value: float, pattern: str) -> str:
    sections = _split(pattern)
    place, conditional = _place(value, sections)
    form = _form(sections[place])
    if form is None:
        return _plain(value) if place == 0 else _words(sections[place])
    sign = "-" if value < 0 and (place == 0 or conditional) else ""
    return f"{sign}{form.before}{_drawn(abs(value), form)}{form.after}".strip()


def _place(value: float, sections: list[str]) -> tuple[int, bool]:
    """Return which section draws a value, and whether a condition of its own decided that."""
    conditions = [_CONDITION.match(section) for section in sections[:_SECTIONS]]
    for place, condition in enumerate(conditions):
        if condition and _COMPARED[condition[1]](value, float(condition[2])):
            return place, True
    if any(conditions):
        return min(len(sections) - 1, _SECTIONS), True
    if value < 0 and len(sections) >= _SECTIONS:
        return 1, False
    return (2 if value == 0 and len(sections) > _SECTIONS else 0), False


def _drawn(number: float, form: _Form) -> str:
    if form.mask:
        return _filled(f"{number:.0f}" if number < _EXACT else _plain(number), form)
    value = number if number < _EXACT else Decimal(repr(number))
    value = value * 100**form.percent / 1000**form.thousands
    if form.exponent:
        return f"{value:.{form.decimals}E}"
    text = f"{value:{',' if form.grouped else ''}.{form.decimals}f}"
    if form.optional and "." in text:
        kept = len(text) - form.optional
        text = (text[:kept] + text[kept:].rstrip("0")).rstrip(".")
    return (
        text
        if form.digits <= 1
        else text.zfill(form.digits + (form.decimals + 1) * (form.decimals > 0))
    )


def _filled(digits: str, form: _Form) -> str:
    """Return digits set into a mask from its end; what has no place stands before its first."""
    if not digits.isdecimal():
        return digits
    left = list(digits.lstrip("0").rjust(form.mask.count(_DIGIT) and 1, "0"))
    drawn: list[str] = []
    for sign in reversed(form.mask):
        if sign == _DIGIT:
            drawn.append(left.pop() if left else "0")
        elif sign != _OPTIONAL:
            drawn.append(sign)
        elif left:
            drawn.append(left.pop())
    return "".join(left) + "".join(reversed(drawn))


def _words(section: str) -> str:
    """Return what a section without digits shows, such as a dash for zero."""
    shown = _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", section)
    return shown.replace("?", "").strip()


def _split(pattern: str) -> list[str]:
    """Split a format into its sections; a semicolon in quotes is none."""
    hidden = re.sub(r'"[^"]*"|\\.', lambda quoted: quoted.group().replace(";", _MARK), pattern)
    return [section.replace(_MARK, ";") for section in hidden.split(";")]


@lru_cache(maxsize=1024)
def _form(section: str) -> _Form | None:
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quoted, escaped, currency, _, _ = found.groups()
        literals.append(quoted or escaped or currency or (" " if found[4] else ""))
        return _MARK

    bare = _LITERAL.sub(keep, section)
    digits = _DIGITS.search(bare)
    if digits is None or re.search(r"[ymdhs/?@]|General", bare, re.IGNORECASE):
        return None
    return _section(bare, digits, literals)


def _section(bare: str, digits: re.Match[str], literals: list[str]) -> _Form:
    whole, _, fraction = digits.group().partition("E")[0].partition(".")
    supply = iter(literals)

    def told(part: str) -> str:
        return "".join(next(supply) if sign == _MARK else sign for sign in part)

    last = max((found.end() for found in _DIGITS.finditer(bare)), default=0)
    masked = last > digits.end() and not re.search(r"[.,E%]", bare[digits.start() : last])
    before = told(bare[: digits.start()])
    mask = told(_as_mask(bare[digits.start() : last])) if masked else ""
    after = told(bare[last if masked else digits.end() :])
    commas = len(whole) - len(whole.rstrip(",")) + fraction.count(",")
    fraction = fraction.rstrip(",")
    return _Form(
        before=before,
        after=after,
        decimals=min(len(fraction), _MOST_DECIMALS),
        grouped="," in whole.rstrip(","),
        percent=before.count("%") + after.count("%"),
        thousands=commas,
        exponent="E" in digits.group(),
        digits=whole.count("0"),
        optional=len(fraction) - len(fraction.rstrip("#")),
        mask=mask,
    )


def _as_mask(digits: str) -> str:
    return digits.replace("0", _DIGIT).replace("#", _OPTIONAL)
