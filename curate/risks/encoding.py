"""Tricks in the encoding: characters that nobody sees, letters that look like others, smuggled bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.tables.risks import Risk

FAMILY = "encoding"
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+")
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_BLOB = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{200,}={0,2}(?![A-Za-z0-9+/=])")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9a-f]{200,}|[0-9A-F]{200,})(?![0-9A-Fa-f])")
_MIXED = re.compile(r"\b\w*(?:[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z])\w*\b")
_JOINERS_AT_HOME = re.compile("[\u0600-\u06ff\u0900-\u0dff\U0001f000-\U0001faff\u2600-\u27bf]")
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]")


def tricks(text: str, field: str) -> Iterator[Risk]:
    """Yield spans of a field that a reader does not see, or sees as something else."""
    if _UNSEEN.search(text):
        yield from _found(_TAGS, text, field, "tag_characters", 1.0)
        yield from _found(_BIDI, text, field, "bidi_control", 0.6)
        yield from _zero_width(text, field)
        yield from _found(_VARIATIONS, text, field, "variation_selectors", 1.0)
    yield from _found(_BLOB, text, field, "base64_blob", 0.4)
    yield from _found(_HEX, text, field, "hex_blob", 0.4)
    for match in _MIXED.finditer(text):
        if len(match.group()) > 3:
            yield Risk(field, match.start(), match.end(), "lookalike", "mixed_scripts", 0.5)


def _found(
    pattern: re.Pattern[str], text: str, field: str, rule: str, score: float
) -> Iterator[Risk]:
    family = FAMILY if score > 0.5 else "blob"
    for match in pattern.finditer(text):
        yield Risk(field, match.start(), match.end(), family, rule, score)


def _zero_width(text: str, field: str) -> Iterator[Risk]:
    """Yield zero-width characters, but not where a script or an emoji needs them."""
    for match in _ZERO_WIDTH.finditer(text):
        around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
        if match.end() - match.start() == 1 and _JOINERS_AT_HOME.search(around):
            continue
        yield Risk(field, match.start(), match.end(), FAMILY, "zero_width", 0.7)
