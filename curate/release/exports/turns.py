"""What every chat format asks of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Roles:
    """What a format calls who speaks."""

    system: str = "system"
    user: str = "user"
    assistant: str = "assistant"


CHAT = Roles()


def turns_problem(turns: Sequence[tuple[object, object]], roles: Roles = CHAT) -> str:
    """Return why roles and contents are no conversation to learn from, "" if they are.

    At most one system message, first; then user and assistant by turns, the assistant last; no content is
    empty.
    """
    known = (roles.system, roles.user, roles.assistant)
    for number, (role, content) in enumerate(turns, start=1):
        if role not in known:
            return f"message {number} has an unknown role"
        if reason := text_problem(content):
            return f"message {number} {reason}"
    spoken = [role for role, _ in turns]
    if spoken[:1] == [roles.system]:
        spoken = spoken[1:]
    if not spoken:
        return "there is no message of user and assistant"
    expected = [(roles.user, roles.assistant)[place % 2] for place in range(len(spoken))]
    if spoken != expected:
        return "user and assistant do not speak by turns, the user first"
    return "" if spoken[-1] == roles.assistant else "the last message is not the assistant's"


def text_problem(content: object) -> str:
    """Return why something is no text to learn from, "" if it is."""
    if not isinstance(content, str):
        return "is no text"
    if not content.strip():
        return "is empty"
    return "" if is_utf8(content) else "is no UTF-8"


def is_utf8(text: str) -> bool:
    """Tell whether text can be written: a lone surrogate cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
