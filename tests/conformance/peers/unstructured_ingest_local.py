"""unstructured-ingest's local source when a file is edited, and when one is deleted.

python unstructured_ingest_local.py edited|deleted

The model that unstructured would download is replaced by an empty one (that failure is a scenario
of its own), so that what is seen here is the refresh alone.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import spacy
from said import say
from unstructured.nlp import tokenize
from unstructured_ingest.interfaces import ProcessorConfig
from unstructured_ingest.pipeline.pipeline import Pipeline
from unstructured_ingest.processes.connectors.local import (
    LocalConnectionConfig,
    LocalDownloaderConfig,
    LocalIndexerConfig,
    LocalUploaderConfig,
)
from unstructured_ingest.processes.partitioner import PartitionerConfig


def _empty_model() -> spacy.language.Language:
    model = spacy.blank("en")
    model.add_pipe("sentencizer")
    return model


tokenize._load_spacy_model = _empty_model


class Place:
    """A share, a working folder and an output folder."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.share, self.output = self.root / "share", self.root / "output"
        self.share.mkdir()

    def write(self, days: int) -> Path:
        """Write the policy."""
        path = self.share / "policy.html"
        path.write_text(
            f"<h1>Refunds</h1><p>A refund takes {days} days from the day of arrival.</p>"
        )
        return path

    def run(self, *, again: bool = False) -> None:
        """Run the pipeline as its guide sets it up."""
        Pipeline.from_configs(
            context=ProcessorConfig(
                work_dir=str(self.root / "work"), disable_parallelism=True, reprocess=again
            ),
            indexer_config=LocalIndexerConfig(input_path=str(self.share)),
            downloader_config=LocalDownloaderConfig(),
            source_connection_config=LocalConnectionConfig(),
            partitioner_config=PartitionerConfig(strategy="fast"),
            uploader_config=LocalUploaderConfig(output_dir=str(self.output)),
        ).run()

    def said(self) -> str:
        """Return the text of everything in the output folder."""
        rows = [row for path in self.output.glob("*.json") for row in json.loads(path.read_text())]
        return " ".join(row["text"] for row in rows)


def edited() -> tuple[bool, str]:
    """Run; edit the policy; run."""
    place = Place()
    place.write(30)
    place.run()
    place.write(14)
    place.run()
    days = "14" if "14 days" in place.said() else "30" if "30 days" in place.said() else "no"
    return days == "14", f"after an edit from 30 to 14 the output says {days} days"


def deleted() -> tuple[bool, str]:
    """Run; delete the policy; run, with everything done again."""
    place = Place()
    policy = place.write(30)
    (place.share / "other.html").write_text("<p>Something else is said here, and stays.</p>")
    place.run()
    policy.unlink()
    place.run(again=True)
    stays = "30 days" in place.said()
    return not stays, f"the deleted file's output {'stays' if stays else 'is gone'}"


if __name__ == "__main__":
    say({"edited": edited, "deleted": deleted})
