"""What makes a pair unfit to teach anybody: reason codes found by patterns, in four languages.

A flaw does not remove a draft: it is written on it, counted, and the default choice leaves such
drafts out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.wording import without_addresses, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANY = re.IGNORECASE
_STRUCTURAL = re.compile(
    r"^(?:in )?(?:which|what|welche[rsmn]?|quel(?:le)?s?|qué|cuál) "
    r"(?:chapter|section|page|part|appendix|document|table|figure|kapitel|abschnitt|seite|anhang"
    r"|chapitre|section|annexe|capítulo|sección|página|anexo)\b"
    r"|\b(?:in|of|on|about|for) (?:this|the (?:above|following|next|previous)) "
    r"(?:page|section|chapter|document|guide|article|handbook|site|table)\b"
    r"|^(?:what(?:['’]s| is) (?:new|next|here|inside|in here)|table of contents)\b"
    r"|^what (?:do|did|have) (?:you|we) (?:have|know|done|learned?|covered) (?:now|so far"
    r"|already)\b",
    _ANY,
)
_DEICTIC = re.compile(
    r"\b(?:see|refer to|read|use|visit|check(?: out)?|watch|fill (?:out|in)|complete|submit"
    r"|follow|review) this "
    r"(?:[\w-]+ ){0,2}(?:document|guide|page|link|form|sheet|spreadsheet|template|video|article"
    r"|doc|list|guidance)\b"
    r"|\b(?:see|as|listed|described|outlined|noted|mentioned|shown|discussed|linked|steps?|table"
    r"|link"
    r"|info(?:rmation)?|instructions|list|section|question|guidance|template|details?|examples?)"
    r" (?:the )?(?:above|below|here)\b"
    r"|\b(?:above|below|following|previous|next|preceding) "
    r"(?:page|section|chapter|table|figure|question|paragraph|screenshot|image|diagram)\b"
    r"|\b(?:follow|use|see) (?:these|those|the following) (?:steps|instructions|directions|links)"
    r"\s*(?:[.!]|$|\n)"
    r"|\b(?:on|in|at|from|of|to) this (?:page|section|article|chapter|table|list|document)\b"
    r"|\bthis (?:page|section|chapter|article) (?:is|was|will|has|lists?|covers?|describes?"
    r"|explains?)"
    r"|\b(?:view|see|find|get|access|download|request|submit|learn)\b[^.\n]{0,60}\bhere\b(?=[.)]|$)"
    r"|\b(?:click|go|look|read(?: more)?|available|found|find (?:it|them|out)) here\b"
    r"|\bsiehe (?:oben|unten)\b|\b(?:oben|unten|nachfolgend|vorstehend) (?:genannt|aufgeführt"
    r"|beschrieb"
    r"|stehend)|\bauf dieser seite\b|\bin diesem (?:abschnitt|kapitel)\b|\bci-(?:dessus|dessous"
    r"|après)\b"
    r"|\bcette (?:page|section)\b|\bdans cet article\b|\bcliquez ici\b|\besta (?:página|sección)\b"
    r"|\b(?:ver|véase) (?:más )?(?:arriba|abajo)\b|\bhaga clic aquí\b",
    _ANY,
)
_ABOVE = re.compile(
    r"(?:(?!\n\n).){0,200}\b(?:(?:of|in|with|to|from|by|like) )?the (?:above|below)\b(?! sea)", _ANY
)
_DO_THIS = re.compile(
    r"\bdo (?:this|that|so)\W*$"
    r"|\b(?:does|did) (?:this|that) (?:mean|work|look|apply|affect|help|happen|involve)\b",
    _ANY,
)
_UNNAMED_WE = re.compile(
    r"(?:what|how|who|why|where) (?:do|are|can|did) we(?: (?:actually|also|really))?"
    r"(?: (?:do|work|offer|provide|believe(?: in)?|value|stand for|help|operate|deliver|think|serve))?"
    r"(?: it| this| here)?\W*"
    r"|(?:was|wie|wer|warum|wo|woran) \w+ wir(?: an| hier)?\W*"
    r"|(?:que|comment|qui|pourquoi|où) \w+-nous\W*",
    _ANY,
)
_TODO = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\b(?i:coming soon|to be (?:determined|decided|announced"
    r"|written)"
    r"|under construction|work in progress|lorem ipsum|noch offen|wird noch ergänzt|à compléter"
    r"|por definir)\b"
)
_PRONOUN = re.compile(
    r"(?:this|that|these|those|he|she|his|her|such|same|ditto|here|dies(?:e[rsnm]?)?|er|hier"
    r"|celui|celle|ceux|cela|ceci|voici|esto|eso|estos|aquí)\b(?! (?:year|month|week|way|case"
    r"|time)\b)",
    _ANY,
)
_COMPLEMENTARY = re.compile(
    r"(?:for (?:all )?(?:the )?(?:other|others|everything else|everyone else)|otherwise|also|in "
    r"addition"
    r"|additionally|however|but|and|or|nor|similarly|likewise|then|finally|alternatively|moreover"
    r"|furthermore|besides|instead|as (?:noted|mentioned|described|above)|in that case|the "
    r"(?:other|same|latter)"
    r"|für alle (?:anderen|übrigen)|andernfalls|sonst|außerdem|jedoch|aber|ferner|zudem|ebenso"
    r"|pour (?:tous )?les autres|sinon|de plus|cependant|mais|par ailleurs"
    r"|para (?:todos )?los demás|además|sin embargo|pero|asimismo)\b",
    _ANY,
)
_YES_NO = re.compile(r"(?:yes|no|nope|ja|nein|oui|non|sí|si)\b[\s.!,]*", _ANY)
_CHECKLIST = re.compile(
    r"(?:have|has|did|had) (?:you|everyone|the|all|your)\b|do you (?:have(?! an)|know|want|need"
    r"|feel|still)\b"
    r"|are you (?:ready|sure|still|done|comfortable|able)\b|(?:want|need|looking|interested"
    r"|ready|having"
    r"|still|got|any)\b|(?:have )?(?:any )?(?:more |other |further )?questions\b"
    r"|haben sie\b.*(?:noch fragen|bereits|schon)|avez-vous\b|ha(?:s|n)? (?:usted )?\w+ado\b",
    _ANY,
)
_PLACEHOLDER = re.compile(r"\{[{%]|[%}]\}|\[(?:insert|your|name|link|date|xx)\b", _ANY)
_UNFINISHED = re.compile(r"(?:,|;|…|\.\.\.|\b(?:and|or|und|oder|et|ou|y|o))\s*$")
_BULLET = re.compile(r"^\s*(?:-|\d+[.)])\s+")
_ITEM = re.compile(r"\s*(?:-|\d+[.)]) ")
_OPEN_LINK = re.compile(
    r"\b(?:this|the|our|following) (?:link|article|page|form|doc(?:ument)?|video|post|site"
    r"|folder|sheet"
    r"|spreadsheet|channel|guide|template)\b|\bhere\b",
    _ANY,
)
_ELSEWHERE = re.compile(
    r"(?:please |you can )?(?:see|refer|visit|check out|go to|read|follow|view|review|consult"
    r"|look at|find|learn"
    r"|use the|(?:more|further) (?:information|details?))\b|(?:siehe|lesen sie|voir|consultez"
    r"|ver|consulte)\b",
    re.IGNORECASE,
)
_SEE = re.compile(
    r"(?:please )?(?:see|refer to)\b(?!.*[.;!] \w)|(?:for )?(?:more|further"
    r"|detailed) (?:information|details?)\b"
    r"|siehe\b|(?:weitere|detaillierte|nähere|mehr) informationen\b|voir\b|consultez\b|véase\b",
    _ANY,
)
_QUESTION_FLAWS = (
    ("structural", _STRUCTURAL.search),
    ("checklist", _CHECKLIST.match),
    ("unnamed_we", _UNNAMED_WE.fullmatch),
    ("deictic", _DEICTIC.search),
)
_LEARN_THERE = re.compile(  # one sentence that sends its reader to a page to learn how
    r"[^.!?\n]*\b(?:visit|see|read|consult|refer to|go to|check out|use)\b[^.!?\n]*"
    r"\b(?:page|guide|handbook|article|document|wiki|site|instructions)\b[^.!?\n]*"
    r"\b(?:to|and) (?:learn|find out|read|see|get started)\b[^.!?\n]*[.!]?",
    _ANY,
)
_SHORT, _LONG = 8, 500
_MOST_LINKS = 0.6
_FEW = 25  # an answer as short as this has nothing beside a link it points to


def question_flaws(question: str, *, message: bool = False) -> Iterator[str]:
    """Yield what is wrong with a question, given without any heading worked into it.

    A whole message may ask several things and point at its own lines.
    """
    if _PLACEHOLDER.search(question):
        yield "placeholder"
    if message:
        return
    bare = without_addresses(question).strip()
    count = len(words(bare))
    if count < 3:  # noqa: PLR2004
        yield "short_question"
    if bare.count("?") > 1:
        yield "multi_question"
    yield from (code for code, said in _QUESTION_FLAWS if said(bare))
    if _DO_THIS.search(bare) and not _DEICTIC.search(bare):
        yield "deictic"


def answer_flaws(
    answer: str, link_share: float, *, least: int = _SHORT, message: bool = False
) -> Iterator[str]:
    """Yield what is wrong with an answer.

    Args:
        answer: Its words.
        link_share: The share of them that are links.
        least: The fewest words it may have.
        message: Whether it replies to a message, which "that" then means.
    """
    said = words(answer)
    start = _BULLET.sub("", answer)
    yield from _length_flaws(len(said), start, least)
    for code, pattern in (("todo", _TODO), ("deictic", _DEICTIC), ("placeholder", _PLACEHOLDER)):
        if pattern.search(answer):
            yield code
    if _ABOVE.match(answer):
        yield "deictic"
    for code, pattern in (("pronoun_first", _PRONOUN), ("complementary", _COMPLEMENTARY)):
        if pattern.match(start) and not (message and code == "pronoun_first"):
            yield code
    yield from _end_flaws(answer)
    linked = link_share > _MOST_LINKS or (link_share and _points(start, len(said)))
    if linked or (len(said) < _FEW and _SEE.match(start)):
        yield "link_only"


def _length_flaws(count: int, start: str, least: int) -> Iterator[str]:
    if count <= 3 and _YES_NO.match(start):  # noqa: PLR2004
        yield "yes_no_only"
    elif count < least:
        yield "short_answer"
    if count > _LONG:
        yield "long_answer"


def _points(answer: str, count: int) -> bool:
    """Tell whether a short answer with a link does no more than point to it."""
    if _ELSEWHERE.match(answer) or _LEARN_THERE.fullmatch(answer.strip()):
        return count < 2 * _FEW
    return count < _FEW and bool(_OPEN_LINK.search(answer))


def _end_flaws(answer: str) -> Iterator[str]:
    lines = answer.rstrip().split("\n")
    last = lines[-1].rstrip()
    if last.endswith((":", "：")):
        yield "dangling_colon"
    if _ITEM.match(lines[-1]) and _UNFINISHED.search(last):
        yield "truncated_list"
    elif last.endswith((",", ";")):
        yield "truncated"
    full = [line for line in lines if line.strip()]
    if last.endswith("?") and sum(line.rstrip().endswith("?") for line in full) * 2 >= len(full):
        yield "asks_back"
