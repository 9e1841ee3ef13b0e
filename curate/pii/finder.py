"""The finder: built once per worker, it turns a text into the spans of personal data in it.

`findings` is what Presidio itself would report, down to the last doubtful nine-digit number. `find`
is what is worth acting on: findings that their type's rule accepts, without overlaps, of the types
asked for, also where signs that nobody sees or that stand for others hide them. Presidio and spaCy
are loaded when a finder is built, not before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from curate.config import fingerprint
from curate.pii.accept import TOLD_BY_MAIL, accepted
from curate.pii.borders import ACROSS, CARD, across_cells, goes_on, is_sure_across
from curate.pii.carried import carried
from curate.pii.columns import CELLS, Columns
from curate.pii.forms import FORM, forms
from curate.pii.labels import property_of
from curate.pii.resolve import URL, merged, resolved, united
from curate.pii.settings import FinderSettings
from curate.pii.whole import taken_whole
from curate.tables.pii_spans import PiiSpan
from curate.text.folding import folds, is_odd
from curate.text.joining import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from presidio_analyzer import EntityRecognizer

    from curate.pii.forms import Form
    from curate.pii.search import Finding

TEXT = "text"
LINK = "link."  # begins the names of fields that hold links
EMAIL = "EMAIL_ADDRESS"
RULES = 13  # raised when acceptance or the choice between overlaps gives other spans
_MAILBOX = "mailbox"
_TOOLS = ("presidio-analyzer", "phonenumbers", "spacy", "tldextract")
_DIGIT = re.compile(r"\d")
_QUERY = str.maketrans("/?&=:", "\n\n\n\n\n")
_LINKS = 8192  # links of which the findings are remembered; pages of one site share most of them
_WARMING = "Call +1 (212) 555-0172, write to a@example.com or see example.com on 2021-01-02."


@cache
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
        from curate.pii.mailboxes import Mailboxes
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
        self._search = Search([*built, *extra], literals=literals, wanted=self._wanted)
        self._search.findings(_WARMING)
        self._mailboxes = Mailboxes()
        self._columns = Columns(self.settings.words_by_type())
        self.in_link = lru_cache(_LINKS)(self._in_link)
        self._extra = tuple(f"{name_of(one)} {one.version}" for one in extra)

    @property
    def version(self) -> str:
        """What the findings hang on: rules, tools, settings."""
        digest = fingerprint(self.settings).hex()
        return ", ".join((finder_version(), *self._extra, f"settings {digest}"))

    def findings(self, text: str, *, field: str = TEXT) -> list[PiiSpan]:
        """Return all that the recognisers report, of any type and score, overlapping."""
        return _spans(self._search.findings(text), field)

    def find(self, text: str, *, field: str = TEXT) -> list[PiiSpan]:
        """Return the personal data in a text, sorted, without overlaps."""
        found = self._worth(text, self._believable(text, field), field)
        called: list[PiiSpan] = []
        more: list[PiiSpan] = []
        if (CELLS in text or field != TEXT) and _DIGIT.search(text):
            called += self._called(text, field)
        if (CELLS in text or "\n" in text) and _DIGIT.search(text):
            more += self._across(text, field, found)
        if is_odd(text):
            more += self._hidden(text, field)
        all_found = united([*called, *found], more, text) if called or more else found
        whole = taken_whole(all_found, text) if all_found else []
        others = list(carried(whole, text))
        return merged(whole, others, text) if others else whole

    def _in_link(self, url: str) -> tuple[PiiSpan, ...]:
        """Return the personal data in a link, searched once more part by part; the field is `LINK`."""
        spans = self.find(url, field=LINK)
        if "@" in url or is_odd(url):
            parts = self.find(url.translate(_QUERY), field=LINK)
            spans = merged(spans, [span for span in parts if _is_meant_in_link(span, url)], url)
        return tuple(spans)

    def _believable(self, text: str, field: str) -> list[PiiSpan]:
        found = _spans(self._search.believable(text), field)
        if EMAIL in self._wanted:
            spans = self._mailboxes.spans(text)
            found += [PiiSpan(field, *span, EMAIL, _MAILBOX, 1.0) for span in spans]
            told = self._mailboxes.told(text, field)
            found += [PiiSpan(field, *span, EMAIL, TOLD_BY_MAIL, 1.0) for span in told]
        return found

    def _worth(self, text: str, found: Iterable[PiiSpan], field: str) -> list[PiiSpan]:
        believed = accepted(found, text)
        if _DIGIT.search(text) or ("://" in text and "@" in text):
            believed += [_written(form, field) for form in forms(text)]
        kept = resolved(believed, text, wanted=self._wanted)
        return [one for one in kept if one.type in self._wanted]

    def _called(self, text: str, field: str) -> Iterator[PiiSpan]:
        """Yield what the head of its column, or the name of its property, tells."""
        named = property_of(field)
        columns = [*self._columns.of(text), *(self._columns.named(text, named) if named else ())]
        for column in columns:
            believable = self._believable(column.text, field)
            found = [one for one in believable if one.type in column.types]
            for one in self._worth(column.text, found, field):
                start, end = column.original(one.start, one.end)
                if start >= 0 and one.type in column.types:
                    yield replace(one, start=start, end=end)

    def _across(self, text: str, field: str, found: Sequence[PiiSpan]) -> Iterator[PiiSpan]:
        """Yield what a line end or a border between cells parts."""
        for form in across_cells(text):
            if form.type in self._wanted:
                one = _written(form, field)
                yield replace(one, recogniser=ACROSS) if form.type == CARD else one
        known = {(one.type, one.start): text[one.start : one.end] for one in found}
        for part in joined(text):
            for one in self._worth(part.text, self._believable(part.text, field), field):
                start, end = part.original(one.start, one.end)
                half = known.get((one.type, start))
                if half is not None and not goes_on(half, part.text[one.start : one.end]):
                    continue
                if "\n" in text[start:end] and is_sure_across(one, part.text):
                    yield replace(one, start=start, end=end)

    def _hidden(self, text: str, field: str) -> Iterator[PiiSpan]:
        """Yield what is found only where a text is read as it is meant, at its own places.

        Addresses of the web do not count there: who encodes a number in one means the number.
        """
        for part in folds(text):
            found = self._believable(part.text, field)
            for one in self._worth(part.text, (span for span in found if span.type != URL), field):
                start, end = part.original(one.start, one.end)
                if is_odd(text[start:end]):
                    yield replace(one, start=start, end=end)


def _is_meant_in_link(span: PiiSpan, text: str) -> bool:
    """Tell an address, or a value that was encoded, from the plain number of an article."""
    return span.type == EMAIL or is_odd(text[span.start : span.end])


def _written(form: Form, field: str) -> PiiSpan:
    return PiiSpan(field, form.start, form.end, form.type, FORM, 1.0)


def _spans(found: Iterable[Finding], field: str) -> list[PiiSpan]:
    return [PiiSpan(field, f.start, f.end, f.type, f.recogniser, f.score) for f in found]
