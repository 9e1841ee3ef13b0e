"""What is searched for: types of personal data, telephone regions, and recognisers of one's own."""

from __future__ import annotations

from typing import Self

from pydantic import Field, field_validator, model_validator

from curate.config import Settings
from curate.errors import did_you_mean
from curate.mistakes import SettingError

STOCK_ENTITIES = (
    "CREDIT_CARD",
    "CRYPTO",
    "DATE_TIME",
    "EMAIL_ADDRESS",
    "IBAN_CODE",
    "IP_ADDRESS",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "PHONE_NUMBER",
    "UK_NHS",
    "URL",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_ITIN",
    "US_PASSPORT",
    "US_SSN",
    "UUID",
)

# Dates and public addresses of the web say nothing of a person by themselves, and texts need them.
DEFAULT_ENTITIES = tuple(kind for kind in STOCK_ENTITIES if kind not in {"DATE_TIME", "URL"})

_NOT_CODES = {"UK": "GB", "EN": "GB"}
DEFAULT_REGIONS = ("US", "GB", "DE", "FR", "IL", "IN", "CA", "BR")


def _regions() -> frozenset[str]:
    from phonenumbers import SUPPORTED_REGIONS

    return frozenset(SUPPORTED_REGIONS)


def _region_hint(region: str) -> str:
    """Return the code that is meant, else how such codes look."""
    letters = _NOT_CODES.get(region.upper(), region.upper())
    if letters in _regions():
        return f"Did you mean {letters!r}?"
    return f"Write codes of ISO 3166: [{', '.join(DEFAULT_REGIONS)}]"


class WeightedPattern(Settings):
    """A regular expression and how certain its matches are."""

    regex: str = Field(min_length=1)
    score: float = Field(default=0.5, gt=0, le=1)

    @field_validator("regex")
    @classmethod
    def _compiles(cls, value: str) -> str:
        import regex  # type: ignore[import-untyped]

        try:
            regex.compile(value)
        except regex.error as error:
            message = f"no valid regular expression: {error.msg}"
            raise ValueError(message) from None
        return value


class CustomRecogniser(Settings):
    """A recogniser of one's own: patterns, or a list of words that are always found.

    Where every match holds the same literal, naming it makes the search faster: texts without it
    are passed over. Case is ignored, as it is in the patterns.
    """

    type: str = Field(pattern=r"^[A-Z][A-Z0-9_]*$")
    patterns: tuple[WeightedPattern, ...] = ()
    words: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    literal: str = ""

    @model_validator(mode="after")
    def _finds_something(self) -> Self:
        if not self.patterns and not self.words:
            message = "a recogniser needs `patterns` or `words`"
            raise ValueError(message)
        blank = next((n for n, word in enumerate(self.words) if not word.strip()), None)
        if blank is not None:
            message = "a word is empty. Write what is to be found, or leave it away"
            raise SettingError(message, "words", blank)
        return self


class FinderSettings(Settings):
    """Which personal data is looked for.

    `context` adds words to a type's own: they raise the score of what follows within five words.
    """

    entities: tuple[str, ...] = DEFAULT_ENTITIES
    phone_regions: tuple[str, ...] = DEFAULT_REGIONS
    recognisers: tuple[CustomRecogniser, ...] = ()
    context: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _types_are_known(self) -> Self:
        known = {*STOCK_ENTITIES, *(custom.type for custom in self.recognisers)}
        for name, kinds in (("entities", self.entities), ("context", self.context)):
            for kind in kinds:
                if kind not in known:
                    message = f"{kind} is no type of personal data. {did_you_mean(kind, known)}"
                    raise SettingError(message, name)
        return self

    @field_validator("phone_regions")
    @classmethod
    def _regions_are_known(cls, regions: tuple[str, ...]) -> tuple[str, ...]:
        for number, region in enumerate(regions):
            if region not in DEFAULT_REGIONS and region not in _regions():
                message = f"{region!r} is no country of two capital letters. {_region_hint(region)}"
                raise SettingError(message, number)
        return regions

    def wanted(self) -> frozenset[str]:
        """Return the types whose findings are reported: the named ones and those of one's own."""
        return frozenset((*self.entities, *(custom.type for custom in self.recognisers)))

    def words_by_type(self) -> dict[str, frozenset[str]]:
        """Return the words of context that the settings name for a type, in lower case."""
        named = [(custom.type, custom.context) for custom in self.recognisers]
        words: dict[str, frozenset[str]] = {}
        for kind, more in (*named, *self.context.items()):
            words[kind] = words.get(kind, frozenset()).union(map(str.lower, more))
        return words
