"""Tricks in the encoding: characters that nobody sees, letters that look like others, smuggled bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.tables.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILY = "encoding"
_LEAST_WORD = 4  # letters; shorter ones are symbols and units
_DOUBT = 0.5  # a long run of letters and digits is often just a key or a picture
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]+")
_VARIATIONS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")
_LEAST_BLOB = 200
_BLOB = re.compile(rf"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{{{_LEAST_BLOB},}}={{0,2}}(?![A-Za-z0-9+/=])")
_HEX = re.compile(
    rf"(?<![0-9A-Fa-f])(?:[0-9a-f]{{{_LEAST_BLOB},}}|[0-9A-F]{{{_LEAST_BLOB},}})(?![0-9A-Fa-f])"
)
_MIXED = re.compile(
    r"\b\w*(?:[A-Za-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-z])\w*\b"
)
_JOINERS_AT_HOME = re.compile("[\u0600-\u06ff\u0900-\u0dff\U0001f000-\U0001faff\u2600-\u27bf]")
_UNSEEN = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)


def tricks(text: str, field: str) -> Iterator[Risk]:
    """Yield spans of a field that a reader does not see, or sees as something else."""
    foreign = not text.isascii()
    if foreign and _UNSEEN.search(text):
        yield from _found(_TAGS, text, field, rule="tag_characters", score=1.0)
        yield from _found(_BIDI, text, field, rule="bidi_control", score=0.6)
        yield from _zero_width(text, field)
        yield from _found(_VARIATIONS, text, field, rule="variation_selectors", score=1.0)
    if len(text) >= _LEAST_BLOB:
        yield from _found(_BLOB, text, field, rule="base64_blob", score=0.4)
        yield from _found(_HEX, text, field, rule="hex_blob", score=0.4)
    for match in _MIXED.finditer(text) if foreign else ():
        if len(match.group()) >= _LEAST_WORD:
            yield Risk(field, match.start(), match.end(), "lookalike", "mixed_scripts", 0.5)


def _found(
    pattern: re.Pattern[str], text: str, field: str, *, rule: str, score: float
) -> Iterator[Risk]:
    family = FAMILY if score > _DOUBT else "blob"
    for match in pattern.finditer(text):
        yield Risk(field, match.start(), match.end(), family, rule, score)


def _zero_width(text: str, field: str) -> Iterator[Risk]:
    """Yield zero-width characters, but not where a script or an emoji needs them."""
    for match in _ZERO_WIDTH.finditer(text):
        around = (
            text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
        )
        if match.end() - match.start() == 1 and _JOINERS_AT_HOME.search(around):
            continue
        yield Risk(field, match.start(), match.end(), FAMILY, "zero_width", 0.7)
