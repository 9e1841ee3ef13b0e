"""A share on disk, and what a run over it published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.release.reading import Release
from tests.flow.share import run_share

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curate.release.reading import Row

# Losing half of a tiny share is what many scenarios do; on a real one the gate would ask first.
PIPELINE = """name: share
sources: [{path: share, access: {groups: [everyone]}}]
gates: {yield_drop: 100%}
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: the release in force after it, whether it is new, the pieces each stage worked on."""

    release: Release
    published: bool
    worked: Mapping[str, int]

    def searched(self) -> str:
        """Return all text of the corpus that a search can show."""
        return "\n".join(self.release.corpus.collect()["index_text"])

    def learnt(self) -> str:
        """Return all text that would be learnt."""
        return "\n".join(m["content"] for e in self.release.examples for m in e["messages"])

    def documents(self) -> dict[str, Row]:
        """Return the ledger by address."""
        return {row["address"]: row for row in self.release.ledger}

    def chunks(self, address: str) -> list[Row]:
        """Return the chunks of a document."""
        rows: list[Row] = self.release.corpus.collect().to_dicts()
        return [row for row in rows if row["address"] == address]

    def examples(self, address: str) -> list[Row]:
        """Return the examples whose answer stands in a document."""
        identity = self.documents().get(address, {}).get("doc_id")
        return [row for row in self.release.examples if row["doc_id"] == identity]


@dataclass(frozen=True, slots=True)
class Site:
    """A share with a pipeline file and a workspace beside it."""

    root: Path

    @property
    def share(self) -> Path:
        """Where its documents lie."""
        return self.root / "share"

    def write(self, name: str, text: str) -> Path:
        """Write a text file of the share."""
        path = self.share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, pipeline: str = PIPELINE) -> Ran:
        """Run the pipeline over the share as it lies now."""
        (self.root / "p.yaml").write_text(pipeline, encoding="utf-8")
        outcome, worked = run_share(self.root / "p.yaml", self.root / "w", workers=1)
        return Ran(Release(outcome.workspace, outcome.release), outcome.published, worked)
