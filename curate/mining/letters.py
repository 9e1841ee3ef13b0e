"""What a message says for courtesy: greeting, thanks, offers of more help, sign-off, name.

A tuned model has its own manners; a greeting with another person's name teaches it to greet a
stranger. Cut are whole sentences at the beginning and the end, and a greeting before a comma.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.mining.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.mining.sentences import Sentence

_ANY = re.IGNORECASE
_HAIL = (
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|to whom it may concern"
    r"|hallo|guten (?:tag|morgen|abend)|sehr geehrte[rnms]?|liebe[rs]?|moin|servus|grüezi|grüß gott"
    r"|bonjour|bonsoir|salut|ch(?:er|ère)s?|madame|monsieur"
    r"|hola|buen[oa]s (?:días|tardes|noches)|estimad[oa]s?|querid[oa]s?)"
)
_GREETING = re.compile(rf"{_HAIL}\b(?:[ ,][^.!?;:\n]{{0,60}})?[,.!:;–—-]?", _ANY)
_GREETED = re.compile(
    rf"(?i:{_HAIL})(?: (?i:there|all|both|everyone|team|support|again|sir|madam|or|and|und|et|y"
    rf"|frau"
    r"|herr|mr|mrs|ms|dr|prof)\b\.?| [^\W\d_a-zß-ÿ][\w.’'-]*){0,6}\s*[,!–—:-]\s+"
)
_THANKING = re.compile(
    r"(?:(?:many |very many )?thanks|thank you|vielen dank|danke(?: schön)?|merci(?: beaucoup)?"
    r"|(?:muchas )?gracias)(?: (?:very|so) much)?(?: again)?[ ,]+(?:for|für|pour|d['’]avoir|de nous"
    r"|por)\b[^:;]{0,90}",
    _ANY,
)
_PLEASANTRY = re.compile(
    r"(?:i|we) hope (?:this|that|you|all|everything)\b.{0,60}|(?:i|we)(?:['’]m| am|['’]re"
    r"| are)? ?(?:so |very "
    r")?sorry\b(?! to say).{0,70}|sorry (?:for|about)\b[^:;]{0,60}|apologies\b[^:;]{0,60}"
    r"|(?:i|we) apologi[sz]e\b[^:;]{0,70}|(?:i am|i'm) happy to help.{0,40}|happy to help.{0,20}"
    r"|great question.{0,10}|good question.{0,10}"
    r"|(?:es tut (?:mir|uns) leid|entschuldig\w+).{0,70}|(?:désolée?|veuillez nous excuser).{0,70}"
    r"|(?:lo siento|disculpe).{0,70}",
    _ANY,
)
_OFFER = re.compile(
    r"(?:questions\?|(?:please )?(?:just |simply )?(?:answer|reply|respond|write|call"
    r"|come back)(?: to)? "
    r"(?:here|us|me|this (?:mail|e-?mail|message|ticket))\b.{0,60}"
    r"|if (?:you (?:need|have|want|should have|require)|there (?:is|are)|anything|something|any) "
    r"(?:any|more|further|other|another|questions?|anything|is|else|remains)\b.{0,90}"
    r"|(?:please )?(?:do not|don['’]t) hesitate\b.{0,90}|(?:please )?feel free\b.{0,90}"
    r"|(?:please )?let (?:me|us) know\b.{0,90}|just let (?:me|us) know\b.{0,60}"
    r"|(?:does|did|has) (?:this|that|it) (?:help|work|solve|fix|answer)(?:ed)?\b.{0,40}\?"
    r"|should you (?:have|need)\b.{0,80}|(?:is there )?anything else\b.{0,60}\?"
    r"|have a (?:nice|good|great|lovely)\b.{0,40}|(?:i|we) (?:remain|look forward)\b.{0,60}"
    r"|(?:i|we) hope (?:this|that) helps?.{0,20}|hope (?:this|that) helps?.{0,20}"
    r"|bei (?:weiteren |rück)?fragen\b.{0,80}|melden sie sich\b.{0,60}"
    r"|für (?:weitere )?fragen\b.{0,80}"
    r"|n['’]hésitez pas\b.{0,80}|no dude en\b.{0,80}|quedo a (?:su|tu) disposición.{0,20})",
    _ANY,
)
_SIGN_OFF = re.compile(
    r"(?:(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many) )?(?:regards|wishes)|best|cheers"
    r"|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?|yours|all the best|take care"
    r"|(?:many )?thanks(?: a lot| again| in advance| so much)?(?: for (?:your|any) (?:help|time"
    r"|support))?"
    r"|thank you(?: very much| so much| in advance)?(?: for (?:your|any) (?:help|time|support))?"
    r"|mit (?:freundlichen|besten|lieben|vielen) grüßen|(?:viele|freundliche|beste|liebe) grüße"
    r"|mfg|lg|vg"
    r"|(?:vielen )?dank(?: im voraus)?|cordialement|bien (?:à vous|cordialement)"
    r"|(?:meilleures )?salutations"
    r"|merci(?: d['’]avance)?|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente"
    r"|(?:muchas )?gracias(?: de antemano)?)"
    r"\s*[,.!–—-]*(?:\s+(?-i:[^\W\d_a-z])[\w.’'-]*){0,4}",
    _ANY,
)
_NAME = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][\w’'-]*\.?)(?: (?:de|da|di|du|van|von|der|den|la|le|bin|al)\b"
    r"| (?:[^\W\d_a-zß-ÿ][\w’'-]*|[A-Z]\.)){0,3}"
    r"(?:,? ?(?:[^\W\d_a-z][\w’'&-]*(?: [\w&]+){0,3}))?"
)
_DESK = re.compile(  # who signs for a desk; it has a line of its own and no full stop
    r"(?:(?:the|your|it|hr|ict|customer|technical|internal|global|central|office|ihre?|votre|su) ){0,3}"
    r"(?:help ?desk|service ?desk|support(?:[ -]?(?:team|desk))?|customer (?:service|care|support)"
    r"|(?:service|it|office|desk|hr|help|sales|care)[ -]team|kundenservice|kundendienst"
    r"|service client|atención al cliente)",
    _ANY,
)
_MOST_NAMED = 5
_MOST_LINES = 4  # below a sign-off
_FEW = 14
_LONGEST = 300  # signs of a courtesy


def greeting(found: Sequence[Sentence]) -> int:
    """Return how many sentences at the beginning of a message are greeting and thanks."""
    at = 0
    while at < len(found) and _opens(found[at].text):
        at += 1
    return at


def farewell(found: Sequence[Sentence]) -> int:
    """Return the place in a message from which on it only says goodbye."""
    at = _signed(found)
    while at > 0 and _closes(found, at - 1):
        at -= 1
    return at


def _signed(found: Sequence[Sentence]) -> int:
    """Return the place of a sign-off over a few short lines, such as a name and a department."""
    for at in range(len(found) - 1, max(len(found) - _MOST_LINES - 1, 0) - 1, -1):
        if _SIGN_OFF.fullmatch(found[at].text[:_LONGEST]):
            below = found[at + 1 :]
            if all(len(words(s.text)) <= _MOST_NAMED and s.first for s in below):
                return at
    return len(found)


def greeted(sentence: Sentence) -> int:
    """Return the place in the text behind a greeting that a sentence begins with."""
    met = _GREETED.match(sentence.text)
    return sentence.start + (met.end() if met else 0)


def is_courtesy(text: str) -> bool:
    """Tell whether a sentence is said for courtesy alone."""
    if len(text) > _LONGEST:
        return False
    return bool(_PLEASANTRY.fullmatch(text) or _OFFER.fullmatch(text) or _is_thanks(text))


def _opens(text: str) -> bool:
    """Tell whether a sentence greets, thanks or apologises and says nothing else."""
    met = _GREETED.match(text)
    rest = text[met.end() :] if met else text
    if is_courtesy(rest):
        return True
    few = len(words(text)) <= _FEW and len(words(rest)) <= _MOST_NAMED
    return few and bool(_GREETING.fullmatch(text))


def _is_thanks(text: str) -> bool:
    return bool(_THANKING.fullmatch(text)) and len(words(text)) <= _FEW


def _closes(found: Sequence[Sentence], at: int) -> bool:
    text = found[at].text
    if len(text) > _LONGEST:
        return False
    if _OFFER.fullmatch(text) or _SIGN_OFF.fullmatch(text) or is_courtesy(text):
        return True
    if at == 0 or len(words(text)) > _MOST_NAMED:
        return False
    before = found[at - 1].text
    if found[at].first and _DESK.fullmatch(text):
        return before.endswith((".", "!", "?"))
    if not _NAME.fullmatch(text):
        return False
    return before.endswith((".", "!", "?", ",")) or bool(_SIGN_OFF.fullmatch(before))
