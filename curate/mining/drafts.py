"""A question with its answer before anybody rendered it: spans, and few words between them.

A draft never copies text out of a document. Its question and its answer are sequences of literal
words and of spans, so that whoever renders it can put masks or surrogates where the document has
personal data, and so that everything it says can be traced to where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """Code points `start` to `end` of a document's canonical text, or of its title.

    `document` is the place of the document among those that were mined together: 0 but for threads.
    `field` is `text` or `title`.
    """

    start: int
    end: int
    document: int = 0
    field: str = "text"


Piece: TypeAlias = str | Span
"""Words of a template, or a span to be rendered."""


class Teaches(StrEnum):
    """What a model learns from it: facts of this company, or how to behave."""

    KNOWLEDGE = "knowledge"
    BEHAVIOUR = "behaviour"


@dataclass(frozen=True, slots=True)
class Features:
    """What was measured on a draft; a learned scorer reads these.

    Attributes:
        prior: The share of this extractor's drafts that people found usable, 0 to 1.
        question_words: Words of the question.
        answer_words: Words of the answer.
        link_share: The share of the answer's words that are links.
        shared: The share of the question's content words that occur in the answer.
        contexts: How many headings were worked into the question.
        deictic: 1 when question or answer points at its place in the document.
        pronoun_first: 1 when the answer begins with a pronoun.
        first_person: 1 when the question is about its writer.
        steps: Steps or rows in the answer.
        resolved: 1 when something shows that the answer was accepted.
    """

    prior: float
    question_words: float = 0.0
    answer_words: float = 0.0
    link_share: float = 0.0
    shared: float = 0.0
    contexts: float = 0.0
    deictic: float = 0.0
    pronoun_first: float = 0.0
    first_person: float = 0.0
    steps: float = 0.0
    resolved: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A question and its answer.

    Attributes:
        task: What kind of example it is: qa, procedure, definition, table, troubleshooting, reply.
        extractor: Who found it; a key of `mining.EXTRACTORS`.
        template: The wording of the question, with its language: `de.how`.
        question: Literal words and spans; joined without anything between them.
        answer: The same.
        evidence: Spans of canonical text that hold everything the answer uses; in order, not empty.
        teaches: Facts or behaviour.
        features: What was measured on it.
        score: How likely it is usable, 0 to 1.
        flaws: Reason codes of what is wrong with it; the default choice takes drafts without any.
        defines: The term that a definition explains, as it is written; empty for other tasks.
    """

    task: str
    extractor: str
    template: str
    question: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    evidence: tuple[Span, ...]
    teaches: Teaches
    features: Features
    score: float
    flaws: tuple[str, ...] = ()
    defines: tuple[Piece, ...] = ()
