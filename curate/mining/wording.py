"""The few words that templates put around spans, by language.

Only words from closed lists are ever written as literal text or changed in case: everything else
stays a span of the document, so that a mask covers it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates of one language; `{}` is where the span goes.

    Attributes:
        regarding: Leads a question whose subject stands in a heading.
        how: Asks for the way to do what follows.
        steps: Asks for the steps of what follows.
        means: Asks for a definition.
        stands_for: Asks for the long form of an acronym.
        stands: Joins an acronym and its long form.
        value: Asks for columns of a table: `{0}` are the columns, `{1}` is the row.
        joints: What stands between columns, and before the last one.
        fix: Asks for the remedy of a problem.
        about: Asks for what an article says.
        explain: Asks for what a clause with how, why or when describes.
        questions: Words that begin a question, in lower case.
    """

    regarding: str
    how: str
    steps: str
    means: str
    stands_for: str
    stands: str
    value: str
    joints: tuple[str, str]
    fix: str
    about: str
    explain: str
    questions: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WORDINGS = {
    "en": Wording(
        regarding="Regarding {}: ",
        how="How do I {}?",
        steps="What are the steps for {}?",
        means="What does “{}” mean?",
        stands_for="What does “{}” stand for?",
        stands="{} stands for {}.",
        value="What is the {0} for “{1}”?",
        joints=(", ", " and "),
        fix="How can the following be fixed: {}",
        about="What should I know about {}?",
        explain="Can you explain {}?",
        questions=_words(
            "how what when where which who whom whose why can could do does did is are was were "
            "will "
            "would should shall may must has have am if in on at for to under after before with by"
        ),
    ),
    "de": Wording(
        regarding="Zum Thema „{}“: ",
        how="Wie kann ich {}?",
        steps="Welche Schritte gehören zu „{}“?",
        means="Was bedeutet „{}“?",
        stands_for="Wofür steht „{}“?",
        stands="{} steht für {}.",
        value="Was gilt bei „{1}“ für „{0}“?",
        joints=("“, „", "“ und „"),
        fix="Wie lässt sich Folgendes beheben: {}",
        about="Was muss ich über „{}“ wissen?",
        explain="Können Sie erklären, {}?",
        questions=_words(
            "wie was wann wo wer wen wem wessen warum weshalb wieso wohin woher welche welcher "
            "welches "
            "welchen welchem kann können darf dürfen muss müssen soll sollte ist sind war hat "
            "haben "
            "habe gibt wird werden bin bei für in an auf nach vor mit"
        ),
    ),
    "fr": Wording(
        regarding="À propos de « {} » : ",
        how="Comment {} ?",
        steps="Quelles sont les étapes pour « {} » ?",
        means="Que signifie « {} » ?",
        stands_for="Que signifie le sigle « {} » ?",
        stands="{} signifie {}.",
        value="Pour « {1} », que valent « {0} » ?",
        joints=(" », « ", " » et « "),
        fix="Comment résoudre le problème suivant : {}",
        about="Que faut-il savoir sur « {} » ?",
        explain="Pouvez-vous expliquer {} ?",
        questions=_words(
            "comment que quel quelle quels quelles quand où qui pourquoi combien est-ce puis-je "
            "dois-je "
            "peut-on faut-il à de en dans pour si sur"
        ),
    ),
    "es": Wording(
        regarding="Sobre «{}»: ",
        how="¿Cómo puedo {}?",
        steps="¿Cuáles son los pasos para «{}»?",
        means="¿Qué significa «{}»?",
        stands_for="¿Qué significan las siglas «{}»?",
        stands="{} significa {}.",
        value="Para «{1}», ¿qué valen «{0}»?",
        joints=("», «", "» y «"),
        fix="¿Cómo se resuelve lo siguiente?: {}",
        about="¿Qué debo saber sobre «{}»?",
        explain="¿Puede explicar {}?",
        questions=_words(
            "cómo qué cuándo dónde quién quiénes cuál cuáles cuánto cuánta por puedo debo hay es "
            "son "
            "si en para a de"
        ),
    ),
}

WORD = re.compile(r"[^\W_][\w'’/&+.-]*[^\W_]|[^\W_]")
_URL = re.compile(
    r"\b(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}", re.IGNORECASE
)


def wording(language: str) -> Wording:
    """Return the words of a document's language; English where there are none of its own."""
    return WORDINGS.get(language[:2].lower(), WORDINGS["en"])


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; addresses are none."""
    return WORD.findall(without_addresses(text).lower())


def without_addresses(text: str) -> str:
    """Return a text without addresses of pages and mailboxes, which hold question marks."""
    may_hold = "@" in text or "://" in text or "www." in text.lower()
    return _URL.sub(" ", text) if may_hold else text
