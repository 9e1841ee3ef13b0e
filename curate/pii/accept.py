"""Which findings are believed: by type, a least score and what must stand in or before the value.

Presidio scores without context are often no more than "some digits". Taken as they come, they shred
ordinary prose: every year is a driver's licence, every nine-digit number a passport. Its context
words match inside other words ("us" in "discuss", "lic" in "policy"), so that for the weakest types
the word that counts is asked for once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.pii.borders import ACROSS
from curate.pii.forms import FORM
from curate.pii.hosts import SERVICES
from curate.pii.labels import Labels, means_time
from curate.pii.marks import QUOTES
from curate.pii.nobodys import (
    is_bare,
    is_called,
    is_catalogued,
    is_counted,
    is_devices,
    is_things,
    is_unpaid,
)
from curate.pii.versions import is_mask, is_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from curate.tables.pii_spans import PiiSpan

TOLD_BY_MAIL = "mail"  # the recogniser of addresses that only their surroundings give away
_CELLS = " | "
_REACH = 80  # characters before a value in which its word must stand


@dataclass(frozen=True, slots=True)
class Rule:
    """Least score, a word that must stand shortly before, and a test of the value itself.

    `parts` are in lower case; every match of `word` contains one of them.
    """

    score: float
    word: re.Pattern[str] | None = None
    parts: tuple[str, ...] = ()
    test: Callable[[str, PiiSpan], bool] | None = None


def accepted(found: Iterable[PiiSpan], text: str) -> list[PiiSpan]:
    """Return the findings that their type's rule believes, and that are no moment."""
    labels = Labels(text)
    believed = (span for span in found if _is_believed(span, text))
    return [_tidied(span, text) for span in believed if not _is_called_else(span, text, labels)]


def rule_of(kind: str) -> Rule:
    """Return the rule of a type."""
    return RULES.get(kind, _OTHERS)


def is_score(kind: str, score: float) -> bool:
    """Return whether findings of a type may be believed by their score."""
    return score >= rule_of(kind).score


def _is_believed(span: PiiSpan, text: str) -> bool:
    rule = rule_of(span.type)
    if span.score < rule.score:
        return False
    if rule.word and not rule.word.search(_before(text, span.start)):
        return False
    return rule.test is None or rule.test(text, span)


def _before(text: str, place: int) -> str:
    """Return what stands shortly before a place; in a table, only what stands in its row."""
    line = text.rfind("\n", max(place - _REACH, 0), place) + 1
    if line and (
        _CELLS in text[line:place] or _CELLS in text[place : place + _REACH].partition("\n")[0]
    ):
        return text[line:place]
    return text[max(place - _REACH, 0) : place]


def hangs_on_surroundings(span: PiiSpan, text: str) -> bool:
    """Return whether what stands around decides on a value of this form: only the whole can tell."""
    if span.recogniser == FORM:
        return False
    if span.recogniser in {ACROSS, TOLD_BY_MAIL} or _may_be_moment(span, text):
        return True
    return span.type in _CALLED_ELSE and is_bare(text, span.start, span.end)


def _may_be_moment(span: PiiSpan, text: str) -> bool:
    """Return whether a number is written as one that counts from 1970."""
    form = _MOMENT.fullmatch(text, span.start, span.end)
    return span.type in _LIKE_MOMENTS and form is not None


def _is_called_else(span: PiiSpan, text: str, labels: Labels) -> bool:
    """Return whether a number is called a moment, an amount or the number of a thing."""
    if _is_moment(span, text, labels):
        return True
    called = labels.of(span.start, span.field)
    return span.type == "PHONE_NUMBER" and is_counted(text, span.start, span.end, called)


def _is_moment(span: PiiSpan, text: str, labels: Labels) -> bool:
    called = labels.of(span.start, span.field) if _may_be_moment(span, text) else ()
    return any(map(means_time, called))


