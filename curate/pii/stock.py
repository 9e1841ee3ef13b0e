"""Presidio's own objects: its recognisers for English, and an engine of words without a model.

Nothing here touches the network: the list of public suffixes is the one that tldextract carries,
without a cache on disk. Imported only by what builds a `Finder`, because it loads presidio and
spaCy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import spacy
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine, NoOpNlpEngine
from presidio_analyzer.predefined_recognizers import EmailRecognizer, PhoneRecognizer
from tldextract import TLDExtract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from curate.pii.settings import CustomRecogniser, FinderSettings

LANGUAGE = "en"
_ADDRESSES_KEPT = 10_000
_LONG = 10  # letters; so many in a row are those words also with nothing between them
_ACRONYM = re.compile(r"[A-Z]{2,4}")


class OfflineEmailRecognizer(EmailRecognizer):
    """Presidio's recogniser with the list of public suffixes that needs no network."""

    def __init__(self) -> None:
        """Open the bundled list."""
        super().__init__(name=EmailRecognizer.__name__)
        extract = TLDExtract(suffix_list_urls=(), cache_dir=None)
        self._is_address = lru_cache(_ADDRESSES_KEPT)(lambda text: extract(text).fqdn != "")

    def validate_result(self, pattern_text: str) -> bool:
        """Return whether the domain ends in a public suffix."""
        return self._is_address(pattern_text)


class WordEngine(NlpEngine):
    """spaCy's English tokeniser alone; a word's lemma is the word in lower case."""

    engine_name = "words"
    is_available = True

    def __init__(self) -> None:
        """Build the tokeniser; it needs no model."""
        self.nlp = spacy.blank(LANGUAGE)

    def load(self) -> None:
        """Do nothing: all is there."""

    def is_loaded(self) -> bool:
        """Return True."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Return the words of a text."""
        return self._artifacts(self.nlp.tokenizer(text), language)

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 1,  # noqa: ARG002 - presidio's interface
        n_process: int = 1,  # noqa: ARG002 - presidio's interface
        **_: object,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Yield each text with its words."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002 - presidio's interface
        """Return whether a word is too common to give context."""
        return bool(self.nlp.vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002 - presidio's interface
        """Return whether a word is punctuation."""
        return bool(self.nlp.vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """Return nothing: no model, no entities."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Return the one language."""
        return [LANGUAGE]

    def _artifacts(self, words: Doc, language: str) -> NlpArtifacts:
        return NlpArtifacts(
            entities=[],
            tokens=words,
            tokens_indices=[word.idx for word in words],
            lemmas=[word.text.lower() for word in words],
            nlp_engine=self,
            language=language,
        )


def recognisers(settings: FinderSettings) -> list[EntityRecognizer]:
    """Return presidio's recognisers for English that need no model, and those of the settings."""
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    registry.load_predefined_recognizers(languages=[LANGUAGE], nlp_engine=_no_engine())
    built = [_ours(recogniser, settings) for recogniser in registry.recognizers]
    built += [_custom(custom, number) for number, custom in enumerate(settings.recognisers)]
    for recogniser in built:
        extra = [
            word
            for kind in recogniser.supported_entities
            for word in settings.context.get(kind, ())
        ]
        recogniser.context = [*(recogniser.context or ()), *extra]
    return built


def _no_engine() -> NoOpNlpEngine:
    engine = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    engine.load()
    return engine


def _ours(recogniser: EntityRecognizer, settings: FinderSettings) -> EntityRecognizer:
    if type(recogniser) is EmailRecognizer:
        return OfflineEmailRecognizer()
    if type(recogniser) is PhoneRecognizer:
        return PhoneRecognizer(supported_regions=settings.phone_regions)
    return recogniser


def _custom(custom: CustomRecogniser, number: int) -> PatternRecognizer:
    patterns = [
        Pattern(f"{custom.type} {n}", p.regex, p.score) for n, p in enumerate(custom.patterns)
    ]
    words = [one for one in custom.words if one.strip()]
    if words:
        known = "|".join(map(_as_written, sorted(words, key=len, reverse=True)))
        patterns.append(Pattern("words", rf"(?<![^\W_])(?:{known})(?![^\W_])", 1.0))
    return PatternRecognizer(
        supported_entity=custom.type,
        name=f"{custom.type.lower()}_{number}",
        patterns=patterns,
        context=list(custom.context),
    )


def _as_written(words: str) -> str:
    """Return the pattern of what people write for some words: in file names they are joined by signs.

    Case tells acronyms from words, so that it counts in those alone.
    """
    least = 0 if len("".join(words.split())) >= _LONG else 1
    joint = rf"[\s_.-]{{{least},3}}"
    joined = joint.join(re.escape(word) for word in words.split())
    return rf"(?-i:{joined})" if _ACRONYM.fullmatch(words) else joined
