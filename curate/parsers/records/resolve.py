"""Which message of a conversation is its answer: marked, thanked for, last before solved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from curate.parsers.mail.words import THANKS
from curate.parsers.records.paths import Record, Value, date_of, first, text_of
from curate.parsers.records.rich import blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.parsers.records.shape import Shape
    from curate.parsers.records.threads import Message

_MARKS = frozenset(
    ["white_check_mark", "heavy_check_mark", "ballot_box_with_check", "check_mark", "+1",
     "thumbsup", "thumbs_up", "like", "100", "check", "solved", "done", "✅", "✔", "☑", "👍"]
)  # fmt: skip
_THANKED = re.compile(
    rf"(?<!\w)(?<!no )(?:{THANKS})(?!\w)|"
    r"\b(?:that|this|it) (?:worked|works|solved|fixed|did the trick|helped)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\?|\b(?:but|however|aber|jedoch|mais|pero|ma|still|not|nicht|no longer)\b", re.IGNORECASE
)
_MOST_WORDS = 25
_FEWEST_WORDS = 8
_LONG_ANSWER = 40  # words; so many are an answer beside any longer one
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
        return frozenset(_resolving(record, shape, messages))
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


def _resolving(record: Record, shape: Shape, messages: Sequence[Message]) -> list[int]:
    """Return the last public answer before the record was solved that is no mere courtesy.

    Behind the answer often stands a goodbye, or a word on a side question: where the customer's
    last words are thanks, only what stands above them counts, and a message counts by its length
    beside the longest.
    """
    solved = date_of(first(record, shape.solved))
    answers = [
        n for n, message in enumerate(messages) if message.public and message.role == "agent"
    ]
    answers = [
        n for n in answers if solved is None or (messages[n].date or "") <= solved
    ] or answers
    asked = [
        n for n, message in enumerate(messages) if message.role == "customer" and message.public
    ]
    if asked and _thanks(_own_words(messages[asked[-1]])):
        answers = [n for n in answers if n < asked[-1]] or answers
    lengths = {n: len(_own_words(messages[n]).split()) for n in answers}
    enough = min(max(lengths.values(), default=0) / 2, _LONG_ANSWER)
    return [n for n in answers if lengths[n] >= enough][-1:]


def _own_words(message: Message) -> str:
    """Return a message's words without the lines that it marks as quoted."""
    texts = [text for block in blocks_of(message.body, "auto") for text in block.texts()]
    return "\n".join(text for text in texts if not text.lstrip().startswith(">"))


def _is_marked(messages: Sequence[Message], number: int) -> bool:
    message = messages[number]
    if not _may_answer(messages, number):
        return False
    return any(name in _MARKS for name in _reactions(message.reactions))


def _may_answer(messages: Sequence[Message], number: int) -> bool:
    message = messages[number]
    return _is_answer(message) and _asker(messages) != _who(message)


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
    """Return the messages right before words of thanks of somebody who had asked before them."""
    found = []
    for number in range(2, len(messages)):
        who = _who(messages[number])
        before = [n for n in range(number) if _who(messages[n]) != who and _is_answer(messages[n])]
        asked = any(_who(message) == who for message in messages[: before[-1]]) if before else False
        if asked and _thanks(text_of(messages[number].body)):
            found.append(before[-1])
    return found


def _is_answer(message: Message) -> bool:
    return message.public and message.role != "system"


def _thanks(text: str) -> bool:
    words = text.split()
    return len(words) <= _MOST_WORDS and bool(_THANKED.search(text)) and not _DOUBT.search(text)