def _tidied(span: PiiSpan, text: str) -> PiiSpan:
    """Return an e-mail address without what Presidio takes into it of a query before it.

    One in eleven telephone numbers has the check digit of a health service number: what is only grouped
    as one gives way to a telephone number where telephones are spoken of, and to a longer one anywhere.
    """
    if span.type == "UK_NHS" and not _is_named_nhs(text, span):
        listed = _LISTED.match(text, span.end) is not None
        called = listed or is_called(text, span.start)
        return replace(span, score=_CALLED_NHS if called else _GROUPED_NHS)
    if span.type != "EMAIL_ADDRESS" or text[span.start] in QUOTES:
        return span
    at = text.rfind("@", span.start, span.end)
    start = max(text.rfind(sign, span.start, at) for sign in "/?=&") + 1
    return replace(span, start=start) if span.start < start < at else span


def _stands_alone(text: str, span: PiiSpan) -> bool:
    """Return whether no letter or digit touches the value."""
    before = text[span.start - 1 : span.start] if span.start else ""
    return not (before.isalnum() or text[span.end : span.end + 1].isalnum())


def _is_someones_address(text: str, span: PiiSpan) -> bool:
    """Return whether an IP address names some machine: no mask, no version, not this one."""
    value = text[span.start : span.end].partition("/")[0]
    if ":" in value:
        return value.count(":") > len("::") and any(sign.isdigit() for sign in value)
    return not (value == _THIS_ONE or is_mask(value) or is_version(text, span.start, span.end))


def _looks_dialled(text: str, span: PiiSpan) -> bool:
    """Return whether a telephone number is written as one.

    It is no part of a longer number, name or path, and without context it has a plus, is grouped as
    people group numbers, or is as long as a number with its area code.
    """
    value = text[span.start : span.end]
    digits = sum(sign.isdigit() for sign in value)
    before = text[span.start - 1 : span.start] if span.start else ""
    if digits < FEWEST_DIGITS or before in _STUCK:
        return False
    if _JOINED.match(text, span.end) and not (
        digits >= _BARE_DIGITS and _LISTED.match(text, span.end)
    ):
        return False
    if _DOTTED.fullmatch(value) or is_catalogued(text, span.start, span.end):
        return False
    if span.score >= _WITH_CONTEXT or value.startswith(("+", "＋")):
        return True
    return digits >= (GROUPED_DIGITS if _GROUPED.search(value) else _BARE_DIGITS)


def _is_not_catalogued(text: str, span: PiiSpan) -> bool:
    return not is_catalogued(text, span.start, span.end)


def _is_no_device(text: str, span: PiiSpan) -> bool:
    return not is_devices(text, span.start)


def _is_paid_with(text: str, span: PiiSpan) -> bool:
    return not is_things(text, span.start, span.end)


def _is_banked(text: str, span: PiiSpan) -> bool:
    return not is_unpaid(text, span.start, span.end)


def _is_someones_mailbox(text: str, span: PiiSpan) -> bool:
    """Return whether an address is not that under which programs fetch code."""
    name = text[span.start : text.rfind("@", span.start, span.end)]
    return _NOT_NAME.split(name)[-1].lower() not in SERVICES


def _is_drivers_licence(text: str, span: PiiSpan) -> bool:
    """Return whether a number beside a driver is one's licence: a driver may be software as well.

    Its number has four signs at least. Without a word for the licence, it has a letter, and nothing
    there speaks of software.
    """
    before = _before(text, span.start)
    if span.end - span.start < _SHORTEST_LICENCE:
        return False
    if _OF_SOFTWARE.search(before):
        return False
    if _LICENCE.search(before):
        return True
    named = text[span.start].isalpha() and not _EDITION.match(text, span.start, span.end)
    return named and not _SOFTWARE.search(before)


def _is_nhs_number(text: str, span: PiiSpan) -> bool:
    """Return whether a health service number is grouped as usual, or stands behind its name."""
    grouped = _NHS_GROUPING.fullmatch(text, span.start, span.end) is not None
    return grouped or _is_named_nhs(text, span)


def _is_named_nhs(text: str, span: PiiSpan) -> bool:
    return _NHS_NAMED.search(text, max(span.start - _REACH, 0), span.start) is not None


