"""Machines, and who logs in to them, in forms that Presidio looks past.

Addresses of networks that are short, padded with zeros, defanged, or a range; what stands before the @
of an address of the web; names of mailboxes in quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.pii.parted import is_of_network
from curate.pii.versions import is_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int]


def short(text: str) -> Iterator[Span]:
    """Yield addresses of the sixth version whose zeros are left out."""
    return (match.span() for match in _SHORT_IPV6.finditer(text))


def defanged(text: str) -> Iterator[Span]:
    """Yield addresses whose dots stand in brackets, so that nobody follows them."""
    for match in _DEFANGED.finditer(text):
        if _are_octets(match.groups()):
            yield match.span()


def padded(text: str) -> Iterator[Span]:
    """Yield addresses whose numbers begin with zeros, where they are surely addresses."""
    return _around(text, ".0", _PADDED)


def ranges(text: str) -> Iterator[Span]:
    """Yield addresses of which a number is a range or a list in brackets."""
    for sign in (".[", ".{", ".("):
        yield from _around(text, sign, _RANGE)


def users(text: str) -> Iterator[Span]:
    """Yield who logs in, with what, and where, in addresses of the web."""
    at = text.find("://") if "@" in text else -1
    while at >= 0:
        match = _USER.match(text, at)
        if match and _is_someone(match[1], match[2]):
            yield match.start(1), match.end()
        at = text.find("://", at + 1)


def _is_someone(user: str, host: str) -> bool:
    """Return whether someone logs in: no program that fetches code, and no place for a name."""
    if ":" not in user and (user.lower() in SERVICES or "." not in host):
        return False
    return not all(map(_PLACE.fullmatch, user.split(":")))


def _around(text: str, sign: str, form: re.Pattern[str]) -> Iterator[Span]:
    """Yield what has a form around a sign before a digit and is an address of a machine."""
    at, done = text.find(sign), 0
    while at >= 0:
        number = text[at + len(sign) : at + len(sign) + 1].isdigit()
        match = number and form.search(text, max(at - _LONGEST, done), at + _LONGEST)
        if match and _is_address(match):
            done = match.end()
            yield match.span()
        at = text.find(sign, max(at + 1, done))


def _is_address(match: re.Match[str]) -> bool:
    text, start = match.string, match.start()
    if not _are_octets(_DIGITS.findall(match[0])) or is_version(text, start, match.end()):
        return False
    value = ".".join(str(int(part)) for part in _DIGITS.findall(_LIST.sub(r"\1", match[0])))
    if value.startswith("10.") and not _OF_TWO.search(match[0]):
        return True
    return is_of_network(value, text[max(start - _REACH, 0) : start])


def _are_octets(numbers: Iterable[str]) -> bool:
    return all(int(number) < _OCTETS for number in numbers)


SERVICES = frozenset({"git", "hg", "svn"})
_OCTETS = 256
_REACH = 40  # characters before an address in which networks are spoken of
_LONGEST = 64
_DIGITS = re.compile(r"\d+")
_OF_TWO = re.compile(r"(?<!\d)0\d(?!\d)")  # so paragraphs and dates are written
_SHORT_IPV6 = re.compile(
    r"(?<![\w:.])(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|2[0-9a-f]{3})(?::[0-9a-f]{1,4}){0,6}::"
    r"[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5}(?![\w:])",
    re.IGNORECASE,
)
_DOT = r"(?:\[\.\]|\(\.\)|\[dot\]|\.)"
_DEFANGED = re.compile(
    rf"(?<![\w.])(?=[\d.]*[\[(])(\d{{1,3}}){_DOT}(\d{{1,3}}){_DOT}(\d{{1,3}}){_DOT}(\d{{1,3}})(?!\w)",
    re.IGNORECASE,
)
_PADDED = re.compile(r"(?<![\w.])(?=[\d.]*(?<!\d)0\d)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\w|\.\d)")
_NUMBERS = r"\d{1,3}(?: ?(?:[-–,]|\.\.) ?\d{1,3})+"
_OCTET = rf"(?:\d{{1,3}}|\[{_NUMBERS}\]|\{{{_NUMBERS}\}}|\({_NUMBERS}\))"
_RANGE = re.compile(rf"(?<![\w.])\d{{1,3}}(?:\.{_OCTET}){{3}}(?!\w|\.\d)")
_LIST = re.compile(r"[\[{(](\d+)[^\]})]*[\]})]")
_USER = re.compile(
    r"://([^\s/?#<>\"'`|,]{1,128})@"
    r"(?!sha\d)([^\W\d](?:[\w.-]{0,252}\w)?|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]{2,45}\])"
)
_PLACE = re.compile(r"[$%{*\[(].*|x*|\.*|…")
