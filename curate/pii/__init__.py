"""Personal data: where it stands in a document; what becomes of it is decided elsewhere.

Importing this loads neither presidio nor spaCy; building a `Finder` does.
"""

from curate.pii.accept import hangs_on_surroundings
from curate.pii.document import scan_document, spread, texts_of
from curate.pii.finder import Finder
from curate.pii.settings import (
    DEFAULT_ENTITIES,
    DEFAULT_REGIONS,
    STOCK_ENTITIES,
    CustomRecogniser,
    FinderSettings,
    WeightedPattern,
)

__all__ = [
    "DEFAULT_ENTITIES",
    "DEFAULT_REGIONS",
    "STOCK_ENTITIES",
    "CustomRecogniser",
    "Finder",
    "FinderSettings",
    "WeightedPattern",
    "hangs_on_surroundings",
    "scan_document",
    "spread",
    "texts_of",
]
