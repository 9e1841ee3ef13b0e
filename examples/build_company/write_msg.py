"""Outlook messages: each property of a mail is a stream of a compound file, or a row of a table."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from .compound import ROOT, STORAGE, STREAM, Entry, compound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EPOCH: Final = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_TEXT: Final = 0x001F
_NUMBER: Final = 0x0003
_MOMENT: Final = 0x0040
_FLAGS: Final = 0x06  # readable and writable


@dataclass(frozen=True, slots=True)
class Message:
    """A mail before it is written."""

    path: str
    subject: str
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    date: str
    message_id: str
    in_reply_to: str
    body: str


def read_messages(folder: Path) -> list[Message]:
    """Read the texts of all messages."""
    facts = yaml.safe_load((folder / "messages.yaml").read_text(encoding="utf-8"))
    return [
        Message(
            path=fact["path"],
            subject=fact["subject"],
            sender=tuple(fact["from"]),
            recipients=tuple(tuple(person) for person in fact["to"]),
            date=fact["date"],
            message_id=fact["message_id"],
            in_reply_to=fact.get("in_reply_to", ""),
            body=fact["body"],
        )
        for fact in facts
    ]


def write_msg(message: Message, path: Path) -> None:
    """Write one Outlook message."""
    path.write_bytes(compound(_message(message)))


def _message(message: Message) -> Entry:
    names = "; ".join(name for name, _ in message.recipients)
    name, address = message.sender
    texts = {
        0x001A: "IPM.Note",
        0x0037: message.subject,
        0x0042: name,
        0x0065: address,
        0x007D: _headers(message),
        0x0C1A: name,
        0x0C1E: "SMTP",
        0x0C1F: address,
        0x0E04: names,
        0x0E1D: message.subject.removeprefix("RE: "),
        0x1000: message.body.replace("\n", "\r\n"),
        0x1035: message.message_id,
        0x1042: message.in_reply_to,
        0x5D01: address,
    }
    fixed = {
        (0x0039, _MOMENT): _filetime(message.date),
        (0x0E06, _MOMENT): _filetime(message.date),
        (0x0E07, _NUMBER): struct.pack("<Q", 1),
        (0x340D, _NUMBER): struct.pack("<Q", 0x00040000),
    }
    count = len(message.recipients)
    head = struct.pack("<8xIIII8x", count, 0, count, 0)
    people = [_recipient(n, person) for n, person in enumerate(message.recipients)]
    named = ("00020102", "00030102", "00040102")
    lookup = Entry("__nameid_version1.0", STORAGE)
    lookup.children = [Entry(f"__substg1.0_{tag}", STREAM) for tag in named]
    return Entry(
        "Root Entry",
        ROOT,
        children=[
            lookup,
            *people,
            *_properties({k: v for k, v in texts.items() if v}, fixed, head),
        ],
    )


def _headers(message: Message) -> str:
    date = dt.datetime.fromisoformat(message.date).strftime("%a, %d %b %Y %H:%M:%S +0000")
    lines = [
        f"From: {message.sender[0]} <{message.sender[1]}>",
        "To: " + ", ".join(f"{name} <{address}>" for name, address in message.recipients),
        f"Subject: {message.subject}",
        f"Date: {date}",
        f"Message-ID: {message.message_id}",
        *([f"In-Reply-To: {message.in_reply_to}"] if message.in_reply_to else []),
    ]
    return "\r\n".join([*lines, "", ""])


def _recipient(number: int, person: tuple[str, str]) -> Entry:
    name, address = person
    texts = {0x3001: name, 0x3002: "SMTP", 0x3003: address, 0x39FE: address, 0x5FF6: name}
    fixed = {
        (0x0C15, _NUMBER): struct.pack("<Q", 1),
        (0x3000, _NUMBER): struct.pack("<Q", number),
    }
    storage = Entry(f"__recip_version1.0_#{number:08X}", STORAGE)
    storage.children = list(_properties(texts, fixed, bytes(8)))
    return storage


def _filetime(moment: str) -> bytes:
    since = dt.datetime.fromisoformat(moment) - _EPOCH
    return struct.pack("<Q", since // dt.timedelta(microseconds=1) * 10)


def _properties(
    texts: dict[int, str], fixed: dict[tuple[int, int], bytes], head: bytes
) -> Iterator[Entry]:
    """Return the streams of a storage: one for each text, one with the table of all."""
    table = [head]
    for (tag, kind), value in fixed.items():
        table.append(struct.pack("<HHI", kind, tag, _FLAGS) + value)
    for tag, text in texts.items():
        data = text.encode("utf-16-le")
        table.append(struct.pack("<HHIII", _TEXT, tag, _FLAGS, len(data) + 2, 0))
        yield Entry(f"__substg1.0_{tag:04X}{_TEXT:04X}", STREAM, data)
    yield Entry("__properties_version1.0", STREAM, b"".join(table))
