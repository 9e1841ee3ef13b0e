"""The card of the fine-tuning set: what a stranger has to know before learning from it.

Everything it states follows from the rows and from what the settings say of personal data; no time, no
path, no text of a document, so that equal sets have equal cards. The front matter is what the Hugging
Face hub and `datasets` read: splits with their sizes (checked when it is loaded), columns, languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.release.front import configs, features, front_matter, size_category
from curate.release.tally import SPLITS, Tally, median, why_empty
from curate.tables.examples import Example
from curate.tables.schema import arrow_schema

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Mapping

_LANGUAGE = re.compile(r"[a-z]{2,3}")

TASKS = {
    "qa": "a question that the document itself asks, with the answer it gives",
    "procedure": "how something is done, with all its steps",
    "definition": "what a term or an abbreviation means",
    "table": "what a table gives for one of its rows",
    "troubleshooting": "a problem, with its cause and what helps",
    "reply": "a message that somebody wrote, with the reply it got",
}

COLUMNS = {
    "example_id": "stays the same as long as the evidence does",
    "messages": "the conversation: `role` (`user`, `assistant`) and `content`",
    "task": "what kind of example it is",
    "extractor": "the rule that found it",
    "template": "the wording of the question, with its language",
    "teaches": "`knowledge` (facts of this organisation) or `behaviour` (how to answer)",
    "evidence": "where the answer stands, see below",
    "quality": "how likely the example is usable, 0 to 1; an estimate, see below",
    "tokens": "of all messages together",
    "language": "ISO 639 code, empty where not known",
    "source": "the name of the source in the pipeline",
    "tenant": "whose document it is; the corpus has the same column",
    "doc_id": "the document that the answer stands in",
    "group": "documents, conversations and near copies that share a split",
    "split": "`train`, `validation` or `test`",
    "digest": "SHA-256 of the row without `split` and `group`: changes with its wording",
}

_TREATMENTS = {
    "surrogate": "replaced by an invented value of the same kind and format (equal values by equal ones)",
    "mask": "replaced by its type, as in `<EMAIL_ADDRESS>`",
    "hash": "replaced by its type and a keyed digest, as in `<EMAIL_ADDRESS_5k2m9qx0rt>`",
    "redact": "removed",
    "keep": "kept as it stands",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a card can say beside what the rows show.

    `treatment` is what became of personal data (mask, redact, surrogate, hash, keep), `by_type` where a
    type is treated otherwise, `entities` the types searched for, `license` an SPDX or hub identifier,
    `tenants` how many tenants' documents the answers stand in. Empty: not known, and then not stated.
    """

    treatment: str = ""
    by_type: tuple[tuple[str, str], ...] = ()
    entities: tuple[str, ...] = ()
    license: str = ""
    tenants: int = 0


def about(settings: Mapping[str, Any], *, tenants: int = 0) -> About:
    """Return what a pipeline's settings, as the manifest holds them, say of personal data."""
    pii = settings.get("pii", {})
    return About(
        tenants=tenants,
        treatment=pii.get("finetune", ""),
        by_type=tuple(sorted(pii.get("by_type", {}).items())),
        entities=tuple(sorted(pii.get("entities", ()))),
    )


def card(tally: Tally, *, name: str, about: About) -> str:
    """Return the card's text."""
    parts = (
        _head(tally, name),
        *_tenants(about),
        _making(),
        _content(tally),
        _columns(),
        _privacy(about),
        _limits(),
    )
    return f"{_front(tally, name, about)}\n" + "\n".join(parts)


def _front(tally: Tally, name: str, about: About) -> str:
    splits = (
        tally.splits()
    )  # `datasets` refuses to load a split without rows, and all others with it
    languages = sorted(code for code in tally.languages if _LANGUAGE.fullmatch(code))
    values: dict[str, Any] = {
        "pretty_name": name,
        **({"language": languages} if languages else {}),
        **({"license": about.license} if about.license else {}),
        "task_categories": ["question-answering", "text-generation"],
        "size_categories": [size_category(tally.examples.total())],
        "configs": configs({"default": {s: f"data/{s}-*.parquet" for s in splits}}),
        "dataset_info": {
            "config_name": "default",
            "features": features(arrow_schema(Example)),
            "splits": [_size(tally, split) for split in splits],
        },
    }
    return front_matter(values)


def _size(tally: Tally, split: str) -> dict[str, Any]:
    return {
        "name": split,
        "num_bytes": tally.sizes[split],
        "num_examples": tally.examples[split],
    }


def _head(tally: Tally, name: str) -> str:
    teaches = ", ".join(f"{count:,} teach {kind}" for kind, count in sorted(tally.teaches.items()))
    rows = [
        (f"`{s}`", f"{tally.examples[s]:,}", f"{tally.document_count(s):,}", f"{tally.tokens[s]:,}")
        for s in SPLITS
    ]
    empty = " and ".join(f"`{split}`" for split in SPLITS if not tally.examples[split])
    note = f"\n{_missing(tally, empty)}\n" if empty else ""
    what = f"{tally.examples.total():,} examples for fine-tuning an assistant"
    return f"""# {name}

{what}{f" ({teaches})" if teaches else ""},
mined from an organisation's own documents by rules, without a language model. Each one says where its
answer stands.

```python
from datasets import load_dataset

examples = load_dataset("PATH/TO/THIS/FOLDER")
examples["train"][0]["messages"]
```

{_table(("split", "examples", "documents", "tokens"), rows)}{note}
No document, conversation or group of near copies has examples in two splits. Once in `train`, a document
never moves to `validation` or `test` of a later release.
"""


