"""How well and how fast PDFs are read: page facts, tables, unit tables, pages a second.

Facts: an olmOCR sample, without mathematics and texts that stand in a picture only. Tables: ICDAR
2013, by the adjacency relations of Göbel et al. (every non-empty cell to its nearest non-empty
neighbour to the right and below, blanks skipped, each pair once); `doc` averages precision and
recall over documents, `pooled` counts all relations together. Unit tables: recall of relations
against the sheets of tabula. Speeds are CPU time on one core.

    python -m tests.benchmarks.pdf_gold --data ../shared/data
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import time
import unicodedata
import xml.etree.ElementTree as ET  # the gold is our own
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from curate.errors import DocumentError
from curate.parsers.blob import Blob
from curate.parsers.pdf import read_pdf
from curate.tables.parsed import DROPPED, Element, Kind, Parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Relation = tuple[str, str, str]


class Cell(NamedTuple):
    """A cell of a grid with the rows and columns it covers."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a page."""

    kind: str
    file: str
    fields: dict[str, str]
    slack: int = 0


def parsed(path: Path, *, tables: bool = True) -> Parsed | None:
    """Read a file; None if it cannot be read."""
    try:
        return read_pdf(Blob(path.read_bytes(), path.name, "application/pdf"), tables=tables)
    except DocumentError:
        return None


