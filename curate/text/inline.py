"""Running text of one block, gathered run by run, normalised, with its links as spans of the result.

Readers meet text in runs (a bold word, a link, a line break). `Inline` joins the runs, folds white
space, brings the whole to NFC and keeps the links' places right while doing so, in one pass.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

from curate.tables.parsed import Link

_WIDE = re.compile(r"\s{2,}")
_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return NFC text with LF line ends and without control characters or lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\x0b", " ").replace("\x0c", " ")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def fold(text: str) -> str:
    """Return clean text on as few white-space characters as its words and line breaks need."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


class Inline:
    """Text of one block under construction: `add` runs, then `finish`."""

    def __init__(self, text: str = "") -> None:
        """Start with a run of text."""
        self._runs: list[str] = []
        self._length = 0
        self._links: list[tuple[int, int, str]] = []
        self.add(text)

    def add(self, text: str, *, url: str = "") -> None:
        """Append a run; with `url`, the run is the visible text of a link."""
        run, start = clean(text), self._length
        self._runs.append(run)
        self._length += len(run)
        if url:
            self.link(start, url)

    def mark(self) -> int:
        """Return the place where the next run will stand, for `link`."""
        return self._length

    def link(self, start: int, url: str) -> None:
        """Make a link of everything added since `start`, a place that `mark` gave."""
        self._links.append((start, self._length, url))

    def finish(self) -> tuple[str, tuple[Link, ...]]:
        """Return the folded text and its links; a link without visible text is left out."""
        raw = "".join(self._runs)
        text = fold(raw)
        if not self._links:
            return text, ()
        folds = _Folds(raw)
        spans = ((folds.place(start), folds.place(end), url) for start, end, url in self._links)
        placed = (Link(*_trimmed(text, start, end), url) for start, end, url in spans)
        return text, tuple(link for link in placed if link.start < link.end)


class _Folds:
    """Where each place of the raw text lies once its white space is folded."""

    def __init__(self, raw: str) -> None:
        self._lead = len(raw) - len(raw.lstrip())
        self._starts: list[int] = []
        self._removed: list[int] = []
        removed = 0
        for white in _WIDE.finditer(raw, self._lead):
            removed += len(white.group()) - 1
            self._starts.append(white.end())
            self._removed.append(removed)

    def place(self, offset: int) -> int:
        before = bisect_right(self._starts, offset)
        return max(offset - self._lead - (self._removed[before - 1] if before else 0), 0)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    end = min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
