"""Pieces with their tokens, ready to be packed: groups joined, what is too long broken up."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from curate.chunking.packing import Unit
from curate.chunking.sentences import CLAUSE, SIGN, WORD, starts_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.chunking.atoms import Atom
    from curate.chunking.model import ChunkSettings
    from curate.chunking.visible import Visible
    from curate.text.tokens import Tokens

_Spans = tuple[tuple[int, int], ...]
_DOUBT = 4  # tokens by which a piece can be longer without the white space before it
_RUN = 10  # words are packed in runs of this fraction of the size
_MANY = 5000  # units of one section above which they are packed in such runs too
_FINER = {CLAUSE: WORD, WORD: SIGN, SIGN: SIGN}


class _Part(NamedTuple):
    start: int
    end: int
    tokens: int
    cost: float


def in_row(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield neighbours to be counted: each but the first with the white space before it."""
    begin = spans[0][0] if spans else 0
    for _, end in spans:
        yield begin, end
        begin = end


@dataclass(slots=True)
class Measure:
    """Counts the tokens of spans as they are seen, and makes units of them."""

    visible: Visible
    settings: ChunkSettings
    tokens: Tokens
    _headers: dict[_Spans, int] = field(default_factory=dict)

    def counts(self, spans: Iterable[tuple[int, int]]) -> list[int]:
        """Return the tokens of each span's visible text."""
        return self.tokens.counts([self.visible.read(start, end) for start, end in spans])

    def units(self, pieces: Sequence[Atom], counts: Sequence[int]) -> list[Unit]:
        """Return what is packed: a group as one where it fits, too long a piece as several."""
        found: list[Unit] = []
        counted = zip(pieces, counts, strict=True)
        for group, members in groupby(counted, key=lambda pair: pair[0].group):
            atoms = list(members)
            end = atoms[-1][0].end
            if group >= 0 and (total := self._whole(atoms, end)):
                found.append(self._unit(atoms[0][0], total, end))
                continue
            for atom, count in atoms:
                found += self._broken(atom, count)
        return found if len(found) <= _MANY else list(self._coarse(found))

    def _coarse(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """Yield units joined while they stay short: packing many tiny ones takes too long."""
        run = units[0]
        for unit in units[1:]:
            if run.tokens + unit.tokens <= self.settings.size // _RUN and unit.header == run.header:
                run = run._replace(end=unit.end, tokens=run.tokens + unit.tokens)
            else:
                yield run
                run = unit
        yield run

    def words(self, start: int, end: int) -> list[Unit]:
        """Return short runs of words between two places."""
        spans = self._trimmed(start, end, WORD)
        return [Unit(*part) for part in self._runs(spans, WORD, WORD)]

    def _whole(self, atoms: Sequence[tuple[Atom, int]], end: int) -> int:
        """Return the tokens of a group, 0 where it is too long to stay whole."""
        total = sum(count for _, count in atoms)
        if self.settings.size < total:
            total = self.counts([(atoms[0][0].start, end)])[0]
        return total if total <= self.settings.size * self.settings.whole else 0

    def _unit(self, atom: Atom, tokens: int, end: int) -> Unit:
        lead = self._lead(atom.header) if atom.header else 0
        return Unit(atom.start, end, tokens, atom.cost, atom.header if lead else (), lead)

    def _lead(self, header: _Spans) -> int:
        """Return a header's tokens, 0 for one that would fill half of a chunk."""
        if header not in self._headers:
            count = sum(self.counts(header)) + len(header)
            self._headers[header] = count if count <= self.settings.size // 2 else 0
        return self._headers[header]

    def _broken(self, atom: Atom, count: int) -> Iterator[Unit]:
        """Yield an atom, or its clauses, words or signs where it is too long."""
        if count + _DOUBT <= self.settings.size:
            yield self._unit(atom, count, atom.end)
            return
        for part in self._split(_Part(atom.start, atom.end, count, atom.cost), CLAUSE):
            piece = atom._replace(start=part.start, cost=part.cost)
            yield self._unit(piece, part.tokens, part.end)

    def _split(self, part: _Part, price: float) -> Iterator[_Part]:
        size = self.settings.size
        if part.tokens + _DOUBT > size:
            part = part._replace(tokens=self.counts([(part.start, part.end)])[0])
        if part.tokens <= size or part.end - part.start == 1:
            yield part
            return
        spans = self._trimmed(part.start, part.end, price)
        for piece in self._runs(spans, part.cost, price):
            yield from self._split(piece, _FINER[price])

    def _trimmed(self, start: int, end: int, price: float) -> list[tuple[int, int]]:
        bounds = pairwise((start, *starts_within(self.visible.text, (start, end), price), end))
        return [span for bound in bounds if (span := self.visible.trim(*bound))]

    def _runs(self, spans: Sequence[tuple[int, int]], cost: float, price: float) -> Iterator[_Part]:
        """Yield neighbours joined while they stay short; the first has its own cost of a border."""
        most = self.settings.size // _RUN
        run: _Part | None = None
        for (start, end), count in zip(spans, self.counts(in_row(spans)), strict=True):
            if run and run.tokens + count <= most:
                run = _Part(run.start, end, run.tokens + count, run.cost)
                continue
            if run:
                yield run
                cost = price
            run = _Part(start, end, count, cost)
        if run:
            yield run