def folded(text: str) -> str:
    """Return a cell's text as the competition compares it."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[^\w]", "_", text)


def relations(cells: Iterable[Cell]) -> Counter[Relation]:
    """Return the adjacency relations of one table."""
    full = [cell for cell in cells if folded(cell.text)]
    grid = {
        (row, column): cell
        for cell in full
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
    }
    rows = max((row for row, _ in grid), default=-1)
    columns = max((column for _, column in grid), default=-1)
    pairs: set[tuple[Cell, Cell, str]] = set()
    for cell in full:
        for row in range(cell.row, cell.last_row + 1):
            right = ((row, column) for column in range(cell.last_column + 1, columns + 1))
            _pair(cell, right, grid, pairs=pairs, way="right")
        for column in range(cell.column, cell.last_column + 1):
            down = ((row, column) for row in range(cell.last_row + 1, rows + 1))
            _pair(cell, down, grid, pairs=pairs, way="down")
    return Counter((folded(a.text), folded(b.text), way) for a, b, way in pairs)


def _pair(
    cell: Cell,
    places: Iterable[tuple[int, int]],
    grid: dict[tuple[int, int], Cell],
    *,
    pairs: set[tuple[Cell, Cell, str]],
    way: str,
) -> None:
    other = next((grid[place] for place in places if place in grid), None)
    if other is not None:
        pairs.add((cell, other, way))


def gold_relations(path: Path) -> Counter[Relation]:
    """Return the relations of all regions of a structure file."""
    found: Counter[Relation] = Counter()
    for region in ET.parse(path).getroot().iter("region"):  # noqa: S314
        cells = []
        for cell in region.iter("cell"):
            row, column = int(cell.get("start-row", 0)), int(cell.get("start-col", 0))
            last = int(cell.get("end-row", row)), int(cell.get("end-col", column))
            cells.append(Cell(row, column, *last, cell.findtext("content") or ""))
        found += relations(cells)
    return found


def cells_of(document: Parsed, table: Element) -> list[Cell]:
    """Return the cells of a table that was read."""
    return [
        Cell(
            p.row,
            p.column,
            p.row + p.row_span - 1,
            p.column + p.column_span - 1,
            document.text[p.start : p.end],
        )
        for p in table.parts
    ]


def read_relations(document: Parsed | None) -> Counter[Relation]:
    """Return the relations of all tables that were read."""
    found: Counter[Relation] = Counter()
    for table in tables_of(document):
        found += relations(table)
    return found


def tables_of(document: Parsed | None) -> list[list[Cell]]:
    """Return the tables of a document."""
    if document is None:
        return []
    return [cells_of(document, e) for e in document.elements if e.kind is Kind.TABLE]


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def icdar(folder: Path, *, verbose: bool) -> dict[str, float]:
    """Return doc and pooled F1 over the documents of a folder."""
    scores: list[tuple[float, float]] = []
    right = read = gold = 0
    for path in sorted(folder.glob("*.pdf")):
        wanted = gold_relations(path.with_name(path.stem + "-str.xml"))
        found = read_relations(parsed(path))
        hit, n_found, n_wanted = (wanted & found).total(), found.total(), wanted.total()
        right, read, gold = right + hit, read + n_found, gold + n_wanted
        scores.append((hit / n_found if n_found else 0.0, hit / n_wanted))
        if verbose:
            print(f"  {path.stem:10} P {scores[-1][0]:.3f} R {scores[-1][1]:.3f}  {hit}/{n_wanted}")
    doc = mean(p for p, _ in scores), mean(r for _, r in scores)
    print(
        f"ICDAR doc P {doc[0]:.3f} R {doc[1]:.3f}, pooled P {right / read:.3f} R {right / gold:.3f}"
    )
    return {"icdar.doc_f1": f1(*doc), "icdar.pooled_f1": f1(right / read, right / gold)}


def unit_tables(folder: Path, *, verbose: bool) -> dict[str, float]:
    """Return the recall of the worst file that has a gold sheet, and the mean."""
    recalls: list[float] = []
    for path in sorted(folder.glob("*.pdf")):
        sheets = list(_sheets(folder, path.stem))
        if not sheets:
            continue
        wanted: Counter[Relation] = Counter()
        for sheet in sheets:
            wanted += relations(sheet)
        hit = (wanted & read_relations(parsed(path))).total()
        recalls.append(hit / max(wanted.total(), 1))
        if verbose:
            print(f"  {path.stem[:40]:40} R {recalls[-1]:.3f}")
    return {"parse.unit_tables_worst": min(recalls), "parse.unit_tables_mean": mean(recalls)}


def _sheets(folder: Path, stem: str) -> Iterator[list[Cell]]:
    sheet, structure = folder / "csv" / f"{stem}.csv", folder / "json" / f"{stem}.json"
    if sheet.exists():
        with sheet.open(encoding="utf-8", newline="") as lines:
            yield [
                Cell(r, c, r, c, text)
                for r, row in enumerate(csv.reader(lines))
                for c, text in enumerate(row)
            ]
    elif structure.exists():
        for table in json.loads(structure.read_text(encoding="utf-8")):
            yield [
                Cell(r, c, r, c, cell["text"])
                for r, row in enumerate(table["data"])
                for c, cell in enumerate(row)
            ]


def plain(text: str) -> str:
    """Return text with one kind of white space, quotes and dashes."""
    text = unicodedata.normalize("NFKC", text)
    for old, new in (("[‘’‚]", "'"), ("[“”„]", '"'), ("[‐‑‒–—―]", "-"), (r"\s+", " ")):
        text = re.sub(old, new, text)
    return text.strip()


def distance(needle: str, text: str) -> int:
    """Return the fewest edits that turn some part of a text into the needle (Sellers 1980)."""
    if needle in text:
        return 0
    row = list(range(len(needle) + 1))
    best = row[-1]
    for sign in text:
        diagonal, row[0] = row[0], 0
        for i, wanted in enumerate(needle, 1):
            cost = min(row[i] + 1, row[i - 1] + 1, diagonal + (sign != wanted))
            diagonal, row[i] = row[i], cost
        best = min(best, row[-1])
    return best


def facts(path: Path) -> list[Fact]:
    """Return the facts that need neither mathematics nor a picture's text."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Fact(
            row["type"],
            row["pdf"],
            {k: str(v) for k, v in row.items() if k not in {"type", "pdf", "max_diffs"}},
            row.get("max_diffs", 0),
        )
        for row in rows
        if row["type"] != "math"
    ]


