"""Which message of a conversation is its answer: marked, thanked for, last before solved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from curate.parsers.mail.words import THANKS
from curate.parsers.records.paths import Record, Value, date_of, first, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.shape import Shape
    from curate.parsers.records.threads import Message

_MARKS = frozenset(
    ["white_check_mark", "heavy_check_mark", "ballot_box_with_check", "check_mark", "+1",
     "thumbsup", "thumbs_up", "like", "100", "check", "solved", "done", "✅", "✔", "☑", "👍"]
)  # fmt: skip
_THANKED = re.compile(
    r"^\W*(?:(?:perfect|great|awesome|super|ok|okay|cool|ah|oh|"
    r"that (?:worked|works|helped|did it))\W+)*"
    rf"(?:{THANKS})(?!\w)|\b(?:that|this) (?:worked|works|solved|fixed|did the trick|helped)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\?|\b(?:but|however|aber|jedoch|mais|pero|ma|still|not|nicht|no longer)\b", re.IGNORECASE
)
_MOST_WORDS = 25
_FEWEST_WORDS = 8
_GOOD = frozenset({"good", "great", "amazing", "satisfied", "happy", "positive", "4", "5"})
_BAD = frozenset({"bad", "badwithcomment", "terrible", "unsatisfied", "negative", "1", "2"})
_ANSWERED = re.compile(r"solved|resolved|fixed", re.IGNORECASE)
_UNANSWERED = re.compile(
    r"not solved|unsolved|not resolved|unresolved|by caller|duplicate|cancel|"
    r"no (?:resolution|response)|spam",
    re.IGNORECASE,
)


def accepted(record: Record, shape: Shape, messages: Sequence[Message]) -> frozenset[int]:
    """Return the numbers of the messages that answered the record's question."""
    marked = {
        n for n, message in enumerate(messages) if message.accepted or _is_marked(messages, n)
    }
    if marked:
        return frozenset(marked)
    if shape.resolution_code:
        return frozenset()  # only the closing note answers, and only by its code
    if _is_solved(record, shape):
        return frozenset(_last_answer(record, shape, messages))
    return frozenset(() if shape.mail_like else _thanked(messages))


def note_answers(record: Record, shape: Shape, note: Message) -> bool:
    """Tell whether a closing note is an answer: its code says solved and it says how."""
    code = text_of(first(record, shape.resolution_code))
    if shape.resolution_code and (not _ANSWERED.search(code) or _UNANSWERED.search(code)):
        return False
    solved = bool(shape.resolution_code) or not shape.done or _is_solved(record, shape)
    return solved and len(text_of(note.body).split()) >= _FEWEST_WORDS


def _is_solved(record: Record, shape: Shape) -> bool:
    rating = _rating(record, shape)
    state = text_of(first(record, shape.status)).strip().lower()
    if rating in _BAD or state in shape.void:
        return False
    return rating in _GOOD or state in shape.done


def _rating(record: Record, shape: Shape) -> str:
    value = first(record, shape.rating)
    if isinstance(value, Mapping):
        value = first(value, ("score", "rating", "value"))
    return text_of(value).strip().lower()


def _last_answer(record: Record, shape: Shape, messages: Sequence[Message]) -> list[int]:
    """Return the last public answer before the record was solved, else the last at all."""
    solved = date_of(first(record, shape.solved))
    answers = [
        n for n, message in enumerate(messages) if message.public and message.role == "agent"
    ]
    before = [n for n in answers if solved is None or (messages[n].date or "") <= solved]
    return before[-1:] or answers[-1:]


def _is_marked(messages: Sequence[Message], number: int) -> bool:
    message = messages[number]
    if not _may_answer(messages, number):
        return False
    return any(name in _MARKS for name in _reactions(message.reactions))


def _may_answer(messages: Sequence[Message], number: int) -> bool:
    message = messages[number]
    return message.public and message.role != "system" and _asker(messages) != _who(message)


def _asker(messages: Sequence[Message]) -> str:
    return next((_who(message) for message in messages if message.role != "system"), "")


def _who(message: Message) -> str:
    return message.who or message.role


def _reactions(value: Value) -> list[str]:
    members = value if isinstance(value, list) else []
    names = []
    for member in members:
        name = (
            first(member, ("name", "reactionType", "emoji.unicode", "emoji", "type"))
            if isinstance(member, Mapping)
            else member
        )
        names.append(text_of(name).partition("::")[0].strip(":\ufe0f").lower())
    return names


def _thanked(messages: Sequence[Message]) -> list[int]:
    """Return the message right before the asker's first words of thanks."""
    asker = _asker(messages)
    for number in range(1, len(messages)):
        message = messages[number]
        if _who(message) == asker and _thanks(text_of(message.body)):
            before = [n for n in range(number) if _may_answer(messages, n)]
            return before[-1:]
    return []


def _thanks(text: str) -> bool:
    words = text.split()
    return len(words) <= _MOST_WORDS and bool(_THANKED.search(text)) and not _DOUBT.search(text)
