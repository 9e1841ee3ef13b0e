"""Instructions planted for a machine that reads the text, by the shape of their sentences.

Rules catch what is blatant: orders to forget one's instructions, to reveal them, to take another
role, to shape the answer, and marks of a chat's own syntax. They are a reason to look, never proof
of safety.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.tables.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILY = "injection"
_APART = r"[^\w.!?]+"  # within a sentence, over line ends
_GAP = rf"(?:{_APART}\w+){{0,4}}?{_APART}"
_NOT_DENIED = r"(?<!n't )(?<!n\u2019t )(?<!not )(?<!never )(?<!n't\) )(?<!n\u2019t\) )"
_ON_A_SUBJECT = (  # who puts an earlier notice right says what it was about
    r"(?!\s+(?:about|regarding|concerning)\s+(?!(?:the|this|your|any)\b))"
)
_ORDERS = r"(?:instructions?|prompts?|rules|directives|guidelines|context|commands)"
_START = (
    r"(?:(?<=[.!?:;\n\"'(*>-])|^)[ \t]{0,3}"
    r"(?:please|now|also|then|and|finally|instead|important)?[,: \t]{0,3}"
)
_WITHIN = r"(?:[^.!?\n]|[.!?](?=[^\s]))"  # a sentence goes on after the full stop of an address
_ANSWER = r"(?:\w+\s+){0,2}?(?:answers?|responses?|repl(?:y|ies)|outputs?)\b"
_OF_PEOPLE = (  # what somebody answers, and when an answer comes
    r"(?!\s+(?:within|takes?|comes?|arrives?|follows?|you|us|them|me|"
    r"by\s+(?:e-?mail|mail|phone|letter|post|return)|in\s+(?:\w+\s+){0,2}(?:minutes?|hours?|days?|weeks?)|"
    r"on\s+(?:\w+day|work\w*)|(?:to\s+)?(?:your|all|every|such|most)\s+(?:\w+\s+)?(?:questions?|calls?|e?-?mails?|"
    r"requests?|tickets?|letters?)|questions?|calls?|e-?mails?|requests?|tickets?|letters?)\b)"
)
_ANSWER_CUES = "answer respon reply replies output"
_SHAPE = (
    r"(?:add|append|include|insert|end|begin|start|finish|prefix|write|put|replace|encode|translate|"
    r"answer|respond|reply|repeat|output|provide|give|format|conclude|embed|mention|recommend|summari[sz]e|"
    r"ensure|make|modify|change|omit|avoid|disregard|ignore|use|keep|incorporate|randomly|state|convert|"
    r"integrate|augment|enhance|enrich|introduce|inject|weave|work|slip|sprinkle|close|open|promote|advertise|"
    r"misspell|scramble|jumble|rearrange|anagram|remove|group|combine|substitute|render|reverse|shift|swap|"
    r"emphasi[sz]e|highlight|link|present|craft|phrase|express|deliver|return|encrypt|obfuscate|transform)"
)
_ASKED_OF_PEOPLE = (  # what a letter asks its reader to send back
    r"(?:numbers?|names?|address(?:es)?|details?|invoices?|receipts?|photos?|pictures?|screenshots?|dates?|"
    r"ids?|codes?|cop(?:y|ies)|references?|signatures?|phone|contact|attachments?|subject|quotes?|quotation)"
)
_GAME = (
    r"(?:replace|substitute|swap|shift|scramble|jumble|rearrange|misspell|reverse|capitali[sz]e|double|omit|"
    r"anagram|mirror|rotate|encode)"
)
_PIECES = (
    r"(?:letters?|vowels?|consonants?|characters?\s+of\s+each|"
    r"(?:every|each)\s+(?:\w+\s+)?(?:word|letter))"
)
_TONGUES = (
    "english french spanish german italian portuguese russian chinese mandarin japanese korean "
    "arabic hindi dutch latin greek turkish polish swedish"
)
_TONGUE = rf"(?:{_TONGUES.replace(' ', '|')})"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a text speaks to a machine."""

    name: str
    cues: tuple[str, ...]  # one of them the text must hold for the pattern to be worth trying
    pattern: re.Pattern[str]
    score: float


def _rule(name: str, cues: str, pattern: str, score: float) -> Rule:
    compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    return Rule(name, tuple(cues.split()), compiled, score)


