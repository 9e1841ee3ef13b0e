"""Knowledge articles: what an article's title asks, its text answers.

A record that is laid out as a question and its answer asks as it stands, with a question mark or
without.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.mining.context import title_span
from curate.mining.drafting import Found, Source, drafted
from curate.mining.wording import wording
from curate.tables.parsed import PAIR, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.mining.drafts import Draft, Piece, Span
    from curate.mining.visible import Visible
    from curate.tables.parsed import Parsed

SOURCE = Source("articles", "qa", 0.85)
_PAIR = replace(SOURCE, least=3)  # somebody wrote it down as an answer

_SHAPES = frozenset({"article", "faq", "knowledge", "kb_knowledge", "kb"})
_FIELDS = frozenset({"shape", "record", "type", "kind"})
_HOW_TO = re.compile(r"how to\s+", re.IGNORECASE)


def articles(document: Parsed, visible: Visible) -> Iterator[Draft]:
    """Yield one draft for a record that is an article: its title asks, its text answers."""
    if not is_article(document):
        return
    title = title_span(visible)
    body = [at for at in visible.shown if not _repeats_title(visible, at)]
    if title and body:
        template, question = _question(document, visible, title)
        language = document.language[:2] or "en"
        found = Found(f"{language}.{template}", question, visible.passage(body))
        yield drafted(_PAIR if is_pair(document) else SOURCE, found, visible)


def is_pair(document: Parsed) -> bool:
    """Tell whether a record's layout says that its title asks and its text answers."""
    return any((f.name, f.value) == PAIR for f in document.fields)


def is_article(document: Parsed) -> bool:
    """Tell whether a document says that it is an article."""
    return any(f.name in _FIELDS and f.value.lower() in _SHAPES for f in document.fields)


def _question(document: Parsed, visible: Visible, title: Span) -> tuple[str, tuple[Piece, ...]]:
    text = document.title
    talk = wording(document.language)
    if is_pair(document) or text.rstrip().endswith(("?", "？")):
        return "as_is", (title,)
    how = _HOW_TO.match(text)
    before, after = (talk.how if how else talk.about).split("{}")
    rest = title._replace(start=title.start + (how.end() if how else 0))
    del visible
    return ("how" if how else "about"), (before, rest, after)


def _repeats_title(visible: Visible, index: int) -> bool:
    is_heading = visible.element(index).kind is Kind.HEADING
    return is_heading and visible.text(index) == visible.document.title
