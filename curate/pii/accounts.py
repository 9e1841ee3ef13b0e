"""International account numbers, found as Presidio's own loop over its pattern finds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.pii.patterns import Hit, Probe
    from curate.pii.prospects import Prospects

# How every match begins: the two letters of a country, two check digits and a first group.
_CHECK_DIGITS = re.compile(r"[0-9]{2}(?<=[^\W\d_]{2}[0-9]{2})(?=[ -]?[^\W_]{4})")
_COUNTRY = 2


class AccountSearch:
    """Presidio's pattern, tried only where a country and check digits stand."""

    def __init__(self, probe: Probe) -> None:
        """Take the pattern."""
        self._probe = probe

    def hits(self, text: str, _prospects: Prospects | None = None) -> Iterator[Hit]:
        """Yield the account numbers of a whole text."""
        done = 0
        for digits in _CHECK_DIGITS.finditer(text):
            start = digits.start() - _COUNTRY
            match = self._probe.compiled.match(text, start) if start >= done else None
            if match:
                done = match.end()
                yield from self._longest_valid(match, text)

    def _longest_valid(self, match: re.Match[str], text: str) -> Iterator[Hit]:
        """Yield the match, cut back group by group until its check digits are right."""
        start = match.start()
        for group in range(len(match.groups()), 0, -1):
            end = match.end(group) if match.end(group) > 0 else match.end()
            score = self._probe.checks.score(text[start:end], self._probe.score)
            if score > 0:
                yield self._probe.number, start, end, score
                return
