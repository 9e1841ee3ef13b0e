"""What peers fail at, as scenarios: where each was seen first, and how the peer is tried.

The tests of curate's side carry `@pytest.mark.scenario` with the same number.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool beside curate: its package, the version on which it was seen, how it is tried.

    `script` lies in `peers/`, `environment` is the folder that the package is installed in. Both are
    empty where the peer needs more than a package: a service, a notebook, a compiled tool.
    """

    name: str
    package: str
    seen: str
    script: str = ""
    environment: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One failure of a peer's, put as what should be so.

    Numbers are those of the list of failures that were reproduced; letters were read in the code of
    the peer first. `case` is the peer's script's, empty where the peer is not tried.
    """

    number: str
    peer: Peer
    title: str
    case: str = ""


INGEST = Peer(
    "unstructured-ingest", "unstructured-ingest", "1.11.23", "unstructured_ingest_local.py", "main"
)
UNSTRUCTURED = Peer("unstructured", "unstructured", "0.27.32", "unstructured_partition.py", "main")
JUICER = Peer("Data-Juicer", "py-data-juicer", "1.6.1", "data_juicer_text.py", "juicer")
LLAMAINDEX = Peer("LlamaIndex", "llama-index-core", "0.14.25", "llamaindex_pipeline.py", "main")
LANGCHAIN = Peer("LangChain", "langchain-core", "1.7.2", "langchain_index.py", "main")
PRESIDIO = Peer("presidio", "presidio-anonymizer", "2.2.366", "presidio_anonymize.py", "main")
PREP = Peer("data-prep-kit", "data-prep-toolkit-transforms", "1.1.8")
KIT = Peer("synthetic-data-kit", "synthetic-data-kit", "0.0.5", "synthetic_data_kit_qa.py", "main")
DEDUP = Peer("text-dedup", "text-dedup", "0.4.0", "text_dedup_minhash.py", "dedup")

SCENARIOS = (
    Scenario("1", INGEST, "an edited file is read again", "edited"),
    Scenario("2", INGEST, "what is deleted leaves the output", "deleted"),
    Scenario("3", UNSTRUCTURED, "files are read without a network", "offline"),
    Scenario("4", UNSTRUCTURED, "no text from a file is told", "silent"),
    Scenario("5", JUICER, "two files of one name are both kept", "names"),
    Scenario("6", JUICER, "a broken file is told", "broken"),
    Scenario("7", JUICER, "cells of a DOCX table are read", "table"),
    Scenario("8", JUICER, "a cache does not bring deleted text back", "deleted"),
    Scenario("8b", JUICER, "two folders of one name do not mix", "folders"),
    Scenario("9", JUICER, "a bare install runs", "bare"),
    Scenario("a", JUICER, "a step that raises costs no document", "step"),
    Scenario("b", JUICER, "a killed run goes on, without being asked to", "checkpoint"),
    Scenario("10", LLAMAINDEX, "a failed update leaves the old version", "failed"),
    Scenario("11", LLAMAINDEX, "after a failure the same run succeeds", "retried"),
    Scenario("12", LLAMAINDEX, "two equal documents are deleted alike", "identical"),
    Scenario("13", LANGCHAIN, "unchanged chunks are not embedded again", "unchanged"),
    Scenario("14", LANGCHAIN, "a changed date embeds nothing", "metadata"),
    Scenario("15", LANGCHAIN, "a source that is gone leaves (incremental)", "gone"),
    Scenario("15b", LANGCHAIN, "a source that lies empty deletes nothing (full)", "unseen"),
    Scenario("16", PRESIDIO, "one person is one surrogate", "person"),
    Scenario("17", PRESIDIO, "values in a row are all covered", "row"),
    Scenario("c", PREP, "no product holds the unredacted column", ""),
    Scenario("d", KIT, "a setting is read, or refused", "settings"),
    Scenario("e", KIT, "all of a long document is covered", "coverage"),
    Scenario("f", KIT, "an example names its source", "source"),
    Scenario("g", DEDUP, "a short document stays", "short"),
    Scenario("h", DEDUP, "pairs of one template stay two clusters", "template"),
    Scenario("i", DEDUP, "of equal documents one stays", "copies"),
    Scenario("j", DEDUP, "a passage that repeats is not struck", ""),
)
