"""Find the signature and the legal notices at the end of a mail's own words.

Both stand at the end: the notices last, above them the signature, which begins at its delimiter, a
farewell, a phone's advertisement or the sender's own name, and holds short lines only. A mail that
is nothing but "Thanks" keeps it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from curate.parsers.mail.quotes import Mark
from curate.parsers.mail.words import DEVICES, FAREWELLS, THANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

_DELIMITER = re.compile(r"^\s*(?:--|—|-{4,}|_{4,}|\*{4,})\s*$")
_DEVICE = re.compile(rf"^\W*(?:{DEVICES})", re.IGNORECASE)
_FAREWELL = re.compile(rf"^\W*(?:{FAREWELLS})\s*[,.!-]*\s*$", re.IGNORECASE)
_THANKS = re.compile(rf"^\W*(?:{THANKS})\s*[,.!]*\s*$", re.IGNORECASE)
_NAMED = r"\s*[,.!]\s*[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,3}\W*$"
_NAMED_FAREWELL = re.compile(rf"^\W*(?:{FAREWELLS}|{THANKS}){_NAMED}", re.IGNORECASE)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w|https?://|www\.|\+?\d[\d\s()./-]{6,}\d|\b(?:tel|fax|mob|phone|skype)\b",
    re.IGNORECASE,
)
_LONGEST_LINE = 90
_MOST_LINES = 16
_MOST_NAMES = 4
_MOST_WORDS = 14

_SECRET = re.compile(
    r"confidential|vertraulich|confidencial|riservat[aei]|vertrouwelijk|poufn|конфиденциальн|"
    r"конфіденційн|konfidentiell|fortrolig|luottamuksell|důvěrn|dôvern|bizalmas|gizli|"
    r"εμπιστευτικ|機密|机密|기밀|privileged",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"intended (?:solely|only|exclusively|recipient|for)|addressee|bestimmungsgemäße|"
    r"(?:richtige|vorgesehene)\w* (?:Adressat|Empfänger)|destinataire|destinatari|"
    r"geadresseerde|adresat|adressat|получател|одержувач|mottagare|modtager|mottaker|"
    r"vastaanottaj|címzett|alıcı|παραλήπτη|受信者|收件人|수신인",
    re.IGNORECASE,
)
_ASTRAY = re.compile(
    r"received (?:this|it)\b.{0,40}\b(?:error|mistake)|irrtümlich|par erreur|por error|"
    r"per errore|por engano|per abuis|omyłkow|ошибочно|помилково|av misstag|ved en fejl|"
    r"ved en feil|ved feil|erehdyksessä|omylem|tévedésből|yanlışlıkla|εκ παραδρομής|誤って|误收",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(
    r"unauthori[sz]ed|strictly prohibited|unbefugt|nicht gestattet|interdit|prohibid|vietat|"
    r"proibid|verboden|zabronion|запрещен|заборонен|förbjud|forbudt|kielletty|zakázán|tilos",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"\bdelete\b|destroy|notify the sender|löschen|vernichten|supprimer|détruire|elimin|"
    r"\bborr|cancell|apagar|verwijder|usun|удалит|видалит|radera|slette?\b|poista|smaz|törölje",
    re.IGNORECASE,
)
_DISOWNED = re.compile(
    r"\bviews? (?:or opinions? )?expressed|do(?:es)? not (?:necessarily )?represent|"
    r"registered (?:in|office)|no liability|virus",
    re.IGNORECASE,
)
_CUES = (_SECRET, _ADDRESSED, _ASTRAY, _FORBIDDEN, _DELETE, _DISOWNED)
_NOTICE = re.compile(
    r"consider the environment before print|denken sie an die umwelt|avant d['’]imprimer|"
    r"\bscanned (?:for|by) .{0,40}virus|virus-free|virenfrei|checked by av[ag]|"
    r"\bunsubscribe\b.{0,80}(?:click|list|link|here|email|preferences|:)|"
    r"(?:click|list|to) .{0,40}\bunsubscribe\b|newsletter abbestellen|se désabonner|"
    r"darse de baja|you received this (?:message|email) because you are subscribed",
    re.IGNORECASE | re.DOTALL,
)
_BANNER = re.compile(
    r"^\W*(?:external(?: e-?mail)?|caution|warning|achtung|extern)\b.{0,60}"
    r"(?:origin|outside|external|extern|außerhalb)|^\W*\[external\]\W*$",
    re.IGNORECASE | re.DOTALL,
)
_ENOUGH_CUES = 2


def mark_closings(texts: Sequence[str], marks: Sequence[Mark], sender: str) -> list[Mark]:
    """Return the marks with notices and signatures found among the lines of the reply.

    Args:
        texts: The mail's lines.
        marks: What each one is so far.
        sender: The sender's name as the mail gives it, empty if unknown.
    """
    marked = list(marks)
    for start, end in _paragraphs(texts, marked):
        if _is_notice("\n".join(texts[start:end])):
            marked[start:end] = [Mark.DISCLAIMER] * (end - start)
    begun = False
    for start, end in _stretches(marked):
        at = _signature(texts, (start, end), sender, own=begun)
        marked[at:end] = [Mark.SIGNATURE] * (end - at)
        begun = begun or any(text.strip() for text in texts[start:at])
    return marked


def _paragraphs(texts: Sequence[str], marks: Sequence[Mark]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for at, text in enumerate(texts):
        if marks[at] is not Mark.REPLY or not text.strip():
            continue
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _is_notice(paragraph: str) -> bool:
    if _BANNER.search(paragraph) or _NOTICE.search(paragraph):
        return True
    cues = [bool(cue.search(paragraph)) for cue in _CUES]
    secret, addressed, astray, *others = cues
    return sum(cues) > _ENOUGH_CUES or (secret and addressed) or (astray and any(others))


def _stretches(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return the runs of the reply's lines."""
    spans: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if mark is not Mark.REPLY:
            continue
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def _signature(texts: Sequence[str], span: tuple[int, int], sender: str, *, own: bool) -> int:
    """Return where the signature of a run of lines begins; its end where it has none."""
    start, end = span
    begin, filled = end, 0
    for at in range(end - 1, start - 1, -1):
        text = texts[at].strip()
        filled += bool(text)
        if filled > _MOST_LINES or len(text) > _LONGEST_LINE or text.endswith("?"):
            break
        above = own or any(line.strip() for line in texts[start:at])
        if (
            above
            and text
            and _opens(text, [line for line in texts[at + 1 : end] if line.strip()], sender)
        ):
            begin = at
    return begin


