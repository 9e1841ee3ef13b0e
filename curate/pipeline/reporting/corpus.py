"""What the corpus holds, from one pass over its rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from curate.pipeline.reporting.kinds import made_of
from curate.pipeline.reporting.places import MOST, REST
from curate.report.model import Columns, Corpus, Count, Histogram, Ranking, command
from curate.report.words import clipped, number, plural

if TYPE_CHECKING:
    import polars as pl

    from curate.pipeline.reporting.material import Material

_BINS = 16
_MOST = 8
_DEEPEST = 5
_YEARS = 11
_FEW = 7
_NAME = 48
_TELLING = 0.1  # share of the chunks from which on headings tell something


def corpus(material: Material) -> Corpus:
    """Return what the corpus holds."""
    whole = len(material.chunks)
    if not whole:
        return Corpus(0, 0, commands=_why(material))
    seen = _seen(material)
    places = _counts(seen, "place")
    depths = _counts(seen, "depth")
    return Corpus(
        chunks=whole,
        documents=seen["doc_id"].n_unique(),
        lengths=_lengths(material),
        sources=_ranking(places, whole, most=MOST + 1) if len(places) > 1 else None,
        sections=_sections(_counts(seen.filter("open"), "heading"), whole),
        since=_years(_counts(seen, "year"), whole),
        languages=_ranking(_counts(seen, "language"), whole),
        kinds=_ranking(_kinds(seen), whole),
        depth=_depth(depths) if len(depths) > 1 else None,
        access=_access(_counts(seen, "readers"), whole),
        commands=(command("show", "kept"),),
    )


def _seen(material: Material) -> pl.DataFrame:
    """Return what is counted of each chunk: facts of its own, and those of its document."""
    import polars as pl

    own = material.chunks.marks.select(
        "doc_id", "heading", "kinds", pl.col("depth").clip(upper_bound=_DEEPEST)
    )
    return own.join(material.shown, on="doc_id", how="left")


def _counts(seen: pl.DataFrame, name: str) -> Counter[Any]:
    counted = seen.group_by(name).len()
    return Counter(dict(zip(counted[name].to_list(), counted["len"].to_list(), strict=True)))


def _kinds(seen: pl.DataFrame) -> Counter[str]:
    found: Counter[str] = Counter()
    for kinds, count in _counts(seen, "kinds").items():
        found[made_of(kinds.split(","))] += count
    return found


def _why(material: Material) -> tuple[str, ...]:
    """Return the command that shows why nothing reached the corpus."""
    documents = material.counts["documents"]
    name = next((n for n in ("flagged", "rejected") if documents[n]), "")
    return (command("show", name),) if name else ()


def _lengths(material: Material) -> Histogram:
    settings = material.flow.settings.chunks
    tokens = material.chunks.marks["tokens"]
    width = max(1, round(settings.size * max(settings.whole, 1.5) / _BINS))
    bins = Counter((tokens // width).clip(upper_bound=_BINS - 1).to_list())
    counts = [bins[number] for number in range(_BINS)]
    beyond = int((tokens > settings.size).sum())
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
