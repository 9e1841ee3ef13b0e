"""Read the bytes of an Outlook MSG file into a letter."""

from __future__ import annotations

import struct
from email.utils import format_datetime
from typing import TYPE_CHECKING

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.mail.headers import decode
from curate.parsers.mail.letter import Attachment, Body, Letter
from curate.parsers.mail.lzfu import inflate_rtf
from curate.parsers.mail.mime import choose

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from oxmsg import Message

# What a damaged file makes oxmsg and olefile raise.
_BROKEN = (
    ValueError,
    KeyError,
    IndexError,
    OSError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    struct.error,
    RecursionError,
    OverflowError,
    NotImplementedError,
)
_IDS = {"message-id": 0x1035, "references": 0x1039, "in-reply-to": 0x1042}
_RECIPIENTS = {1: "to", 2: "cc"}
_RECIPIENT_TYPE = 0x0C15
_DISPLAYED = {"to": 0x0E04, "cc": 0x0E03}
_CONTENT_ID = 0x3712
_RICH_TEXT = 0x1009
_SHORT_NAME = 0x3704
_FIRST_YEAR = 1970  # an unset date is read as 1601


def read_outlook(data: bytes) -> Letter:
    """Return the mail that the bytes of an MSG file hold.

    Raises:
        DocumentError: `encrypted`, `corrupt`.
    """
    try:
        message = _load(data)
        headers = tuple(_headers(message))
        if _is_encrypted(message):
            raise DocumentError("encrypted")
        files = tuple(file.name for file in _files(message) if not file.inline)
        return Letter(headers, _bodies(message), files)
    except _BROKEN as error:
        raise DocumentError("corrupt") from error


def outlook_attachments(data: bytes) -> Iterator[Attachment]:
    """Yield the files of an MSG in their order; an encrypted one has none.

    Raises:
        DocumentError: `corrupt`.
    """
    try:
        message = _load(data)
        if not _is_encrypted(message):
            yield from _files(message)
    except _BROKEN as error:
        raise DocumentError("corrupt") from error


def _load(data: bytes) -> Message:
    from oxmsg import Message

    return Message.load(data)


def _is_encrypted(message: Message) -> bool:
    kind = message.message_class.upper()
    if "SMIME" in kind and "MULTIPARTSIGNED" not in kind:
        return True
    headers = {name.lower(): value for name, value in message.message_headers.items()}
    return headers.get("content-type", "").lower().lstrip().startswith("multipart/encrypted")


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    """Yield the headers it was sent with, and after them what Outlook itself knows."""
    sent = [(name.lower(), decode(str(value))) for name, value in message.message_headers.items()]
    yield from sent
    known = {name for name, _ in sent}
    for name, value in _properties(message):
        if value and name not in known:
            yield name, value


def _properties(message: Message) -> Iterator[tuple[str, str]]:
    yield "subject", message.subject
    yield "from", message.sender or ""
    yield "date", _date(message.sent_date)
    for name, number in _IDS.items():
        yield name, message.properties.str_prop_value(number) or ""
    yield from _recipients(message)


def _recipients(message: Message) -> Iterator[tuple[str, str]]:
    people: dict[str, list[str]] = {"to": [], "cc": []}
    for person in message.recipients:
        kind = _RECIPIENTS.get(person.properties.int_prop_value(_RECIPIENT_TYPE) or 1)
        if kind and (person.name or person.email_address):
            people[kind].append(_person(person.name, person.email_address))
    for kind, names in people.items():
        shown = message.properties.str_prop_value(_DISPLAYED[kind]) or ""
        yield kind, ", ".join(names) or shown.strip("\0 ")


def _person(name: str, address: str) -> str:
    return f"{name} <{address}>" if address and address != name else name


def _date(moment: datetime | None) -> str:
    return format_datetime(moment) if moment is not None and moment.year > _FIRST_YEAR else ""


def _bodies(message: Message) -> tuple[Body, ...]:
    plain = [Body(_lines(message.body or ""))]
    rich = [Body(_lines(message.html_body or ""), html=True)]
    return tuple(choose([plain, rich]) or _rich_text(message))


def _rich_text(message: Message) -> list[Body]:
    """Return the body that Outlook keeps as packed rich text alone."""
    from curate.parsers.office import read_rtf

    packed = message.properties.binary_prop_value(_RICH_TEXT)
    if not packed:
        return []
    rtf = inflate_rtf(packed)
    return [Body(read_rtf(Blob(rtf, "body.rtf", "application/rtf")).text)] if rtf.strip() else []


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\0")


def _files(message: Message) -> Iterator[Attachment]:
    for number, file in enumerate(message.attachments):
        properties = file.properties
        name = (
            file.file_name or properties.str_prop_value(_SHORT_NAME) or f"attachment-{number + 1}"
        )
        kind = file.mime_type or "application/octet-stream"
        shown = bool(properties.str_prop_value(_CONTENT_ID)) and kind.startswith("image/")
        yield Attachment(name, file.file_bytes or b"", kind, inline=shown)
