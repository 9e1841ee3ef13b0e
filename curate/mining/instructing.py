"""Whether a sentence tells its reader what to do, or asks him for something.

What to do is what the next asker needs too. A sentence that asks ("tell me the figure") belongs to a
conversation that goes on: it settles nothing, unless it stands under a condition ("if it stays, send
me the log"), which makes it the last step of a procedure.
"""

from __future__ import annotations

import re

from curate.mining.asker import NOUN_LIKE_VERBS, VERBS

_ANY = re.IGNORECASE
_MORE_VERBS = """
    clear click compare consult copy disconnect dry enable follow go hand hang hold insert keep
    leave let level listen log loosen make measure never paste plug press print pull push put
    read rebuild rinse scan scroll set ship sign swap switch take tap tick tighten
    send try type unplug untick wait warm wash wipe
"""
_PLAIN = "|".join(sorted(VERBS | frozenset(_MORE_VERBS.split())))
_NOUN_LIKE = "|".join(sorted(NOUN_LIKE_VERBS))
_BEGINS = r"(?:^|[.:;!?)–—-]\s+|, (?:and )?then |\b(?:please|just|simply|then|first|afterwards) )"
_ITEM = r"(?:(?:[-*•]|\d{1,2}[.)])\s+)?"
_OF_IT = (
    r"(?:(?:the|an?|your|its?|them|this|that|these|those|all|any|both|each|every|again|off|on|out|up"
    r"|down|in|into|at|by|to|with|from|how|whether|if)\b|[\"'“‘«»>\d]|(?-i:[A-ZÄÖÜ]))"
)
_DOES = re.compile(
    rf"{_BEGINS}{_ITEM}(?:do not (?!hesitate|worry)|don['’]t (?!hesitate|worry))?"
    rf"(?:(?:{_PLAIN})(?! (?:me|us)\b)(?=[ ,.:;!]|$)|(?:{_NOUN_LIKE})(?= {_OF_IT}))"
    rf"|, (?:and )?(?:{_PLAIN}) (?!me\b|us\b)"
    r"|\b(?:and|or) (?:click|press|enter|select|choose|restart|switch|put|set|remove|install)\b"
    r"|\w > \w"
    r"|\b\w{3,}(?:en|ern|eln) Sie\b(?! (?:mir|uns)\b)"
    rf"|{_BEGINS}(?:veuillez \w+|\w{{2,}}ez)\b(?![- ](?:moi|nous)\b)"
    rf"|{_BEGINS}(?:haga|abra|pulse|seleccione|vaya|introduzca|reinicie|compruebe|imprima|elija|entre"
    r"|utilice|cierre|active|desactive)\b",
    _ANY,
)
_HAS_TO = re.compile(
    r"\b(?:must|has to|have to|you (?:can|may|should|need to))\b"
    r"|\b(?:muss|müssen|Sie (?:können|dürfen|sollten))\b|\b(?:vous (?:devez|pouvez)|il faut)\b"
    r"|\b(?:debe|puede)\b",
    _ANY,
)
_CASE = re.compile(
    r"(?:if|when|once|unless|in case|should|as soon as|until|wenn|falls|sobald|bis|si|lorsque|quand"
    r"|dès que|cuando|en caso)\b(?!.*\b(?:happens again|comes back)\b)",
    _ANY,
)
_TURN_TO = re.compile(  # whom to turn to, which the next asker is told by somebody else
    r"\b(?:call|ring|phone|tell|write(?: to)?|mail|e-?mail|contact|answer|reply to|let|come back to) "
    r"(?:me|us|here)\b|\b(?:rufen|schreiben|melden) Sie\b",
    _ANY,
)
_OF_ME = re.compile(
    r"\b(?:tell|send|give|show|mail|let) me\b|\bI (?:still |also |only |just )?(?:need|would need)\b"
    r"|\b(?:nennen|senden|schicken|geben|sagen|teilen) Sie mir\b|\bich (?:brauche|benötige)\b"
    r"|\b(?:dites|envoyez|donnez|indiquez)-moi\b|\bj['’]ai besoin\b|\b(?:envíeme|dígame|indíqueme)\b",
    _ANY,
)
_OF_US = re.compile(
    r"\b(?:tell|send|give|show|mail|let) us\b|\bplease (?:confirm|specify|clarify|reply|describe)\b"
    r"|\bwe (?:still |also |only |just )?need (?:to know|your|one|some|more|the following)\b"
    r"|\b(?:could|can|would|will) you\b|\b(?:nennen|senden|schicken|geben|sagen|teilen) Sie uns\b"
    r"|\b(?:pourriez|pouvez)-vous\b|\b(?:envoyez|indiquez)-nous\b|\b(?:envíenos|indíquenos)\b",
    _ANY,
)
_CONDITION = re.compile(
    r"\b(?:if|when|once|unless|in case|should|whenever|as soon as|otherwise|still|in (?:this|that) case"
    r"|until then|wenn|falls|sobald|sonst|andernfalls|si|sinon|quand|lorsque|cuando)\b|\?",
    _ANY,
)
_THEN = re.compile(r"(?: know)?,? (?:if|in case|when|should|wenn|falls|si)\b", _ANY)
_NEVER = re.compile(r"\b(?:never|not|n['’]t|nie(?:mals)?|nicht) (?:ever )?$", _ANY)
_PURPOSE = re.compile(r"(?:to|in order to|for|um|für|pour|para) ", _ANY)
_LONGEST = 1_000  # signs of a sentence that patterns are tried on


def instructs(text: str) -> bool:
    """Tell whether a sentence says what to do."""
    return bool(_DOES.search(text[:_LONGEST]))


def matters(text: str) -> bool:
    """Tell whether a sentence says what to do, what has to be, or what comes in which case."""
    text = text[:_LONGEST]
    comes = _CASE.match(text) and not _TURN_TO.search(text)
    return bool(_DOES.search(text) or _HAS_TO.search(text) or comes)


def wants(text: str, *, last: bool) -> bool:
    """Tell whether a sentence of an answer asks its reader for something before all is said.

    Args:
        text: The sentence.
        last: Whether the answer ends with it: "send us a photo" may be the first step of several.
    """
    text = text[:_LONGEST]
    if any(not _is_conditional(text, asked) for asked in _OF_ME.finditer(text)):
        return True
    if not last:
        return False
    if text.endswith(("?", "？")):
        return True
    if _PURPOSE.match(text):
        return False
    return any(not _is_conditional(text, asked) for asked in _OF_US.finditer(text))


def _is_conditional(text: str, asked: re.Match[str]) -> bool:
    spared = _CONDITION.search(text, 0, asked.start()) or _NEVER.search(text, 0, asked.start())
    return bool(spared or _THEN.match(text, asked.end()))
