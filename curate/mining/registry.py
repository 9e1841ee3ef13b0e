"""The extractors, in the order of how certain they are, and mining one document with them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from curate.errors import DocumentError
from curate.mining import (
    acronyms,
    articles,
    chats,
    glossaries,
    procedures,
    question_headings,
    question_lines,
    question_tables,
    table_rows,
    threads,
    tickets,
    troubleshooting,
)
from curate.mining.apart import apart
from curate.mining.drafting import REPLY
from curate.mining.drafts import Draft, Span
from curate.mining.made_up import without_values
from curate.mining.visible import Visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from curate.mining.drafting import Source
    from curate.tables.parsed import Parsed

    Extract: TypeAlias = Callable[[Parsed, Visible], Iterator[Draft]]


FAILED = "extractor_failed"
_LONGEST_NAME = 60
_OF_HEADINGS = (question_headings.ASKING.name, question_headings.STATING.name)


@dataclass(frozen=True, slots=True)
class Extractor:
    """A function that finds drafts in one document, and what is known of them.

    `own` is `module:function` of one that a user wrote, whose mistakes are told apart from ours.
    """

    source: Source
    extract: Extract
    own: str = ""


EXTRACTORS = (
    Extractor(question_lines.SOURCE, question_lines.question_lines),
    Extractor(question_tables.SOURCE, question_tables.question_tables),
    Extractor(procedures.GERUND, procedures.gerund_procedures),
    Extractor(troubleshooting.SOURCE, troubleshooting.troubleshooting),
    Extractor(articles.SOURCE, articles.articles),
    Extractor(question_headings.ASKING, question_headings.question_headings),
    Extractor(glossaries.SOURCE, glossaries.glossaries),
    Extractor(procedures.VERB, procedures.verb_procedures),
    Extractor(table_rows.SOURCE, table_rows.table_rows),
    Extractor(tickets.SOURCE, tickets.tickets),
    Extractor(chats.SOURCE, chats.chats),
    Extractor(acronyms.SOURCE, acronyms.acronyms),
    Extractor(question_headings.STATING, question_headings.wh_headings),
)
THREAD_SOURCES = (threads.REPLIES, threads.INLINE)


def mine(
    document: Parsed,
    *,
    dropped: Sequence[tuple[int, int]] = (),
    replaced: Sequence[tuple[int, int]] = (),
    extractors: Sequence[Extractor] = EXTRACTORS,
) -> list[Draft]:
    """Return the drafts of a document; no two of them ask the same.

    Messages are searched for replies only: their headings answer nothing.

    Args:
        document: The document.
        dropped: Spans of its text that edits drop: sorted and disjoint.
        replaced: Spans of its text that are shown as something else.
        extractors: Who searches it; earlier ones go first where two find the same.

    Raises:
        DocumentError: `extractor_failed:MODULE:FUNCTION:TYPE` if one of the user's raises that type.
    """
    visible = Visible(document, dropped)
    used = [e for e in extractors if not document.turns or e.source.task == REPLY]
    if articles.is_pair(document) and any(e.source is articles.SOURCE for e in used):
        used = [e for e in used if e.source.name not in _OF_HEADINGS]  # it takes the whole answer
    sound: list[Draft] = []
    for extractor in used:
        with blamed(extractor.own):
            sound.extend(
                without_values(_checked(draft), visible, replaced)
                for draft in extractor.extract(document, visible)
                if is_sound(_checked(draft), visible)
            )
    return apart(sound, visible)


@contextmanager
def blamed(own: str) -> Iterator[None]:
    """Let what an extractor of the user's raises be known as its own: by its type, never its words.

    Args:
        own: `module:function`; "" for ours, whose mistakes pass as they are.

    Raises:
        DocumentError: `extractor_failed:MODULE:FUNCTION:TYPE`.
    """
    if not own:
        yield
        return
    try:
        yield
    except MemoryError:
        raise  # of the worker's limit, which is tried again alone
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the user's code raises
        code = f"{FAILED}:{own}:{type(error).__name__[:_LONGEST_NAME]}"
        raise DocumentError(code) from None


def _checked(draft: Draft) -> Draft:
    """Return a draft if it is one.

    Raises:
        TypeError: if an extractor yields something else.
    """
    if not isinstance(draft, Draft):
        raise TypeError
    return draft


def is_sound(draft: Draft, visible: Visible) -> bool:
    """Tell whether a draft has evidence and shows nothing that is dropped, whoever made it."""
    pieces = (*draft.question, *draft.answer, *draft.evidence)
    return bool(draft.evidence) and all(visible.shows(p) for p in pieces if isinstance(p, Span))
