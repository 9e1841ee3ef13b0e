"""Text that is no language: one sign or pattern again and again, one endless run of signs.

Nobody searches for it or learns from it, and a single line of it makes thousands of chunks. Only what
is next to nothing else counts, so that no page beside it is lost to a product.
"""

from __future__ import annotations

import re

NOISE = "noise"  # the reason code
_LEAST_REPEATED = 20_000  # characters; shorter ones make no crowd of chunks
_LONGEST_PATTERN = 100
_SAMPLE = 4 * _LONGEST_PATTERN
_LEAST_RUN = 4_000  # characters without a space; only ASCII, for not every script has spaces
_REST = 300  # characters beside that: a title, not a page
_RUN = re.compile(rf"[!-~]{{{_LEAST_RUN},}}")


def is_noise(text: str) -> bool:
    """Tell whether a text is next to nothing but a repeated pattern or unbroken runs of signs.

    >>> is_noise("x" * 50_000), is_noise("The valve closes after nine seconds. " * 40)
    (True, False)
    """
    if len(text) < _LEAST_RUN:
        return False
    rest = len(text) - sum(len(run) for run in _RUN.findall(text))
    return rest <= _REST or (len(text) >= _LEAST_REPEATED and _is_repeated(text))


def _is_repeated(text: str) -> bool:
    """Tell whether what is repeated in the middle of a text is nearly all of it."""
    sample = text[len(text) // 2 :][:_SAMPLE]
    period = next((p for p in range(1, _LONGEST_PATTERN + 1) if sample.startswith(sample[p:])), 0)
    if not period:
        return False
    pattern = sample[:period] * (_LONGEST_PATTERN // period)
    return len(text.replace(pattern, "")) <= _REST
