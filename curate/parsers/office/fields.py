"""Fields of Word's formats: where a link leads."""

from __future__ import annotations

import re

_URL = re.compile(r'\s*HYPERLINK\s+(?:\\[mnt]\s+)*"?([^"\\\s]+)"?')


def link_of(code: str) -> str:
    r"""Return where a field leads, if it is a link to the outside.

    >>> link_of(' HYPERLINK "https://a.example/" '), link_of(r' HYPERLINK \l "place" ')
    ('https://a.example/', '')
    """
    found = _URL.match(code)
    return found[1] if found else ""