def _tenants(about: About) -> Iterator[str]:
    if about.tenants > 1:
        yield (
            f"It holds examples of {about.tenants:,} tenants. A model that learns from all can tell one\n"
            "what another wrote: tune one model for each.\n"
        )


def _missing(tally: Tally, empty: str) -> str:
    groups = tally.group_count()
    why = why_empty(groups) if groups else ""
    said = f": {why}.\nMore documents fill it" if why else ""
    return f"There is nothing in {empty}{said}; `load_dataset` leaves empty splits out."


def _making() -> str:
    return """## How it was made

1. Every file was read into plain text with its structure: headings, lists, tables, messages.
2. Hidden text, signatures, quoted mail and page furniture were left out, personal data replaced (below).
   Of exact copies one counts; what carries planted instructions is set aside.
3. Rules looked for what is already a question and an answer. The answer is the source's own wording. The
   question is a heading, a question or a message of the source, or a fixed wording around its words; where
   it could not be understood alone, the headings above it lead it.
4. What is thin, points elsewhere ("see above"), asks twice or contradicts another example was dropped.
   Examples that would give away those of another split were left out.

`evidence` points into the corpus of the same release: `text[start:end]` of the chunk `chunk_id` is a slice
of it, `sha256` the digest of that slice in UTF-8, `span` its place in the document's own text. The corpus may
show personal data in another form than the example does, so a slice is not always equal to the answer. An
empty `chunk_id` means that the document is not in the corpus.
"""


def _content(tally: Tally) -> str:
    kinds = sorted(tally.quality)
    rows = [
        (*map(_code, kind), *_counts(tally, kind), *_quality(tally.quality[kind])) for kind in kinds
    ]
    columns = ("extractor", "task", *SPLITS, "quality, least", "median", "most")
    present = dict.fromkeys(task for _, task in kinds)
    tasks = "".join(f"- `{task}`: {TASKS[task]}\n" for task in present if task in TASKS)
    return f"""## What it holds

{_table(columns, rows)}
{tasks}{_spoken(tally)}
`quality` is an estimate: the share of an extractor's examples that people found usable, raised or lowered
by what can be measured on the example (whether its question stands alone, whether question and answer share
words, length, a sign that the answer was accepted). Nobody has read each example.
"""


def _counts(tally: Tally, kind: tuple[str, str]) -> Iterator[str]:
    return (f"{tally.extractors[*kind, split]:,}" for split in SPLITS)


def _quality(found: Counter[int]) -> Iterator[str]:
    return (f"{value / 100:.2f}" for value in (min(found), median(found), max(found)))


def _spoken(tally: Tally) -> str:
    most = sorted(tally.languages.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{_code(code) if code else 'not known'} {n:,}" for code, n in most)
    return f"\nLanguages: {listed}.\n" if listed else ""


def _columns() -> str:
    rows = [(f"`{name}`", text) for name, text in COLUMNS.items()]
    return f"## Columns\n\n{_table(('column', 'holds'), rows, numbers=False)}"


def _privacy(about: About) -> str:
    how = _TREATMENTS.get(about.treatment)
    first = (
        f"Each value found was {how}." if how else "What was found was treated as the settings say."
    )
    others = "".join(
        f" {_code(kind)}: {_TREATMENTS[way]}." for kind, way in about.by_type if way in _TREATMENTS
    )
    searched = ", ".join(map(_code, about.entities))
    types = f"\nTypes searched for: {searched}.\n" if searched else ""
    names = (
        ""
        if not searched or "PERSON" in about.entities
        else " Names of people are not searched for."
    )
    return f"""## Personal data

{first}{others}
It happened before anything was written, and every example was then searched once more; one in which
anything was found is not here.
{types}
What no recogniser knows is not found.{names} Treat the set as internal until somebody has read it.
"""


def _limits() -> str:
    return """## Limits

- It is as right as its documents and as old: check facts against the newest version before relying on them.
- It teaches answers of this organisation, no general skills; mix in general data so that a model keeps those.
- Facts learnt by fine-tuning alone tend to be recalled loosely. For questions of fact, retrieve from the
  corpus of the same release as well.
- Rules find what documents spell out. What is said between the lines, or only in pictures, is not here.
"""


def _code(text: str) -> str:
    """Return text as code in a table's cell; names come from settings, so they may hold anything."""
    return f"`{text.replace('`', chr(39)).replace('|', '/').replace(chr(10), ' ')}`"


def _table(header: Iterable[str], rows: Iterable[Iterable[str]], *, numbers: bool = True) -> str:
    names = list(header)
    marks = [
        "---:" if numbers and n and not name.startswith("task") else "---"
        for n, name in enumerate(names)
    ]
    lines = [names, marks, *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