def holds(fact: Fact, text: str, tables: list[list[Cell]]) -> bool:
    """Tell whether a fact holds of what was read."""
    if fact.kind == "table":
        return any(_in_table(fact, table) for table in tables)
    if fact.kind == "order":
        before, after = (
            text.find(plain(fact.fields["before"])),
            text.rfind(plain(fact.fields["after"])),
        )
        return 0 <= before < after
    if "last_n" in fact.fields:
        text = text[-int(fact.fields["last_n"]) :]
    found = distance(plain(fact.fields["text"]), text) <= fact.slack
    return found is (fact.kind == "present")


def _in_table(fact: Fact, table: list[Cell]) -> bool:
    return any(
        _neighbours_fit(fact, cell, table)
        for cell in table
        if plain(cell.text) == plain(fact.fields["cell"])
    )


def _neighbours_fit(fact: Fact, cell: Cell, table: list[Cell]) -> bool:
    same_row = [c for c in table if c.row <= cell.last_row and c.last_row >= cell.row]
    same_column = [
        c for c in table if c.column <= cell.last_column and c.last_column >= cell.column
    ]
    before = [c for c in same_row if c.last_column < cell.column and c.text]
    above = [c for c in same_column if c.last_row < cell.row and c.text]
    after = [c for c in same_row if c.column > cell.last_column and c.text]
    sides = {
        "right": sorted(after, key=lambda c: c.column)[:1],
        "left": sorted(before, key=lambda c: c.last_column)[-1:],
        "up": sorted(above, key=lambda c: c.last_row)[-1:],
        "down": sorted(c for c in same_column if c.row > cell.last_row and c.text)[:1],
        "left_heading": before,
        "top_heading": above,
    }
    return all(
        any(plain(fact.fields[side]) == plain(c.text) for c in cells)
        for side, cells in sides.items()
        if side in fact.fields
    )


def visible(document: Parsed) -> str:
    """Return the text that reaches a product."""
    kept = (e for e in document.elements if e.kind not in DROPPED)
    return "\n".join(document.text[e.start : e.end] for e in kept)


def page_facts(folder: Path, *, verbose: bool) -> dict[str, float]:
    """Return the share of facts that hold."""
    read: dict[str, tuple[str, list[list[Cell]]]] = {}
    counts: Counter[str] = Counter()
    for fact in facts(folder / "tests.jsonl"):
        if fact.file not in read:
            document = parsed(folder / "pdfs" / fact.file)
            read[fact.file] = (plain(visible(document)) if document else "", tables_of(document))
        if fact.kind == "present" and _is_in_picture(fact, read[fact.file][0]):
            continue
        good = holds(fact, *read[fact.file])
        counts[f"{fact.kind} {'yes' if good else 'no'}"] += 1
        if verbose and not good:
            print(f"  {fact.file} {fact.kind} {fact.fields}")
    hits, misses = (sum(n for k, n in counts.items() if k.endswith(e)) for e in ("yes", "no"))
    print("facts", dict(sorted(counts.items())))
    return {"olmocr.facts": hits / (hits + misses)}


def _is_in_picture(fact: Fact, text: str) -> bool:
    """Tell whether no word of a text can be read from the file's characters."""
    words = re.findall(r"\w{4,}", plain(fact.fields["text"]))
    return not any(word in text for word in words)


def speed(folder: Path) -> dict[str, float]:
    """Return pages per second of CPU time, the best of three rounds."""
    data = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    figures: dict[str, float] = {}
    for name, tables in (("pdf.pages_per_s", False), ("pdf.pages_per_s_tables", True)):
        rounds = []
        for _ in range(3):
            start = time.process_time()
            pages = sum(read_pdf(Blob(d, "", "application/pdf"), tables=tables).pages for d in data)
            rounds.append(pages / (time.process_time() - start))
        figures[name] = max(rounds)
    return figures


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    tables = options.data / "tabula_icdar2013"
    figures = page_facts(options.data / "olmocr_bench_sample", verbose=options.verbose)
    figures |= icdar(tables / "icdar2013", verbose=options.verbose)
    figures |= unit_tables(tables / "tabula_unit", verbose=options.verbose)
    if not options.no_speed:
        figures |= speed(tables / "icdar2013")
    for name, value in figures.items():
        print(f"{name:28} {value:10.3f}")


if __name__ == "__main__":
    main()
