"""Whether a document says of itself that it is a draft: in its title, its name, its first words.

"Draft" is a verb, a beer and a wind as well: it counts where it stands as a mark, in brackets, behind
a dash or in capitals among words that are not.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from curate.tables.parsed import DROPPED, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.tables.parsed import Parsed

_ANY = re.IGNORECASE
_WORD = r"(?:draft|entwurf|brouillon|borrador|work in progress)"
_PASSED_ON = r"(?:distribute|cite|circulate|quote)"
_NUMBER = r"(?:[ ._-]?(?:v(?:ersion)?[ ._-]?)?\d[\d.]*)?"
_MARKED = re.compile(
    rf"[(\[]\s*(?:(?:first|final|working|rough|erster|1\.) )?{_WORD}(?: (?:version|only|copy))?{_NUMBER}"
    r"\s*(?:[,;:–—-][^)\]]*)?[)\]]"
    rf"|(?:^|\s)[–—|:-] ?{_WORD}{_NUMBER}\s*$|,\s+{_WORD}{_NUMBER}\s*$"
    rf"|^\s*{_WORD}{_NUMBER}(?:\s*:|\s+[–—-])\s"
    r"|\w\s+draft v(?:ersion)? ?\d[\d.]*\s*$"
    rf"|\bdo not {_PASSED_ON}(?:(?:,| or| and) {_PASSED_ON})*\W*$",
    _ANY,
)
_CAPITALS = re.compile(
    r"(?<![^\W_])(?:DRAFT|ENTWURF|BROUILLON|BORRADOR|WORK IN PROGRESS)(?![^\W_])"
)
_GERMAN_END = re.compile(
    r"\w\s+Entwurf\s*$(?<!\b(?:ein|der|den|dem|als|und|zum|vom) Entwurf)(?<!\bim Entwurf)"
    r"(?<!\beinen Entwurf)(?<!\bfür Entwurf)"
)
_ALONE = re.compile(
    rf"\W*{_WORD}{_NUMBER}(?:\W+do not (?:distribute|cite|circulate|quote)\b.*)?\W*", _ANY
)
_FILE_END = re.compile(
    rf"(?<!\bto)(?<![-_ .]to)[-_. ]+{_WORD}(?:[-_. ]?v?\d[\d.]*)?\s*$|[(\[]{_WORD}[)\]]", _ANY
)
_SUFFIX = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,5}){1,2}$")
_STATES = frozenset({"status", "state", "workflow_state", "document_status"})
_DRAFT_STATE = re.compile(rf"{_WORD}|wip|in draft|im entwurf", _ANY)
_YES = frozenset({"true", "yes", "1"})
_LONGEST = 300


def is_draft(document: Parsed) -> bool:
    """Tell whether a document's title, its headings before any text, or a property says so.

    A conversation is none: its subject may speak of one.
    """
    if document.turns:
        return False
    states = any(_says_state(f.name.lower(), f.value.strip()) for f in document.fields)
    return states or any(map(says_draft, (document.title, *_first_words(document))))


def says_draft(title: str) -> bool:
    """Tell whether a title is marked as that of a draft."""
    title = title[:_LONGEST].strip()
    if _MARKED.search(title) or _GERMAN_END.search(title) or _ALONE.fullmatch(title):
        return True
    mixed = any(map(str.islower, title))
    return mixed and bool(_CAPITALS.search(title))


def is_draft_file(name: str) -> bool:
    """Tell whether the name of a file says that it holds a draft."""
    bare = _SUFFIX.sub("", name[-_LONGEST:])
    if _FILE_END.search(bare):
        return True
    capitals = _CAPITALS.search(bare)
    apart = capitals is not None and (capitals.start() > 0 or capitals.end() < len(bare))
    return apart and any(map(str.islower, _CAPITALS.sub("", bare) or ""))


def _says_state(name: str, value: str) -> bool:
    if name == "draft":
        return value.lower() in _YES
    return name in _STATES and bool(_DRAFT_STATE.fullmatch(value))


def _first_words(document: Parsed) -> Iterator[str]:
    """Yield the headings that stand before any text, and a first paragraph that is a mark alone."""
    shown = [e for e in document.elements if e.kind not in DROPPED]
    heads = list(takewhile(lambda e: e.kind is Kind.HEADING, shown))
    yield from (document.text[e.start : e.end] for e in heads)
    for element in shown[len(heads) : len(heads) + 1]:
        text = document.text[element.start : element.end]
        if len(text) < _LONGEST and _ALONE.fullmatch(text):
            yield text
