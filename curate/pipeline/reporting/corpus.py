"""What the corpus holds, from one pass over its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.pipeline.reporting.kinds import language, made_of, readers
from curate.pipeline.reporting.material import is_open
from curate.pipeline.reporting.places import MOST, REST
from curate.report.model import Columns, Corpus, Count, Histogram, Ranking, command
from curate.report.words import clipped, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.pipeline.reporting.material import Material
    from curate.tables.chunks import Chunk

_BINS = 16
_MOST = 8
_DEEPEST = 5
_YEARS = 11
_FEW = 7
_NAME = 48
_TELLING = 0.1  # share of the chunks from which on headings tell something


@dataclass(slots=True)
class _Seen:
    """Counts over all chunks; headings are those of chunks that everybody may read."""

    places: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    depths: Counter[int] = field(default_factory=Counter)
    access: Counter[str] = field(default_factory=Counter)

    def take(self, chunk: Chunk, place: str) -> None:
        """Count one chunk everywhere."""
        self.places[place] += 1
        if is_open(chunk.access):
            self.sections[chunk.heading_path[0] if chunk.heading_path else ""] += 1
        self.years[(chunk.effective or chunk.modified or chunk.created)[:4]] += 1
        self.languages[language(chunk.language)] += 1
        self.kinds[made_of(chunk.kinds)] += 1
        self.depths[min(len(chunk.heading_path), _DEEPEST)] += 1
        self.access[readers(chunk.access)] += 1


def corpus(material: Material) -> Corpus:
    """Return what the corpus holds."""
    chunks = material.rows.chunks
    if not chunks:
        return Corpus(0, 0, commands=_why(material))
    seen = _Seen()
    for chunk in chunks:
        seen.take(chunk, material.places.place(chunk.source, chunk.address))
    whole = len(chunks)
    return Corpus(
        chunks=whole,
        documents=sum(row.chunks > 0 for row in material.rows.ledger),
        lengths=_lengths(chunks, material),
        sources=_ranking(seen.places, whole, most=MOST + 1) if len(seen.places) > 1 else None,
        sections=_sections(seen.sections, whole),
        since=_years(seen.years, whole),
        languages=_ranking(seen.languages, whole),
        kinds=_ranking(seen.kinds, whole),
        depth=_depth(seen.depths) if len(seen.depths) > 1 else None,
        access=_access(seen.access, whole),
        commands=(command("show", "kept"),),
    )


def _why(material: Material) -> tuple[str, ...]:
    """Return the command that shows why nothing reached the corpus."""
    documents = material.counts["documents"]
    name = next((n for n in ("flagged", "rejected") if documents[n]), "")
    return (command("show", name),) if name else ()


def _lengths(chunks: Sequence[Chunk], material: Material) -> Histogram:
    settings = material.flow.settings.chunks
    width = max(1, round(settings.size * max(settings.whole, 1.5) / _BINS))
    counts = [0] * _BINS
    for chunk in chunks:
        counts[min(chunk.tokens // width, _BINS - 1)] += 1
    beyond = sum(chunk.tokens > settings.size for chunk in chunks)
    note = f"{plural(beyond, 'chunk is', 'chunks are')} longer than the limit: tables, lists and "
    note += "code are cut late."
    return Histogram(
        width,
        tuple(counts),
        median=round(material.counts["corpus"]["tokens_median"]),
        limit=settings.size,
        note=note if beyond else "",
    )


def _ranking(counts: Counter[str], whole: int, *, most: int = _MOST) -> Ranking:
    ranked = sorted(counts, key=lambda name: (name == REST, -counts[name], name))
    rest = ranked[most:]
    note = ""
    if rest:
        held = plural(sum(counts[name] for name in rest), "chunk")
        note = f"{number(len(rest))} others hold {held}."
    rows = tuple(Count(clipped(name, _NAME), counts[name]) for name in ranked[:most])
    return Ranking(rows, whole, note)


def _sections(counts: Counter[str], whole: int) -> Ranking | None:
    """Return the first headings with most chunks, where a few of them hold many."""
    restricted = whole - counts.total()
    none = counts.pop("", 0)
    ranked = sorted(counts, key=lambda name: (-counts[name], name))[:_MOST]
    held = sum(counts[name] for name in ranked)
    if not ranked or held < _TELLING * whole:
        return None
    rest, under = len(counts) - len(ranked), whole - restricted - none - held
    note = f"First-level headings with most chunks; {number(under)} lie under {number(rest)} others"
    note += f", {number(none)} under none" if none else ""
    note += (
        f"; {plural(restricted, 'chunk is', 'chunks are')} not for everybody."
        if restricted
        else "."
    )
    return Ranking(tuple(Count(clipped(n, _NAME), counts[n]) for n in ranked), whole, note)


def _years(counts: Counter[str], whole: int) -> Columns | None:
    """Return chunks by year, the last dozen years, none left out between."""
    known = {int(year): n for year, n in counts.items() if year.isdecimal()}
    if not known:
        return None
    last = max(known)
    first = max(min(known), last - _YEARS + 1)
    first -= last - first + 1 > _FEW and (last - first + 1) % 2 == 0  # every second one is labelled
    rows = tuple(Count(str(year), known.get(year, 0)) for year in range(first, last + 1))
    older = sum(n for year, n in known.items() if year < first)
    none = whole - sum(known.values())
    said = [f"{plural(older, 'chunk is', 'chunks are')} older"] if older else []
    said += [f"{plural(none, 'chunk states', 'chunks state')} no date"] if none else []
    return Columns(rows, f"{'; '.join(said)}." if said else "") if len(rows) > 1 else None


def _depth(counts: Counter[int]) -> Columns:
    names = ["none", *map(str, range(1, _DEEPEST)), f"{_DEEPEST}+"]
    deepest = max(counts)
    return Columns(tuple(Count(names[d], counts[d]) for d in range(deepest + 1)))


def _access(counts: Counter[str], whole: int) -> Ranking:
    ranking = _ranking(counts, whole)
    said = "No source says who may read it." if set(counts) == {"unstated"} else ""
    said = said or "A search has to show only what its user may read."
    return Ranking(ranking.rows, ranking.whole, " ".join(filter(None, (ranking.note, said))))
