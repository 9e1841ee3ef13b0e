"""Finding questions and their answers in documents, without a language model."""

from curate.mining.drafts import Draft, Features, Piece, Span, Teaches

__all__ = ["Draft", "Features", "Piece", "Span", "Teaches"]
