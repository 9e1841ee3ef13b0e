"""What the columns of a table are called, and what that tells of it.

A meaning, a use, a noun: the name says how one asks for a column. Columns that book what happened
(status, due, spent, serial number) make a table a ledger, which is wrong tomorrow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.asker import VERBS
from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY = re.IGNORECASE
_LEDGER = re.compile(
    r"(?:.* )?(?:status|state|until|due(?: date)?|deadline|progress|done|start(?:ed)?|end(?:ed)?"
    r"|spent|planned|budget"
    r"|effort|assigned(?: to)?|assignee|responsible|invoice|serial|quantity|qty|sum|total|rating"
    r"|score|satisfaction"
    r"|contribution|value|amount|paid|balance|owner date|signed(?: by)?|ip|mac|result|count"
    r"|tickets?"
    r"|bis|fällig|erledigt|stand|menge|anzahl|summe|betrag|seriennummer|verantwortlich|quantité"
    r"|montant|total|estado"
    r"|cantidad|importe|e-?mail|phone|telephone|téléphone|telefon|teléfono)"
    r"(?: number| no\.?| \(.*\)| %| GBP| EUR| USD| CHF)?|.*[%#].*|.*\b(?:19|20)\d\d\b.*"
    r"|(?:header|column|col|field|category|series|value|cell|spalte|colonne|columna) ?[\d.]+",
    _ANY,
)
_TIMES = re.compile(
    r"(?:.* )?(?:date|day|week|month|quarter|year|when|time|datum|tag|woche|monat|jahr|mois"
    r"|année|fecha|mes)s?",
    _ANY,
)
_KEY_OF_TIME = re.compile(
    r"(?:q[1-4]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*|\d{4}(?:[-/]\d.*)?"
    r"|fy ?\d+"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.*)",
    _ANY,
)
_NO_KEY = re.compile(r"[\"'“‘„«#]|(?:total|sum|others?|all|average|n/?a|none|see)\b", _ANY)
_PLAIN_NOUN = re.compile(
    r"(?!(?:what|who|whom|when|where|how|why|if|is|are|can|we|you|i|more|notes?|comments?"
    r"|remarks?|items?|columns?"
    r"|names?|id|no|nr|texts?|contents?|values?|others?|used?|link|url)\b)"
    r"[^\W\d_][\w/-]*(?: (?!(?:we|you|it|is|are|with|to|a"
    r"|the)\b)[\w/-]+){0,3}(?: \([^()]{1,30}\))?",
    _ANY,
)
_ENDS_OPEN = re.compile(
    r".*\b(?:about|for|with|to|of|in|by|from|at|on|per|than|when|like|as|if)\W*", _ANY
)
_VERBAL = re.compile(r"[^\W\d_]+(?<![su])s \S.*", _ANY)  # "Changes limits"
_PROPER = re.compile(r".*(?:\d|[a-z][A-Z]|[A-Z]{2}).*")
_KINDS = {
    "meaning": re.compile(
        r"(?:meaning|means|definition|bedeutung|signification|significado)", _ANY
    ),
    "description": re.compile(
        r"(?:(?:short )?description|explanation|summary|what it is|about|beschreibung)", _ANY
    ),
    "remedy": re.compile(r"(?:what to do|remedy|solution|fix|what helps|workaround)", _ANY),
    "step": re.compile(r"(?:first |next )?(?:measure|step|action)s?", _ANY),
    "use": re.compile(
        r"(?:uses?|usage|used for|use it for|purpose|what (?:we|you|they|i) use (?:it|them) for"
        r"|use case|function"
        r"|what (?:it['’]s|it is|is it)(?: used)? for)",
        _ANY,
    ),
    "help": re.compile(r"helps?(?: you| us)? with", _ANY),
    "do": re.compile(r"what (?:they|it|he|she)(?: does| do)|what does it do", _ANY),
}
_GENERIC_KEY = re.compile(
    r"(?:|#|id|no\.?|nr\.?|items?|names?|titles?|what|topics?|things?|elements?|entry|key"
    r"|keyword|feature|field"
    r"|begriff|name|nom|nombre)",
    _ANY,
)
_COMMON_WORDS = """
    action activity address amount area category city code contact cost country department description
    duration fee function group level limit location name office owner part person phase place
    price priority product rate reason resource responsibility role size step target task team time title
    tool topic type unit
"""
_COMMON = frozenset(_COMMON_WORDS.split())  # column names that are often written in capitals


def is_ledger(heads: Sequence[str]) -> bool:
    """Tell whether columns book what happened to things instead of saying what they are."""
    return bool(_TIMES.fullmatch(heads[0])) or any(_LEDGER.fullmatch(head) for head in heads[1:])


def is_asked_for(key: str, head: str) -> bool:
    """Tell whether the first cell of a row names something that one can ask about."""
    if _NO_KEY.match(key) or _KEY_OF_TIME.fullmatch(key):
        return False
    return bool(words(key)) and (not key[0].isdigit() or is_noun(head))


def kind(head: str) -> str:
    """Return what a column tells: a key of the kinds, `noun`, or nothing that one can ask for."""
    bare = head.strip(" :*")
    return next(
        (name for name, said in _KINDS.items() if said.fullmatch(bare)), "noun" * is_noun(head)
    )


def is_noun(head: str) -> bool:
    """Tell whether the name of a column reads well behind "what is the"."""
    bare = head.strip(" :*")
    if _in_capitals(bare):
        return bare.lower() in _COMMON
    return (
        bool(_PLAIN_NOUN.fullmatch(bare))
        and not _ENDS_OPEN.fullmatch(bare)
        and not _VERBAL.fullmatch(bare)
        and not _PROPER.match(bare)
        and bare.lower() not in VERBS
        and not _GENERIC_KEY.fullmatch(bare)
    )


def is_proper(head: str) -> bool:
    """Tell whether a column is called after a thing with a name of its own: LX-210, HRLinks."""
    return bool(_PROPER.match(head)) and not _in_capitals(head)


def common(head: str) -> str:
    """Return a common word in capitals as it is written elsewhere, else nothing."""
    low = head.strip(" :*").lower()
    return low if _in_capitals(head.strip(" :*")) and low in _COMMON else ""


def _in_capitals(head: str) -> bool:
    return head.isupper() and head.replace(" ", "").isalpha()
