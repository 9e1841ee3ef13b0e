"""Sentences that are true of one case alone, in answers to customers.

"I have booked the engineer for Tuesday" was true once. What stands in a ticket's answer beside it
(how a thing works, what it costs, what to do) is true of the next customer too. A sentence counts as
particular by what it is made of: a day, the number of a case, a deed of the writer's, the state of
somebody's order, or an amount that only the asker knew.
"""

from __future__ import annotations

import re

_ANY = re.IGNORECASE
_MONTH = (
    r"(?:jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch)?|märz|mars|apr(?:il)?|avril"
    r"|may|mai"
    r"|june?|juni|juin|july?|juli|juillet|aug(?:ust)?|août|sept?(?:ember|embre)?|o[ck]t(?:ober"
    r"|obre)?"
    r"|nov(?:ember|embre)?|de[cz](?:ember)?|décembre|enero|febrero|marzo|abril|mayo|junio|julio"
    r"|agosto"
    r"|septiembre|octubre|noviembre|diciembre)"
)
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag"
    r"|sonntag)|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles"
    r"|jueves|viernes"
)
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of |de )?{_MONTH}\b|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd"
    rf"|th)?\b(?![:\d])"
    r"|\b(?:19|20)\d\d-\d\d?-\d\d?\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r"|\b\d{1,2}\.\d{1,2}\.(?!\d)"
    rf"|\b(?:on|by|until|till|this|next|last|since|from|before|am|bis|seit|nächste[nr]?"
    rf"|kommende[nr]?|ce"
    rf"|jusqu['’]à|el|hasta) (?:next |this |coming )?(?:{_WEEKDAY})\b(?! (?:to|until|till|through|bis)\b)"
    r"|\b(?:today|tomorrow|tonight|yesterday|this (?:morning|afternoon|evening|week)|heute"
    r"|gestern|aujourd['’]hui"
    r"|demain|hoy|ayer)\b|(?<!from the )(?<!of the )\b(?:next|last|nächste|letzte) (?:week|month|run|woche)\b"
    r"|\b(?:calendar )?week \d{1,2}\b|\bKW ?\d{1,2}\b",
    _ANY,
)
_MANY_DIGITS = r"(?=[\w/#-]*\d[\w/-]*\d[\w/-]*\d)"
_NUMBERED = (
    r"(?:RMA|invoice|ticket|case|quote|quotation|credit note|tracking|consignment|shipment"
    r"|serial|claim"
    r"|reference|booking|confirmation|purchase order|delivery note|contract|certificate|account"
    r"|rechnung"
    r"|bestellung|auftrag|vorgang|angebot|gutschrift|sendung|seriennummer|facture|commande|devis"
    r"|factura"
    r"|pedido|presupuesto)"
)
_CASE_NUMBER = re.compile(
    rf"\b{_NUMBERED}(?:s?[ -]?(?:number|no\.?|nr\.?|nummer|n°|id|code))?(?: is| ist| has number"
    rf"|:)? ?#? ?"
    rf"{_MANY_DIGITS}[A-Z]{{0,5}}[-/#]?\d[\w/-]*"
    r"|\border (?:number |no\.? ?|#)?(?=[A-Z]{1,4}-?\d{3}|\d{4})[\w-]+"
    r"|\b(?:RMA|INV|SO|PO|CN|TKT|INC|REQ|CASE|REF|ORD)[-# ]?\d{3}[\w-]*"
    r"|\b[A-Z]+\d*(?:-\d+)*-\d{5,}\b|\bnumber [A-Z]{1,4}-?\d{3}[\w-]*|#\d{4,}\b|\b\d{9,}\b",
    _ANY,
)
_DONE = (
    r"(?:[a-z]{2,}(?<!ne)(?<!fe)(?<!spe)(?<!excee)(?<!procee)(?<!succee)(?<!embe)(?<!bre)(?<!lea)ed|sent|made|put"
    r"|done|found|had|taken|took|given|gave|got|left|set|told|let|met|seen|saw|written|wrote"
    r"|spoken|spoke"
    r"|asked|kept|held|bought|paid|built|went|gone|came|begun|began|brought|forgot|lost|shut|cut)"
)
_DO = (
    r"(?:attach|enclose|send|forward|book|reserve|schedule|look into|keep|close|add|change"
    r"|correct|cancel"
    r"|reopen|call|ring|look|check|ask|pass|arrange|credit|refund|replace|return|create|remove"
    r"|reset|enter|link"
    r"|escalate|order|ship|put|issue|prepare|register|come back|get back|follow up|see (?:in"
    r"|that|from|it"
    r"|both|your|the)|investigate|take (?:it|this|care)|hold)"
)
_DEED = re.compile(
    rf"\bI(?:['’]ve| have)(?: just| already| now| also| not| since)? {_DONE}\b"
    rf"|\bwe(?:['’]ve| have)(?: just| already| now| also| not| since)? {_DONE}\b"
    rf"|\b(?:I|we)(?: just| already| now| also"
    rf"| then)? {_DONE}\b(?<! let)(?<! put)(?<! set)(?<! cut)(?<! shut)"
    rf"|\bI(?:['’]ll| will| shall| can| am going to| would)?(?: now| also| then| gladly"
    rf"| happily)? {_DO}\b"
    rf"|\bwe(?:['’]ll| will| are going to)(?: now| also| then)? (?:{_DO}|do|be)\b"
    r"|\bI(?:['’]m| am) (?:\w+ing)\b|\bshall (?:I|we) \w+|\bich (?:habe|werde|schicke|sende"
    r"|buche|prüfe|melde)\b"
    r"|\bwir haben\b[^.]{0,120}\b(?:ge\w+t|ge\w+en|\w+iert)\b|\bj['’]ai\b|\bnous avons\b"
    r"|\bhemos \w+[ai]do\b|\bhe \w+[ai]do\b",
    _ANY,
)
_THING = (
    r"(?:order|parcel|shipment|delivery|package|invoice|payment|refund|charge|amount|deposit"
    r"|ticket|case|request"
    r"|quote|offer|replacement|credit note|certificate|inspection|return|repair|appointment"
    r"|booking|collection"
    r"|technician|engineer|driver|courier|carrier|account|bill|statement|copy|confirmation"
    r"|papers|address"
    r"|label|token|licen[cs]e|subscription|rma|exchange|mail|message|instrument|unit|device"
    r"|trial|matter|contract)"
)
_WHOSE = r"(?:your|the|this|that|a|an|one|our|both|all)(?: [\w-]+){0,2}?"
_STATE = re.compile(
    rf"\b{_WHOSE} {_THING}s?(?: of [£$€]?[\d.,]+| in [\w ]{{3,20}}| from [\w ]{{3,20}})?(?: \w+ly)?"
    r" (?:was|were|has (?:now |just |already )?(?:been|left|gone|arrived|shipped|its own)"
    r"|have been|had been|left"
    r"|arrived|got|came|went|stopped|is (?:now )?(?:done|attached|enclosed|on its way|in your"
    r"|ready|finished"
    r"|complete|corrected|booked|reserved|scheduled|released|approved|cancelled|refunded|shipped"
    r"|untouched|here"
    r"|active|with (?:you|them|the))|are (?:now )?(?:attached|enclosed|on their way|here|booked))\b"
    rf"|(?:^|[.:;,] |\band )your (?:[\w-]+ )?{_THING} (?:is|was|has|will|leaves|goes|stays|comes"
    rf"|arrives)\b"
    rf"|\b(?:is|are|was|were|has been|have been) (?:now )?(?:attached|enclosed|on (?:its|their) way"
    r"|(?:reserved|booked|arranged) for you)\b"
    r"|\bplease find\b|^(?:attached|enclosed|here)(?: \w+)? (?:is|are|you)\b|\bim anhang\b"
    r"|\banbei\b|\bbeigefügt"
    r"|\bci-joint|\badjunt[oa]s?\b|\b(?:new|old) delivery date\b"
    r"|^there (?:are|is) (?:only |still )?\d+ (?:in|at|left|on)\b"
    r"|\b(?:replacement|(?:new|second|right|other) one|correct part) (?:is|was|goes|left|leaves)\b"
    r"|\b(?:engineer|technician|mechanic|driver|courier|colleague|carrier)s? (?:could|can|will"
    r"|would|comes|calls|put"
    r"|is on|is with|has|was|had)\b"
    r"|^(?:it|they|this|that|he|she) (?:was|were|went|left|has been|had|got|came)\b"
    r"|\bour (?:\w+ )?(?:fault|mistake|error|oversight)\b|\bfrom here\b|\b(?:in|on) stock\b"
    r"|\b(?:the case|happened) here\b"
    r"|\b(?:by|under) your (?:plan|contract|warranty|agreement)\b|\b(?:was|were) never\b"
    r"|\bon that day\b"
    r"|\b(?:invoice|note|quote|confirmation|label|mail|offer|copy|certificate|form)s? follows?\b"
    r"|\b(?:is|are) \w+ (?:now|again)\b|\b(?:is|are) here:|\bthis is ours\b|\btells (?:me|us)\b"
    r"|\b(?:deposit|refund|payment|charge|credit|amount|difference|reminder|fee|balance) (?:of"
    r"|over|for) [£$€]\d"
    r"|\bshould have been \w+ed\b|\b(?:was|were) not \w+ed\b|\baccount (?:exists|is registered)\b"
    r"|\b(?:because|as|since) you (?:are|have|were|did)\b|\byou are (?:\w+ ){1,2}(?:there|here"
    r"|at)\b"
    r"|\bin (?:your mailbox|our log|the log)\b|\bto your contract\b|\bfor your account\b"
    r"|^(?:done|corrected|sorted|fixed|in time|just in time|approved|solved|resolved)\b[ .:,!]"
    r"|^you(?:['’]re| are) (?:quite |absolutely |completely )?right\b(?! (?:that|if)\b)"
    r"|\bapproval (?:came|was)\b|\bin time: |\bat your (?:site|premises) (?:is|was)\b",
    _ANY,
)
_HANDED = re.compile(
    r"\b(?:attached|enclosed|done|corrected|sorted|fixed|changed|cancelled|replaced|refunded"
    r"|reversed|approved"
    r"|booked|reserved|in time|on its way|follows|delivery date|we can make|that works|im anhang"
    r"|anbei|ci-joint"
    r"|adjunt[oa])\b|\bhere is\b",
    _ANY,
)
_OTHER_MATTER = re.compile(
    r"\b(?:its|their|an?|the) (?:own|separate|new|other|second) (?:ticket|case|request|thread)\b"
    r"|^(?:as to|for|about|regarding|concerning|on)? ?(?:the|your) (?:other|second) (?:matter"
    r"|question|point|topic|issue"
    r"|thing|request)\b|\brest of your (?:message|mail|e-?mail|ticket|request|questions?)\b",
    _ANY,
)
_ALWAYS = (
    r"(?:if|unless|until|till|whenever|as long as|provided|in case|wenn|falls|solange|sofern|bis"
    r"|si|hasta que|mientras|siempre que|jusqu['’]à ce que|tant que)"
)
_CONDITION = re.compile(
    rf"\b(?:{_ALWAYS}|when|once(?! more| again)|where|wherever|as soon as|sobald|cuando|lorsque"
    r"|quand)\b",
    _ANY,
)
_RULE = re.compile(rf"[^,;:.!?–—]{{0,60}}\b{_ALWAYS}\b", _ANY)
_ASIDE = re.compile(r"[,;:] (?:which|but|so|and (?:that|this|it))\b", _ANY)
_PRESENT = re.compile(r"\b(?:is|will|leaves|goes|stays|comes|arrives)$", _ANY)
_GOES_ON = re.compile(
    r"(?:it|its|they|their|this|that|these|those|then|after (?:that|this)|afterwards?|so|also"
    r"|and|but|otherwise"
    r"|therefore|in (?:that|this) case|the latter|both|the (?:other|rest|same)|until then|there"
    r"|should it|if (?:it"
    r"|this|that|they|not|so)|once (?:it|this|that)|when (?:it|this|that) |without (?:it|that)"
    r"|\w+ (?:it|them|both)|instead|meanwhile"
    r"|er|es|dies\w*|danach|dann|sonst|deshalb|il|elle|cela|ensuite|sinon|luego|después|esto)\b",
    _ANY,
)
_TOLD = re.compile(
    r"[£$€]\s?\d[\d,.]*\.\d\d|\b\d[\d,.]*\.\d\d\s?(?:£|\$|€|EUR|USD|GBP|CHF)"
    r"|\b[\w-]{0,20}\d{5}[\w-]{0,20}"
)