_RULES = (
    _rule(
        "forget_instructions",
        "instruction prompt rules directives guidelines context commands",
        rf"\b{_NOT_DENIED}(?:ignore|disregard|forget|override|bypass|skip)\b{_GAP}?"
        rf"(?:previous|prior|above|earlier|preceding|all|any|your|system|initial|original)\b{_GAP}?"
        rf"{_ORDERS}\b{_ON_A_SUBJECT}",
        0.95,
    ),
    _rule(
        "reveal_prompt",
        "prompt instructions rules",
        rf"\b(?:reveal|show|print|repeat|output|leak|tell\s+me|display)\b{_GAP}?"
        r"(?:system\s+prompt|your\s+(?:initial\s+|hidden\s+|secret\s+)?(?:instructions|prompt|rules))\b",
        0.9,
    ),
    _rule(
        "new_role",
        "you",
        r"\byou\s+(?:are\s+now|will\s+now\s+act\s+as|must\s+act\s+as|should\s+act\s+as)\s+(?:an?\s+|the\s+)?"
        r"(?:\w+\W+){0,3}?(?:assistant|ai|bot|model|dan|chatbot|agent|hacker|jailbroken|unrestricted|pirate)\b",
        0.85,
    ),
    _rule(
        "chat_syntax",
        "<| [inst [/inst << ##",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|?>|"
        r"\[/?INST\]|<</?SYS>>|^[ \t]{0,3}#{2,}\s*(?:system|instruction)s?\s*(?:prompt|message)?\s*:",
        0.9,
    ),
    _rule(
        "shape_the_answer",
        _ANSWER_CUES,
        rf"{_START}{_SHAPE}\b(?!{_WITHIN}{{0,80}}?\b{_ASKED_OF_PEOPLE}\b{_WITHIN}{{0,80}}?\byour\b)"
        rf"{_WITHIN}{{0,160}}?\b(?:your\s+{_ANSWER}{_OF_PEOPLE}|"
        rf"the\s+{_ANSWER}{_OF_PEOPLE}(?!\s+(?:to|team|times?|from|rates?|is|was|are|keys?|sheets?|plans?)\b))",
        0.6,
    ),
    _rule(
        "shape_the_answer",
        _ANSWER_CUES,
        rf"{_START}(?:in|within|throughout|at\s+the\s+(?:end|start|beginning)\s+of|before|after)\s+your\s+{_ANSWER}"
        rf"\s*,?\s*(?!{_WITHIN}{{0,80}}?\b{_ASKED_OF_PEOPLE}\b)"
        rf"(?:{_SHAPE}|suggest|tease|invite|urge|encourage|ask|claim|say|offer|direct|warn)\b",
        0.6,
    ),
    _rule(
        "letter_game",
        "letter vowel consonant every each",
        rf"{_START}{_GAME}\b{_WITHIN}{{0,30}}?\b{_PIECES}\b",
        0.6,
    ),
    _rule(
        "errand",
        _TONGUES,
        rf"{_START}translate\s+{_WITHIN}{{0,60}}?\b(?:in)?to\s+{_TONGUE}\b|"
        rf"{_START}(?:what(?:'s|\s+is)|how\s+do\s+you\s+say)\s+['\"\u2018\u201c]{_WITHIN}{{0,60}}?\bin\s+{_TONGUE}\b|"
        rf"{_START}provide\s+the\s+{_TONGUE}\s+(?:equivalent|translation|word)\b",
        0.6,
    ),
    _rule(
        "to_the_machine",
        "ai llm model assistant chatbot",
        r"\b(?:attention|note|message|instructions?|notice)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?"
        r"(?:ai|llm|language\s+model|assistant|chatbot|model)s?\b|"
        r"\bas\s+an\s+ai\s+(?:language\s+)?(?:model|assistant)\s*,\s*you\b",
        0.8,
    ),
    _rule(
        "exfiltrate",
        "https:// http:// @",
        r"\b(?:send|post|forward|upload|exfiltrate|transmit)\b[^.!?\n]{0,60}"
        r"\b(?:conversation|chat\s+history|api\s+keys?|credentials|user'?s?\s+data|system\s+prompt)\b[^.!?\n]{0,60}"
        r"(?:https?://|\bto\s+\S+@)",
        0.9,
    ),
)


def possible(text: str) -> tuple[Rule, ...]:
    """Return the rules that may match in a text or in any part of it."""
    low = text.lower()
    return tuple(rule for rule in _RULES if any(cue in low for cue in rule.cues))


def planted(text: str, field: str, *, rules: tuple[Rule, ...] | None = None) -> Iterator[Risk]:
    """Yield spans that read like orders to a machine, the surest rule for each place.

    Args:
        text: What is searched.
        field: Its name.
        rules: Those to try; all if none are given.
    """
    low = text.lower()
    found = [
        Risk(field, match.start(), match.end(), FAMILY, rule.name, rule.score)
        for rule in (_RULES if rules is None else rules)
        if any(cue in low for cue in rule.cues)
        for match in rule.pattern.finditer(text)
    ]
    end = -1
    for risk in sorted(found, key=lambda risk: (risk.start, -risk.score)):
        if risk.start >= end:
            yield risk
            end = risk.end
