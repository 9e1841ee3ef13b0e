"""Questions and answers of real FAQ pages, rebuilt in six mark-ups and found again in the text.

Each page is written anew from its questions and the HTML of its answers, between a header, a menu
and a footer that must not reach the last answer. A pair counts as found when the question is the
same and the answer's words agree (token F1 of 0.9). Questions are taken from headings and, where
these find fewer, from lines that end with a question mark.

    python tests/benchmarks/faq_gold.py ../shared/data
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter, defaultdict
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from curate.parsers.blob import Blob
from curate.parsers.web import read_html
from curate.tables.parsed import DROPPED, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.tables.parsed import Parsed

Pair = tuple[str, str]
_WORD = re.compile(r"\w+")
_LEAST_F1 = 0.9

MARKUPS: dict[str, Callable[[str, str], str]] = {
    "h2": lambda q, a: f"<h2>{q}</h2>{a}",
    "h4 > button": lambda q, a: (
        f'<div class="card"><h4><button type="button" aria-expanded="false">{q}</button></h4>'
        f'<div class="collapse" hidden>{a}</div></div>'
    ),
    "details": lambda q, a: f"<details><summary>{q}</summary>{a}</details>",
    "dl": lambda q, a: f"<dl><dt>{q}</dt><dd>{a}</dd></dl>",
    "bold p": lambda q, a: f"<p><b>{q}</b></p>{a}",
    "div": lambda q, a: f'<div class="q">{q}</div><div class="a">{a}</div>',
}


def main(folder: Path) -> dict[str, float]:
    """Print precision and recall by mark-up; return the worst of each and the speed."""
    pages = _pages(folder)
    worst = {"faq.precision": 1.0, "faq.recall": 1.0}
    read, spent = 0, 0.0
    for name, markup in MARKUPS.items():
        blobs = [_page(rows, markup) for rows in pages]
        started = time.process_time()
        found = list(zip(pages, map(read_html, blobs), strict=True))
        spent += time.process_time() - started
        read += len(found)
        by_heading = _score([(rows, _by_heading(parsed)) for rows, parsed in found])
        by_mark = _score([(rows, _by_mark(parsed)) for rows, parsed in found])
        precision, recall = max(by_heading, by_mark, key=sum)
        print(f"{name:12} precision {precision:.3f} recall {recall:.3f}")
        worst["faq.precision"] = min(worst["faq.precision"], precision)
        worst["faq.recall"] = min(worst["faq.recall"], recall)
    worst["faq.pages_per_s"] = round(read / spent, 1)
    return worst


def _pages(folder: Path) -> list[list[Pair]]:
    pages = defaultdict(list)
    for line in (folder / "covid_faq" / "faq.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        pages[row["link"]].append((row["question"], row["answer_html"]))
    return list(pages.values())


def _page(rows: list[Pair], markup: Callable[[str, str], str]) -> Blob:
    body = "".join(markup(escape(question, quote=False), answer) for question, answer in rows)
    html = (
        "<!doctype html><html><head><title>FAQ</title></head><body>"
        "<header><a href='/'>Home</a></header>"
        "<nav><ul><li><a href='/a'>Menu</a></li></ul></nav>"
        f"<main><h1>FAQ</h1>{body}</main>"
        "<footer><p>Imprint. All rights reserved.</p></footer></body></html>"
    )
    return Blob(html.encode(), "faq.html", "text/html")


def _by_heading(parsed: Parsed) -> list[Pair]:
    return _paired(parsed, lambda element, _: element is Kind.HEADING)


def _by_mark(parsed: Parsed) -> list[Pair]:
    return _paired(parsed, lambda _, text: text.rstrip().endswith("?") and "\n" not in text)


def _paired(parsed: Parsed, asks: Callable[[Kind, str], bool]) -> list[Pair]:
    pairs: list[tuple[str, list[str]]] = []
    for element in parsed.elements:
        text = parsed.text[element.start : element.end]
        if element.kind in DROPPED:
            continue
        if asks(element.kind, text):
            pairs.append((text, []))
        elif pairs:
            pairs[-1][1].append(text)
    return [(question, "\n".join(answer)) for question, answer in pairs if answer]


def _score(pages: list[tuple[list[Pair], list[Pair]]]) -> tuple[float, float]:
    right = found = wanted = 0
    for rows, pairs in pages:
        gold = [(_words(question), _words(_visible(answer))) for question, answer in rows]
        wanted += len(gold)
        found += len(pairs)
        for question, answer in pairs:
            asked, told = _words(question), _words(answer)
            hit = next((g for g in gold if g[0] == asked and _f1(g[1], told) >= _LEAST_F1), None)
            if hit is not None:
                gold.remove(hit)
                right += 1
    return right / max(found, 1), right / max(wanted, 1)


def _visible(html: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    return root.text(separator=" ") if root is not None else ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _f1(gold: list[str], found: list[str]) -> float:
    common = sum((Counter(gold) & Counter(found)).values())
    return 2 * common / (len(gold) + len(found)) if gold or found else 1.0


if __name__ == "__main__":
    figures = main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
    print(json.dumps(figures, indent=2))
