"""Messages of an mbox file, streamed: one message is in memory at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from curate.parsers.containers.member import Intake, Member

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.containers.member import ContainerLimits

_LONGEST_LINE = 1024 * 1024
_FROM = re.compile(rb"^From \S+\s.*\d{1,2}:\d\d.*\d{4}|^From \S*@\S*\s*$|^From - ")
_HEADER = re.compile(rb"^(?:[!-9;-~]{1,80}:|>?From )")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^<>\s]{1,900})>?", re.IGNORECASE | re.MULTILINE)
_BODY = re.compile(rb"\r?\n\r?\n")


def mbox_members(stream: BinaryIO, limits: ContainerLimits) -> Iterator[Member]:
    """Yield the messages of an mbox in their order, each with its Message-ID as key."""
    intake = Intake(limits)
    message = bytearray()
    size = 0
    for line, begins in _lines(stream):
        if begins and size:
            yield _member(message, size, intake)
            message, size = bytearray(), 0
        if not begins:
            size += len(line)
            if size <= limits.member:
                message += line
    if message.strip() or size > limits.member:
        yield _member(message, size, intake)


def _member(message: bytearray, size: int, intake: Intake) -> Member:
    found = _MESSAGE_ID.search(_BODY.split(message, maxsplit=1)[0])
    key = intake.names.key(found[1].decode("utf-8", "replace")) if found else ""
    if size > intake.limits.member:
        return Member("", key, b"", "message/rfc822", "too_large")
    return Member("", key, _without_separator(message), "message/rfc822")


def _without_separator(message: bytearray) -> bytes:
    """Return a message as it was sent: its From lines unescaped, the blank line behind it gone."""
    data = _ESCAPED.sub(rb"\1", bytes(message))
    for blank in (b"\r\n\r\n", b"\n\n"):
        if data.endswith(blank):
            return data[: -len(blank) // 2]
    return data


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield each line and whether it begins a message: From, behind a blank line, above headers."""
    blank = whole = True
    line = stream.readline(_LONGEST_LINE)
    while line:
        following = stream.readline(_LONGEST_LINE)
        candidate = whole and blank and bool(_FROM.match(line))
        yield line, candidate and (not following or bool(_HEADER.match(following)))
        blank = whole and not line.strip()
        whole = line.endswith(b"\n")
        line = following
