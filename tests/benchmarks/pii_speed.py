"""The search for personal data beside Presidio's own analysis: speed and findings, side by side.

    python -m tests.benchmarks.pii_speed [DATA]    # default ../shared/data

Both run the same recognisers in one thread; times are CPU times. `cold` meets every text for the
first time (both sides have read other texts before, so that nothing is loaded), `warm` a second
time. Texts are the newest version of each folder under `company_docs` and the texts of
`presidio_synth`, alone and sixteen to a document. A difference is a text whose findings (type,
place, score) are not equal.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curate.pii import Finder
from tests.pii.stock_presidio import Row, adversarial, rows, stock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "bench-pii-speed.json"
TOGETHER = 16
WARMING = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """Times of one corpus in CPU seconds."""

    characters: int
    findings: int
    stock: float
    cold: float
    warm: float
    differences: int

    def line(self, name: str) -> str:
        """Return a row of the table."""
        speeds = [self.characters / 1e6 / spent for spent in (self.stock, self.cold, self.warm)]
        return (
            f"{name:<22}{self.characters / 1e6:>7.2f}{self.findings:>9}{speeds[0]:>8.2f}"
            f"{speeds[1]:>8.2f}{speeds[2]:>8.2f}{self.stock / self.cold:>8.1f}"
            f"{self.stock / self.warm:>8.1f}{self.differences:>7}"
        )


def timed(
    analyse: Callable[[str], list[Row]], texts: Sequence[str]
) -> tuple[float, list[list[Row]]]:
    """Return CPU seconds and findings."""
    began = time.process_time()
    found = [analyse(text) for text in texts]
    return time.process_time() - began, found


def measure(finder: Finder, analyse: Callable[[str], list[Row]], texts: Sequence[str]) -> Measured:
    """Run both over the texts."""

    def ours(text: str) -> list[Row]:
        return rows(finder.findings(text))

    theirs, expected = timed(analyse, texts)
    cold, found = timed(ours, texts)
    warm, _ = timed(ours, texts)
    return Measured(
        sum(map(len, texts)),
        sum(map(len, expected)),
        theirs,
        cold,
        warm,
        sum(a != b for a, b in zip(expected, found, strict=True)),
    )


def corpora(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the texts of each corpus that is there."""
    for company in sorted((data / "company_docs").glob("*")):
        versions = sorted(version for version in company.glob("v*") if version.is_dir())
        if versions:
            files = sorted(versions[-1].rglob("*.md"))
            texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
            yield f"prose: {company.name}", texts
    synthetic = data / "presidio_synth" / "synth_v2_open.json"
    if synthetic.is_file():
        texts = [row["full_text"] for row in json.loads(synthetic.read_text(encoding="utf-8"))]
        yield "dense: short texts", texts
        joined = ["\n".join(texts[at : at + TOGETHER]) for at in range(0, len(texts), TOGETHER)]
        yield "dense: joined", joined


def replaced(finder: Finder, texts: Sequence[str]) -> Counter[str]:
    """Return how many values of each type would be replaced by default."""
    return Counter(span.type for text in texts for span in finder.find(text))


def main() -> None:
    """Print the table and write the figures."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    figures: dict[str, float] = {}
    print(f"{'':<22}{'M char':>7}{'findings':>9}{'stock':>8}{'cold':>8}{'warm':>8}  (MB/s)"
          f"  ratios cold, warm, differences")  # fmt: skip
    for name, texts in corpora(data):
        finder = Finder()
        analyse = stock(finder.settings)
        for seed in range(WARMING):
            finder.findings(adversarial(seed))
            analyse(adversarial(seed))
        measured = measure(finder, analyse, texts)
        print(measured.line(name))
        print(f"{'':<22}replaced by default: {dict(replaced(finder, texts).most_common())}")
        key = name.replace(": ", ".").replace(" ", "_")
        figures[f"pii.{key}.speedup_cold"] = round(measured.stock / measured.cold, 2)
        figures[f"pii.{key}.speedup_warm"] = round(measured.stock / measured.warm, 2)
        figures[f"pii.{key}.differences"] = measured.differences
    OUTPUT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
