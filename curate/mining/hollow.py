"""Answers that do not answer: what only shows when a question and its answer are read together.

Asked how to do something, one sentence that names no deed and no means leaves the asker where he was;
asked for the one code that is his, a list of all codes does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.asker import NOUN_LIKE_VERBS, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY = re.IGNORECASE
_HOW = re.compile(
    r"(?:.*: )?how (?:(?:do|can|should|could|would) (?:i|we|you|one)\b"
    r"|(?:is|are|can|should) .*\w(?:ed|made|built|set|run|done|paid|sent)\?)",
    _ANY,
)
_MORE_VERBS = """
    add ask bring call click consult contact drop email e-mail enter feel fill find follow go keep
    leave let log look mail meet message note ping please press put read reach see sign speak take
    talk tell try turn type wait work
"""
_DEEDS = "|".join(sorted(VERBS | NOUN_LIKE_VERBS | frozenset(_MORE_VERBS.split())))
_WAY = re.compile(
    r"\b(?:using|uses?|via|through|with|by \w+ing)\b"
    r"|\b(?:you|i|we|they|employees|everyone) (?:\w+ )?(?:can|may|should|must|need|have to|will|are to)\b"
    r"|\byou['’]ll\b"
    rf"|(?:^|[.,;:!?)]\s+|\b(?:and|or|then|to|just|simply|also|can|should|must) )(?:{_DEEDS})\b",
    _ANY,
)
_TWO_SENTENCES = re.compile(r"[.!?…][\"”’)\]]*\s+\S|\n")
_MINE = re.compile(
    r"(?:.*: )?(?:what|which)(?: \w+)? (?:is|are) (?:my|your)\b"
    r"|(?:.*: )?(?:was|wie|welche[rs]?) \w* ?(?:ist|lautet|sind|lauten) (?:mein|ihr)e?\b"
    r"|(?:.*: )?quel(?:le)?s? (?:est|sont) (?:mon|ma|mes|votre|vos)\b"
    r"|(?:.*: )?¿?cuál(?:es)? (?:es|son) (?:mis?|sus?)\b",
    _ANY,
)
_CODE_LINE = re.compile(r"\s*(?:- )?[\w./-]{1,10}: \S.{0,50}")
_MANY_CODES, _MOSTLY = 6, 0.8


def pair_flaws(question: str, answer: str) -> Iterator[str]:
    """Yield what is wrong with an answer to this question.

    Args:
        question: The question, without any heading worked into it.
        answer: The answer.
    """
    if _HOW.match(question) and not _tells_how(answer):
        yield "hollow"
    if _MINE.match(question):
        lines = [line for line in answer.split("\n") if line.strip()]
        codes = sum(bool(_CODE_LINE.fullmatch(line)) for line in lines)
        if codes >= max(_MANY_CODES, _MOSTLY * len(lines)):
            yield "many_codes"


def _tells_how(answer: str) -> bool:
    """Tell whether an answer is more than one sentence, or that one says a deed, a means, a figure."""
    several = _TWO_SENTENCES.search(answer.strip()) or any(map(str.isdigit, answer))
    return bool(several or _WAY.search(answer))
