"""The names under which a term is known, so that what a collection defines is asked for once.

"Video Remote Interpreting (VRI)" is one term with two names: a glossary that explains the one and a
page that spells out the other teach the same fact.
"""

from __future__ import annotations

import re

from curate.mining.wording import words

_BRACKETED = re.compile(r"(?P<long>[^()]+?)\s*\((?P<short>[^()]+)\)\s*")
_OR = re.compile(r"\s*(?:,|\b(?:or|oder|ou|o)\b)\s*")
_ACRONYM = re.compile(r"(?=[\w&.-]*[A-Z][\w&.-]*[A-Z])[\w&.-]{2,10}")


def names_of(term: str) -> tuple[str, ...]:
    """Return the names of a term as they are compared: in lower case, without marks.

    Args:
        term: As it is written: a name, an acronym, one behind the other in brackets, or acronyms
            joined by "or".
    """
    bracketed = _BRACKETED.fullmatch(term.strip())
    if bracketed and _ACRONYM.fullmatch(bracketed["short"]):
        return tuple(dict.fromkeys(map(_name, (bracketed["long"], bracketed["short"]))))
    either = _OR.split(term.strip())
    if all(_ACRONYM.fullmatch(one) for one in either):
        return tuple(dict.fromkeys(map(_name, either)))
    return (_name(term),)


def _name(text: str) -> str:
    return " ".join(words(text)) or text.casefold().strip()
