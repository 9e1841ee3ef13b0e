"""What the headers of a mail say: its ids, its thread, its date, its people.

Headers come decoded but otherwise as they were sent, so that nothing in here may rely on their
form.
"""

from __future__ import annotations

import re
from datetime import UTC
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from curate.parsers.mail.words import FORWARD_PREFIX
from curate.tables.parsed import Field, Turn

if TYPE_CHECKING:
    from curate.parsers.mail.letter import Letter

_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_BARE_ID = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")
_PREFIX = re.compile(
    r"^\s*(?:\[[^\]]{1,20}\]\s*)?(?:re|aw|sv|vs|antw|res|odp|ynt|ref|rif|atb|ang|hs|bls|"
    rf"vá|válasz|απ|σχετ|回复|答复|回覆|답장|{FORWARD_PREFIX})\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(rf"^\s*(?:{FORWARD_PREFIX})\s*[:：]", re.IGNORECASE)
_ENCODED = re.compile(r"=\?[^?]+\?[bqBQ]\?[^?]*\?=")
_FIELDS = ("from", "to", "cc", "reply-to", "organization", "list-id")
_MOST_REFERENCES = 200
_MOST_PREFIXES = 20


def decode(value: str) -> str:
    """Return a header's value with its encoded words decoded and its folds undone."""
    value = re.sub(r"[\r\n]+[ \t]*", " ", value)
    if not _ENCODED.search(value):
        return value.strip()
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value.strip()
    return "".join(_decoded(piece, charset) for piece, charset in pieces).strip()


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "latin-1", "replace")
    except (LookupError, ValueError):
        return piece.decode("latin-1")


def turn_of(letter: Letter) -> Turn:
    """Return the mail's one turn; what a machine answered has the role system."""
    key = next(iter(_ids(letter.header("message-id"))), "")
    replied = _ids(letter.header("in-reply-to"))
    references = _ids(letter.header("references"))
    return Turn(
        role="system" if _is_automatic(letter) else "author",
        party=0,
        date=date_of(letter.header("date")),
        key=key,
        reply_to=tuple(dict.fromkeys([*replied, *reversed(references)]))[:_MOST_REFERENCES],
        thread=next(iter([*references, *replied, key]), "") or _subject_thread(letter),
    )


def fields_of(letter: Letter) -> list[Field]:
    """Return the people and the files of a mail as fields."""
    fields = [
        Field(name.replace("-", "_"), value)
        for name in _FIELDS
        for key, value in letter.headers
        if key == name and value
    ]
    return fields + [Field("attachment", name) for name in letter.files]


def sender_name(letter: Letter) -> str:
    """Return the name of the sender; where only an address is known, what stands before its @."""
    sender = letter.header("from")
    name, address = parseaddr(sender)
    if "@" not in address:
        return sender
    return name or re.sub(r"[._\d-]+", " ", address.partition("@")[0])


def is_forward(subject: str) -> bool:
    """Tell whether a subject calls its mail a forwarded one."""
    return bool(_FORWARD.match(subject))


def date_of(value: str) -> str | None:
    """Return the date of a Date header in ISO 8601, UTC; None if it cannot be read."""
    try:
        moment = parsedate_to_datetime(value.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def bare_subject(subject: str) -> str:
    """Return a subject without the prefixes of answers and forwards."""
    for _ in range(_MOST_PREFIXES):
        shorter = _PREFIX.sub("", subject, count=1)
        if shorter == subject:
            break
        subject = shorter
    return subject.strip()


def _subject_thread(letter: Letter) -> str:
    subject = " ".join(bare_subject(letter.header("subject")).casefold().split())
    return f"subject:{subject}" if subject else ""


def _ids(value: str) -> list[str]:
    return _ID.findall(value) or _BARE_ID.findall(value)


def _is_automatic(letter: Letter) -> bool:
    submitted = letter.header("auto-submitted").lower().strip()
    answered = letter.header("x-autoreply") or letter.header("x-autorespond")
    return bool(answered) or (bool(submitted) and not submitted.startswith("no"))
