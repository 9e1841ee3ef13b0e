"""Are the chunks found? Recall of reference spans at an equal budget of tokens, beside others.

BM25 (k1 1.5, b .75, English stop words, Snowball stems) ranks the chunks of all corpora in one
index; chunks are taken from the top until the next would exceed the budget. A question's recall is
the share of its references' characters in what was taken, white space aside; it is found in full
where that is all of them. `split` is the share of references that lie whole in no chunk, `coverage`
the share of characters that lie in a chunk, `mb_per_s` the speed by processor time.

    python tests/benchmarks/chunk_retrieval.py [DATA]    # default ../shared/data

Other splitters run under `.peers/chunk/bin/python` (langchain-text-splitters, llama-index-core,
chonkie, toktok-rs, PyStemmer), all with the same token counter; without it only this project's
figures are shown.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from curate.chunking import ChunkSettings, cut
from curate.tables.parsed import Element, Kind, Parsed
from curate.text.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
PEER_PYTHON = ROOT / ".peers/chunk/bin/python"
PEERS = Path(__file__).with_name("peers") / "chunk_splitters.py"
RUNS = [(name, size) for name in ("langchain", "llamaindex", "chonkie") for size in (200, 250)]
BUDGETS = (500, 1000, 2000)
TOKENS = Tokens("cl100k")
WORD = re.compile(r"(?u)\b\w\w+\b")
_STOP_WORDS = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there
    these they this to was will with
"""
STOP = frozenset(_STOP_WORDS.split())
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk of a corpus: where it lies, how long it is, what is indexed of it."""

    corpus: str
    start: int
    end: int
    tokens: int
    index_text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the spans that answer it."""

    corpus: str
    text: str
    references: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a splitter made of the corpora, and how fast."""

    chunks: Sequence[Chunk]
    mb_per_s: float


def main(data: Path) -> int:
    """Print a table and write `bench-chunk.json`."""
    folder = data / "chunking_evaluation"
    if not folder.exists():
        print(f"skipped: there is no chunking_evaluation in {data}")
        return 0
    corpora, questions = read(folder)
    stems = stems_of([*corpora.values(), *(q.text for q in questions)])
    runs = {"curate": ours(corpora)}
    for name, size in RUNS:
        run = peer(folder, name, size)
        if run:
            runs[f"{name}_{size}"] = run
    figures: dict[str, float] = {}
    for name, run in runs.items():
        found = judge(run.chunks, corpora, questions, stems=stems) | {"mb_per_s": run.mb_per_s}
        print(f"{name:16}", "  ".join(f"{key} {value:.4g}" for key, value in found.items()))
        prefix = "chunk." if name == "curate" else f"chunk.{name}."
        figures |= {f"{prefix}{key}": round(value, 4) for key, value in found.items()}
    (ROOT / "bench-chunk.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def read(folder: Path) -> tuple[dict[str, str], list[Question]]:
    """Return the corpora by name and the questions."""
    corpora = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("corpora/*.md"))}
    rows = map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines())
    questions = [
        Question(
            row["corpus_id"],
            row["question"],
            tuple((r["start_index"], r["end_index"]) for r in row["references"]),
        )
        for row in rows
    ]
    return corpora, questions


def plain(text: str) -> Parsed:
    """Return a text as blocks between empty lines; lines that begin with `# ` are headings."""
    elements: list[Element] = []
    above: list[int] = []
    for found in re.finditer(r"\S(?:[^\n]|\n(?!\s*\n))*", text):
        block = found.group().rstrip()
        mark = re.match(r"(#{1,6}) .*\Z", block)
        level = len(mark.group(1)) if mark else 0
        while level and above and elements[above[-1]].level >= level:
            above.pop()
        kind = Kind.HEADING if mark else Kind.PARAGRAPH
        end = found.start() + len(block)
        parent = above[-1] if above else -1
        elements.append(Element(kind, found.start(), end, level=level, parent=parent))
        if mark:
            above.append(len(elements) - 1)
    return Parsed(title="", text=text, elements=tuple(elements))


def ours(corpora: Mapping[str, str], settings: ChunkSettings | None = None) -> Run:
    """Return this project's chunks; the speed is that of the fastest of three rounds."""
    settings = settings or ChunkSettings()
    documents = {name: plain(text) for name, text in corpora.items()}
    spent = []
    for _ in range(3):
        begin = time.process_time()
        cuts = {
            name: cut(document, settings=settings, tokens=TOKENS)
            for name, document in documents.items()
        }
        spent.append(time.process_time() - begin)
    chunks: list[Chunk] = []
    for name, found in cuts.items():
        text = corpora[name]
        for c in found:
            path = [span for span in c.heading_path if span[0] < c.start]
            shown = "\n".join(text[a:b] for a, b in (*path, *c.header, (c.start, c.end)))
            chunks.append(Chunk(name, c.start, c.end, c.tokens, shown))
    return Run(chunks, sum(len(text.encode()) for text in corpora.values()) / 1e6 / min(spent))