def _is_whole_web_address(text: str, span: PiiSpan) -> bool:
    """Return whether an address of the web ends where its word does, not amid letters."""
    return not text[span.end : span.end + 1].isalnum()


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_WITH_CONTEXT = 0.5  # findings of a telephone number reach it by context alone
FEWEST_DIGITS = 7
GROUPED_DIGITS = 9
_BARE_DIGITS = 10
_STUCK = frozenset(
    "=/#_&%?.$€£@~"
)  # signs that make a number part of an address, a name or an amount
_JOINED = re.compile(r"[=_@%]|[./#-]\w")
_LISTED = re.compile(r"(?:/(?!(?:19|20)\d\d\b)\d{1,8})+(?![\w/#%=]|[.,-]\w)")  # last digits
_GROUPED = re.compile(r"\d[ .()/-]+\d")
_GROUPED_NHS, _CALLED_NHS = 0.9, 0.3  # a telephone number has 0.4, or 0.75 with context
_NHS_GROUPING = re.compile(r"\d{3} \d{3} \d{4}")
_NHS_NAMED = _word(r"\bnhs\b|\bpatient|\bhealth (?:service |care )?(?:number|no\b|id\b)")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_SHORTEST_LICENCE = 4
_LICENCE = _word(
    r"licen[cs]|\bpermit|\blic\b|\bc?dls?\b|\bdriv(?:er|ing)(?:['’]?s)?['’]?[\s_-]?(?:id|no|num|#)"
)
_OF_SOFTWARE = _word(r"\b(?:v|version|build|release|revision|rev)[\"':=.#\s-]{0,4}\Z")
_EDITION = _word(r"(?:v|r|kb)\d")
_SOFTWARE = _word(
    r"\b(?:version|build|release|update|patch|kernel|firmware|install|printer|device|graphics|nvidia"
    r"|usb|windows|linux|odbc|jdbc|bug|ticket|issue|commit)"
)
_MOMENT = re.compile(r"1\d{9}(?:\.\d{1,9})?|1\d{12}|1\d{15}")  # from 2001 to 2033
_LIKE_MOMENTS = frozenset({"PHONE_NUMBER", "UK_NHS", "US_BANK_NUMBER", "US_DRIVER_LICENSE"})
_CALLED_ELSE = frozenset({"CREDIT_CARD", "IP_ADDRESS", "PHONE_NUMBER"})
_THIS_ONE = "127.0.0.1"
_NOT_NAME = re.compile(r"[/?=&:@\s]")

_OTHERS: Final = Rule(0.4)
RULES: Final[dict[str, Rule]] = {
    "CREDIT_CARD": Rule(1.0, test=_is_paid_with),  # its check digit is right
    "CRYPTO": Rule(1.0, test=_stands_alone),
    "DATE_TIME": Rule(0.6),
    "EMAIL_ADDRESS": Rule(1.0, test=_is_someones_mailbox),  # its domain ends in a public suffix
    "IBAN_CODE": Rule(0.5),
    "IP_ADDRESS": Rule(0.6, test=_is_someones_address),
    "MAC_ADDRESS": Rule(0.6, test=_stands_alone),
    "MEDICAL_LICENSE": Rule(1.0, test=_stands_alone),
    "PHONE_NUMBER": Rule(0.4, test=_looks_dialled),
    "UK_NHS": Rule(1.0, test=_is_nhs_number),
    "URL": Rule(0.5, test=_is_whole_web_address),
    "US_BANK_NUMBER": Rule(
        0.4,
        word=_word(
            r"(?<!cost )(?<!cost-)(?<!g/l )(?<!ledger )\baccount(?!ing|ant| (?:balance|manage|executive))"
            r"|\bacct|\bbank(?! holiday)|\brouting|\bdebit|\baba\b"
        ),
        parts=("account", "acct", "bank", "routing", "debit", "aba"),
        test=_is_banked,
    ),
    "US_DRIVER_LICENSE": Rule(
        0.4,
        word=_word(
            r"\bdriver|\bdriving|\bdls?\b|\blicen[cs]e (?:no\b|num|id\b|#)"
            r"|\bd[eirv]{4,6}(?:['\u2019]?s)?[ -]licen[cs]e"  # its letters in a wrong order
        ),
        parts=("driv", "dl", "licen"),
        test=_is_drivers_licence,
    ),
    "US_ITIN": Rule(0.4),
    "US_PASSPORT": Rule(
        0.4,
        word=_word(r"\bpassport|\btravel document"),
        parts=("passport", "travel"),
        test=_is_no_device,
    ),
    "US_SSN": Rule(0.4, test=_is_not_catalogued),
    "UUID": Rule(0.5, test=_stands_alone),
}
