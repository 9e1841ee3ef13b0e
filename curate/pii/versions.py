"""Four numbers with dots that are no address of a machine: versions, paragraphs, masks.

Nothing in their form tells them from addresses, so that what stands around decides. Where it says
nothing, only numbers as small as those of versions are passed over, and only behind the name of what
has a version, with no word of networks near: few addresses are so small.
"""

from __future__ import annotations

import re

_REACH = 80  # characters before numbers in which they are called something
_NEAR = 48
_BEHIND = 24
_ONES = 255
_FOUR = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def is_version(text: str, start: int, end: int) -> bool:
    """Return whether numbers with dots name a version, or a paragraph, or are a part of more of them."""
    before = text[max(start - _REACH, 0) : start]
    called = any(form.search(before) for form in (_MORE_BEFORE, _VERSION, _EDITION))
    if called or _MORE.match(text, end):
        return True
    value = text[start:end]
    if not _FOUR.fullmatch(value) or not _is_small(parts := _parts(value)):
        return False
    before = before[-_NEAR:]
    if _NETWORK.search(before.rpartition("\n")[2]) or _NETWORK.search(text, end, end + _BEHIND):
        return False
    if _PRODUCT.search(before) and not _NO_PRODUCT.search(before):
        return True
    return _is_paragraph(text, end, before, parts)


def is_mask(value: str) -> bool:
    """Return whether an address is the mask of a network, or of none.

    >>> is_mask("255.255.240.0"), is_mask("255.254.255.1"), is_mask("0.0.0.63")
    (True, False, True)
    """
    if not _FOUR.fullmatch(value):
        return False
    first, *others = _parts(value)
    bits = "".join(f"{part:08b}" for part in others)
    return first == 0 or (first == _ONES and "01" not in bits)


def _parts(value: str) -> list[int]:
    return [int(part) for part in value.split(".")]


def _is_small(parts: list[int]) -> bool:
    """Return whether numbers are as small as versions are; 10 begins private addresses."""
    first, second, _, last = parts
    return first <= _MOST and second <= _MOST and last <= _MOST and first != _PRIVATE


def _is_paragraph(text: str, end: int, before: str, parts: list[int]) -> bool:
    """Return whether numbers stand before a heading, or where a paragraph is referred to."""
    if 0 in parts or max(parts) > _MOST:
        return False
    if _REFERRED.search(before):
        return True
    return _LINE_START.search(before) is not None and _HEADING.match(text, end) is not None


_MOST = 30
_PRIVATE = 10
_MORE_BEFORE = re.compile(r"(?:\d\.|[+＋])\Z")
_MORE = re.compile(r"\.\d")


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_VERSION = _word(
    r"(?:(?:\bv|\bver|\bversions?|\brelease(?:s|[ ]notes for)?|\bbuild|\bfirmware|\bkernel|\bpatch(?:ed to)?"
    r"|\b(?:up|down)grade[ds]? (?:to|from)|\bparagraphs?|\bsections?|\bclauses?|\bchapters?|\barticles?"
    r"|\bsteps?|\btables?|\bfigures?|\broom|\boid|\bschritte?|\bkapitel|\babschnitt|\babsatz|\bziffer"
    r"|\btabelle|\babbildung|\braum|§)[.:]?\s*|\b(?:release|version|build|v)-|\w[=~<>!]=\s?)\Z"
)
_REFERRED = _word(r"(?<![\w<])(?:see(?: also)?|siehe(?: auch)?|cf\.?|vgl\.?)[ ]\Z")
_LINE_START = re.compile(r"(?:\A|\n)[ \t]*(?:#{1,6} |[-*•] )?\**\Z")
_HEADING = re.compile(r"\.?\**[ \t]+\**[A-ZÀ-Þ][\w'’-]+(?![\w.]*[.]\w)")
_PRODUCT = re.compile(r"(?:[A-Za-z][\w+#.-]*[ /-]|[A-Za-z]{2}_)\Z")
_EDITION = re.compile(r"(?<![/\w.-])[A-Za-z][\w+-]*/\Z")  # as servers and browsers call themselves
_NO_PRODUCT = _word(
    r"\b(?:the|an?|is|are|was|were|in|on|of|for|with|and|or|to|its?|this|that|than|as|be|not|no"
    r"|from|by|at|via)[ ]\Z"
)
_NETWORK = _word(
    r"(?<![\w<])(?:ips?|ipv4|hosts?|hostnames?|servers?|address(?:es)?|addrs?|adresse|gateways?|dns|routers?"
    r"|nodes?|peers?|ping(?:s|ed)?|ssh|scp|telnet|curl|connect\w*|proxy|proxies|sub-?nets?|networks?|netzwerk"
    r"|ports?|listen\w*|binds?|routes?|traceroute|firewalls?|block\w*|allow\w*|den(?:y|ied)|ban(?:ned)?"
    r"|sources?|src|dest\w*|dst|remotes?|locals?|machines?|devices?|printers?|vpn|wan|lan|vlan"
    r"|interfaces?|eth\d|https?|urls?|requests?|log(?:ged|in|s)?|visit\w*|attack\w*|scan\w*|abuse|spam\w*"
    r"|clients?|users?|reach\w*|domains?|ns\d?|mx|whois|range|cidr|traffic|nat)(?![\w>])"
)
