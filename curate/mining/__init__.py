"""Finding questions and their answers in documents, without a language model."""

from curate.mining.apart import apart, by_title, normal
from curate.mining.drafting import Found, Source, drafted, plain
from curate.mining.drafts import Draft, Features, Piece, Span, Teaches
from curate.mining.registry import EXTRACTORS, THREAD_SOURCES, Extractor, mine
from curate.mining.threads import mine_thread
from curate.mining.visible import Visible

__all__ = [
    "EXTRACTORS",
    "THREAD_SOURCES",
    "Draft",
    "Extractor",
    "Features",
    "Found",
    "Piece",
    "Source",
    "Span",
    "Teaches",
    "Visible",
    "apart",
    "by_title",
    "drafted",
    "mine",
    "mine_thread",
    "normal",
    "plain",
]
