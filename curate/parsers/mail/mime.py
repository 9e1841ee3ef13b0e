"""Read the bytes of an EML file into a letter, however broken its MIME is.

The standard library's lenient policy never refuses a message; what it cannot decode is decoded here
by the charset it names, else UTF-8, else Windows-1252, and the parts are walked no deeper than a
person would nest them.
"""

from __future__ import annotations

import codecs
import email
import re
from email import policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.mail.headers import decode
from curate.parsers.mail.letter import Attachment, Body, Letter

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 40
_MOST_PARTS = 5_000
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_STUB = re.compile(
    r"(?:html|rich text).{0,80}(?:view|client|support|display|enable|browser|reader|compatible)|"
    r"(?:view|client|support|display|enable|browser|ansehen|darstell).{0,80}html",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_STUB = 400
_RICHER = 10  # times more words in the HTML than in the text beside it
_FEW_WORDS = 40
_WESTERN = frozenset(
    {"us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}
)
_MARKUP = re.compile(r"^\s*(?:<!doctype html|<html|<body|<div|<table|<p[ >])", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL
)


def read_letter(data: bytes) -> Letter:
    """Return the mail that the bytes hold.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `empty`.
    """
    message = parse(data)
    if _is_encrypted(message):
        raise DocumentError("encrypted")
    headers = tuple((name.lower(), decode(_raw(value))) for name, value in message.raw_items())
    bodies = tuple(body for body in _bodies(message, 0) if body.text.strip())
    files = tuple(part.name for part in attachments(message) if not part.inline)
    if not headers and not bodies:
        raise DocumentError("empty")
    return Letter(headers, bodies, files, _notes(message))


def _notes(message: Message[str, str]) -> tuple[str, ...]:
    """Return what is wrong with a mail: that it breaks off before the sign that ends its parts."""
    cut = any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)
    return ("damaged",) if cut else ()


def _raw(value: object) -> str:
    """Return a header, its bytes beyond ASCII read as UTF-8, else as Windows-1252."""
    data = str(value).encode("utf-8", "surrogateescape")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def parse(data: bytes) -> Message[str, str]:
    """Return the message of the bytes; UTF-16 files with their mark are understood.

    Raises:
        DocumentError: `corrupt`.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    try:
        return email.message_from_bytes(data.removeprefix(codecs.BOM_UTF8), policy=policy.compat32)
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise DocumentError("corrupt") from error


def attachments(message: Message[str, str]) -> Iterator[Attachment]:
    """Yield the files of a mail in their order; a forwarded mail is one of them.

    An encrypted mail has none: what it carries is the mail itself.
    """
    if _is_encrypted(message):
        return
    for number, part in enumerate(_leaves(message)):
        if not _is_text(part):
            yield _attachment(part, number)


def _leaves(message: Message[str, str]) -> Iterator[Message[str, str]]:
    """Yield the parts that hold something, in their order; attached messages whole."""
    stack = [(message, 0)]
    for _ in range(_MOST_PARTS):
        if not stack:
            return
        part, depth = stack.pop()
        if part.is_multipart() and not _is_message(part) and depth < _DEEPEST:
            stack.extend((child, depth + 1) for child in reversed(_children(part)))
        else:
            yield part


def _children(part: Message[str, str]) -> list[Message[str, str]]:
    """Return the parts of a part; text is not asked for, since a wrong charset raises there."""
    payload = part.get_payload() if part.is_multipart() else ()
    return [child for child in payload if isinstance(child, Message)]


def _bodies(part: Message[str, str], depth: int) -> list[Body]:
    if not part.is_multipart():
        return [_body(part)] if _is_text(part) else []
    if _is_message(part) or depth > _DEEPEST:
        return []
    found = [_bodies(child, depth + 1) for child in _children(part)[:_MOST_PARTS]]
    if part.get_content_type() == "multipart/alternative":
        return choose(found)
    return [body for bodies in found for body in bodies]


def choose(alternatives: list[list[Body]]) -> list[Body]:
    """Return the plain text among alternatives, unless HTML is there and it is a stub."""
    filled = [bodies for bodies in alternatives if any(body.text.strip() for body in bodies)]
    plain = next((bodies for bodies in filled if not any(body.html for body in bodies)), [])
    rich = next((bodies for bodies in reversed(filled) if any(body.html for body in bodies)), [])
    if not plain or (rich and _is_stub(plain, rich)):
        return rich
    return plain


def _is_stub(plain: list[Body], rich: list[Body]) -> bool:
    text = " ".join(body.text for body in plain).strip()
    if len(text) <= _LONGEST_STUB and _STUB.search(text):
        return True
    words = len(text.split())
    html = _TAG.sub(" ", " ".join(body.text for body in rich))
    return words <= _FEW_WORDS and len(html.split()) > max(words, 1) * _RICHER


def _body(part: Message[str, str]) -> Body:
    text = _decoded(part)
    html = part.get_content_type() == "text/html" or bool(_MARKUP.match(text))
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return Body(text.replace("\r\n", "\n").replace("\r", "\n"), html=html, flowed=flowed)


def _decoded(part: Message[str, str]) -> str:
    data, charset = _bytes(part), _charset(part)
    # UTF-8 is hardly ever valid by chance, and Latin-1 means Windows-1252 in mails as on pages.
    guesses = ("utf-8", "cp1252") if charset in _WESTERN else (charset, "utf-8", "cp1252")
    for name in guesses:
        try:
            return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _charset(part: Message[str, str]) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except (LookupError, ValueError, TypeError):
        return "utf-8"


def _bytes(part: Message[str, str]) -> bytes:
    for decoded in (True, False):
        try:
            payload = part.get_payload(decode=decoded)
        except (ValueError, LookupError, TypeError):
            continue
        if isinstance(payload, bytes):
            return payload
        if isinstance(payload, str):
            return payload.encode("utf-8", "surrogateescape")
    return b""


def _is_text(part: Message[str, str]) -> bool:
    kind = part.get_content_type()
    if kind not in {"text/plain", "text/html"} or part.is_multipart():
        return False
    return part.get_content_disposition() != "attachment" and not part.get_filename()


def _is_message(part: Message[str, str]) -> bool:
    return part.get_content_maintype() == "message"


def _is_encrypted(message: Message[str, str]) -> bool:
    kind = message.get_content_type()
    if kind == "multipart/encrypted":
        return True
    return kind in _ENCRYPTED and str(message.get_param("smime-type", "")) != "signed-data"


def _attachment(part: Message[str, str], number: int) -> Attachment:
    kind = part.get_content_type()
    shown = part.get_content_disposition() != "attachment" and bool(part.get("content-id"))
    if _is_message(part):
        return Attachment(_name(part, number, ".eml"), _message_bytes(part), kind)
    inline = shown and part.get_content_maintype() == "image"
    return Attachment(_name(part, number, ""), _bytes(part), kind, inline=inline)


def _message_bytes(part: Message[str, str]) -> bytes:
    inner = next(iter(_children(part)), None)
    try:
        return inner.as_bytes() if inner is not None else _bytes(part)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""


def _name(part: Message[str, str], number: int, suffix: str) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return decode(name) or f"attachment-{number + 1}{suffix}"
