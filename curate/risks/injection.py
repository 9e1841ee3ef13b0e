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
_GAP = r"(?:\W+\w+){0,4}?\W+"
_ORDERS = r"(?:instructions?|prompts?|rules|directives|guidelines|context|commands)"
_START = (
    r"(?:(?<=[.!?:;\n\"'(*>-])|^)\s*(?:please|now|also|then|and|finally|instead|important)?[,:\s]*"
)
_SHAPE = (
    r"(?:add|append|include|insert|end|begin|start|finish|prefix|write|put|replace|encode|translate|"
    r"answer|respond|reply|repeat|output|provide|give|format|conclude|embed|mention|recommend|summari[sz]e|"
    r"ensure|make|modify|change|omit|avoid|disregard|ignore|use|keep|incorporate|randomly|state|convert)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    pattern: re.Pattern[str]
    score: float


def _rule(name: str, pattern: str, score: float) -> _Rule:
    return _Rule(name, re.compile(pattern, re.IGNORECASE | re.MULTILINE), score)


_RULES = (
    _rule(
        "forget_instructions",
        rf"\b(?:ignore|disregard|forget|override|bypass|skip)\b{_GAP}?"
        rf"(?:previous|prior|above|earlier|preceding|all|any|your|system|initial|original)\b{_GAP}?{_ORDERS}\b",
        0.95,
    ),
    _rule(
        "reveal_prompt",
        rf"\b(?:reveal|show|print|repeat|output|leak|tell\s+me|display)\b{_GAP}?"
        r"(?:system\s+prompt|your\s+(?:initial\s+|hidden\s+|secret\s+)?(?:instructions|prompt|rules))\b",
        0.9,
    ),
    _rule(
        "new_role",
        r"\byou\s+(?:are\s+now|will\s+now\s+act\s+as|must\s+act\s+as|should\s+act\s+as)\s+(?:an?\s+|the\s+)?"
        r"(?:\w+\W+){0,3}?(?:assistant|ai|bot|model|dan|chatbot|agent|hacker|jailbroken|unrestricted|pirate)\b",
        0.85,
    ),
    _rule(
        "chat_syntax",
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|?>|"
        r"\[/?INST\]|<</?SYS>>|^\s*#{2,}\s*(?:system|instruction)s?\s*(?:prompt|message)?\s*:",
        0.9,
    ),
    _rule(
        "shape_the_answer",
        rf"{_START}{_SHAPE}\b[^.!?\n]{{0,120}}?\b(?:your|the)\s+(?:\w+\s+){{0,2}}?"
        r"(?:answers?|responses?|repl(?:y|ies)|outputs?)\b",
        0.6,
    ),
    _rule(
        "to_the_machine",
        r"\b(?:attention|note|message|instructions?|notice)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?"
        r"(?:ai|llm|language\s+model|assistant|chatbot|model)s?\b|"
        r"\bas\s+an\s+ai\s+(?:language\s+)?(?:model|assistant)\s*,\s*you\b",
        0.8,
    ),
    _rule(
        "exfiltrate",
        r"\b(?:send|post|forward|upload|exfiltrate|transmit)\b[^.!?\n]{0,60}"
        r"\b(?:conversation|chat\s+history|api\s+keys?|credentials|user'?s?\s+data|system\s+prompt)\b[^.!?\n]{0,60}"
        r"(?:https?://|\bto\s+\S+@)",
        0.9,
    ),
)
_CUE = re.compile(
    r"answer|respon|reply|replies|output|instruction|prompt|you\s+(?:are|will|must|should)|<\||\[/?INST|<<|"
    r"##|\bai\b|llm|assistant|chatbot|rules|guidelines|directives|send|forward|upload",
    re.IGNORECASE,
)


def planted(text: str, field: str) -> Iterator[Risk]:
    """Yield spans that read like orders to a machine, the surest rule for each place."""
    if not _CUE.search(text):
        return
    found = [
        Risk(field, match.start(), match.end(), FAMILY, rule.name, rule.score)
        for rule in _RULES
        for match in rule.pattern.finditer(text)
    ]
    end = -1
    for risk in sorted(found, key=lambda risk: (risk.start, -risk.score)):
        if risk.start >= end:
            yield risk
            end = risk.end
