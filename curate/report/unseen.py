"""Letters that nobody sees, written as their names: a reader should know that they stand there.

Where a script or an emoji needs a joiner or a mark, a single one of them stays as it is.
"""

import re
from itertools import groupby

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_NEEDED = frozenset("\u061c\u180b\u180c\u180d\u180f\u200c\u200d\u200e\u200f\ufe0e\ufe0f")
_HOME = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u2190-\u2bff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U0001e900-\U0001eeff\U0001f000-\U0001faff]"
)
_SIGN = 2  # an emoji's style and its joiner
_MOST = 4


def named(text: str) -> str:
    r"""Return text with names in place of what cannot be seen, a long run cut short.

    >>> named("a\u200b\u200bb"), named("\u202eevil")
    ('a[U+200B ×2]b', '[U+202E]evil')
    """
    return text if text.isascii() else _UNSEEN.sub(_name, text)


def _name(match: re.Match[str]) -> str:
    run, text = match.group(), match.string
    before, after = (
        text[max(match.start() - 1, 0) : match.start()],
        text[match.end() : match.end() + 1],
    )
    if len(run) <= _SIGN and set(run) <= _NEEDED and _HOME.search(before + after):
        return run
    same = [(letter, len(list(found))) for letter, found in groupby(run)]
    names = [f"U+{ord(letter):04X}{f' ×{count}' if count > 1 else ''}" for letter, count in same]
    more = " …" if len(names) > _MOST else ""
    return f"[{' '.join(names[:_MOST])}{more}]"
