"""The finder: built once per worker, it turns a text into the spans of personal data in it.

`findings` is what Presidio itself would report, down to the last doubtful nine-digit number. `find`
is what is worth acting on: findings that their type's rule accepts, without overlaps, of the types
asked for. Presidio and spaCy are loaded when a finder is built, not before.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from curate.config import fingerprint
from curate.pii.accept import accepted
from curate.pii.resolve import resolved
from curate.pii.settings import FinderSettings
from curate.tables.pii_spans import PiiSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from presidio_analyzer import EntityRecognizer

TEXT = "text"
RULES = 1  # raised when acceptance or the choice between overlaps gives other spans
_TOOLS = ("presidio-analyzer", "phonenumbers", "spacy", "tldextract")
_WARMING = "Call +1 (212) 555-0172, write to a@example.com or see example.com on 2021-01-02."


def finder_version() -> str:
    """Return what all findings hang on beside the settings; the tools are not loaded for it."""
    return ", ".join((f"rules {RULES}", *(f"{name} {version(name)}" for name in _TOOLS)))


class Finder:
    """Finds personal data in texts.

    Args:
        settings: What is looked for.
        extra: Further recognisers of Presidio's kind; they are run over whole texts.
    """

    def __init__(
        self, settings: FinderSettings | None = None, *, extra: Sequence[EntityRecognizer] = ()
    ) -> None:
        """Load Presidio and prepare its recognisers."""
        from curate.pii.patterns import name_of
        from curate.pii.search import Search
        from curate.pii.stock import recognisers

        self.settings = settings or FinderSettings()
        found_by_extra = (kind for one in extra for kind in one.supported_entities)
        self._wanted = self.settings.wanted().union(found_by_extra)
        built = recognisers(self.settings)
        own = built[len(built) - len(self.settings.recognisers) :]
        pairs = zip(own, self.settings.recognisers, strict=True)
        literals = {name_of(one): custom.literal.lower() for one, custom in pairs}
        self._search = Search([*built, *extra], literals=literals)
        self._search.findings(_WARMING)
        self._extra = tuple(f"{name_of(one)} {one.version}" for one in extra)

    @property
    def version(self) -> str:
        """What the findings hang on: rules, tools, settings."""
        digest = fingerprint(self.settings).hex()
        return ", ".join((finder_version(), *self._extra, f"settings {digest}"))

    def findings(self, text: str, *, field: str = TEXT) -> list[PiiSpan]:
        """Return all that the recognisers report, of any type and score, overlapping."""
        found = self._search.findings(text)
        return [PiiSpan(field, f.start, f.end, f.type, f.recogniser, f.score) for f in found]

    def find(self, text: str, *, field: str = TEXT) -> list[PiiSpan]:
        """Return the personal data in a text, sorted, without overlaps."""
        found = accepted(self.findings(text, field=field), text)
        return [one for one in resolved(found, wanted=self._wanted) if one.type in self._wanted]

    def find_batch(self, texts: Iterable[str]) -> list[list[PiiSpan]]:
        """Return the personal data in each of several texts."""
        return [self.find(text) for text in texts]
