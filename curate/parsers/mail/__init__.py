"""Mails: EML and MSG files to canonical text, with what they quote, sign and hide told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.mail.letter import Attachment
from curate.parsers.mail.mime import attachments, parse, read_letter
from curate.parsers.mail.outlook import outlook_attachments, read_outlook
from curate.parsers.mail.read import read_letter_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

__all__ = ["Attachment", "eml_attachments", "msg_attachments", "read_eml", "read_msg"]


def read_eml(blob: Blob) -> Parsed:
    """Read a mail in its Internet form.

    Raises:
        DocumentError: `encrypted`, `corrupt`, `empty`.
    """
    return read_letter_text(read_letter(blob.data))


def read_msg(blob: Blob) -> Parsed:
    """Read a mail as Outlook saves it.

    Raises:
        DocumentError: `encrypted`, `corrupt`.
    """
    return read_letter_text(read_outlook(blob.data))


def eml_attachments(data: bytes) -> Iterator[Attachment]:
    """Yield the files that a mail in its Internet form carries.

    Raises:
        DocumentError: `corrupt`.
    """
    return attachments(parse(data))


def msg_attachments(data: bytes) -> Iterator[Attachment]:
    """Yield the files that an Outlook mail carries.

    Raises:
        DocumentError: `corrupt`.
    """
    return outlook_attachments(data)
