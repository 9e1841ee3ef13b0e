"""All checks over one document, element by element."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.risks.encoding import tricks
from curate.risks.injection import planted, possible
from curate.tables.parsed import Element, Kind, Parsed
from curate.tables.risks import Risk

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "text"
_EXPECTED = frozenset(
    {"alt_text", "title_text", "meta_text", "html_comment", "noscript", "template"}
)
_EXPECTED_SCORE = 0.1  # markup that every page has; suspicious only with something in it


def scan_document(parsed: Parsed) -> Iterator[Risk]:
    """Yield the risks of one document in its coordinates; nothing is altered."""
    rules = possible(parsed.text)
    for element in parsed.elements:
        text = parsed.text[element.start : element.end]
        if element.kind is Kind.HIDDEN:
            yield _hidden(element, ordered=any(planted(text, TEXT, rules=rules)))
            continue
        if element.kind is not Kind.CODE:
            yield from (_moved(risk, element.start) for risk in planted(text, TEXT, rules=rules))
        yield from (_moved(risk, element.start) for risk in tricks(text, TEXT))
    yield from tricks(parsed.title, "title")


def _hidden(element: Element, *, ordered: bool) -> Risk:
    score = _EXPECTED_SCORE if element.detail in _EXPECTED else 0.8
    rule = element.detail or "hidden"
    return Risk(TEXT, element.start, element.end, "hidden", rule, 1.0 if ordered else score)


def _moved(risk: Risk, by: int) -> Risk:
    return replace(risk, start=risk.start + by, end=risk.end + by)