def _opens(text: str, below: Sequence[str], sender: str) -> bool:
    """Tell whether a signature may begin with this line and go on with the lines below."""
    if _DELIMITER.match(text):
        return bool(below)
    if not all(map(_is_short, below)):
        return False
    if _FAREWELL.match(text) or _DEVICE.match(text) or _is_name(text, sender):
        return True
    if _NAMED_FAREWELL.match(text):
        return text[-1].isalpha() and text.rpartition(" ")[2][:1].isupper()
    return bool(_THANKS.match(text) and below) or _is_card(text, below)


def _is_card(text: str, below: Sequence[str]) -> bool:
    """Tell whether a name stands above lines most of which say how to reach its bearer."""
    reached = sum(map(_is_contact, below))
    return len(below) > 1 and _looks_named(text) and reached * 2 >= len(below)


def _is_short(line: str) -> bool:
    text = line.strip()
    sentence = text.endswith((".", "!", "?")) and len(text.split()) > 5  # noqa: PLR2004
    return _is_contact(text) or _FAREWELL.match(text) is not None or not sentence


def _is_contact(line: str) -> bool:
    return bool(_CONTACT.search(line))


def _is_name(text: str, sender: str) -> bool:
    """Tell whether a line is the sender's name, or the name with a role behind it."""
    words, names = _words(text), _words(sender)
    if len(words) <= _MOST_NAMES and words and set(words) <= set(names):
        return True
    return 1 < len(names) < len(words) <= _MOST_WORDS and words[: len(names)] == names


def _looks_named(text: str) -> bool:
    words = text.strip(" ,.-").split()
    return 1 < len(words) <= _MOST_NAMES and all(word[:1].isupper() for word in words)


def _words(text: str) -> list[str]:
    """Return the words of a name without case and accents."""
    bare = unicodedata.normalize("NFKD", text)
    return re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c)).casefold())