def peer(folder: Path, splitter: str, size: int) -> Run | None:
    """Return another splitter's chunks; none where it is not installed."""
    answer = _asked([str(folder), splitter, str(size)])
    if answer is None:
        print(f"{splitter} {size}: not installed")
        return None
    chunks: list[Chunk] = []
    for name, pieces in answer["pieces"].items():
        text = (folder / "corpora" / f"{name}.md").read_text("utf-8")
        cursor = 0
        for piece, tokens in zip(pieces, TOKENS.counts(pieces), strict=True):
            start = text.find(piece, cursor)
            if start >= 0:
                chunks.append(Chunk(name, start, start + len(piece), tokens, piece))
                cursor = start + 1
    return Run(chunks, answer["mb_per_s"])


def stems_of(texts: Iterable[str]) -> dict[str, str]:
    """Return every word's Snowball stem; without the stemmer only a plural `s` is cut."""
    words = sorted({word for text in texts for word in WORD.findall(text.lower())})
    answer = _asked(["-", "stem", "0"], json.dumps(words))
    if answer is None:
        print("there is no Snowball stemmer: only a plural s is cut, figures will be lower")
        return {word: word.removesuffix("s") for word in words}
    return dict(zip(words, answer["stems"], strict=True))


def _asked(arguments: Sequence[str], given: str = "") -> Any:
    if not PEER_PYTHON.exists():
        return None
    command = [str(PEER_PYTHON), str(PEERS), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


class Bm25:
    """BM25 as Lucene scores it, over stems."""

    def __init__(self, texts: Sequence[str], stems: Mapping[str, str]) -> None:
        """Index the texts."""
        self._stems = stems
        self._size = len(texts)
        bags = [Counter(self._terms(text)) for text in texts]
        lengths = np.array([sum(bag.values()) for bag in bags], dtype=float)
        norm = 1.5 * (0.25 + 0.75 * lengths / lengths.mean())
        rows: dict[str, list[tuple[int, int]]] = {}
        for at, bag in enumerate(bags):
            for term, count in bag.items():
                rows.setdefault(term, []).append((at, count))
        self._postings = {}
        for term, row in rows.items():
            places, counts = (np.array(column) for column in zip(*row, strict=True))
            idf = np.log1p((self._size - len(row) + 0.5) / (len(row) + 0.5))
            self._postings[term] = (places, idf * counts / (counts + norm[places]))

    def rank(self, question: str) -> list[int]:
        """Return the places of all texts, best first."""
        scores = np.zeros(self._size)
        for term in self._terms(question):
            if term in self._postings:
                places, weights = self._postings[term]
                scores[places] += weights
        order: list[int] = np.argsort(-scores, kind="stable").tolist()
        return order

    def _terms(self, text: str) -> list[str]:
        words = WORD.findall(text.lower())
        return [self._stems.get(word, word) for word in words if word not in STOP]


def judge(
    chunks: Sequence[Chunk],
    corpora: Mapping[str, str],
    questions: Sequence[Question],
    *,
    stems: Mapping[str, str],
) -> dict[str, float]:
    """Return the figures of one set of chunks."""
    index = Bm25([chunk.index_text for chunk in chunks], stems)
    sums = dict.fromkeys((f"{key}_{b}" for b in BUDGETS for key in ("recall", "full")), 0.0)
    for question in questions:
        text = corpora[question.corpus]
        order = index.rank(question.text)
        needed = sum(_signs(text[a:b]) for a, b in question.references)
        for budget in BUDGETS:
            taken = _taken([chunks[at] for at in order], budget, question.corpus)
            hit = sum(_held(text, span, taken) for span in question.references)
            sums[f"recall_{budget}"] += hit / needed
            sums[f"full_{budget}"] += hit == needed
    found = {name: value / len(questions) for name, value in sums.items()}
    references = [(q.corpus, span) for q in questions for span in q.references]
    cuts = sum(not _whole(chunks, name, span) for name, span in references)
    return found | {
        "split": cuts / len(references),
        "coverage": _coverage(chunks, corpora),
        "chunks": len(chunks),
        "longest": max(chunk.tokens for chunk in chunks),
    }


def _taken(ranked: Sequence[Chunk], budget: int, corpus: str) -> Spans:
    taken: Spans = []
    for chunk in ranked:
        budget -= chunk.tokens
        if budget < 0:
            break
        if chunk.corpus == corpus:
            taken.append((chunk.start, chunk.end))
    return taken


def _signs(text: str) -> int:
    return len("".join(text.split()))


def _held(text: str, span: tuple[int, int], taken: Spans) -> int:
    """Return how many signs of a span lie in the taken spans, which may overlap."""
    total, at = 0, span[0]
    for start, end in sorted(taken):
        first, last = max(start, at), min(end, span[1])
        if first < last:
            total += _signs(text[first:last])
            at = last
    return total


def _whole(chunks: Sequence[Chunk], corpus: str, span: tuple[int, int]) -> bool:
    return any(c.corpus == corpus and c.start <= span[0] and span[1] <= c.end for c in chunks)


def _coverage(chunks: Sequence[Chunk], corpora: Mapping[str, str]) -> float:
    held = 0
    for name, text in corpora.items():
        held += _held(text, (0, len(text)), [(c.start, c.end) for c in chunks if c.corpus == name])
    return held / sum(map(_signs, corpora.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")))
