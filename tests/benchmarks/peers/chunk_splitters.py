"""Other splitters under an interpreter of their own: prints their pieces and speed as JSON.

python chunk_splitters.py FOLDER langchain|llamaindex|chonkie SIZE
python chunk_splitters.py - stem 0    # reads a JSON list of words, prints their Snowball stems
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from toktok import batch_count

if TYPE_CHECKING:
    from collections.abc import Callable


def count(text: str) -> int:
    """Return the cl100k tokens of a text."""
    found: int = batch_count([text], "cl100k_base", threads=1)[0]
    return found


def langchain(size: int) -> Callable[[str], list[str]]:
    """Return LangChain's recursive splitter with Chroma's separators."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size,
        chunk_overlap=0,
        length_function=count,
        separators=["\n\n", "\n", ".", "?", "!", " ", ""],
    )
    return splitter.split_text


def llamaindex(size: int) -> Callable[[str], list[str]]:
    """Return LlamaIndex' sentence splitter."""
    from llama_index.core.node_parser import SentenceSplitter

    def tokens(text: str) -> list[int]:
        return [0] * count(text)

    return SentenceSplitter(chunk_size=size, chunk_overlap=0, tokenizer=tokens).split_text


def chonkie(size: int) -> Callable[[str], list[str]]:
    """Return chonkie's recursive chunker."""
    from chonkie import RecursiveChunker

    chunker = RecursiveChunker(tokenizer=count, chunk_size=size)
    return lambda text: [chunk.text for chunk in chunker.chunk(text)]


def main(folder: str, name: str, size: str) -> None:
    """Split every corpus of the folder, or stem what comes in."""
    if name == "stem":
        from Stemmer import Stemmer

        stems = Stemmer("english").stemWords(json.load(sys.stdin))
        print(json.dumps({"stems": stems}))
        return
    split = {"langchain": langchain, "llamaindex": llamaindex, "chonkie": chonkie}[name](int(size))
    texts = {p.stem: p.read_text("utf-8") for p in sorted(Path(folder).glob("corpora/*.md"))}
    split("Once, so that nothing is loaded while the clock runs. " * 50)
    begin = time.process_time()
    pieces = {corpus: split(text) for corpus, text in texts.items()}
    spent = time.process_time() - begin
    size_mb = sum(len(text.encode()) for text in texts.values()) / 1e6
    print(json.dumps({"pieces": pieces, "mb_per_s": size_mb / spent}))


if __name__ == "__main__":
    main(*sys.argv[1:])
