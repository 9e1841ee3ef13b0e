"""The glue script that people write today: one loop over the files with the same packages.

    python tests/benchmarks/glue.py FOLDER OUTPUT --processes N

Each file goes through unstructured's `partition`, Presidio's `AnalyzerEngine`, a LangChain recursive
splitter and datasketch's `MinHash`, in a pool of processes; the parent puts the signatures into one
`MinHashLSH`. It writes `documents.jsonl` (chunks and findings, or the name of what was raised) and
`duplicates.jsonl`. It imports nothing of this project, and runs in an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import warnings
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.update(DO_NOT_TRACK="1", UNSTRUCTURED_DISABLE_NOTICE="1", HF_HUB_OFFLINE="1")

import spacy
import tldextract
from datasketch import MinHash, MinHashLSH
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine
from spacy.language import Language
from unstructured.nlp import tokenize
from unstructured.partition.auto import partition

if TYPE_CHECKING:
    from spacy.tokens import Doc

PERMUTATIONS, THRESHOLD, SHINGLE = 128, 0.8, 5
_AUXILIARY = "am are be been can could did do does had has have is may must was were will"
AUXILIARY = frozenset(_AUXILIARY.split())
VERB_ENDINGS = ("ed", "ing", "ise", "ize")


@Language.component("rough_tags")
def rough_tags(doc: Doc) -> Doc:
    """Tag verbs by their endings: unstructured asks its model for no more."""
    for token in doc:
        verb = token.lower_ in AUXILIARY or token.lower_.endswith(VERB_ENDINGS)
        token.tag_ = "VB" if verb else "NN"
    return doc


def use_no_download() -> None:
    """Put a tokeniser in the place of unstructured's model; take the suffix list that is there."""
    model = spacy.blank("en")
    model.add_pipe("sentencizer")
    model.add_pipe("rough_tags")
    tokenize._load_spacy_model = lambda: model
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())


@lru_cache
def analyzer() -> AnalyzerEngine:
    """Return Presidio with its pattern recognisers and no model."""
    engine = NoOpNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    engine.load()
    registry = RecognizerRegistry(supported_languages=["en"])
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])


@lru_cache
def splitter() -> Any:
    """Return LangChain's splitter; about 250 tokens a chunk."""
    from langchain_text_splitters import (  # type: ignore[import-not-found]
        RecursiveCharacterTextSplitter,
    )

    return RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=100)


def parsed(path: str) -> str:
    """Return a file's text: PDFs by their text layer, no detection of languages."""
    elements = partition(filename=path, strategy="fast", languages=["eng"])
    return "\n\n".join(str(element) for element in elements)


def signed(text: str) -> MinHash:
    """Return the signature of a text's word shingles."""
    words = text.lower().split()
    shingles = {" ".join(words[n : n + SHINGLE]) for n in range(max(1, len(words) - SHINGLE + 1))}
    signature = MinHash(num_perm=PERMUTATIONS)
    signature.update_batch([shingle.encode() for shingle in shingles])
    return signature


def processed(path: str) -> tuple[dict[str, Any], MinHash | None]:
    """Return what becomes of one file; a failure costs that file alone."""
    try:
        text = parsed(path)
        found = analyzer().analyze(text, language="en") if text.strip() else []
        chunks = splitter().split_text(text)
    except Exception as error:  # noqa: BLE001 - whatever a reader raises
        return {"path": path, "error": type(error).__name__}, None
    spans = [[one.entity_type, one.start, one.end, one.score] for one in found]
    return {"path": path, "pii": spans, "chunks": chunks}, signed(text) if chunks else None


def near_duplicates(signatures: dict[str, MinHash]) -> list[list[str]]:
    """Return the pairs that datasketch takes for alike."""
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = []
    for path, signature in signatures.items():
        pairs += [[path, other] for other in index.query(signature)]
        index.insert(path, signature)
    return pairs


def main() -> None:
    """Run over a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    use_no_download()
    analyzer()  # built once, before the pool forks
    splitter()
    paths = sorted(str(path) for path in options.folder.rglob("*") if path.is_file())
    options.output.mkdir(parents=True, exist_ok=True)
    signatures = {}
    with (
        multiprocessing.get_context("fork").Pool(options.processes) as pool,
        (options.output / "documents.jsonl").open("w", encoding="utf-8") as out,
    ):
        for row, signature in pool.imap_unordered(processed, paths):
            out.write(json.dumps(row) + "\n")
            if signature is not None:
                signatures[row["path"]] = signature
    with (options.output / "duplicates.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(pair) + "\n" for pair in near_duplicates(signatures))


if __name__ == "__main__":
    main()
