"""All places of a document in which personal data can stand: text, title, path, properties, links.

A value found once is covered wherever the document repeats it, also where nothing around it gives
it away.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from curate.pii.finder import LINK, TEXT
from curate.pii.resolve import URL, merged
from curate.text.folding import fold, is_odd, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.pii.finder import Finder
    from curate.tables.parsed import Parsed
    from curate.tables.pii_spans import PiiSpan

SPREAD = "spread"
_SLASHES = str.maketrans("/\\", "\n\n")
_UNDERSCORES = str.maketrans("_", " ")
# The dot before an ending, which may be a number, and one between a word and a number that follows it.
_SEAM = re.compile(r"\.(?=[\w+() -]{1,32}\Z)|(?<=[^\W\d_])\.(?=[+(]?\d)")
_LEAST_SIGNS = 6  # letters and digits; shorter values mean something else elsewhere


def scan_document(parsed: Parsed, finder: Finder, *, path: str = "") -> list[PiiSpan]:
    """Return the personal data of one document, by field and place."""
    texts = texts_of(parsed, path=path)
    found = {field: _found(finder, field, text) for field, text in texts.items()}
    return [span for spans in spread(found, texts).values() for span in spans]


def _found(finder: Finder, field: str, text: str) -> list[PiiSpan]:
    """Return the personal data in a field; paths and links are searched once more, part by part.

    What people write with spaces around stands there between slashes, underscores and endings.
    """
    if field.startswith(LINK):
        return [replace(span, field=field) for span in finder.in_link(text)]
    if field == "path":
        whole = text.translate(_SLASHES)
        name = _SEAM.sub("\n", whole)
        views = dict.fromkeys((whole, name, name.translate(_UNDERSCORES)))
        return merged([], [s for view in views for s in finder.find(view, field=field)], text)
    return finder.find(text, field=field)


def texts_of(parsed: Parsed, *, path: str = "") -> dict[str, str]:
    """Return the text of every field that is searched, under the name that spans give it."""
    texts = {TEXT: parsed.text, "title": parsed.title, "path": path}
    for number, field in enumerate(parsed.fields):
        texts[f"field.{field.name}.{number}"] = field.value
    for number, element in enumerate(parsed.elements):
        for place, link in enumerate(element.links):
            texts[f"{LINK}{number}.{place}"] = link.url
    return {field: text for field, text in texts.items() if text}


def spread(
    found: Mapping[str, list[PiiSpan]], texts: Mapping[str, str]
) -> dict[str, list[PiiSpan]]:
    """Return the findings with every other place of their values in any of the texts."""
    values: dict[str, PiiSpan] = {}
    for field, spans in found.items():
        for span in spans:
            value = plain(texts[field][span.start : span.end]).lower()
            if span.type != URL and sum(map(str.isalnum, value)) >= _LEAST_SIGNS:
                values.setdefault(value, span)
    result = {field: list(spans) for field, spans in found.items()}
    for field, text in texts.items() if values else ():
        more = list(_repetitions(field, text, values))
        result[field] = merged(result.get(field, []), more, text) if more else result.get(field, [])
    return result


def _repetitions(field: str, text: str, values: Mapping[str, PiiSpan]) -> Iterator[PiiSpan]:
    """Yield each place where one of the values stands as a word of its own."""
    if is_odd(text):
        folded = fold(text)
        for span in _repetitions_as_written(field, folded.text, values):
            start, end = folded.original(span.start, span.end)
            yield replace(span, start=start, end=end)
    else:
        yield from _repetitions_as_written(field, text, values)


def _repetitions_as_written(
    field: str, text: str, values: Mapping[str, PiiSpan]
) -> Iterator[PiiSpan]:
    low = text.lower()
    if len(low) != len(text):
        low = text  # lower case would shift the places: only exact repetitions then
    for value, span in values.items():
        start = low.find(value)
        while start >= 0:
            end = start + len(value)
            if not (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum()):
                yield replace(span, field=field, start=start, end=end, recogniser=SPREAD)
            start = low.find(value, end)