_BESIDE = re.compile(
    r"(?:also|by the way|besides|in addition|additionally|secondly?|ps|p\.s|apropos)\b"
    r"|(?:and )?(?:one|another|a (?:second|further|different|separate)|some(?:thing)?|there is) "
    r"(?:more |other |something |another )?(?:thing|point|question|matter|topic|issue|request"
    r"|else)\b"
    r"|(?:a )?(?:separate|different|other|second|unrelated) (?:matter|question|topic|point|issue"
    r"|request)\b"
    r"|while (?:i|we) (?:write|am|are)\b|for completeness\b|it may be (?:connected|related)\b"
    r"|my colleague asks\b|on (?:a|an) (?:different|other|another|unrelated) (?:note|matter"
    r"|topic)\b"
    r"|außerdem|zudem|noch (?:etwas|eine frage)|übrigens|par ailleurs|autre (?:chose|question)"
    r"|además"
    r"|otra (?:cosa|pregunta)",
    _ANY,
)
_LONGEST = 1_000  # signs of a sentence that patterns are tried on


def is_particular(text: str, asked: str = "") -> bool:
    """Tell whether a sentence of an answer is true of one case alone.

    Args:
        text: The sentence.
        asked: What was asked; an amount or a number in both is the asker's own.
    """
    text = text[:_LONGEST]
    if _DAY.search(text) or _CASE_NUMBER.search(text) or _DEED.search(text):
        return True
    if any(told in asked for told in _TOLD.findall(text)):
        return True
    return any(not _is_conditional(text, state) for state in _STATE.finditer(text))


def _is_conditional(text: str, state: re.Match[str]) -> bool:
    """Tell whether a state is no news of a case: it stands under a condition, or is a rule with one.

    "This works until the parcel has left" and "your delivery is free as long as you order here" hold
    for anybody; "your parcel was held until you paid" tells what happened, and so does an aside
    behind a rule: "if no seat was used, which is the case here".
    """
    under = _CONDITION.search(text, 0, state.end())
    if under and under.start() <= state.start():
        return not _ASIDE.search(text, under.end(), state.end())
    return bool(_PRESENT.search(state.group()) and _RULE.match(text, state.end()))


def is_deed(text: str) -> bool:
    """Tell whether a sentence says what its writer did, sent or found out for this asker."""
    return bool(_DEED.search(text) or _HANDED.search(text))


def is_of_another(text: str) -> bool:
    """Tell whether a sentence says that a part of the question is answered elsewhere."""
    return bool(_OTHER_MATTER.search(text))


def is_beside(text: str) -> bool:
    """Tell whether a sentence of a question begins a second matter."""
    return bool(_BESIDE.match(text))


def goes_on(text: str) -> bool:
    """Tell whether a sentence leans on the one before it."""
    return bool(_GOES_ON.match(text))
